"""Whatever an editor did to a write-up, the page it comes from does not undo it."""

from hypothesis import given, settings

from corpus.adding.draft import Draft
from corpus.adding.merging import merged
from corpus.records import Webinar
from tests.corpus.writeups.test_rewriting import pairs


@settings(max_examples=3 * settings().max_examples)
@given(pairs())
def test_a_page_that_did_not_change_changes_nothing(pair: tuple[Webinar, Webinar]) -> None:
    page, edited = pair
    merge = merged(edited, page, Draft(page))
    assert merge.webinar == edited
    assert merge.notes == {}


@settings(max_examples=3 * settings().max_examples)
@given(pairs())
def test_a_write_up_that_nobody_edited_says_all_that_the_page_does(
    pair: tuple[Webinar, Webinar],
) -> None:
    before, now = pair
    merge = merged(before, before, Draft(now))
    written = {(said.text, said.start) for said in merge.webinar.verbatims}
    assert {said.text for said in now.verbatims} <= {text for text, _ in written}
    assert {idea.text for idea in now.key_ideas} <= {i.text for i in merge.webinar.key_ideas}
    assert merge.webinar.title == now.title


@settings(max_examples=3 * settings().max_examples)
@given(pairs())
def test_without_memory_nothing_that_is_written_is_lost(pair: tuple[Webinar, Webinar]) -> None:
    now, edited = pair
    merge = merged(edited, None, Draft(now))
    assert {said.text for said in edited.verbatims} <= {v.text for v in merge.webinar.verbatims}
    assert {idea.text for idea in edited.key_ideas} <= {i.text for i in merge.webinar.key_ideas}
    assert {p.name for p in edited.speakers} <= {p.name for p in merge.webinar.speakers}
