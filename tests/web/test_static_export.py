"""`export --statique`: what it writes, what it replaces, what it refuses."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.command_line import DONE, REFUSED
from corpus.site import Site
from tests.calling import call
from web.static_export import MARK, engine_script

pytestmark = pytest.mark.model
MAX_ENGINE = 8_000  # bytes, gzipped


@pytest.fixture(scope="module")
def export(sample_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("host") / "citations"
    assert call("export", "--site", sample_site.folder, "--statique", folder) == DONE
    return folder


def test_it_writes_a_page_a_notice_the_widget_and_the_data(export: Path) -> None:
    names = {path.relative_to(export).as_posix() for path in export.rglob("*") if path.is_file()}
    assert {
        "index.html",
        "LISEZMOI.txt",
        "widget.js",
        "donnees/moteur.js",
        "donnees/index.json",
        "donnees/textes/0.json",
        MARK,
    } <= names
    assert set((export / MARK).read_text("utf-8").split()) == names
    assert not [path for path in export.parent.iterdir() if path != export]


def test_the_page_reads_without_a_script_and_says_what_it_is(export: Path) -> None:
    page = (export / "index.html").read_text("utf-8")
    texts = [line for path in (export / "donnees" / "textes").iterdir() for line in _json(path)]
    assert page.count("<article id=") == len(texts)
    assert 'statique="./donnees/"' in page
    assert "fictif" in page
    assert "default-src 'none'" in page
    notice = (export / "LISEZMOI.txt").read_text("utf-8")
    assert "oubliée" in notice
    assert "nouvel export" in notice


def _json(path: Path) -> list[dict[str, object]]:
    content: list[dict[str, object]] = json.loads(path.read_text("utf-8"))
    return content


def test_the_engine_is_one_light_module() -> None:
    script = engine_script()
    assert "import {" not in script
    assert script.count("export ") == 1
    assert len(gzip.compress(script.encode())) <= MAX_ENGINE


def test_an_earlier_export_is_replaced(sample_site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert call("export", "--site", sample_site.folder, "--statique", folder) == DONE
    (folder / "index.html").write_text("ancien", "utf-8")
    assert call("export", "--site", sample_site.folder, "--statique", folder) == DONE
    assert (folder / "index.html").read_text("utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("with_export", [False, True])
def test_a_folder_that_holds_anything_else_is_left_alone(
    sample_site: Site, tmp_path: Path, with_export: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    if with_export:
        assert call("export", "--site", sample_site.folder, "--statique", folder) == DONE
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "a.jpg").write_bytes(b"photo")
    before = sorted(path for path in tmp_path.rglob("*"))
    assert call("export", "--site", sample_site.folder, "--statique", folder) == REFUSED
    told = capsys.readouterr().err
    assert "photos/a.jpg" in told
    assert "Rien n’a été écrit." in told
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_file_in_its_place_is_left_alone(sample_site: Site, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("une liste", "utf-8")
    assert call("export", "--site", sample_site.folder, "--statique", place) == REFUSED
    assert place.read_text("utf-8") == "une liste"


def test_without_an_index_nothing_is_written(site: Path, tmp_path: Path) -> None:
    assert call("export", "--site", site, "--statique", tmp_path / "out") == REFUSED
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [[], ["--json", "--statique", "out"]])
def test_one_form_at_a_time(site: Path, options: list[str]) -> None:
    assert call("export", "--site", site, *options) == REFUSED
    assert not Path("out").exists()
