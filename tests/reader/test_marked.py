"""The marked pages say what they should, and a reading is scored as it deserves."""

import pytest

from tests.reader.marked import MarkedPage, own_pages, same_name, score_of

OWN = list(own_pages())


@pytest.fixture(params=OWN, ids=[page.name for page in OWN])
def page(request: pytest.FixtureRequest) -> MarkedPage:
    marked: MarkedPage = request.param
    return marked


def test_a_page_holds_the_words_that_are_marked(page: MarkedPage) -> None:
    text = " ".join(block.text for block in page.page.blocks)
    assert "⟦" not in text
    assert "⟧" not in text
    assert all(quote.words for quote in page.quotes)


def test_the_gold_read_back_is_all_right(page: MarkedPage) -> None:
    said = [(" ".join(q.words), q.names[0] if q.is_named else "", 1.0) for q in page.quotes]
    score = score_of(page, said)
    assert (score.f1, score.speaker, score.both) == (1, 1, 1)


def test_a_wrong_name_and_a_wrong_text_cost() -> None:
    page = next(page for page in OWN if page.quotes and page.quotes[0].is_named)
    words = " ".join(page.quotes[0].words)
    wrong = score_of(page, [(words, "Personne Inconnue", 1.0), ("tout autre chose ici", "", 1.0)])
    assert (wrong.found, wrong.named_right, wrong.extra) == (1, 0, 1)


@pytest.mark.parametrize(
    ("given", "right", "same"),
    [
        ("Morin", "Léa Morin", True),
        ("lea morin", "Léa Morin", True),
        ("Léa Morin, maire de Rives", "Léa Morin", True),
        ("Léa", "Léa Morin", False),
        ("Paul Morin", "Léa Morin", False),
        ("", "Léa Morin", False),
    ],
)
def test_a_last_name_is_enough(given: str, right: str, same: bool) -> None:
    assert same_name(given, right) is same
