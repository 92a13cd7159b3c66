"""A page added again: the page's changes come in, the editor's stay, and both are told apart."""

import json
import shutil
from pathlib import Path

import pytest

from corpus.records import Webinar
from corpus.site import DERIVED, read_site
from corpus.writeups.reading import read_writeup
from tests.calling import PAGE, call
from tests.work import entries_of
from web.cli.options import DONE, DONE_WITH_PROBLEMS

pytestmark = pytest.mark.process

ANA = "Nous avons planté quarante pommiers un dimanche de pluie."
NOE = "Le conseil a voté la clôture sans un mot de travers ce soir-là."


@pytest.fixture
def writeup(site: Path, page: Path) -> Path:
    """The write-up of the page."""
    call("add", page, "--site", site)
    (path,) = (site / "webinaires").iterdir()
    return path


def edit(writeup: Path, *changes: tuple[str, str]) -> str:
    text = writeup.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    writeup.write_text(text, "utf-8")
    return text


def webinar_of(site: Path) -> Webinar:
    (webinar,) = read_site(site).webinars
    return webinar


BY_HAND = (
    ("titre: ", "titre: Le verger, "),
    ("fonction: directrice", "fonction: présidente"),
    ("quarante pommiers", "40 pommiers"),
    ("## 1. On plante", "<!-- Relu. -->\n\n## 1. On sème"),
    ("nom: Noé Vial", "nom: Noé Viale"),
    ("— Noé Vial ", "— Noé Viale "),
)


@pytest.mark.process
def test_a_new_draft_is_written_without_being_read(site: Path, page: Path) -> None:
    with entries_of(read_writeup) as readings:
        call("add", page, "--site", site)
    assert readings == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pluie", "grande pluie"),
        ("1. On plante avant d’avoir un plan.", "1. On sème."),
        ("le 12/03/2024", "le 13/03/2024"),
        ("« Le conseil", "« Une phrase toute neuve, dite ce soir-là. » Ana Lu\n« Le conseil"),
        ("« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu\n", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_page_added_again_has_its_write_up_read_once(
    site: Path, page: Path, writeup: Path, before: str, after: str, eol: str
) -> None:
    edit(writeup, *BY_HAND)
    writeup.write_bytes(writeup.read_bytes().replace(b"\n", eol.encode()))
    page.write_text(PAGE.replace(before, after), "utf-8")
    with entries_of(read_writeup) as readings:
        call("add", page, "--site", site, "--oui")
    assert len(readings) == 1


def test_what_the_editor_corrected_is_not_undone(site: Path, page: Path, writeup: Path) -> None:
    edited = edit(writeup, *BY_HAND)
    assert call("add", page, "--site", site, "--yes") in {DONE, DONE_WITH_PROBLEMS}
    assert writeup.read_text("utf-8") == edited


def test_what_0_1_0_remembered_of_a_page_still_counts(
    site: Path, page: Path, writeup: Path
) -> None:
    (kept,) = (site / DERIVED / "pages").iterdir()
    as_before = json.loads(kept.read_text("utf-8")) | {"draft": writeup.read_text("utf-8")}
    kept.write_text(json.dumps(as_before), "utf-8")
    edited = edit(writeup, *BY_HAND)
    call("add", page, "--site", site, "--oui")
    assert writeup.read_text("utf-8") == edited
    assert not isinstance(json.loads(kept.read_text("utf-8"))["draft"], str)


def test_changes_of_the_page_come_in_beside_those_of_the_editor(
    site: Path, page: Path, writeup: Path
) -> None:
    edited = edit(writeup, *BY_HAND)
    new = "Le compost du verger nourrit désormais toute la rue."
    page.write_text(
        PAGE.replace("sans un mot de travers", "sans un seul mot de travers")
        + f"« {new} » Noé Vial\n",
        "utf-8",
    )
    assert call("add", page, "--site", site) == DONE_WITH_PROBLEMS
    assert writeup.read_text("utf-8") == edited
    call("add", page, "--site", site, "--yes")
    after = writeup.read_text("utf-8")
    # The corrected name is that of the new quote too.
    assert [(v.text, v.speaker and v.speaker.name) for v in webinar_of(site).verbatims] == [
        (ANA.replace("quarante", "40"), "Ana Lu"),
        (NOE.replace("sans un mot", "sans un seul mot"), "Noé Viale"),
        (new, "Noé Viale"),
    ]
    kept = [line for line in edited.split("\n") if line and "sans un mot" not in line]
    assert [line for line in after.split("\n") if line in kept] == kept


def test_where_both_changed_the_editor_stays_and_is_told(
    site: Path, page: Path, writeup: Path
) -> None:
    edit(writeup, *BY_HAND)
    page.write_text(PAGE.replace("quarante pommiers", "quarante-deux pommiers"), "utf-8")
    call("add", page, "--site", site, "--yes")
    text = writeup.read_text("utf-8")
    note = "<!-- À vérifier\u00a0: la page dit «\u00a0Nous avons planté quarante-deux pommiers"
    assert f"{note} un dimanche de pluie.\u00a0». -->\n> Nous avons planté 40 pommiers" in text
    call("add", page, "--site", site, "--yes")
    assert writeup.read_text("utf-8") == text


def test_a_quote_that_left_the_page_goes_unless_the_editor_worked_on_it(
    site: Path, page: Path, writeup: Path
) -> None:
    edit(writeup, ("quarante pommiers", "40 pommiers"))
    other = "« Une troisième phrase, assez longue pour rester seule. » Ana Lu\n"
    page.write_text(PAGE.partition("« Nous avons")[0] + other, "utf-8")
    call("add", page, "--site", site, "--yes")
    texts = [said.text for said in webinar_of(site).verbatims]
    assert ANA.replace("quarante", "40") in texts
    assert NOE not in texts
    assert "la page ne contient plus cette citation" in writeup.read_text("utf-8")


def test_a_quote_that_the_editor_took_out_stays_out(site: Path, page: Path, writeup: Path) -> None:
    text = writeup.read_text("utf-8")
    start = text.index(f"> {NOE}")
    writeup.write_text(text[:start], "utf-8")
    call("add", page, "--site", site, "--yes")
    assert [said.text for said in webinar_of(site).verbatims] == [ANA]


def test_without_memory_every_difference_is_the_editors(
    site: Path, page: Path, writeup: Path
) -> None:
    edited = edit(writeup, *BY_HAND)
    shutil.rmtree(site / DERIVED)
    call("add", page, "--site", site)
    assert writeup.read_text("utf-8") == edited
    call("add", page, "--site", site, "--yes")
    assert ANA.replace("quarante", "40") in [said.text for said in webinar_of(site).verbatims]
    lines = writeup.read_text("utf-8").split("\n")
    assert [line for line in edited.split("\n") if line not in lines] == []


def test_doubts_stand_beside_what_they_concern_and_do_not_come_back(site: Path, page: Path) -> None:
    page.write_text(PAGE + "« Personne ne signe cette phrase, pourtant bien longue. »\n", "utf-8")
    call("add", page, "--site", site)
    (writeup,) = (site / "webinaires").iterdir()
    lines = writeup.read_text("utf-8").split("\n")
    place = next(n for n, line in enumerate(lines) if "Personne ne signe" in line)
    assert lines[place - 1].startswith("<!-- À vérifier (ligne 12 de la page)")
    writeup.write_text("\n".join(lines[: place - 1] + lines[place:]), "utf-8")
    before = writeup.read_text("utf-8")
    call("add", page, "--site", site, "--yes")
    assert writeup.read_text("utf-8") == before


def test_windows_line_ends_are_kept(site: Path, page: Path, writeup: Path) -> None:
    crlf = writeup.read_bytes().replace(b"\n", b"\r\n")
    writeup.write_bytes(crlf)
    call("add", page, "--site", site, "--yes")
    assert writeup.read_bytes() == crlf
    page.write_text(PAGE.replace("sans un mot", "sans un seul mot"), "utf-8")
    call("add", page, "--site", site, "--yes")
    assert writeup.read_bytes() == crlf.replace(b"sans un mot", b"sans un seul mot")
