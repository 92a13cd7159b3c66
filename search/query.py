"""What a visitor asks: the words, the filters, the order and the page."""

from dataclasses import dataclass
from datetime import date

from corpus.typography import spaced
from search.answer import Order

MAX_CHARACTERS = 300
MAX_WORDS = 20  # looked for; words that carry nothing do not count
MAX_PAGE = 50
PAGE_SIZE = 20


class QueryRefused(ValueError):
    """A query that cannot be asked; the message is for the visitor, in French."""

    def __init__(self, message: str) -> None:
        super().__init__(spaced(message))


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the hits: any of the values of a filter, and all the filters together.

    Values are slugs or ids, as in the addresses of the site; `since` and `until` are included.
    """

    themes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    webinars: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question.

    `every_word` keeps only the hits that hold all the words; `exact` answers it as it is typed,
    errors and all; `expand` adds acronyms and synonyms; `explain` tells why each hit is there;
    `one_each` keeps the first quote of each speaker.
    """

    text: str = ""
    filters: Filters = Filters()
    order: Order = "themes"
    page: int = 1
    size: int = PAGE_SIZE
    every_word: bool = False
    exact: bool = False
    expand: bool = True
    explain: bool = False
    one_each: bool = False
