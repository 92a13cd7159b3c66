"""The process that reads pages: what it may not do, what stops it, what comes out of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.extraction.extracted import Extraction, Reading
from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError, Problem, Severity
from corpus.reading.cell import READERS, page_from_bytes
from corpus.reading.confined import Cell, Limits, read_confined
from corpus.reading.formats import Format
from corpus.values import json_from, value_from
from tests.corpus.reading.pdf_files import column, pdf
from tests.corpus.reading.test_odt import GOOD as GOOD_ODT

PAGE = """Rencontre « Des vergers pour tous »

Publié le 12/03/2024

La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers.

1. On plante avant d’avoir un plan.

« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu
« Une voix sans nom. » (une habitante)
"""
ON_LINUX = pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not bound memory")
BOUND = "from corpus.reading.confined import Limits, bind_to\nbind_to(Limits(seconds=2))\n"


@pytest.fixture
def cell() -> Iterator[Cell]:
    found = Cell()
    yield found
    found.close()


def run_bound(code: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a process that has bound itself."""
    lines = [sys.executable, "-c", f"import os, socket\n{BOUND}{code}"]
    return subprocess.run(lines, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.process
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("socket.socket()", "Too many open files"),
        ("open('/etc/passwd')", "Too many open files"),
        ("open('trace', 'w')", "Too many open files"),
        ("os.pipe()", "Too many open files"),
        pytest.param("bytearray(600_000_000)", "MemoryError", marks=ON_LINUX),
    ],
)
def test_a_bound_process_reaches_neither_file_nor_network_nor_much_memory(
    code: str, said: str
) -> None:
    done = run_bound(code)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.process
@pytest.mark.parametrize("code", ["while True: pass", "import time; time.sleep(30)"])
def test_a_bound_process_ends_with_its_time(code: str) -> None:
    assert run_bound(code).returncode < 0  # long before it would end by itself


@pytest.mark.process
@pytest.mark.parametrize("kind", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_what_is_read_confined_is_what_is_read_here(kind: Format) -> None:
    data = PAGE.encode()
    page = page_from_bytes(data, kind)
    assert read_confined(data, kind) == Reading(page, extraction_from(page))


@pytest.mark.process
@pytest.mark.parametrize(
    ("kind", "data"),
    [(Format.ODT, GOOD_ODT), (Format.PDF, pdf(column(["Un titre", "", "« Un mot dit. » Ana Lu"])))],
)
def test_a_document_is_read_confined_as_here(kind: Format, data: bytes) -> None:
    page = page_from_bytes(data, kind)
    assert read_confined(data, kind) == Reading(page, extraction_from(page))


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(Format)


@pytest.mark.process
def test_a_page_that_takes_too_long_is_refused_and_the_next_one_is_read() -> None:
    long = b"<p>x</p>" * 1_000_000
    with pytest.raises(CorpusError, match="plus de 1 s de lecture"):
        read_confined(long, Format.HTML, Limits(seconds=1))
    assert read_confined(PAGE.encode(), Format.TEXT).page.blocks


@pytest.mark.process
@ON_LINUX
def test_a_page_that_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(CorpusError, match="plus de 80 Mo de mémoire"):
        read_confined(b"mot " * 4_000_000, Format.TEXT, Limits(memory=80_000_000))


@pytest.mark.process
def test_a_process_that_died_is_replaced(cell: Cell) -> None:
    request = {"format": "texte", "size": 3, "limits": {"seconds": 1, "memory": 512_000_000}}
    assert "read" in cell.ask(request, b"Mot")
    assert cell._process
    cell._process.kill()
    with pytest.raises((OSError, ValueError)):
        cell.ask(request, b"Mot")
    assert "read" in cell.ask(request, b"Mot")


@pytest.mark.process
def test_the_folder_of_the_command_lends_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: Cell
) -> None:
    (tmp_path / "docx.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)
    request = {"format": "texte", "size": 3, "limits": {"seconds": 1, "memory": 512_000_000}}
    assert "read" in cell.ask(request, b"Mot")


EXTRACTION = extraction_from(page_from_bytes(PAGE.encode(), Format.TEXT))


def test_values_travel_unchanged() -> None:
    assert EXTRACTION.held_on == date(2024, 3, 5)
    assert EXTRACTION.problems
    assert EXTRACTION.verbatims[1].speaker is None
    assert value_from(Extraction, json.loads(json_from(EXTRACTION))) == EXTRACTION


@pytest.mark.parametrize(
    "found",
    [
        [],
        {},
        {"code": "a", "message": "b", "line": "3", "severity": "erreur", "file": ""},
        {"code": "a", "message": "b", "line": True, "severity": "erreur", "file": ""},
        {"code": "a", "message": "b", "line": 3, "severity": "grave", "file": ""},
        {"code": "a", "message": "b", "line": 3, "severity": "erreur", "file": "", "more": 1},
        {"code": "a", "message": None, "line": 3, "severity": "erreur", "file": ""},
    ],
)
def test_what_a_type_does_not_allow_is_not_believed(found: object) -> None:
    with pytest.raises(ValueError, match=r"expected|not"):
        value_from(Problem, found)


def test_a_problem_travels() -> None:
    found = {"code": "a", "message": "b", "line": None, "severity": "erreur", "file": ""}
    assert value_from(Problem, found) == Problem("a", "b", severity=Severity.ERROR)
