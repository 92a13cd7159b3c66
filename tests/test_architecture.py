"""The promises of the layout, held by reading the code."""

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["web", "search", "indexer", "corpus"]
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
FORBIDDEN = [
    r"\.refresh\(",
    r"\bprocs\s*=",
    r"QueryParser",
    r"MultifieldParser",
    r"\bpickle\b",
    r"\bextractall\b",
]


def imported_packages(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_right(layer: str) -> None:
    forbidden = set(LAYERS[: LAYERS.index(layer)])
    for path in (ROOT / layer).rglob("*.py"):
        assert not imported_packages(path) & forbidden, path


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("whoosh", {"indexer/index_writer.py", "search/engine.py"}),
        ("spacy", {"indexer/french.py"}),
    ],
)
def test_a_library_has_its_homes(library: str, homes: set[str]) -> None:
    users = {p.relative_to(ROOT).as_posix() for p in MODULES if library in imported_packages(p)}
    assert users == homes


def test_flask_is_named_in_the_web_package_only() -> None:
    users = {path.parent.name for path in MODULES if "flask" in imported_packages(path)}
    assert users == {"web"}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_what_failed_under_measure_is_never_called(pattern: str) -> None:
    for path in MODULES:
        code = "\n".join(line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
        without_prose = re.sub(r'""".*?"""', "", code, flags=re.DOTALL)
        assert not re.search(pattern, without_prose), path


def test_no_template_trusts_markup() -> None:
    for path in (ROOT / "web" / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape false", path.read_text("utf-8")), path


@pytest.mark.parametrize("name", LAYERS)
def test_nobody_else_ships_this_name(name: str) -> None:
    owners = set(packages_distributions().get(name, []))
    assert owners <= {"verbatheque"}, owners
