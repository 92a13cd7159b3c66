"""The bill of materials lists all that is locked, once."""

import json
from typing import Any

import pytest
from cyclonedx.model.bom import Bom

from tests.supply_chain import sbom
from tests.supply_chain.lock import MEANING, RUN_TIME, locked_packages

LOCKED = [*locked_packages(RUN_TIME), *locked_packages(MEANING)]


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("bill") / "dist" / "sbom.cdx.json"
    sbom.main(path)
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_every_locked_package_is_listed_with_its_digests(bill: dict[str, Any]) -> None:
    listed = {
        (part["name"], part["version"]): {digest["content"] for digest in part["hashes"]}
        for part in bill["components"]
    }
    assert listed == {
        (package.name, package.version): {d.removeprefix("sha256:") for d in package.hashes}
        for package in LOCKED
    }
    assert len(bill["components"]) == len(LOCKED)


def test_every_installed_package_tells_its_licence(bill: dict[str, Any]) -> None:
    applied = {(package.name, package.version) for package in LOCKED if package.applies}
    silent = {(p["name"], p["version"]) for p in bill["components"] if not p.get("licenses")}
    assert silent & applied == set()


def test_who_needs_whom_is_told(bill: dict[str, Any]) -> None:
    needs = {each["ref"].split("==")[0]: each.get("dependsOn", []) for each in bill["dependencies"]}
    assert {ref.split("==")[0] for ref in needs["flask"]} >= {"werkzeug", "jinja2"}
    root = bill["metadata"]["component"]["bom-ref"]
    direct = next(each["dependsOn"] for each in bill["dependencies"] if each["ref"] == root)
    assert "flask" in {ref.split("==")[0] for ref in direct}
    assert "jinja2" not in {ref.split("==")[0] for ref in direct}


def test_cyclonedx_reads_it_back(bill: dict[str, Any]) -> None:
    again = Bom.from_json(bill)  # type: ignore[attr-defined]  # added by a decorator
    assert len(again.components) == len(LOCKED)
    assert again.validate()


def test_it_names_no_place_to_download_from(bill: dict[str, Any]) -> None:
    assert "externalReferences" not in json.dumps(bill["components"])
