"""What a visitor may be typing: words, themes, speakers, webinars, from lists that are mapped.

A suggestion is a whole search: its count is the number of documents that hold all its words.
None is made that would find nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.typography import slug_from
from indexer.fields import LISTS, ListName
from indexer.tokens import is_stop_word, tokens
from search.columns import Ints, Mask
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
_MAX_KEPT = 4000  # masks kept in memory, one bit a document each
_MAX_BYTES = 8_000_000  # of all of them
_WORD_START = re.compile(r"(?<!\S)(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’])?(?=\w)", re.I)
_PHRASE = re.compile(r"[\"“”„«»‟][^\"“”„«»‟]*[\"“”„«»‟]")
_INSIDE = re.compile(r"[\"“”„«»‟]|(?:^|\s)-\S*$|:\S*$|(?:^|\s)(?:OU|OR|SAUF|NOT)\s")
_ELIDED = re.compile(r"\S*['’]$")

Bits = npt.NDArray[np.uint8]
Holding = Callable[[Question], Mask]  # the documents that hold all the words of a question


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

    `documents` are those that it is about; None for words, which are looked up in the index.
    """

    value: str
    label: str
    twin: str
    documents: Ints | None


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
        places = np.unique(self._column("places")[first:last])[:_CANDIDATES]
        return map(self._choice, places.tolist())

    def _choice(self, place: int) -> Choice:
        value, label, twin = (self._column(name)[place] for name in ("values", "labels", "twins"))
        first, last = self._column("ends")[place : place + 2].tolist()
        documents = None if self.name == "mots" else self._column("documents")[first:last]
        return Choice(value, label, twin, documents)

    def _column(self, name: str) -> Any:
        return self.columns[f"{self.name} {name}"]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one generation; `masks` and `counts` remember what the index said."""

    lists: tuple[ChoiceList, ...]
    masks: dict[Question, tuple[int, Bits]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def remembering(self, holding: Holding) -> Holding:
        """The same function, asked once for each question."""

        def remembered(question: Question) -> Mask:
            kept = self.masks.get(question)  # threads share it: another may clear it meanwhile
            if kept:
                return np.unpackbits(kept[1], count=kept[0]).view(np.bool_)
            mask = holding(question)
            bits = np.packbits(mask)
            if len(self.masks) >= min(_MAX_KEPT, _MAX_BYTES // len(bits)):
                self.masks.clear()
            self.masks[question] = len(mask), bits
            return mask

        return remembered

    def count(self, word: str, holding: Holding) -> int:
        """How many documents hold a word."""
        if word not in self.counts:
            self.counts[word] = int(np.count_nonzero(holding(Question((Clause(word),)))))
        return self.counts[word]


def lists_from(columns: Mapping[str, Any]) -> Lists:
    """What is proposed: words that were said, and entries of the catalogue in use."""
    return Lists(tuple(ChoiceList(name, _LABELS[name], columns) for name in LISTS))


def suggest(text: str, limit: int, lists: Lists, holding: Holding) -> tuple[SuggestionGroup, ...]:
    """Complete the end of a query, the rest of it kept; groups without a suggestion are left out.

    Nothing is proposed inside a phrase, a filter or an exclusion, nor where words are joined by
    an operator.
    """
    if _INSIDE.search(_PHRASE.sub(" ", text)):
        return ()
    beginnings = list(_beginnings(text, lists.remembering(holding)))
    groups = (
        SuggestionGroup(one.name, one.label, _completions(one, beginnings, limit, lists, holding))
        for one in lists.lists
    )
    return tuple(group for group in groups if group.suggestions)


class _Beginning(NamedTuple):
    """What may be the beginning of a label, after the rest of a query.

    `kept` is what the rest asks, and `within` the documents that hold it (None for all).
    """

    rest: str
    prefix: str
    kept: str
    within: Mask | None


def _beginnings(text: str, holding: Holding) -> Iterator[_Beginning]:
    """The beginnings at the end of a text, longest first."""
    if text != text.rstrip():
        return
    starts = [found.end() for found in _WORD_START.finditer(text)][-_MAX_BEGINNINGS:]
    for start in starts:
        if prefix := slug_from(text[start:]):
            kept = _without_end(text[:start])
            within = holding(question_from(kept)) if kept else None
            yield _Beginning(text[:start], prefix, kept, within)


def _completions(
    one: ChoiceList, beginnings: Iterable[_Beginning], limit: int, lists: Lists, holding: Holding
) -> tuple[Completion, ...]:
    found: dict[str, Completion] = {}
    for rest, prefix, kept, within in beginnings:
        for choice in one.beginning(prefix):
            if len(found) >= 2 * limit:
                break
            if choice.twin not in found and (count := _count(choice, within, lists, holding)):
                found[choice.twin] = _completion(one.name, choice, rest, kept, count)
    ranked = sorted(found.values(), key=lambda one: (-one.count, one.label))
    return tuple(ranked[:limit])


def _count(choice: Choice, within: Mask | None, lists: Lists, holding: Holding) -> int:
    if choice.documents is not None:
        return len(choice.documents) if within is None else int(within[choice.documents].sum())
    if within is None:
        return lists.count(choice.value, holding)
    mask = lists.remembering(holding)(Question((Clause(choice.value),)))
    return int(np.count_nonzero(mask & within))


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
