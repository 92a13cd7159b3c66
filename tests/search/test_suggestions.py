"""What is proposed while a visitor types, and that it finds what it says."""

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.choices import choices_columns
from indexer.fields import Catalogue
from indexer.lexicon import Lexicon
from indexer.mapped import as_bytes, columns_in
from indexer.spellings import Form
from indexer.vocabulary import Forms
from search.live_index import Shelf
from search.looks import Value
from search.query import Filters, QueryRefused, Question, SearchQuery
from search.suggestions import Counts, Lists, SuggestionGroup, lists_from, suggest

# Four documents. Who speaks: Odile Fontanel twice, Bruno Fontanel once, nobody.
HOLDERS = {
    "école": [0, 1, 2],
    "écoles": [0, 1, 2],
    "économie": [0],
    "écologie": [],
    "cantine": [1],
    "tiers-lieux": [2, 3],
    "lieux": [2, 3],
    "lien": [0],
    "cantine école": [1],
}
FORMS = Forms(
    words=tuple(
        Form(form, display, count)
        for form, display, count in [
            ("ca", "ça", 4),
            ("cantine", "cantine", 1),
            ("dans", "dans", 4),
            ("ecole", "école", 2),
            ("ecoles", "écoles", 3),
            ("ecologie", "écologie", 1),
            ("economie", "économie", 1),
            ("lien", "lien", 1),
            ("lieux", "lieux", 2),
            ("2023", "2023", 1),
        ]
    ),
    names=(Form("fontanel", "Fontanel", 3),),
    compounds=(Form("tiers-lieux", "tiers-lieux", 2),),
)
MEMBERS = {
    Value("theme", "ecole"): [0, 1, 3],
    Value("intervenant", "odile"): [0, 1],
    Value("intervenant", "bruno"): [2],
    Value("webinaire", "w1"): [0, 1, 2, 3],
}
SPEAKERS = ["Odile Fontanel", "Bruno Fontanel", "Muette Absente"]


def _lists() -> Lists:
    catalogue = Catalogue(
        themes=[{"id": "ecole", "label": "École"}, {"id": "vide", "label": "Écluses"}],
        speakers=[{"id": name.split()[0].lower(), "label": name} for name in SPEAKERS],
        organisations=[],
        webinars=[{"id": "w1", "title": "L’école du lien"}],
        acronyms={},
        synonyms={},
        compounds={},
    )
    columns = {
        "webinars": np.zeros(4, dtype=np.int32),
        "speakers": np.array([0, 0, 1, -1], dtype=np.int32),
        "affinities": np.array([[0.9, 0.0], [0.8, 0.0], [0.1, 0.1], [0.7, 0.0]], dtype=np.float32),
    }
    lexicon = Lexicon({"école": "école", "écoles": "école"}, {})
    return lists_from(columns_in(as_bytes(choices_columns(FORMS, lexicon, catalogue, columns))))


def _held(other: Question | Value) -> set[int]:
    if isinstance(other, Value):
        return set(MEMBERS[other])
    text = " ".join(clause.text for clause in other.clauses)
    return set(HOLDERS.get(text, [])) if text else set(range(4))


def _counting(rest: Question) -> Counts:
    return lambda others: [len(_held(rest) & _held(other)) for other in others]


def _shown(text: str, limit: int = 5) -> dict[str, list[tuple[str, int]]]:
    groups = suggest(text, limit, _lists(), _counting)
    return {g.name: [(one.label, one.count) for one in g.suggestions] for g in groups}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ec", [("écoles", 3), ("économie", 1)]),  # one form a lemma; what finds nothing is left
        ("ÉCO", [("écoles", 3), ("économie", 1)]),
        ("ecole", [("écoles", 3)]),
        ("tiers", [("tiers-lieux", 2)]),
        ("tiers-li", [("tiers-lieux", 2)]),
        ("lie", [("lieux", 2), ("tiers-lieux", 2), ("lien", 1)]),  # any word of a compound
        ("cantine éc", [("cantine écoles", 1)]),  # the rest is kept, and must be said too
        ("dans l’éc", [("dans l’écoles", 3), ("dans l’économie", 1)]),  # empty words do not count
    ],
)
def test_the_last_word_is_completed(text: str, words: list[tuple[str, int]]) -> None:
    assert _shown(text).get("mots") == words


@pytest.mark.parametrize(
    "text",
    ["", "  ", "dan", "202", "fontanel", "zzz", "école ", "?", '"éco', "-éco", "theme:éco"],
)
def test_nothing_is_proposed_for(text: str) -> None:
    assert "mots" not in _shown(text)


@pytest.mark.parametrize("text", ['"tiers lieux', "« éco", "vélo -éc", "vélo OU éc", "type:éc"])
def test_the_query_language_is_not_completed(text: str) -> None:
    assert _shown(text) == {}


def test_groups_come_in_order_with_entries_in_use() -> None:
    shown = _shown("éc")
    assert list(shown) == ["mots", "themes", "webinaires"]
    assert shown["themes"] == [("École", 3)]
    assert shown["webinaires"] == [("L’école du lien", 4)]


def test_a_name_is_found_by_any_of_its_words() -> None:
    both = [("Odile Fontanel", 2), ("Bruno Fontanel", 1)]
    assert _shown("fonta")["intervenants"] == both
    assert _shown("odile fo")["intervenants"] == both[:1]
    assert "intervenants" not in _shown("muette")


def test_a_group_holds_no_more_than_asked() -> None:
    assert _shown("ec", 1)["mots"] == [("écoles", 3)]


def test_another_form_of_a_word_that_is_proposed_is_not_looked_for() -> None:
    asked: list[Question | Value] = []

    def counting(rest: Question) -> Counts:
        def counts(others: Sequence[Question | Value]) -> list[int]:
            asked.extend(others)
            return _counting(rest)(others)

        return counts

    suggest("ec", 5, _lists(), counting)
    words = [one.clauses[0].text for one in asked if isinstance(one, Question)]
    assert words == ["écoles", "écologie", "économie"]


def test_each_suggestion_is_a_search() -> None:
    (group,) = suggest("cantine odi", 5, _lists(), _counting)
    (one,) = group.suggestions
    assert (one.value, one.text, one.filters) == ("odile", "cantine", Filters(speakers=("odile",)))
    assert one.count == 1


# On the sample site, by the real chain.


def _suggested(library: Shelf, text: str, limit: int = 5) -> tuple[SuggestionGroup, ...]:
    with library.reading() as reading:
        return reading.suggest(text, limit)


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["c", "co", "éc", "tier", "ann", "finan", "cantine é", "le vél", "l’in"]
)
def test_a_count_is_what_the_search_finds(text: str, library: Shelf) -> None:
    groups = _suggested(library, text)
    assert groups
    for group in groups:
        counts = [one.count for one in group.suggestions]
        assert counts == sorted(counts, reverse=True)
        for one in group.suggestions:
            with library.reading() as reading:
                query = SearchQuery(one.text, one.filters, every_word=bool(one.text))
                assert reading.search(query).total == one.count > 0, one


@pytest.mark.model
def test_too_long_a_text_is_refused(library: Shelf) -> None:
    with pytest.raises(QueryRefused, match="trop longue"):
        _suggested(library, "a" * 301)
