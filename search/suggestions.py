"""What a visitor may be typing: words, themes, speakers, webinars, from sorted lists in memory.

A suggestion is a whole search: its count is the number of documents that hold all its words.
None is made that would find nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from corpus.typography import slug_from
from indexer.fields import Catalogue
from indexer.lexicon import Lexicon
from indexer.tokens import is_stop_word, tokens
from indexer.vocabulary import Form, Forms
from search.columns import Columns, Ints, Mask, titles
from search.query import Clause, Filters, Question, question_from

MAX_SUGGESTIONS = 10  # of one group
DEFAULT_SUGGESTIONS = 5
MIN_LETTERS = 3

_CANDIDATES = 40  # tried for one group: each may cost a look into the index
_MAX_BEGINNINGS = 4
_MAX_KEPT = 4000  # masks kept in memory, one byte a document each
_MAX_BYTES = 32_000_000  # of all of them
_WORD_START = re.compile(r"(?<!\S)(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’])?(?=\w)", re.I)
_PHRASE = re.compile(r"[\"“”„«»‟][^\"“”„«»‟]*[\"“”„«»‟]")
_INSIDE = re.compile(r"[\"“”„«»‟]|(?:^|\s)-\S*$|:\S*$|(?:^|\s)(?:OU|OR|SAUF|NOT)\s")
_ELIDED = re.compile(r"\S*['’]$")

Holding = Callable[[Question], Mask]  # the documents that hold all the words of a question
Kind = Literal["mots", "themes", "intervenants", "webinaires"]


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

    name: Kind
    label: str
    suggestions: tuple[Completion, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of a list. `twin`: of the choices that share it, one is enough. `weight`: its rank.

    `documents` are those that it is about; None for words, which are looked up in the index.
    """

    value: str
    label: str
    weight: int
    twin: str
    documents: Ints | None = None


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Choices by the beginning of any of their words: sorted keys, and the choice of each."""

    name: Kind
    label: str
    keys: tuple[str, ...]
    choices: tuple[Choice, ...]

    def beginning(self, prefix: str) -> list[Choice]:
        """The choices of which a word begins so, heaviest first, each once."""
        first = bisect_left(self.keys, prefix)
        last = bisect_left(self.keys, prefix + "\uffff")
        found = {choice.value: choice for choice in self.choices[first:last]}
        return sorted(found.values(), key=lambda choice: (-choice.weight, choice.label))


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one generation; `masks` remembers what the index said of a question."""

    lists: tuple[ChoiceList, ...]
    masks: dict[Question, Mask] = field(default_factory=dict)

    def remembering(self, holding: Holding) -> Holding:
        """The same function, asked once for each question."""

        def remembered(question: Question) -> Mask:
            mask = self.masks.get(question)  # threads share it: another may clear it meanwhile
            if mask is None:
                mask = holding(question)
                if len(self.masks) >= min(_MAX_KEPT, _MAX_BYTES // len(mask)):
                    self.masks.clear()
                self.masks[question] = mask
            return mask

        return remembered


def lists_from(forms: Forms, catalogue: Catalogue, columns: Columns, lexicon: Lexicon) -> Lists:
    """Prepare what is proposed: words that were said, and entries of the catalogue in use."""
    themed = [np.flatnonzero(members).astype(np.int32) for members in columns.themed.T]
    return Lists(
        (
            _list("mots", "Mots", _words(forms, lexicon)),
            _list("themes", "Thèmes", _entries(catalogue["themes"], themed)),
            _list(
                "intervenants",
                "Intervenant·es",
                _entries(catalogue["speakers"], _members(columns.speakers)),
            ),
            _list(
                "webinaires",
                "Webinaires",
                _entries(titles(catalogue), _members(columns.webinars)),
            ),
        )
    )


def _words(forms: Forms, lexicon: Lexicon) -> Iterator[Choice]:
    for word in (*forms.words, *forms.compounds):
        if _is_worth_proposing(word):
            lemma = lexicon.forms.get(word.display, word.form)
            yield Choice(word.display, word.display, word.count, lemma)


def _is_worth_proposing(word: Form) -> bool:
    has_letters = any(letter.isalpha() for letter in word.form)
    return len(word.form) >= MIN_LETTERS and has_letters and not is_stop_word(word.form)


def _members(column: Ints) -> list[Ints]:
    """For each place that a column points to, the documents that point to it."""
    return [np.flatnonzero(column == n).astype(np.int32) for n in range(column.max(initial=-1) + 1)]


def _entries(entries: Iterable[dict[str, str]], members: Iterable[Ints]) -> Iterator[Choice]:
    for entry, documents in zip(entries, members, strict=False):
        if len(documents):
            yield Choice(entry["id"], entry["label"], len(documents), entry["id"], documents)


def _list(name: Kind, label: str, choices: Iterable[Choice]) -> ChoiceList:
    keyed = [(key, choice) for choice in choices for key in _keys(choice.label)]
    keyed.sort(key=lambda pair: (pair[0], pair[1].label, pair[1].value))
    return ChoiceList(name, label, tuple(k for k, _ in keyed), tuple(c for _, c in keyed))


def _keys(label: str) -> Iterator[str]:
    """« odile-fontanel » and « fontanel »."""
    words = slug_from(label).split("-")
    return ("-".join(words[start:]) for start in range(len(words)))


def suggest(text: str, limit: int, lists: Lists, holding: Holding) -> tuple[SuggestionGroup, ...]:
    """Complete the end of a query, the rest of it kept; groups without a suggestion are left out.

    Nothing is proposed inside a phrase, a filter or an exclusion, nor where words are joined by
    an operator.
    """
    if _INSIDE.search(_PHRASE.sub(" ", text)):
        return ()
    known = lists.remembering(holding)
    beginnings = list(_beginnings(text, known))
    groups = (
        SuggestionGroup(one.name, one.label, _completions(one, beginnings, limit, known))
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
    one: ChoiceList, beginnings: Iterable[_Beginning], limit: int, holding: Holding
) -> tuple[Completion, ...]:
    found: dict[str, Completion] = {}
    for rest, prefix, kept, within in beginnings:
        for choice in one.beginning(prefix)[:_CANDIDATES]:
            if len(found) >= 2 * limit:
                break
            count = _count(choice, within, holding)
            if count and choice.twin not in found:
                found[choice.twin] = _completion(one.name, choice, rest, kept, count)
    ranked = sorted(found.values(), key=lambda one: (-one.count, one.label))
    return tuple(ranked[:limit])


def _count(choice: Choice, within: Mask | None, holding: Holding) -> int:
    if choice.documents is not None:
        kept = choice.documents if within is None else within[choice.documents]
        return len(kept) if within is None else int(kept.sum())
    mask = holding(Question((Clause(choice.value),)))
    return int(mask.sum() if within is None else (mask & within).sum())


def _without_end(rest: str) -> str:
    """What a query asks before its last word; "" when it is only words that carry nothing."""
    kept = _ELIDED.sub("", rest).strip()
    return "" if all(is_stop_word(token.form) for token in tokens(kept)) else kept


def _completion(name: Kind, choice: Choice, rest: str, kept: str, count: int) -> Completion:
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
