"""The lock: which packages are installed, in which version, known by which digests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
RUN_TIME = ROOT / "requirements.txt"
MEANING = ROOT / "requirements-sens.txt"  # what the extra adds
EXTRAS = tuple(
    ROOT / f"requirements-{name}.txt" for name in ("sens", "mcp", "opensearch", "calcul")
)


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of a lock; `applies` tells whether this Python and this system need it."""

    name: str
    version: str
    applies: bool
    hashes: tuple[str, ...]


def locked_packages(path: Path) -> Iterator[Locked]:
    """Read a lock; raise when a line is not one package, one version and its digests."""
    for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        asked, *hashes = (part.strip() for part in line.split("--hash="))
        requirement = Requirement(asked)
        (version,) = requirement.specifier
        if version.operator != "==" or requirement.url or not hashes:
            raise ValueError(f"{path.name}: {asked} has no exact version or no digest")
        applies = requirement.marker is None or requirement.marker.evaluate()
        name = canonicalize_name(requirement.name)
        yield Locked(name, version.version, applies, tuple(hashes))
