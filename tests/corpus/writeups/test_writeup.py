"""A record and its write-up are one thing in two forms."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.problems import Severity
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, is_writable
from corpus.writeups.reading import read_writeup
from corpus.writeups.writing import moment_from, seconds_from, writeup_from

LETTERS = st.characters(exclude_categories=["Cc", "Cs"])
AWKWARD = st.sampled_from(
    [
        "— Jean {#a1}",
        "## 2. Deux",
        "> cité",
        "<!-- vu -->",
        "{#b2}",
        "\\",
        "---",
        "- nom: x",
        "é’«» ",
    ]
)
LINES = st.one_of(st.text(LETTERS, max_size=30), AWKWARD)
ONE_LINE = LINES.map(str.strip)
NAMED = ONE_LINE.filter(bool)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
SAID = PARAGRAPHS.filter(lambda text: bool(text.strip()))
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,11}", fullmatch=True)
DAYS = st.none() | st.dates()
LINKS = st.sampled_from(["", "https://exemple.example/a?b=c#d", "http://x.example"])


@st.composite
def webinars(draw: st.DrawFn) -> Webinar:
    speakers = draw(
        st.lists(
            st.builds(Speaker, NAMED, ONE_LINE, ONE_LINE, st.just("") | IDS),
            max_size=3,
            unique_by=lambda s: s.name,
        )
    )
    ids = iter(draw(st.lists(IDS, min_size=9, max_size=9, unique=True)))
    ideas = [
        KeyIdea(next(ids), number, draw(NAMED), "w")
        for number in draw(st.lists(st.integers(1, 999), max_size=3, unique=True))
    ]
    said = [
        Verbatim(
            next(ids),
            draw(SAID),
            draw(st.sampled_from([None, *speakers])),
            idea,
            draw(st.none() | st.integers(0, 400_000)),
        )
        for idea in [None, *ideas]
        if draw(st.booleans())
    ]
    return Webinar(
        "w",
        draw(NAMED),
        draw(DAYS),
        draw(DAYS),
        draw(LINKS),
        draw(LINKS),
        draw(PARAGRAPHS.map(str.strip)),
        tuple(speakers),
        tuple(ideas),
        tuple(said),
    )


@settings(max_examples=4 * settings().max_examples)
@given(webinars())
def test_any_record_comes_back_equal_and_any_writeup_byte_for_byte(webinar: Webinar) -> None:
    text = writeup_from(webinar)
    read = read_writeup(text, "w")
    assert read.webinar == webinar
    assert writeup_from(read.webinar) == text


@given(st.text(max_size=400))
def test_no_file_can_make_the_reader_fail(text: str) -> None:
    for candidate in (text, f"---\ntitre: x\n---\n{text}", f"---\n{text}\n---\n> dit\n"):
        read = read_writeup(candidate, "w")
        assert read.webinar or any(p.severity is Severity.ERROR for p in read.problems)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_verbatim_reaches_the_record_letter_for_letter(said: str) -> None:
    if not is_writable(said) or not said.strip() or "\n" in said:
        return
    read = read_writeup(f"---\ntitre: x\n---\n\n> {said}\n> — Ana {{#a1}}\n", "w")
    assert read.webinar
    assert [verbatim.text for verbatim in read.webinar.verbatims] == [said]


@settings(max_examples=2 * settings().max_examples)
@given(webinars(), st.data())
def test_a_comment_never_enters_a_record(webinar: Webinar, data: st.DataObject) -> None:
    lines = writeup_from(webinar).split("\n")
    fence = lines.index("---", 1)
    comment = data.draw(
        st.sampled_from(["<!-- vu -->", "<!--\n> dit\n\n## 3. Trois\n-->", "<!-- a --><!-- b -->"])
    )
    # After what looks like a signature a comment parts quotes; of two empty lines it hides one.
    signed = re.compile(r">\s*(—|–|--)|.*\}\s*$")
    places = [
        place
        for place in range(fence + 1, len(lines))
        if not (lines[place].startswith(">") and signed.match(lines[place - 1]))
        and (lines[place - 1].strip() or lines[place].strip())
    ]
    place = data.draw(st.sampled_from(places))
    text = "\n".join([*lines[:place], comment, *lines[place:]])
    assert read_writeup(text, "w").webinar == webinar


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("> dit <!-- vu --> ainsi\n> {#a1}", "dit ainsi"),
        ("> <!-- vu --> dit\n> {#a1}", "dit"),
        ("> dit\n> <!-- vu -->\n> {#a1}", "dit"),
        ("> dit \\<!-- ainsi -->\n> {#a1}", "dit <!-- ainsi -->"),
    ],
)
def test_a_comment_inside_a_quote_is_not_said(body: str, said: str) -> None:
    webinar = read_writeup(HEAD + body, "w").webinar
    assert webinar
    assert [verbatim.text for verbatim in webinar.verbatims] == [said]


HEAD = "---\ntitre: Titre\ndate: 2024-03-12\nintervenants:\n  - nom: Ana Lu\n---\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("titre: sans barre", "en-tete", 1),
        ("---\ntitre: jamais fermé", "en-tete", 1),
        ("---\ntitre: a: b\n---\n", "en-tete", 2),
        ("---\ntitre: a\ntitre: b\n---\n", "en-tete", 3),
        ("---\ntitre: a\n[b, c]: d\n---\n", "en-tete", 3),
        ("---\ntitre: " + "[" * 3000 + "\n---\n", "en-tete", 2),
        ("---\ntitre: " + "[" * 200_000 + "\n---\n", "en-tete", 2),
        ("---\ndate: 2024-03-12\n---\n> dit\n", "titre", 1),
        ("---\ntitre: a\ndate: 12 mars\n---\n> dit\n", "date", 3),
        ("---\ntitre: a\ndate: 2024-03-12\nsource: javascript:x\n---\n> dit\n", "adresse", 4),
        ("---\ntitre: a\nauteur: b\n---\n> dit\n", "cle", 3),
        ("---\ntitre: a\nintervenants: Ana\n---\n> dit\n", "intervenants", 3),
        ("---\ntitre: a\nintervenants:\n  - fonction: maire\n---\n> dit\n", "intervenant", 4),
        ("---\ntitre: a\nintervenants:\n  - nom: b\n    fiche: Été !\n---\n> dit\n", "fiche", 5),
        (HEAD + "\n## 1. Idée\n\n> dit\n> — Ana Lou\n", "intervenant-inconnu", 11),
        (HEAD + "\n## 1. Idée\n\ntexte perdu\n", "texte-libre", 10),
        (HEAD + "\n## \n", "idee-vide", 8),
        (HEAD + "\n>\n", "verbatim-vide", 8),
        (HEAD + "\n> un\n> {#a1}\n\n> deux\n> {#a1}\n", "id-double", 11),
        (HEAD + "\n> un\n> {#a1 fin=3}\n", "marque", 9),
        (HEAD + "\n> un\n\n<!-- jamais fermé\n\n> deux\n", "commentaire", 10),
        (HEAD + "\nbip \x07 bip\n", "en-tete", 8),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, code: str, line: int) -> None:
    problems = read_writeup(text, "w", "fichier.md").problems
    assert (code, line) in [(p.code, p.line) for p in problems]
    assert str(problems[0]).startswith("fichier.md, ligne ")


def test_a_fault_in_one_quote_keeps_the_others() -> None:
    read = read_writeup(HEAD + "\n> un\n> — Ana Lu\n\n>\n\n> trois\n> — Inconnue\n", "w")
    assert read.webinar
    assert [v.text for v in read.webinar.verbatims] == ["un", "trois"]
    assert [v.speaker.name for v in read.webinar.verbatims if v.speaker] == ["Ana Lu", "Inconnue"]


def test_two_ids_alike_keep_both_quotes() -> None:
    read = read_writeup(HEAD + "\n> un\n> {#a1}\n\n> deux\n> {#a1}\n", "w")
    assert read.webinar
    assert [v.text for v in read.webinar.verbatims] == ["un", "deux"]
    assert read.webinar.verbatims[0].id == "a1"
    assert read.webinar.verbatims[1].id != "a1"


def test_a_writeup_typed_by_hand_needs_no_id_no_number_and_no_speaker() -> None:
    read = read_writeup(
        HEAD + "Chapeau.\n\n## Idée\n>dit\n\n## 5) Autre\n> redit\n> -- Ana Lu\n", "w"
    )
    assert read.webinar
    assert not read.problems
    assert read.webinar.introduction == "Chapeau."
    assert [(i.number, i.text) for i in read.webinar.key_ideas] == [(1, "Idée"), (5, "Autre")]
    assert [(v.text, v.speaker and v.speaker.name) for v in read.webinar.verbatims] == [
        ("dit", None),
        ("redit", "Ana Lu"),
    ]
    assert read.webinar.held_on == date(2024, 3, 12)


def test_a_windows_file_reads_like_another() -> None:
    text = HEAD + "\n> dit\n> — Ana Lu {#a1}\n"
    assert read_writeup("\ufeff" + text.replace("\n", "\r\n"), "w") == read_writeup(text, "w")


@given(st.integers(0, 10**7))
def test_a_moment_is_read_as_it_was_written(seconds: int) -> None:
    assert seconds_from(moment_from(seconds)) == seconds


@pytest.mark.parametrize("moment", ["", "12", "1:2", "12:60", "1:75:00", "-1:00", "a:bc"])
def test_what_is_not_a_moment_is_none(moment: str) -> None:
    assert seconds_from(moment) is None
