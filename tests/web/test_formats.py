"""From a file of each format to the page of the quote it holds: add, build, search, permalink."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from corpus.site import read_site
from search.live_index import open_library
from tests.calling import call
from tests.corpus.reading.pdf_files import column, pdf
from tests.corpus.reading.test_odt import odt
from web.app import create_app
from web.cli.options import DONE, DONE_WITH_PROBLEMS

SAID = "Nous avons planté quarante pommiers un dimanche de pluie."
TITLE = "Des vergers pour tous, retour sur la rencontre"
LINES = [
    TITLE,
    "Publié le 12/03/2024",
    "La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers.",
    f"« {SAID} » Ana Lu",
]


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(LINES[0], 0)
    for line in LINES[1:]:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html() -> bytes:
    heading, *paragraphs = LINES
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    return f"<!doctype html><meta charset=utf-8><main><h1>{heading}</h1>{body}</main>".encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "page.txt": lambda: "\n\n".join(LINES).encode(),
    "page.html": as_html,
    "page.md": lambda: "\n\n".join([f"# {TITLE}", *LINES[1:]]).encode(),
    "page.docx": as_docx,
    "page.odt": lambda: odt("".join(f"<text:p>{line}</text:p>" for line in LINES)),
    "page.pdf": lambda: pdf(column([part for line in LINES for part in (line, "")])),
    "seance.vtt": lambda: f"WEBVTT\n\n01:05.000 --> 01:09.000\n<v Ana Lu>{SAID}\n".encode(),
    "seance.srt": lambda: f"1\n00:01:05,000 --> 00:01:09,000\nAna Lu : {SAID}\n".encode(),
}


@pytest.mark.model
@pytest.mark.parametrize("name", FORMATS)
def test_a_quote_goes_from_its_file_to_its_page_without_the_comments_beside_it(
    name: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / name
    source.write_bytes(FORMATS[name]())
    call("add", source, "--site", site, "--title", TITLE)
    (writeup,) = (site / "webinaires").iterdir()
    commented = f"<!-- zébulon -->\n> {SAID} <!-- zébulon -->"
    writeup.write_text(writeup.read_text("utf-8").replace(f"> {SAID}", commented), "utf-8")
    assert call("build", "--site", site) in {DONE, DONE_WITH_PROBLEMS}
    capsys.readouterr()
    assert call("search", "pommier", "--site", site, "--json") == DONE
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert (hit["text"], hit["speaker"]) == (SAID, "Ana Lu")
    opened = read_site(site)
    app = create_app(open_library(opened), opened.settings)
    shown = app.test_client().get(f"/verbatim/{hit['id']}")
    assert shown.status_code == 200
    assert SAID in shown.get_data(as_text=True)
    assert "zébulon" not in shown.get_data(as_text=True)
    published = [path for path in opened.derived.rglob("*") if path.is_file()]
    assert not any("zébulon".encode() in path.read_bytes() for path in published)
