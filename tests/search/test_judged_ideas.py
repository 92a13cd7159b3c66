"""The judged queries over key ideas are well formed: all that they point to exists, once."""

from collections import Counter

import pytest

from tests.benchmarks.judged_ideas import (
    KINDS,
    PARTS,
    judged_queries,
    judgement_rows,
    sites,
)

SAMPLE, BENCH = sites()
WEBINARS = [*SAMPLE.webinars, *BENCH.webinars]
SAID = [said for webinar in WEBINARS for said in webinar.verbatims]
QUERIES = judged_queries()
ROWS = list(judgement_rows())
FEWEST = {"mot": 10, "question": 45, "sujet": 40, "rien": 10}


def test_the_pages_read_without_a_doubt() -> None:
    assert not BENCH.problems
    assert len(BENCH.webinars) >= 25
    assert all("fictif" in page.introduction for page in BENCH.webinars)


def test_each_page_has_ideas_and_each_idea_quotes() -> None:
    for page in BENCH.webinars:
        assert 4 <= len(page.key_ideas) <= 7
        assert all(2 <= len(page.verbatims_of(idea)) <= 5 for idea in page.key_ideas)
        assert not page.verbatims_of(None)


def test_nothing_is_said_twice() -> None:
    assert len(SAID) >= 500
    for parts in ([said.text for said in SAID], [part.id for w in WEBINARS for part in w.parts]):
        assert [part for part, times in Counter(parts).items() if times > 1] == []


def test_each_query_is_asked_once() -> None:
    for values in ([query.id for query in QUERIES], [query.text for query in QUERIES]):
        assert [value for value, times in Counter(values).items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_queries_of_each_kind(kind: str) -> None:
    assert sum(query.kind == kind for query in QUERIES) >= FEWEST[kind]
    assert {query.part for query in QUERIES if query.kind == kind} == set(PARTS)


def test_about_a_third_is_kept_aside() -> None:
    kept = sum(query.part == "garde" for query in QUERIES)
    assert 0.25 < kept / len(QUERIES) < 0.42


def test_every_judgement_is_of_a_known_query_and_quote() -> None:
    names, quotes = {query.id for query in QUERIES}, {said.id for said in SAID}
    for row in ROWS:
        assert row["query-id"] in names
        assert row["corpus-id"] in quotes
        assert all(row[column] in {"0", "1", "2", "3"} for column in ("first", "second", "score"))


def test_a_pair_is_judged_once() -> None:
    pairs = [(row["query-id"], row["corpus-id"]) for row in ROWS]
    assert len(set(pairs)) == len(pairs)


def test_something_answers_unless_nothing_should() -> None:
    assert [
        query.text
        for query in QUERIES
        if any(query.judgements.values()) == (query.kind == "rien") or query.kind not in KINDS
    ] == []


def test_a_settled_grade_is_near_what_the_passes_gave() -> None:
    for row in ROWS:
        given = sorted(int(row[column]) for column in ("first", "second"))
        assert given[0] <= int(row["score"]) <= given[1]
