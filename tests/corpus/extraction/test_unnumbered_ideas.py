"""Ideas are the lines that quotations stand under, numbered or announced."""

from corpus.extraction.key_ideas import key_ideas_of
from corpus.reading.blocks import Block, BlockKind

SAID = "« On apprend mieux quand on fait ensemble. »"


def blocks(*lines: tuple[int, str]) -> list[Block]:
    kinds = {0: BlockKind.PARAGRAPH}
    return [
        Block(kinds.get(level, BlockKind.HEADING), text, at, level)
        for at, (level, text) in enumerate(lines, start=1)
    ]


def ideas(found: list[Block], title: str = "") -> list[tuple[int, str]]:
    return [(idea.number, idea.text) for idea in key_ideas_of(found, title)]


PAGE = blocks(
    (2, "Nos invités"),
    (0, "Léa Morin, maire"),
    (2, "Semer tôt"),
    (0, SAID),
    (2, "Arroser tard"),
    (0, SAID),
    (2, "Et maintenant"),
    (0, "Une suite est prévue."),
)


def test_headings_without_numbers_are_ideas_where_the_page_says_so() -> None:
    assert ideas(PAGE, "Trois idées clés du webinaire") == [(1, "Semer tôt"), (2, "Arroser tard")]


def test_headings_of_any_other_page_are_only_headings() -> None:
    assert ideas(PAGE, "Le potager du village") == []


def test_a_number_above_its_words_counts_them() -> None:
    page = blocks((0, "1"), (0, "Semer tôt"), (0, SAID), (0, "2"), (0, "Arroser tard"), (0, SAID))
    assert ideas(page) == [(1, "Semer tôt"), (2, "Arroser tard")]
    assert key_ideas_of(page)[0].lines == (1, 2)


def test_an_idea_never_goes_on_with_a_contact() -> None:
    page = blocks((0, "1. Semer"), (0, "lea@exemple.example, à votre écoute"), (0, SAID))
    assert ideas(page) == [(1, "Semer")]
