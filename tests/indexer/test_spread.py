"""What is counted beyond memory is what memory would have counted."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from indexer.cluster.spread import Spread

FIELDS = st.sampled_from(["lemma", "stem"])
TEXTS = st.lists(st.tuples(FIELDS, st.lists(st.text("abcé", max_size=2), max_size=6)), max_size=30)


@given(TEXTS, st.integers(0, 9))
def test_terms_are_counted_once_a_text_in_their_order(
    texts: list[tuple[str, list[str]]], in_memory: int
) -> None:
    spread, counted = Spread(in_memory), Counter[tuple[str, str]]()
    for field, terms in texts:
        spread.add(field, terms)
        counted.update({(field, term) for term in terms})
    assert [*spread] == [*spread] == sorted(counted.items())
