"""`export --static`: what it writes, what it replaces, what it refuses."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from corpus.site import Site
from search.static_index import StaticIndex
from tests.calling import call
from web.cli.options import REFUSED
from web.static_export import MARK, engine_script, export_static

pytestmark = pytest.mark.model
MAX_ENGINE = 12_000  # bytes, gzipped


def test_it_writes_a_page_a_notice_the_widget_and_the_data(static_export: Path) -> None:
    names = set(contents(static_export))
    index = json.loads((static_export / "donnees" / "index.json").read_text("utf-8"))
    assert {
        "index.html",
        "LISEZMOI.txt",
        "widget.js",
        "donnees/moteur.js",
        "donnees/index.json",
        f"donnees/{index['folder']}/textes/0.json",
        MARK,
    } <= names
    assert set((static_export / MARK).read_text("utf-8").split()) == names
    assert not [path for path in static_export.parent.iterdir() if path != static_export]


def test_the_page_reads_without_a_script_and_says_what_it_is(static_export: Path) -> None:
    page = (static_export / "index.html").read_text("utf-8")
    blocks = (static_export / "donnees").glob("*/textes/*.json")
    texts = [line for path in blocks for line in _json(path)]
    assert page.count("<article id=") == len(texts)
    assert 'statique="./donnees/"' in page
    assert "fictif" in page
    assert "default-src 'none'" in page
    notice = (static_export / "LISEZMOI.txt").read_text("utf-8")
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


def test_an_earlier_export_is_replaced_by_the_same_files(
    sample_site: Site, static_index: StaticIndex, static_export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(static_export, folder)
    (folder / "index.html").write_text("ancien", "utf-8")
    export_static(static_index, sample_site.settings, folder)
    assert contents(folder) == contents(static_export)
    assert list(tmp_path.iterdir()) == [folder]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_empty_folder_takes_an_export(
    sample_site: Site, static_index: StaticIndex, tmp_path: Path
) -> None:
    export_static(static_index, sample_site.settings, tmp_path)
    assert (tmp_path / "index.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("with_export", [False, True])
def test_a_folder_that_holds_anything_else_is_left_alone(
    sample_site: Site,
    static_export: Path,
    tmp_path: Path,
    with_export: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "out"
    if with_export:
        shutil.copytree(static_export, folder)
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "a.jpg").write_bytes(b"photo")
    before = contents(tmp_path)
    assert call("export", "--site", sample_site.folder, "--static", folder) == REFUSED
    told = capsys.readouterr().err
    assert "photos/a.jpg" in told
    assert "Rien n’a été écrit." in told
    assert contents(tmp_path) == before


def test_a_file_in_its_place_is_left_alone(sample_site: Site, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("une liste", "utf-8")
    assert call("export", "--site", sample_site.folder, "--static", place) == REFUSED
    assert place.read_text("utf-8") == "une liste"


def test_without_an_index_nothing_is_written(site: Path, tmp_path: Path) -> None:
    assert call("export", "--site", site, "--static", tmp_path / "out") == REFUSED
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [[], ["--json", "--static", "out"]])
def test_one_form_at_a_time(site: Path, options: list[str]) -> None:
    assert call("export", "--site", site, *options) == REFUSED
    assert not Path("out").exists()
