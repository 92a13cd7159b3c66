"""What surrounds the hits: order, filters, counts, pages, notes."""

from dataclasses import replace
from datetime import date

import pytest

from search.answer import Answer
from search.filter_values import day_from
from search.query import Filters, QueryRefused, SearchQuery
from search.shelf import Shelf

pytestmark = pytest.mark.model


def ask(library: Shelf, text: str = "", **options: object) -> Answer:
    with library.reading() as reading:
        return reading.search(SearchQuery(text, **options))  # type: ignore[arg-type]


def test_themes_come_strongest_first_and_share_the_hits(library: Shelf) -> None:
    answer = ask(library, "voiture eau école")
    scores = [group.score for group in answer.groups if group.slug]
    assert scores == sorted(scores, reverse=True)
    assert sum(len(group.hits) for group in answer.groups) == len(answer.hits)


def test_by_date_the_latest_comes_first(library: Shelf) -> None:
    days = [hit.document.webinar.held_on for hit in ask(library, "commune", order="date").hits]
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)


def test_by_relevance_scores_go_down(library: Shelf) -> None:
    scores = [hit.score for hit in ask(library, "commune eau", order="pertinence").hits]
    assert scores == sorted(scores, reverse=True)


def test_pages_share_all_the_hits(library: Shelf) -> None:
    whole = ask(library, "commune", size=100)
    pages = [ask(library, "commune", size=5, page=page) for page in range(1, whole.total // 5 + 2)]
    assert [h.document.id for page in pages for h in page.hits] == [
        h.document.id for h in whole.hits
    ]


def test_every_word_keeps_what_holds_them_all(library: Shelf) -> None:
    answer = ask(library, "cahier spirale")
    strict = ask(library, "cahier spirale", every_word=True)
    assert 0 < strict.total == answer.total_all < answer.total
    assert all(hit.matched_all for hit in strict.hits)


def test_facets_count_what_each_value_would_leave(library: Shelf) -> None:
    for facet in ask(library, "commune").facets:
        for value in facet.values[:4]:
            attribute = {
                "theme": "themes",
                "intervenant": "speakers",
                "organisation": "organisations",
                "webinaire": "webinars",
                "annee": "years",
                "type": "kinds",
            }[facet.name]
            filters = replace(Filters(), **{attribute: (value.value,)})  # type: ignore[arg-type]
            narrowed = ask(library, "commune", filters=filters)
            assert narrowed.total == value.count, (facet.name, value)


def test_a_facet_in_use_still_counts_its_other_values(library: Shelf) -> None:
    free = {f.name: f.values for f in ask(library, "commune").facets}
    narrowed = ask(library, "commune", filters=Filters(years=("2021",)))
    used = {f.name: f.values for f in narrowed.facets}
    assert [(v.value, v.count) for v in used["annee"]] == [
        (v.value, v.count) for v in free["annee"]
    ]
    assert sum(v.count for v in used["type"]) == narrowed.total


def test_days_are_both_included(library: Shelf) -> None:
    day = date(2021, 3, 18)
    answer = ask(library, filters=Filters(since=day, until=day))
    assert {hit.document.webinar.held_on for hit in answer.hits} == {day}


@pytest.mark.parametrize(
    ("text", "last", "day"),
    [
        ("2023", False, date(2023, 1, 1)),
        ("2023", True, date(2023, 12, 31)),
        ("2024-02", True, date(2024, 2, 29)),
        ("2023-12", True, date(2023, 12, 31)),
        ("2023-03-12", True, date(2023, 3, 12)),
    ],
)
def test_a_year_or_a_month_is_a_span_of_days(text: str, last: bool, day: date) -> None:
    assert day_from(text, last=last) == day


@pytest.mark.parametrize("text", ["", "hier", "2023-13", "2023-02-30", "0", "99999", "2023-1-2-3"])
def test_what_is_not_a_day_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        day_from(text, last=True)


def test_an_unknown_theme_is_refused_with_the_list(library: Shelf) -> None:
    with pytest.raises(QueryRefused, match="mobilite"):
        ask(library, "theme:cuisine eau")
    with pytest.raises(QueryRefused, match="mobilite"):
        ask(library, filters=Filters(themes=("cuisine",)))


def test_an_unknown_speaker_is_told_and_finds_nothing(library: Shelf) -> None:
    answer = ask(library, "intervenant:Zorglub eau")
    assert answer.total == 0
    assert any("Zorglub" in note for note in answer.notes)


def test_two_speakers_of_one_name_stay_apart(library: Shelf) -> None:
    both = {h.document.speaker for h in ask(library, "intervenant:Fontanel", size=50).hits}
    assert both == {"Odile Fontanel", "Bruno Fontanel"}
    one = ask(library, filters=Filters(speakers=("bruno-fontanel",)), size=50)
    assert {h.document.speaker for h in one.hits} == {"Bruno Fontanel"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("xylophone", "Personne n’a dit"),
        ("ZAN", "aussi cherché comme"),
        ("couleur:bleu", "n’existe pas"),
        ("?!…", "des signes"),
        (" ".join(f"mot{n}" for n in range(25)), "premiers mots"),
    ],
)
def test_the_answer_tells_what_it_did(text: str, said: str, library: Shelf) -> None:
    assert any(said in note for note in ask(library, text).notes)


def test_words_too_common_still_answer(library: Shelf) -> None:
    assert ask(library, "le la les").total > 0
