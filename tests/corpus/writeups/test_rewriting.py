"""A write-up is changed where its record changes, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.writeups.reading import read_writeup
from corpus.writeups.rewriting import annotated, rewritten
from corpus.writeups.writing import writeup_from
from tests.corpus.writeups.test_writeup import NAMED, PARAGRAPHS, SAID, webinars


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Webinar, Webinar]:
    """A record and another made of some of its parts, in another order, with other words."""
    webinar, other = draw(webinars()), draw(webinars())
    speakers = [
        replace(person, role=draw(st.sampled_from([person.role, "maire"])))
        for person in draw(st.permutations(webinar.speakers))
        if draw(st.booleans())
    ]
    names = {person.name: person for person in speakers}
    ideas = {
        idea: replace(idea, text=draw(st.sampled_from([idea.text, "Autrement dit"])))
        for idea in draw(st.permutations(webinar.key_ideas))
        if draw(st.booleans())
    }
    said = [
        replace(
            verbatim,
            text=draw(st.sampled_from([verbatim.text, draw(SAID)])),
            speaker=names.get(verbatim.speaker.name) if verbatim.speaker else None,
            key_idea=ideas.get(verbatim.key_idea) if verbatim.key_idea else None,
        )
        for verbatim in draw(st.permutations(webinar.verbatims))
        if draw(st.booleans())
    ]
    order = [None, *ideas.values()]
    wanted = replace(
        webinar,
        title=draw(st.sampled_from([webinar.title, draw(NAMED)])),
        held_on=draw(st.sampled_from([webinar.held_on, other.held_on])),
        replay_url=draw(st.sampled_from([webinar.replay_url, other.replay_url])),
        introduction=draw(st.sampled_from([webinar.introduction, draw(PARAGRAPHS.map(str.strip))])),
        speakers=tuple(speakers),
        key_ideas=tuple(ideas.values()),
        verbatims=tuple(sorted(said, key=lambda verbatim: order.index(verbatim.key_idea))),
    )
    return webinar, draw(st.sampled_from([wanted, wanted, wanted, other]))


@settings(max_examples=3 * settings().max_examples)
@given(pairs(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_record_asked_for_is_said_and_an_equal_one_changes_nothing(
    pair: tuple[Webinar, Webinar], eol: str, is_ended: bool
) -> None:
    old, new = pair
    text = writeup_from(old).replace("\n", eol)
    text = text if is_ended else text.removesuffix(eol)
    written = rewritten(read_writeup(text, "w"), new)
    changed = written.text
    read = read_writeup(changed, "w")
    assert read.webinar == new
    assert read.as_it_stands().lines == written.lines
    assert rewritten(read_writeup(text, "w"), old).text == text
    assert eol == "\n" or "\n" not in changed.replace("\r\n", "")


BY_HAND = """---
date: 2024-03-05   # un mardi
titre: "Des vergers pour tous"
intervenants:
  # l’équipe du verger
  - nom: Ana Lu
    fonction: directrice   # depuis 2019
  - nom: Noé Vial
salle: préau
---

<!-- Relu par Inès. -->

Le chapeau,
<!-- à raccourcir ? -->
en deux lignes.

## Sans numéro

<!-- À vérifier : qui parle ? -->
>Sans identifiant
> -- Ana Lu
<!-- gardez celui-ci -->

Un paragraphe à moi.

> Le deuxième,
<!-- au milieu -->
> sur deux lignes
> — Noé Vial {#b2}

## 7) Une autre

> Le troisième
> — Léa Morin {debut=1:05}
"""


def webinar_by_hand() -> Webinar:
    webinar = read_writeup(BY_HAND, "w").webinar
    assert webinar
    return webinar


def lines_lost_and_won(changed: str) -> tuple[list[str], list[str]]:
    before, after = BY_HAND.split("\n"), changed.split("\n")
    return (
        [line for line in before if line not in after],
        [line for line in after if line not in before],
    )


def test_what_is_typed_by_hand_is_read_without_its_comments() -> None:
    webinar = webinar_by_hand()
    assert webinar.introduction == "Le chapeau,\nen deux lignes."
    assert [said.text for said in webinar.verbatims] == [
        "Sans identifiant",
        "Le deuxième,\nsur deux lignes",
        "Le troisième",
    ]


def _renamed(webinar: Webinar) -> Webinar:
    person = Speaker("Ana Lu", "présidente")
    speakers = tuple(person if s.name == "Ana Lu" else s for s in webinar.speakers)
    verbatims = tuple(
        replace(v, speaker=person) if v.speaker and v.speaker.name == "Ana Lu" else v
        for v in webinar.verbatims
    )
    return replace(webinar, speakers=speakers, verbatims=verbatims)


def _with_a_new_quote(webinar: Webinar) -> Webinar:
    first, *others = webinar.verbatims
    new = Verbatim("n1", "Tout neuf", first.speaker, first.key_idea)
    return replace(webinar, verbatims=(first, new, *others))


def _with_a_new_idea(webinar: Webinar) -> Webinar:
    return replace(webinar, key_ideas=(*webinar.key_ideas, KeyIdea("i9", 9, "Fin", "w")))


@pytest.mark.parametrize(
    ("change", "lost", "won"),
    [
        (
            lambda w: replace(w, title="Un autre titre"),
            ['titre: "Des vergers pour tous"'],
            ["titre: Un autre titre"],
        ),
        (
            lambda w: replace(w, replay_url="https://a.example/v"),
            [],
            ["replay: https://a.example/v"],
        ),
        (_renamed, ["    fonction: directrice   # depuis 2019"], ["    fonction: présidente"]),
        (
            lambda w: replace(w, verbatims=w.verbatims[1:]),
            ["<!-- À vérifier : qui parle ? -->", ">Sans identifiant", "> -- Ana Lu"],
            [],
        ),
        (
            lambda w: replace(
                w, verbatims=(w.verbatims[0], replace(w.verbatims[1], text="Court"), w.verbatims[2])
            ),
            ["> Le deuxième,", "> sur deux lignes"],
            ["> Court"],
        ),
        (_with_a_new_quote, [], ["> Tout neuf", "> — Ana Lu {#n1}"]),
        (_with_a_new_idea, [], ["## 9. Fin {#i9}"]),
        (
            lambda w: replace(w, introduction="Le chapeau,\nen deux lignes et demie."),
            ["en deux lignes."],
            ["en deux lignes et demie."],
        ),
    ],
)
def test_only_the_lines_that_change_are_touched(change, lost, won) -> None:  # type: ignore[no-untyped-def]
    wanted = change(webinar_by_hand())
    changed = rewritten(read_writeup(BY_HAND, "w"), wanted).text
    assert read_writeup(changed, "w").webinar == wanted
    assert lines_lost_and_won(changed) == (lost, won)


def test_a_note_stands_above_its_part_or_under_the_head() -> None:
    writeup = read_writeup(BY_HAND, "w").as_it_stands()
    changed = annotated(writeup, {"b2": ["À vérifier : un"], "": ["À vérifier : deux"]})
    assert "<!-- À vérifier : un -->\n> Le deuxième," in changed
    assert "---\n\n<!-- À vérifier : deux -->\n\n<!-- Relu par Inès. -->" in changed
    assert read_writeup(changed, "w").webinar == webinar_by_hand()
