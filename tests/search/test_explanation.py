"""An explanation is true: what it says adds up to the score that ranked the hit."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.site import Site
from search.answer import Answer, Explanation
from search.explanation import explanation_lines
from search.live_index import Shelf
from search.query import Filters, Order, SearchQuery
from search.ranking import UNLIKE
from tests.search.french_queries import FRENCH_QUERIES
from web.cli.main import verbatheque
from web.cli.options import DONE, run

pytestmark = pytest.mark.model

QUERIES = [query.text for query in FRENCH_QUERIES]
WORDS = sorted({word for text in QUERIES for word in text.split() if ":" not in word})


def ask(library: Shelf, text: str, order: Order = "pertinence", **options: object) -> Answer:
    with library.reading() as reading:
        query = SearchQuery(text, order=order, explain=True, **options)  # type: ignore[arg-type]
        return reading.search(query)


def check(answer: Answer) -> None:
    for hit in answer.hits:
        why = hit.explanation
        if why is None:
            continue
        assert sum(word.worth for word in why.words) == pytest.approx(why.relevance, rel=1e-6)
        assert why.relevance * why.factor == pytest.approx(hit.score, rel=1e-6)
        for word in why.words:
            assert sum(way.worth for way in word.ways) == pytest.approx(word.worth, rel=1e-6)
            assert all(way.worth > 0 for way in word.ways)


def by_meaning(why: Explanation) -> float:
    """What meaning multiplies a score by, as it is told."""
    return 1 if why.likeness is None else UNLIKE + max(why.likeness, 0)


def labels_of(answer: Answer) -> set[str]:
    """The ways in which words were met, over all the hits."""
    words = [word for hit in answer.hits if hit.explanation for word in hit.explanation.words]
    return {way.label for word in words for way in word.ways}


@pytest.mark.parametrize("text", QUERIES)
def test_the_words_add_up_to_the_score(text: str, library: Shelf) -> None:
    answer = ask(library, text)
    check(answer)
    for hit in answer.hits:
        why = hit.explanation
        assert why is None or why.likeness is not None or why.factor == 1


@pytest.mark.parametrize("text", QUERIES)
def test_the_words_and_the_themes_add_up_to_the_score_by_theme(text: str, library: Shelf) -> None:
    answer = ask(library, text, "themes")
    check(answer)
    for hit in answer.hits:
        why = hit.explanation
        worth = [theme.worth for theme in why.themes] if why else []
        assert worth == sorted(worth, reverse=True)
        of_themes = (why.factor / by_meaning(why)) if why else 0
        assert sum(worth) <= of_themes + 1e-9


@settings(max_examples=60)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    order=st.sampled_from(["pertinence", "themes", "date"]),
    expand=st.booleans(),
)
def test_it_is_true_of_any_words_in_any_order(
    library: Shelf, words: list[str], order: Order, expand: bool
) -> None:
    check(ask(library, " ".join(words), order, expand=expand))


def test_every_word_that_matched_is_named_as_it_was_typed(library: Shelf) -> None:
    for hit in ask(library, "Cahiers à SPIRALES").hits:
        assert hit.explanation
        assert {word.word for word in hit.explanation.words} <= {"Cahiers", "SPIRALES"}
        if hit.matched_all:
            assert len(hit.explanation.words) == 2


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("balayeuse", "même mot"),
        ("finançons", "même famille"),
        ("tiers lieu", "mot composé"),
        ("vélo", "dans l’idée clé"),
        ("Kervadec", "nom, structure ou fonction"),
        ("ZAN", "sigle ou synonyme"),
        ("“petits fours”", "mot exact"),
    ],
)
def test_each_way_of_meeting_a_word_is_named(text: str, way: str, library: Shelf) -> None:
    answer = ask(library, text, size=100)
    assert way in labels_of(answer)


def test_without_the_additions_no_acronym_is_credited(library: Shelf) -> None:
    answer = ask(library, "économie sociale et solidaire", expand=False)
    assert labels_of(answer)
    assert "sigle ou synonyme" not in labels_of(answer)


def test_a_theme_that_lifted_a_hit_tells_its_share_and_its_terms(library: Shelf) -> None:
    best = ask(library, "voiture", "themes").hits[0]
    assert best.explanation
    theme = best.explanation.themes[0]
    assert theme.slug == "mobilite"
    assert "voiture" in theme.terms
    assert best.document.themes[0].affinity == pytest.approx(theme.affinity)


def test_nothing_is_explained_unless_asked_for(library: Shelf) -> None:
    with library.reading() as reading:
        answer = reading.search(SearchQuery("voiture"))
    assert all(hit.explanation is None for hit in answer.hits)


def test_a_search_without_words_has_nothing_to_explain(library: Shelf) -> None:
    answer = ask(library, "", "themes", filters=Filters(themes=("mobilite",)))
    assert answer.hits
    assert all(hit.explanation is None for hit in answer.hits)


def test_the_command_line_explains(
    library: Shelf, sample_site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["search", "voiture", "--site", str(sample_site.folder), "--limit", "1", "--explain"]
    assert run(verbatheque, base) == DONE
    assert "«\u00a0voiture\u00a0» " in capsys.readouterr().out
    assert run(verbatheque, [*base, "--json"]) == DONE
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert set(hit["explanation"]) == {"relevance", "words", "factor", "themes", "likeness"}
    assert hit["explanation"]["words"][0]["word"] == "voiture"


def test_a_terminal_shows_every_word_and_theme(library: Shelf) -> None:
    why = ask(library, "voiture vélo", "themes").hits[0].explanation
    assert why
    lines = list(explanation_lines(why))
    assert len(lines) == 1 + len(why.words) + len(why.themes)
    assert all("." not in line.split(" : ")[0] for line in lines)
