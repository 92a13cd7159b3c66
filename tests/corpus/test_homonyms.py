"""Two people of one name: asked about, told apart, forgotten one at a time."""

from pathlib import Path

import pytest

from corpus.adding.draft import Draft
from corpus.adding.merging import merged
from corpus.homonyms import bare_name, name_problems, speaker_labels
from corpus.records import Speaker, Verbatim, Webinar
from corpus.site import WRITEUPS, read_site
from web.cli.main import verbatheque
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED, run


def webinar(webinar_id: str, *speakers: Speaker) -> Webinar:
    return Webinar(webinar_id, webinar_id, speakers=speakers)


MAYOR = Speaker("Jean Martin", "maire", "commune de Vaux")
BAKER = Speaker("Jean Martin", "boulanger", "Le Bon Pain")


def codes(*speakers: Speaker) -> list[str]:
    met = [webinar(f"w{number}", speaker) for number, speaker in enumerate(speakers)]
    return [problem.code for problem in name_problems(met, WRITEUPS)]


def test_one_name_with_two_jobs_is_asked_about_once() -> None:
    met = [webinar("w1", MAYOR), webinar("w2", BAKER), webinar("w3", BAKER)]
    (problem,) = name_problems(met, WRITEUPS)
    assert problem.code == "homonyme"
    assert "?" in problem.message
    assert "« fiche: jean-martin-le-bon-pain »" in problem.message
    assert "« fiche: jean-martin »" in problem.message
    assert "w1" in problem.message
    assert "w2" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        MAYOR,
        Speaker("Jean Martin", "ancien maire", "commune de Vaux"),
        Speaker("Jean Martin", "Maire de Vaux", "Commune de Vaux-sur-Eure"),
        Speaker("Jean Martin", "président", "commune de Vaux"),
        Speaker("Jean Martin", "maire", "commune de Rives"),
        Speaker("Jean Martin", "boulanger"),
        Speaker("Jean Martin"),
        Speaker("Jeanne Martin", "boulangère", "Le Bon Pain"),
    ],
    ids=str,
)
def test_a_promotion_or_a_move_asks_nothing(other: Speaker) -> None:
    assert codes(MAYOR, other) == []


def own(speaker: Speaker, own_id: str) -> Speaker:
    return Speaker(speaker.name, speaker.role, speaker.organisation, own_id)


def test_a_sheet_answers_the_question() -> None:
    assert codes(MAYOR, own(BAKER, "jean-martin-pain")) == []
    assert codes(own(MAYOR, "jean-martin"), own(BAKER, "jean-martin")) == []


def test_two_spellings_are_still_told_and_two_names_of_one_sheet_are_not() -> None:
    assert codes(Speaker("Élodie Lu"), Speaker("Elodie Lu")) == ["orthographe-nom"]
    assert codes(Speaker("Ana Lu"), Speaker("Ana Vial", own_id="ana-lu")) == []


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        ([MAYOR], {"jean-martin": "Jean Martin"}),
        (
            [MAYOR, own(BAKER, "jm-pain")],
            {
                "jean-martin": "Jean Martin (commune de Vaux)",
                "jm-pain": "Jean Martin (Le Bon Pain)",
            },
        ),
        (
            [MAYOR, Speaker("Jean Martin", "adjoint", "commune de Vaux", "jm-2")],
            {"jean-martin": "Jean Martin (maire)", "jm-2": "Jean Martin (adjoint)"},
        ),
        (
            [MAYOR, Speaker("Jean Martin", own_id="jm-2")],
            {"jean-martin": "Jean Martin (jean-martin)", "jm-2": "Jean Martin (jm-2)"},
        ),
        ([Speaker("Ana Lu"), Speaker("Ana Vial", own_id="ana-lu")], {"ana-lu": "Ana Lu"}),
    ],
)
def test_a_label_tells_who_is_meant(people: list[Speaker], labels: dict[str, str]) -> None:
    met = [webinar(f"w{number}", speaker) for number, speaker in enumerate(people)]
    assert speaker_labels(met) == labels
    assert len(set(labels.values())) == len(labels)
    assert {bare_name(label) for label in labels.values()} == {people[0].name}


def test_a_page_added_again_keeps_the_sheet() -> None:
    known = own(MAYOR, "jean-martin-vaux")
    old = Webinar("w", "T", speakers=(known,), verbatims=(Verbatim("a1", "Dit.", known),))
    new = Webinar("w", "T", speakers=(MAYOR,), verbatims=(Verbatim("b1", "Dit.", MAYOR),))
    again = merged(old, None, Draft(new)).webinar
    assert [speaker.id for speaker in again.speakers] == ["jean-martin-vaux"]
    assert again.verbatims[0].speaker == known


WRITEUP = """---
titre: {name}
date: 2024-03-12
intervenants:
  - nom: Jean Martin
    fonction: {role}
    organisation: {organisation}{sheet}
---

> Une phrase dite un jour par {name}.
> — Jean Martin
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    run(verbatheque, ["init", str(tmp_path)])
    for name, speaker in (("vaux", own(MAYOR, "jean-martin-vaux")), ("pain", BAKER)):
        sheet = f"\n    fiche: {speaker.own_id}" if speaker.own_id else ""
        text = WRITEUP.format(
            name=name, role=speaker.role, organisation=speaker.organisation, sheet=sheet
        )
        (tmp_path / WRITEUPS / f"{name}.md").write_text(text, "utf-8")
    return tmp_path


def test_the_line_under_a_quote_means_the_person_of_that_writeup(site: Path) -> None:
    said = {
        w.id: [v.speaker and v.speaker.id for v in w.verbatims] for w in read_site(site).webinars
    }
    assert said == {"pain": ["jean-martin"], "vaux": ["jean-martin-vaux"]}
    assert run(verbatheque, ["check", "--site", str(site)]) == DONE


def test_one_of_two_is_forgotten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def forget(name: str) -> int:
        return run(verbatheque, ["forget", name, "--yes", "--site", str(site)])

    assert forget("Jean Martin") == REFUSED
    assert "jean-martin, jean-martin-vaux" in capsys.readouterr().err
    assert forget("jean-martin-vaux") == DONE
    left = {speaker.id for webinar in read_site(site).webinars for speaker in webinar.speakers}
    assert left == {"jean-martin"}
    assert forget("Jean Martin") == DONE


def test_a_question_is_asked_on_the_whole_site(site: Path) -> None:
    path = site / WRITEUPS / "vaux.md"
    path.write_text(path.read_text("utf-8").replace("\n    fiche: jean-martin-vaux", ""), "utf-8")
    assert "homonyme" in {problem.code for problem in read_site(site).problems}
    assert run(verbatheque, ["check", "--site", str(site)]) == DONE_WITH_PROBLEMS
