"""Write the bill of materials (CycloneDX) of the locked run-time packages."""

import sys
import tomllib
from collections.abc import Iterable, Set
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply_chain.lock import MEANING, ROOT, RUN_TIME, Locked, locked_packages

_LONGEST_LICENCE = 100  # letters: some packages put the whole text there


def bill_of(packages: Iterable[Locked], project: dict[str, object], direct: Set[str]) -> Bom:
    """The project, its packages, their digests and licences, and who needs whom."""
    bom = Bom()
    root = Component(
        name=str(project["name"]), version=str(project["version"]), type=ComponentType.APPLICATION
    )
    bom.metadata.component = root
    components = [(package, _component(package)) for package in packages]
    bom.components.update(component for _, component in components)
    bom.register_dependency(root, [c for package, c in components if package.name in direct])
    for package, component in components:
        needed = _needs(package)
        bom.register_dependency(component, [c for other, c in components if other.name in needed])
    return bom


def _component(package: Locked) -> Component:
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{package.name}=={package.version}",
        purl=PackageURL("pypi", name=package.name, version=package.version),
        hashes=[
            HashType(alg=HashAlgorithm.SHA_256, content=digest.removeprefix("sha256:"))
            for digest in package.hashes
        ],
        licenses=_licences(package),
    )


def _installed(package: Locked) -> Distribution | None:
    """What is installed, if it is that very version: another may have another licence."""
    try:
        found = distribution(package.name)
    except PackageNotFoundError:
        return None
    return found if found.version == package.version else None


def _licences(package: Locked) -> list[License]:
    found = _installed(package)
    if found is None:
        return []
    said = _field(found, "License-Expression") or _field(found, "License")
    if not said or len(said) > _LONGEST_LICENCE:
        kinds = found.metadata.get_all("Classifier") or []
        names = [kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License")]
        said = " / ".join(names)
    return [LicenseFactory().make_from_string(said)] if said else []


def _field(found: Distribution, name: str) -> str:
    values: list[str] = found.metadata.get_all(name) or [""]
    return values[0].strip()


def _needs(package: Locked) -> set[str]:
    found = _installed(package)
    asked = [Requirement(line) for line in (found.requires or [])] if found else []
    return {
        canonicalize_name(need.name)
        for need in asked
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }


def main(path: Path) -> None:
    """Write the bill, and say how many packages it lists."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["sens"]]
    direct = {canonicalize_name(Requirement(line).name) for line in asked}
    packages = [*locked_packages(RUN_TIME), *locked_packages(MEANING)]
    bom = bill_of(packages, project, direct)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(JsonV1Dot6(bom).output_as_string(indent=1), "utf-8")
    print(f"Bill of materials: {len(packages)} packages in {path}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
