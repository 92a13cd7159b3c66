"""What an editor changes, on a page that was really read."""

from collections.abc import Callable

import pytest

from corpus.bench.changes import (
    CHANGES,
    Attribute,
    Change,
    Describe,
    Dismiss,
    Join,
    Mark,
    Move,
    Present,
    Remove,
    Split,
    TakeBack,
    Time,
    Word,
)
from corpus.bench.doubts import doubts_of
from corpus.bench.places import Spot
from corpus.bench.workbook import Workbook
from corpus.problems import CorpusError
from corpus.writeups.reading import read_writeup


def spot(book: Workbook, words: str, *, after: bool = False) -> Spot:
    """Where words begin on the page, or end."""
    for line, text in enumerate(book.page.lines):
        if words in text:
            return Spot(line, text.index(words) + (len(words) if after else 0))
    raise AssertionError(words)


def said(book: Workbook) -> list[tuple[str, str, int]]:
    """Each verbatim by its first words, its speaker and the number of its idea."""
    return [
        (
            " ".join(v.text.split()[:2]),
            v.speaker.name if v.speaker else "",
            v.key_idea.number if v.key_idea else 0,
        )
        for v in book.webinar.verbatims
    ]


def test_somebody_of_the_list_said_several_at_once(book: Workbook) -> None:
    ids = tuple(v.id for v in book.webinar.verbatims)
    book.change(Attribute(ids, "Noé Vial"))
    assert {who for _, who, _ in said(book)} == {"Noé Vial"}
    assert tuple(v.id for v in book.webinar.verbatims) == ids


def test_naming_who_spoke_settles_the_doubt(book: Workbook) -> None:
    last = book.webinar.verbatims[-1].id
    before = [d.message for d in doubts_of(book.writeup)]
    [asked] = [d.message for d in doubts_of(book.writeup) if d.part == last]
    assert "personne" in asked
    book.change(Attribute((last,), "Ana Lu"))
    assert [d.message for d in doubts_of(book.writeup)] == [m for m in before if m != asked]
    book.go(-1)
    assert [d.message for d in doubts_of(book.writeup)] == before


def test_somebody_new_is_listed_and_said_it(book: Workbook) -> None:
    last = book.webinar.verbatims[-1].id
    book.change(Present("", "Zoé Bel", "élagueuse", "Rives", "", (last,)))
    assert said(book)[-1][1] == "Zoé Bel"
    assert book.webinar.speakers[-1].role == "élagueuse"


def test_a_person_told_otherwise_keeps_what_they_said(book: Workbook) -> None:
    book.change(Present("Ana Lu", "Ana Luz", "présidente", "", "", ()))
    assert said(book)[0][1] == "Ana Luz"
    book.change(Present("Ana Luz", "Noé Vial", "", "", "", ()))
    assert [who for _, who, _ in said(book)[:2]] == ["Noé Vial", "Noé Vial"]


def test_who_leaves_the_list_leaves_the_words(book: Workbook) -> None:
    book.change(Dismiss("Ana Lu"))
    assert said(book)[0] == ("Nous avons", "", 1)


def test_words_of_the_page_become_a_verbatim_in_their_place(book: Workbook) -> None:
    start = spot(book, "la terre se souvient")
    book.change(Mark(start, spot(book, "de tout", after=True), "", ""))
    assert said(book)[-1] == ("la terre", "", 2)
    first = Mark(spot(book, "La rencontre du"), spot(book, "a réuni", after=True), "Ana Lu", "")
    book.change(first)
    assert said(book)[0] == ("La rencontre", "Ana Lu", 0)


def test_other_words_of_the_page_replace_those_of_a_verbatim(book: Workbook) -> None:
    old = book.webinar.verbatims[0]
    book.change(Mark(spot(book, "quarante"), spot(book, "pluie", after=True), "", old.id))
    new = book.webinar.verbatims[0]
    assert (new.id, new.text) == (old.id, "quarante pommiers un dimanche de pluie")


def test_a_verbatim_is_cut_where_the_caret_stands_and_joined_again(book: Workbook) -> None:
    old = book.webinar.verbatims[0]
    book.change(Split(old.id, spot(book, "Personne ne nous")))
    one, other = book.webinar.verbatims[:2]
    assert (one.id, other.text) == (old.id, "Personne ne nous croyait.")
    assert one.speaker == other.speaker
    book.change(Join(old.id))
    assert book.webinar.verbatims[0] == old


def test_a_verbatim_moves_under_another_idea(book: Workbook) -> None:
    first = book.webinar.verbatims[0]
    book.change(Move(first.id, book.webinar.key_ideas[1].id, ""))
    assert said(book)[-1] == ("Nous avons", "Ana Lu", 2)
    book.change(Move(first.id, book.webinar.key_ideas[1].id, book.webinar.verbatims[1].id))
    assert said(book)[1] == ("Nous avons", "Ana Lu", 2)


def test_what_was_removed_is_taken_back_with_its_id(book: Workbook) -> None:
    before = book.webinar
    book.change(Remove((before.verbatims[1].id,)))
    assert len(book.webinar.verbatims) == 2
    book.change(TakeBack(before.verbatims[1].id))
    assert book.webinar == before


def test_an_idea_that_goes_leaves_its_verbatims_to_the_one_above(book: Workbook) -> None:
    book.change(Remove((book.webinar.key_ideas[1].id,)))
    assert {number for _, _, number in said(book)} == {1}
    book.change(Remove((book.webinar.key_ideas[0].id,)))
    assert {number for _, _, number in said(book)} == {0}


def test_the_head_the_ideas_and_the_moments_are_typed(book: Workbook) -> None:
    book.change(
        Describe(" Un  titre ", "2024-03-06", "", "https://ex.fr/a", "", "Un mot.\r\nDeux.")
    )
    book.change(Word(book.webinar.key_ideas[0].id, "On plante d’abord."))
    book.change(Word("", "Une idée de plus."))
    book.change(Time(book.webinar.verbatims[0].id, "1:02:03"))
    webinar = book.webinar
    assert (webinar.title, str(webinar.held_on), webinar.url) == (
        "Un titre",
        "2024-03-06",
        "https://ex.fr/a",
    )
    assert webinar.introduction == "Un mot.\nDeux."
    assert [(i.number, i.text) for i in webinar.key_ideas][::2] == [
        (1, "On plante d’abord."),
        (3, "Une idée de plus."),
    ]
    assert webinar.verbatims[0].start == 3723


REFUSED: list[Callable[[Workbook], Change]] = [
    lambda book: Attribute(("0000000000",), "Ana Lu"),
    lambda book: Attribute((book.webinar.verbatims[0].id,), "Personne"),
    lambda book: Present("", "  ", "", "", "", ()),
    lambda book: Present("", "Zoé", "", "", "Pas Une Fiche", ()),
    lambda book: Present("", "Zo\u0000é", "", "", "", ()),
    lambda book: Dismiss("Personne"),
    lambda book: Mark(Spot(0, 0), Spot(0, 0), "", ""),
    lambda book: Mark(spot(book, "Nous avons"), spot(book, "croyait.", after=True), "", ""),
    lambda book: Split(book.webinar.verbatims[0].id, spot(book, "Nous avons")),
    lambda book: Join(book.webinar.verbatims[1].id),
    lambda book: Move(book.webinar.verbatims[0].id, "rien", ""),
    lambda book: Remove(("rien",)),
    lambda book: TakeBack("rien"),
    lambda book: Describe("", "", "", "", "", ""),
    lambda book: Describe("T", "hier", "", "", "", ""),
    lambda book: Describe("T", "", "", "javascript:alert(1)", "", ""),
    lambda book: Word("", "\n"),
    lambda book: Time(book.webinar.verbatims[0].id, "midi"),
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(
    book: Workbook, asked: Callable[[Workbook], Change]
) -> None:
    before = book.text
    with pytest.raises(CorpusError):
        book.change(asked(book))
    assert book.text == before


def test_no_change_types_the_words_of_a_quote() -> None:
    typed = {name for name, kind in CHANGES.items() if "text" in kind.__annotations__}
    assert typed == {"word"}  # a key idea


def test_comments_of_the_editor_stay(book: Workbook) -> None:
    book.put(book.text.replace("## 2.", "<!-- à moi -->\n## 2."), "à la main")
    book.change(Attribute((book.webinar.verbatims[0].id,), "Noé Vial"))
    assert "<!-- à moi -->" in book.text
    assert read_writeup(book.text, book.name).webinar == book.webinar
