"""Forgetting leaves nothing of a person, and everything of the others."""

import shutil
from pathlib import Path

import pytest

from corpus.bench.changes import Word
from corpus.bench.workbook import Workbook, journal_of
from corpus.site import DERIVED, Site, read_site
from indexer.build import BuildRefused
from indexer.generations import index_store
from search.live_index import open_library
from tests.calling import PAGE, call
from web.app import create_app
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED

pytestmark = pytest.mark.process

WORDS = b"quarante pommiers"


def bytes_of(site: Path) -> bytes:
    """All that the site holds, hidden files included."""
    return b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())


def test_only_the_lines_of_the_person_go(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    (writeup,) = (site / "webinaires").iterdir()
    edited = writeup.read_text("utf-8").replace("## 1.", "<!-- À moi. -->\n\n\n## 1.  ")
    writeup.write_text(edited, "utf-8")
    assert call("forget", "Ana Lu", "--site", site, "--yes") == DONE
    lines = edited.split("\n")
    mine = [n for n, line in enumerate(lines) if "Ana Lu" in line and "réuni" not in line]
    person, signature = mine
    gone = {person, person + 1, person + 2, signature - 2, signature - 1, signature}
    expected = [line for n, line in enumerate(lines) if n not in gone]
    assert writeup.read_text("utf-8").split("\n") == expected


def test_the_copies_of_pages_that_name_the_person_go_and_the_others_stay(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = page.with_name("autre.txt")
    other.write_text(
        PAGE.replace("Ana Lu", "Inès Roc")
        .replace("5 mars", "6 février")
        .replace("quarante", "cent"),
        "utf-8",
    )
    call("add", page, "--site", site)
    call("add", other, "--site", site)
    kept = site / DERIVED / "pages"
    assert len(list(kept.iterdir())) == 2
    capsys.readouterr()
    assert call("forget", "Ana Lu", "--site", site, "--yes") == DONE
    told = capsys.readouterr().err
    (left,) = kept.iterdir()
    assert "2024-02-06" in left.name
    assert f"corrigez-la ou effacez-la\u00a0: {page}" in told
    assert WORDS not in bytes_of(site)


def test_nothing_is_forgotten_while_a_build_runs(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("add", page, "--site", site)
    with index_store(Site(site)).lock():
        before = bytes_of(site)
        assert call("forget", "Ana Lu", "--site", site, "--yes") == REFUSED
        assert bytes_of(site) == before
    assert "Rien n’a été changé." in capsys.readouterr().err
    assert call("forget", "Ana Lu", "--site", site, "--yes") == DONE


@pytest.mark.model
def test_a_server_answers_all_along_and_stops_saying_the_words(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    call("build", "--site", site)
    call("build", "--site", site, "--force")
    opened = read_site(site)
    library = open_library(opened)
    client = create_app(library, opened.settings).test_client()
    address = "/recherche?q=pommiers"
    assert WORDS.decode() in client.get(address, buffered=True).get_data(as_text=True)
    left = site / DERIVED / "index" / "gens" / ".tmp-00000009"
    shutil.copytree(site / DERIVED / "index" / "gens" / "00000001", left)
    text = (site / DERIVED / "index" / "gens" / "00000002").rglob("*")
    assert any(b"quarante" in path.read_bytes() for path in text if path.is_file())

    call("forget", "Ana Lu", "--site", site, "--yes")
    assert WORDS not in bytes_of(site)
    assert b"quarante" not in bytes_of(site)
    assert client.get(address, buffered=True).status_code == 200
    library.look()  # as `serve` does four times a second
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    assert WORDS.decode() not in answer.get_data(as_text=True)
    found = client.get("/recherche?q=clôture", buffered=True).get_data(as_text=True)
    assert "Le conseil a voté" in found


@pytest.mark.model
def test_where_no_new_index_can_be_made_the_words_go_all_the_same(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("add", page, "--site", site)
    call("build", "--site", site)

    def full(*_: object, **__: object) -> None:
        raise BuildRefused("le disque est plein.")

    monkeypatch.setattr("web.bench.forgetting.build", full)
    assert call("forget", "Ana Lu", "--site", site, "--yes") == DONE_WITH_PROBLEMS
    assert "le disque est plein" in capsys.readouterr().err
    assert index_store(Site(site)).numbers() == []
    assert WORDS not in bytes_of(site)


def test_the_steps_of_the_bench_that_name_the_person_go(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    (writeup,) = (site / "webinaires").iterdir()
    book = Workbook.opened(site, writeup.stem)
    book.change(Word("", "Une idée de plus."))
    call("forget", "Ana Lu", "--site", site, "--yes")
    assert WORDS not in bytes_of(site)
    assert not journal_of(site, book.id).exists()
