"""What surrounds the hits: order, filters, counts, pages, notes."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.typography import fold
from indexer.analysis import Analyser
from indexer.lexicon import Lexicon
from search.answer import Answer
from search.live_index import Shelf
from search.query import Filters, QueryRefused, SearchQuery
from search.terms import expansions_from

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
    ("text", "since", "until"),
    [
        ("avant:2023", None, date(2022, 12, 31)),
        ("avant:2022-10-06", None, date(2022, 10, 5)),
        ("apres:mars 2022", date(2022, 4, 1), None),
        ('après:"6 octobre 2022"', date(2022, 10, 7), None),
        ("depuis:octobre 2022", date(2022, 10, 1), None),
        ("depuis:2021 avant:2022", date(2021, 1, 1), date(2021, 12, 31)),
        ("depuis:2021 apres:2022", date(2023, 1, 1), None),
    ],
)
def test_dates_typed_narrow_like_those_of_the_address(
    text: str, since: date | None, until: date | None, library: Shelf
) -> None:
    typed = ask(library, text, size=400)
    chosen = ask(library, filters=Filters(since=since, until=until), size=400)
    found = [hit.document.id for hit in typed.hits]
    assert sorted(found) == sorted(hit.document.id for hit in chosen.hits)
    assert 0 < len(found) < 290


def test_dates_typed_and_chosen_narrow_together(library: Shelf) -> None:
    filters = Filters(since=date(2021, 6, 1), until=date(2023, 12, 31))
    days = [
        hit.document.webinar.held_on for hit in ask(library, "avant:2023", filters=filters).hits
    ]
    assert all(day and date(2021, 6, 1) <= day < date(2023, 1, 1) for day in days)


def test_dates_that_exclude_each_other_are_told(library: Shelf) -> None:
    answer = ask(library, "avant:2021 apres:2022 commune")
    assert answer.total == 0
    assert any("après la fin" in note for note in answer.notes)


@pytest.mark.parametrize("text", ["avant:hier", "apres:mars", 'depuis:"32 mars 2022"', 'avant:""'])
def test_a_typed_date_that_is_none_is_refused(text: str, library: Shelf) -> None:
    with pytest.raises(QueryRefused, match="pas une date"):
        ask(library, text)


def test_filters_typed_are_named_with_the_query_without_each(library: Shelf) -> None:
    answer = ask(library, 'eau theme:mobilite intervenant:"Odile Fontanel" apres:mars 2022')
    assert [(typed.label, typed.rest) for typed in answer.typed_filters] == [
        ("Mobilité", 'eau intervenant:"Odile Fontanel" apres:mars 2022'),
        ("Odile Fontanel", "eau theme:mobilite apres:mars 2022"),
        ("après mars 2022", 'eau theme:mobilite intervenant:"Odile Fontanel"'),
    ]
    assert answer.words == "eau"


def test_a_filter_of_several_values_is_named_as_it_was_typed(library: Shelf) -> None:
    (typed,) = ask(library, "intervenant:Fontanel eau").typed_filters
    assert typed.label == "intervenant·e : Fontanel"


def test_without_additions_only_what_was_typed_is_looked_for(library: Shelf) -> None:
    grown, bare = ask(library, "médecin"), ask(library, "médecin", expand=False)
    assert grown.additions == ("docteur", "généraliste")
    assert bare.additions == ()
    assert not any("aussi cherché" in note for note in bare.notes)
    assert 0 < bare.total < grown.total


def test_without_additions_compounds_still_meet(library: Shelf) -> None:
    answers = [ask(library, text, expand=False) for text in ("tierslieux", "tiers-lieux")]
    assert answers[0].total == answers[1].total > 0


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


def test_words_expanded_together_are_told_together(library: Shelf) -> None:
    notes = ask(library, "zéro artificialisation nette").notes
    assert [note.replace("\u00a0", " ") for note in notes] == [
        "« zéro artificialisation nette » est aussi cherché comme « ZAN »."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organisation:zzz", "Aucune organisation ne"),
        ("webinaire:zzz", "Aucun webinaire ne"),
        ("annee:1901", "Aucune année ne"),
    ],
)
def test_what_matches_no_filter_is_told_in_its_gender(text: str, said: str, library: Shelf) -> None:
    assert any(note.startswith(said) for note in ask(library, text).notes)


def test_accents_do_not_send_a_label_to_the_end(library: Shelf) -> None:
    for facet in ask(library).facets:
        if facet.name != "annee":
            values = [(-value.count, fold(value.label)) for value in facet.values]
            assert values == sorted(values)


def test_an_acronym_made_of_signs_is_left_out() -> None:
    acronyms = {"ESS": ["..."], "!": ["bonjour"]}
    assert expansions_from(acronyms, {}, {}, Analyser(Lexicon({}, {}))).by_lemmas == {}


def test_one_quote_each_is_the_best_of_every_speaker(library: Shelf) -> None:
    whole = ask(library, "commune", size=100)
    each = ask(library, "commune", size=100, one_each=True)
    speakers = [hit.document.speaker_id for hit in each.hits]
    first = {h.document.speaker_id: h for h in reversed(whole.hits) if h.document.speaker_id}
    assert len(set(speakers)) == len(speakers) == each.total < whole.total
    assert {h.document.speaker_id: h.document.id for h in each.hits} == {
        speaker: hit.document.id for speaker, hit in first.items()
    }
