"""When nothing is found, the answer says what to blame and what would find something."""

import pytest

from search.answer import Answer
from search.live_index import Shelf
from search.query import Filters, SearchQuery

pytestmark = pytest.mark.model


def ask(library: Shelf, text: str, **options: object) -> Answer:
    with library.reading() as reading:
        return reading.search(SearchQuery(text, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "culprits", "shorter"),
    [
        ("xylophone balayeuse", ("xylophone",), "balayeuse"),
        ("balayeuse xylophone cryptomonnaie", ("xylophone", "cryptomonnaie"), "balayeuse"),
        ('balayeuse "petit zébu"', ("petit zébu",), "balayeuse"),
        ("balayeuse OU vélo xylophone", ("xylophone",), "balayeuse OU vélo"),
        ("xylophone type:idee vélo", ("xylophone",), "type:idee vélo"),
    ],
)
def test_the_word_to_blame_is_named_and_left_out(
    text: str, culprits: tuple[str, ...], shorter: str, library: Shelf
) -> None:
    answer = ask(library, text, every_word=True, exact=True)
    assert answer.total == 0
    assert answer.culprits == culprits
    assert shorter in {alternative.query for alternative in answer.without}


@pytest.mark.parametrize(
    ("text", "shorter", "dropped"),
    [
        ("spirale -spirale", "spirale", "-spirale"),
        ("spirale SAUF spirale", "spirale", "spirale"),
        ("balayeuse annee:1999", "balayeuse", "annee:1999"),
        ("balayeuse avant:2001", "balayeuse", "avant:2001"),
        ("theme:sante xylophone", "theme:sante", "xylophone"),
    ],
)
def test_what_took_everything_away_is_left_out(
    text: str, shorter: str, dropped: str, library: Shelf
) -> None:
    answer = ask(library, text, exact=True)
    assert answer.total == 0
    assert (shorter, (dropped,)) in {(a.query, a.dropped) for a in answer.without}


@pytest.mark.parametrize(
    "text", ["xylophone balayeuse annee:2021", "spirale -spirale", "laverie theme:sante xylophone"]
)
def test_an_alternative_finds_what_it_says(text: str, library: Shelf) -> None:
    answer = ask(library, text, every_word=True, exact=True)
    assert answer.without
    for shorter in answer.without:
        assert ask(library, shorter.query, every_word=True, exact=True).total == shorter.total > 0


def test_the_filters_of_the_address_stay(library: Shelf) -> None:
    filters = Filters(kinds=("verbatim",))
    answer = ask(library, "xylophone vélo", filters=filters, every_word=True, exact=True)
    (shorter,) = answer.without
    assert shorter.total == ask(library, "vélo", filters=filters).total


def test_what_the_filters_hide_is_counted(library: Shelf) -> None:
    answer = ask(library, "balayeuse annee:1999", filters=Filters(kinds=("verbatim",)))
    assert answer.total == 0
    assert answer.culprits == ("balayeuse",)
    assert answer.total_unfiltered == ask(library, "balayeuse").total > 0


def test_one_word_that_nobody_said_has_no_shorter_query(library: Shelf) -> None:
    answer = ask(library, "xylophone")
    assert answer.culprits == ("xylophone",)
    assert answer.without == ()


def test_a_seed_that_nobody_said_names_its_theme(library: Shelf) -> None:
    answer = ask(library, "fablab annee:1999")
    assert [(theme.slug, theme.words) for theme in answer.near_themes] == [
        ("tiers-lieux", ("fablab",))
    ]


def test_without_a_near_theme_the_most_spoken_of_are_given(library: Shelf) -> None:
    themes = ask(library, "xylophone").near_themes
    counts = [theme.count for theme in themes]
    assert counts == sorted(counts, reverse=True)
    assert len(themes) == 5
    assert not any(theme.words for theme in themes)


def test_an_answer_with_hits_needs_no_advice(library: Shelf) -> None:
    answer = ask(library, "balayeuse xylophone")
    assert answer.total
    assert (answer.culprits, answer.without, answer.near_themes) == ((), (), ())


def test_words_that_never_meet_are_not_taken_for_signs(library: Shelf) -> None:
    answer = ask(library, "spirale -spirale")
    assert answer.total == 0
    assert not any("signes" in note for note in answer.notes)
