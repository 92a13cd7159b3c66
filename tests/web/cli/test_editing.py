"""The editor's loop: add, add again, add twenty, check, forget."""

import json
from pathlib import Path

import docx
import pytest

from corpus.site import read_site
from tests.calling import PAGE, call
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED

pytestmark = pytest.mark.process

VTT = """WEBVTT

00:00:05.000 --> 00:00:09.000
<v Ana Lu>Le verger tient bon depuis dix ans déjà.
"""


def draft(site: Path) -> Path:
    (path,) = (site / "webinaires").iterdir()
    return path


def ids(site: Path) -> dict[str, str]:
    return {v.text: v.id for webinar in read_site(site).webinars for v in webinar.verbatims}


def test_a_page_that_changed_is_shown_then_written_and_keeps_its_ids(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("add", page, "--site", site)
    before, old_ids = draft(site).read_text("utf-8"), ids(site)
    page.write_text(
        PAGE.replace("un dimanche de pluie", "un dimanche de grande pluie")
        + "« Une phrase toute neuve est venue s’ajouter à la page. » Ana Lu\n",
        "utf-8",
    )
    capsys.readouterr()
    assert call("add", page, "--site", site) == DONE_WITH_PROBLEMS
    shown = capsys.readouterr()
    assert "+> Nous avons planté quarante pommiers un dimanche de grande pluie." in shown.out
    assert "--yes" in shown.err
    assert draft(site).read_text("utf-8") == before
    call("add", page, "--site", site, "--yes")
    new_ids = ids(site)
    assert len(new_ids) == 3
    kept = "Le conseil a voté la clôture sans un mot de travers ce soir-là."
    assert new_ids[kept] == old_ids[kept]
    assert set(old_ids.values()) < set(new_ids.values())
    corrected = "Nous avons planté quarante pommiers un dimanche de grande pluie."
    assert (
        new_ids[corrected] == old_ids["Nous avons planté quarante pommiers un dimanche de pluie."]
    )


def test_a_page_with_another_title_is_still_the_same_write_up(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    page.write_text(PAGE.replace("les points-clefs", "ce qu’il faut retenir"), "utf-8")
    call("add", page, "--site", site, "--yes")
    assert "ce qu’il faut retenir" in draft(site).read_text("utf-8")


def test_what_the_editor_added_stays(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    edited = draft(site).read_text("utf-8")
    edited = edited.replace("publie:", "replay: https://exemple.example/v\npublie:")
    edited = edited.replace("— Ana Lu {#", "— Ana Lu {debut=1:05 #")
    draft(site).write_text(edited, "utf-8")
    page.write_text(PAGE.replace("sans un mot", "sans aucun mot"), "utf-8")
    call("add", page, "--site", site, "--yes")
    (webinar,) = read_site(site).webinars
    assert webinar.replay_url == "https://exemple.example/v"
    assert [said.start for said in webinar.verbatims] == [65, None]


def test_a_transcript_asks_for_its_title(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "seance.vtt"
    path.write_text(VTT, "utf-8")
    assert call("add", path, "--site", site) == REFUSED
    assert "--title" in capsys.readouterr().err
    assert not list((site / "webinaires").iterdir())
    call("add", path, "--site", site, "--title", "Le verger, dix ans après")
    (webinar,) = read_site(site).webinars
    assert webinar.title == "Le verger, dix ans après"
    assert webinar.verbatims[0].start == 5
    assert webinar.verbatims[0].text == "Le verger tient bon depuis dix ans déjà."


@pytest.mark.parametrize("option", ["--title", "--titre"])
def test_the_title_is_given_to_what_is_only_looked_at(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "seance.vtt"
    path.write_text(VTT, "utf-8")
    call("extract", path, "--json", option, " Le verger,  dix ans après ")
    told = json.loads(capsys.readouterr().out)
    assert told["title"] == "Le verger, dix ans après"
    assert "titre" not in {problem["code"] for problem in told["problems"]}
    call("extract", path, "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["title"], "titre" in {p["code"] for p in told["problems"]}) == ("", True)


def test_a_folder_is_added_page_by_page(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(5):
        text = PAGE.replace("5 mars", f"{n + 1} mars").replace("quarante", f"{n + 20}00")
        (pages / f"page{n}.txt").write_text(text.replace("clôture", f"haie numéro {n}"), "utf-8")
    document = docx.Document()
    document.add_heading("Un autre jour, un autre verger", 0)
    document.add_paragraph("« On taille en hiver, jamais quand la sève monte déjà. » Léa Morin")
    document.save(str(pages / "word.docx"))
    (pages / "piege.docx").write_bytes(b"PK\x03\x04")
    (pages / "image.png").write_bytes(b"\x89PNG")
    (pages / "seance.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nBonjour.\n", "utf-8")
    assert call("add", pages, "--site", site) == DONE_WITH_PROBLEMS
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert "8 pages : 6 brouillons, 2 refusées." in told
    assert "piege.docx : refusée" in told
    assert "--title" in told
    assert "image.png" not in told
    again = call("add", pages, "--site", site, "--json")
    states = [line["state"] for line in json.loads(capsys.readouterr().out)]
    assert again == DONE_WITH_PROBLEMS
    assert sorted(states) == ["inchangée"] * 6 + ["refusée"] * 2


def test_an_empty_folder_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert call("add", tmp_path / "vide", "--site", site) == REFUSED
    assert call("add", tmp_path / "vide", "--site", site, "--title", "Un titre") == REFUSED


WRITEUP = """---
titre: {titre}
date: 2024-03-05
intervenants:
  - nom: Ana Lu
---

> L'arbre est là: il tient, c'est sûr !
> — Ana Lu {{#{first}}}

> Nous avons planté quarante pommiers un dimanche de pluie.
> — Ana Lu {{#{second}}}
"""


def test_check_counts_typography_and_finds_a_quote_twice(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site / "webinaires"
    one = WRITEUP.format(titre="Un", first="a1", second="a2")
    two = WRITEUP.format(titre="Deux", first="b1", second="b2")
    (folder / "un.md").write_text(one, "utf-8")
    (folder / "deux.md").write_text(two.replace("L'arbre est là: il", "Le pin"), "utf-8")
    assert call("check", "--site", site, "--json") == DONE_WITH_PROBLEMS
    found = {(p["file"], p["code"]): p["message"] for p in json.loads(capsys.readouterr().out)}
    assert set(found) == {
        ("webinaires/deux.md", "typographie"),
        ("webinaires/un.md", "typographie"),
        ("webinaires/un.md", "verbatim-double"),
    }
    typography = found["webinaires/un.md", "typographie"]
    assert (
        "2\u00a0apostrophes droites, 2\u00a0espaces insécables manquantes (ligne 8)" in typography
    )
    assert "webinaires/deux.md" in found["webinaires/un.md", "verbatim-double"]
    assert call("check", folder / "deux.md", "--site", site, "--json") == DONE_WITH_PROBLEMS
    assert [p["code"] for p in json.loads(capsys.readouterr().out)] == ["typographie"]
    assert call("check", "absent.md", "--site", site) == REFUSED


def test_check_tells_an_accent_beside_its_letter(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = WRITEUP.format(titre="Un", first="a1", second="a2").replace("L'arbre", "L’e´table")
    (site / "webinaires" / "un.md").write_text(text, "utf-8")
    assert call("check", "--site", site, "--json") == DONE_WITH_PROBLEMS
    told = [p for p in json.loads(capsys.readouterr().out) if p["code"] == "accent-a-part"]
    assert [(p["severity"], p["line"]) for p in told] == [("avertissement", 8)]
    assert "« L’e´table es »" in told[0]["message"]


def test_check_orders_by_severity_and_sums_up_in_french(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text(page.read_text("utf-8").replace("de pluie. » Ana Lu", "de pluie. »"), "utf-8")
    call("add", page, "--site", site)
    text = draft(site).read_text("utf-8").replace("quarante", "« cinquante")
    text = text.replace("date: 2024-03-05", "date: le 5 mars")
    head, quote, below = text.partition("« cinquante")
    text = head + quote + below.replace("— Noé Vial ", "", 1)
    draft(site).write_text(text, "utf-8")
    capsys.readouterr()
    assert call("check", "--site", site) == DONE_WITH_PROBLEMS
    shown = capsys.readouterr().err.replace("\u00a0", " ")
    assert shown.startswith("À regarder : 1 erreur, 3 avertissements, 3 remarques.\n  erreur — ")
    assert call("check", "--site", site, "--json") == DONE_WITH_PROBLEMS
    found = json.loads(capsys.readouterr().out)
    assert [(p["severity"], p["code"]) for p in found] == [
        ("erreur", "date"),
        ("avertissement", "sans-date"),
        ("avertissement", "guillemets"),
        ("avertissement", "hors-source"),
        ("remarque", "typographie"),
        ("remarque", "a-verifier"),
        ("remarque", "sans-auteur"),
    ]
    lines = text.split("\n")
    assert "« cinquante" in lines[found[3]["line"] - 1]
    assert "<!-- À vérifier" in lines[found[5]["line"] - 1]


def test_a_quote_that_left_its_page_is_told_before_the_page_is_added_again(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def strays() -> list[str]:
        capsys.readouterr()
        call("check", "--site", site, "--json")
        return [
            p["code"] for p in json.loads(capsys.readouterr().out) if p["code"] == "hors-source"
        ]

    call("add", page, "--site", site)
    assert strays() == []
    page.write_text(PAGE.replace("quarante pommiers", "vingt pommiers"), "utf-8")
    assert strays() == ["hors-source"]
    page.write_text("Une tout autre page.\n\n« Rien de ce qui fut dit ailleurs. » Léa Pin", "utf-8")
    assert strays() == []
    page.unlink()
    assert strays() == []


def test_good_typography_is_not_a_fault(site: Path) -> None:
    text = WRITEUP.format(titre="Un", first="a1", second="a2")
    text = text.replace(
        "L'arbre est là: il tient, c'est sûr !",
        "À 12:04, l’arbre dit\u00a0: «\u00a0tiens\u202f!\u00a0» Voir https://a.example/?b=c:d\u202f?!",
    )
    (site / "webinaires" / "un.md").write_text(text, "utf-8")
    assert call("check", "--site", site) == DONE


def derived_files(site: Path) -> Path:
    generation = site / ".verbatheque" / "index" / "gens" / "00000001"
    generation.mkdir(parents=True)
    (generation / "termes").write_text("Ana Lu", "utf-8")
    (site / ".verbatheque" / "analyses.sqlite3").write_text("Ana Lu", "utf-8")
    return site / ".verbatheque"


@pytest.mark.model
def test_a_person_is_forgotten_everywhere(
    site: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text(PAGE.replace("La rencontre du", "Après la pluie, la rencontre du"), "utf-8")
    call("add", page, "--site", site)
    derived, before = derived_files(site), draft(site).read_text("utf-8")
    capsys.readouterr()
    assert call("forget", "ana lu", "--site", site) == DONE_WITH_PROBLEMS
    shown = capsys.readouterr()
    assert "-> Nous avons planté" in shown.out
    assert "--yes" in shown.err
    assert "à corriger à la main" in shown.err  # the introduction names her too
    assert draft(site).read_text("utf-8") == before
    assert derived.exists()
    assert call("forget", "ana lu", "--site", site, "--yes") == DONE
    told = capsys.readouterr().err
    assert "1\u00a0verbatim dans 1\u00a0compte rendu" in told
    assert "vos sauvegardes" in told
    (webinar,) = read_site(site).webinars
    assert [said.speaker and said.speaker.name for said in webinar.verbatims] == ["Noé Vial"]
    assert "Ana Lu" not in {speaker.name for speaker in webinar.speakers}
    assert b"quarante pommiers" not in b"".join(
        p.read_bytes() for p in derived.rglob("*") if p.is_file()
    )
    assert not (derived / "analyses.sqlite3").exists()


def test_one_verbatim_is_forgotten_and_its_speaker_stays(site: Path, page: Path) -> None:
    call("add", page, "--site", site)
    text, verbatim_id = next(iter(ids(site).items()))
    assert call("forget", "--verbatim", verbatim_id, "--site", site, "--yes") == DONE
    assert text not in ids(site)
    assert "Ana Lu" in {s.name for webinar in read_site(site).webinars for s in webinar.speakers}


def test_forgetting_asks_for_one_thing(site: Path) -> None:
    assert call("forget", "--site", site) == REFUSED
    assert call("forget", "Ana Lu", "--verbatim", "a1", "--site", site) == REFUSED
    assert call("forget", "...", "--site", site) == REFUSED


@pytest.mark.model
def test_an_unknown_name_still_clears_old_indexes(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    derived = derived_files(site)
    assert call("forget", "Une Inconnue", "--site", site, "--yes") == DONE
    assert "aucun compte rendu" in capsys.readouterr().err
    assert b"Ana Lu" not in b"".join(p.read_bytes() for p in derived.rglob("*") if p.is_file())
    assert not (derived / "analyses.sqlite3").exists()
