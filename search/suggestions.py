"""What a visitor may be typing: words, themes, speakers, webinars, from lists that are mapped.

A suggestion is a whole search: its count is the number of documents that hold all its words.
None is made that would find nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from corpus.typography import slug_from
from indexer.fields import LISTS, ListName
from indexer.tokens import is_stop_word, tokens
from search.looks import Value
from search.query import Clause, Filters, Question, question_from

MAX_SUGGESTIONS = 10  # of one group
DEFAULT_SUGGESTIONS = 5

_LABELS: dict[ListName, str] = {
    "mots": "Mots",
    "themes": "Thèmes",
    "intervenants": "Intervenant·es",
    "webinaires": "Webinaires",
}
_CANDIDATES = 40  # tried for one group: each may cost a look into the index
_MAX_BEGINNINGS = 4
_MAX_KEPT = 10_000  # counts kept in memory
_WORD_START = re.compile(r"(?<!\S)(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’])?(?=\w)", re.I)
_PHRASE = re.compile(r"[\"“”„«»‟][^\"“”„«»‟]*[\"“”„«»‟]")
_INSIDE = re.compile(r"[\"“”„«»‟]|(?:^|\s)-\S*$|:\S*$|(?:^|\s)(?:OU|OR|SAUF|NOT)\s")
_ELIDED = re.compile(r"\S*['’]$")

_FACETS: dict[ListName, str] = {
    "themes": "theme",
    "intervenants": "intervenant",
    "webinaires": "webinaire",
}

# How many documents hold all that a question asks, and each of some other things too.
Counts = Callable[[Sequence[Question | Value]], list[int]]
Counting = Callable[[Question], Counts]
Key = tuple[str, ListName, str]  # what the rest of a query asks, a list, a value of it


@dataclass(frozen=True, slots=True)
class Completion:
    """One suggestion: the search that it stands for is `text` narrowed by `filters`.

    `value` is the whole text for words, else the id of what is proposed.
    """

    value: str
    label: str
    count: int
    text: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """Suggestions of one kind, most frequent first."""

    name: ListName
    label: str
    suggestions: tuple[Completion, ...]


class Choice(NamedTuple):
    """A line of a list; of those that share a `twin`, one is enough.

    `texts`: how many documents it is about; 0 for words, which are looked up in the index.
    """

    value: str
    label: str
    twin: str
    texts: int


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Choices by the beginning of any of their words; `columns` are those of `indexer.choices`."""

    name: ListName
    label: str
    columns: Mapping[str, Any]

    def beginning(self, prefix: str) -> Iterator[Choice]:
        """The heaviest choices of which a word begins so, each once."""
        keys = self._column("keys")
        first, last = bisect_left(keys, prefix), bisect_left(keys, prefix + "\uffff")
        begins = np.zeros(len(self._column("values")), dtype=np.bool_)
        begins[self._column("places")[first:last]] = True
        return map(self._choice, np.flatnonzero(begins)[:_CANDIDATES].tolist())

    def _choice(self, place: int) -> Choice:
        value, label, twin = (self._column(name)[place] for name in ("values", "labels", "twins"))
        return Choice(value, label, twin, int(self._column("texts")[place]))

    def _column(self, name: str) -> Any:
        return self.columns[f"{self.name} {name}"]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one generation; `counts` remembers what the index said."""

    lists: tuple[ChoiceList, ...]
    counts: dict[Key, int] = field(default_factory=dict)

    def counted(self, kept: str, choices: Sequence["_Choosing"], counts: Counts) -> list[int]:
        """How many documents each of some choices finds beside what is kept, asked all at once."""
        keys: list[Key] = [(kept, name, choice.value) for name, choice in choices]
        told = {key: self.counts.get(key) for key in keys}  # another thread may clear it
        if not kept:
            told |= {k: c.texts for k, (_, c) in zip(keys, choices, strict=True) if c.texts}
        missing = [key for key, count in told.items() if count is None]
        found = dict(zip(missing, counts([_asked(*key) for key in missing]), strict=True))
        if len(self.counts) + len(found) > _MAX_KEPT:
            self.counts.clear()
        self.counts.update(found)
        return [found.get(key, told[key]) or 0 for key in keys]


_Choosing = tuple[ListName, Choice]


def _asked(_kept: str, name: ListName, value: str) -> Question | Value:
    return Question((Clause(value),)) if name == "mots" else Value(_FACETS[name], value)


def lists_from(columns: Mapping[str, Any]) -> Lists:
    """What is proposed: words that were said, and entries of the catalogue in use."""
    return Lists(tuple(ChoiceList(name, _LABELS[name], columns) for name in LISTS))


def suggest(text: str, limit: int, lists: Lists, counting: Counting) -> tuple[SuggestionGroup, ...]:
    """Complete the end of a query, the rest of it kept; groups without a suggestion are left out.

    Nothing is proposed inside a phrase, a filter or an exclusion, nor where words are joined by
    an operator.
    """
    if _INSIDE.search(_PHRASE.sub(" ", text)):
        return ()
    found: dict[ListName, dict[str, Completion]] = {one.name: {} for one in lists.lists}
    for beginning in list(_beginnings(text, counting)):
        _complete(found, beginning, 2 * limit, lists)
    groups = (
        SuggestionGroup(one.name, one.label, _most_frequent(found[one.name], limit))
        for one in lists.lists
    )
    return tuple(group for group in groups if group.suggestions)


def _most_frequent(found: Mapping[str, Completion], limit: int) -> tuple[Completion, ...]:
    ranked = sorted(found.values(), key=lambda one: (-one.count, one.label))
    return tuple(ranked[:limit])


class _Beginning(NamedTuple):
    """What may be the beginning of a label, after the rest of a query.

    `kept` is what the rest asks, and `counts` counts what may be added to it.
    """

    rest: str
    prefix: str
    kept: str
    counts: Counts


def _beginnings(text: str, counting: Counting) -> Iterator[_Beginning]:
    """The beginnings at the end of a text, longest first."""
    if text != text.rstrip():
        return
    starts = [found.end() for found in _WORD_START.finditer(text)][-_MAX_BEGINNINGS:]
    for start in starts:
        if prefix := slug_from(text[start:]):
            kept = _without_end(text[:start])
            yield _Beginning(text[:start], prefix, kept, counting(question_from(kept)))


def _complete(
    found: Mapping[ListName, dict[str, Completion]], here: _Beginning, most: int, lists: Lists
) -> None:
    """Add to each list its heaviest choices that find something, to `most` of them.

    As many as are wanted are asked for at once, then all the others where too few find something.
    """
    left: dict[ListName, Iterator[Choice]] = {}
    tried: list[_Choosing] = []
    for one in lists.lists:
        known = found[one.name]
        first, left[one.name] = _unlike(one.beginning(here.prefix), known, most - len(known))
        tried += [(one.name, choice) for choice in first]
    _add(found, tried, here, most, lists)
    others = [
        (name, choice)
        for name, choices in left.items()
        if len(found[name]) < most
        for choice in choices
        if choice.twin not in found[name]
    ]
    _add(found, others, here, most, lists)


def _unlike(
    choices: Iterator[Choice], known: Container[str], wanted: int
) -> tuple[list[Choice], Iterator[Choice]]:
    """So many choices of which none is a twin of another, or known; and those that are left."""
    first: dict[str, Choice] = {}
    twins: list[Choice] = []
    while len(first) < wanted and (choice := next(choices, None)):
        if choice.twin in first:
            twins.append(choice)
        elif choice.twin not in known:
            first[choice.twin] = choice
    return list(first.values()), chain(twins, choices)


def _add(
    found: Mapping[ListName, dict[str, Completion]],
    tried: Sequence[_Choosing],
    here: _Beginning,
    most: int,
    lists: Lists,
) -> None:
    """Add those that find something, to `most` of each list."""
    counts = lists.counted(here.kept, tried, here.counts) if tried else ()
    for (name, choice), count in zip(tried, counts, strict=True):
        if count and len(found[name]) < most and choice.twin not in found[name]:
            found[name][choice.twin] = _completion(name, choice, here.rest, here.kept, count)


def _without_end(rest: str) -> str:
    """What a query asks before its last word; "" when it is only words that carry nothing."""
    kept = _ELIDED.sub("", rest).strip()
    return "" if all(is_stop_word(token.form) for token in tokens(kept)) else kept


def _completion(name: ListName, choice: Choice, rest: str, kept: str, count: int) -> Completion:
    chosen = (choice.value,)
    match name:
        case "mots":
            whole = rest + choice.value
            return Completion(whole, whole, count, whole, Filters())
        case "themes":
            filters = Filters(themes=chosen)
        case "intervenants":
            filters = Filters(speakers=chosen)
        case "webinaires":
            filters = Filters(webinars=chosen)
    return Completion(choice.value, choice.label, count, kept, filters)
