"""Marks stand on whole words of the untouched text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyser
from indexer.documents import stored_words
from indexer.lexicon import Lexicon
from search.highlights import highlights, marks_from
from search.query import question_from
from search.terms import compiled, expansions_from

ANALYSER = Analyser(Lexicon({}, {}))
EXPANSIONS = expansions_from(
    {"ESS": ["économie sociale et solidaire"]},
    {"cantine": ["restaurant scolaire"]},
    {"tierslieu": ["tiers", "lieu"], "arcenciel": ["arc", "en", "ciel"]},
    ANALYSER,
)


def marked(text: str, query: str) -> list[str]:
    asked = compiled(question_from(query), ANALYSER, EXPANSIONS)
    words = stored_words(ANALYSER.words(text))
    marks = marks_from(asked.wanted, EXPANSIONS.compounds)
    return [text[s.start : s.end] for s in highlights(text, words, marks)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("L’emploi, les emplois.", "emploi", ["emploi", "emplois"]),
        ("Coopérer, c’est la coopération !", "cooperation", ["Coopérer", "coopération"]),
        ("Nos tiers-lieux à nous", "tierslieu", ["tiers-lieux"]),
        ("Le tiers lieu", "tiers-lieux", ["tiers", "lieu"]),
        ("Un tiers, un lieu", "tiers-lieux", []),
        ("Un arc-en-ciel", "arcenciel", ["arc-en-ciel"]),
        ("Mais le maïs", "maïs", ["maïs"]),
        ("Un lieu tiers", '"tiers lieu"', []),
        ("Un tiers lieu, des tiers lieux", '"tiers lieu"', ["tiers", "lieu"]),
        ("On fait de l’ESS", "économie sociale et solidaire", ["ESS"]),
        ("L’économie sociale et solidaire", "ESS", ["économie", "sociale", "solidaire"]),
        ("Au restaurant scolaire", "cantines", ["restaurant", "scolaire"]),
        ("L’œuvre de l’élu·e·s", "oeuvre élus", ["œuvre", "élu·e·s"]),
        ("Le vélo sans la voiture", "vélo -voiture", ["vélo"]),
        ("Être ou avoir", "être", ["Être"]),
    ],
)
def test_what_was_asked_is_marked(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_never_overlap_and_stay_inside(text: str, query: str) -> None:
    asked = compiled(question_from(query), ANALYSER, EXPANSIONS)
    words = stored_words(ANALYSER.words(text))
    end = 0
    for span in highlights(text, words, marks_from(asked.wanted)):
        assert end <= span.start < span.end <= len(text)
        end = span.end
