"""Searches worth a try, made from what the corpus says: none is written here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Document
from search.live_index import IndexReading
from search.query import SearchQuery
from search.views import ThemeView

_THEMES = 6  # looked at, the most spoken of first
MOST = 5


@dataclass(frozen=True, slots=True)
class _Heard:
    """A seed term of a theme that was said, and the strongest quote that says it."""

    term: str
    said: Document


def examples_from(reading: IndexReading) -> list[str]:
    """A phrase, words, a word since a year, a word by somebody: each of them finds something."""
    themes = reading.overview().themes[:_THEMES]
    views = filter(None, (reading.theme(theme.id) for theme in themes))
    heard = [found for view in views if (found := _heard_in(view))]
    asked = [text for text in dict.fromkeys(_asked(heard)) if _finds(text, reading)]
    return sorted(asked, key=lambda text: (":" in text, '"' in text))[:MOST]


def _finds(text: str, reading: IndexReading) -> bool:
    return reading.search(SearchQuery(text=text, size=1, every_word=True)).total > 0


def _heard_in(view: ThemeView) -> _Heard | None:
    """What is said most of a theme; a phrase first, which tells more than a word."""
    said = [
        _Heard(term, document)
        for document in view.documents
        if document.kind == "verbatim"
        for theme in document.themes
        if theme.slug == view.slug
        for term in theme.terms
    ]
    counts = Counter(one.term for one in said)
    return max(
        said,
        key=lambda one: (counts[one.term] > 1, " " in one.term, counts[one.term]),
        default=None,
    )


def _asked(heard: list[_Heard]) -> Iterator[str]:
    for place, one in enumerate(heard):
        day = one.said.webinar.held_on
        if " " in one.term:
            yield f'"{one.term}"'
        elif place == 1 and day:
            yield f"{one.term} depuis:{day.year}"
        elif place == 2 and one.said.speaker_id:
            yield f"{one.term} intervenant:{one.said.speaker_id}"
        else:
            yield one.term
