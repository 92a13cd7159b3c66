"""What a visitor may be typing: lists of choices, and by what each may begin, mapped.

A choice is a word that was said, or an entry of the catalogue in use. The choices of a list are in
their order, heaviest first. `keys` are sorted, and `places` tell which choice each is of.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from corpus.typography import slug_from
from indexer.fields import MIN_AFFINITY, Catalogue, ListName
from indexer.lexicon import Lexicon
from indexer.spellings import Form
from indexer.tokens import is_stop_word
from indexer.vocabulary import Forms

MIN_LETTERS = 3


class Choice(NamedTuple):
    """`weight`: its rank. `twin`: of the choices that share it, one is enough.

    `documents` are those that it is about; none for words, which are looked up in the index.
    """

    value: str
    label: str
    weight: int
    twin: str
    documents: Any = ()


def choices_columns(
    forms: Forms, lexicon: Lexicon, catalogue: Catalogue, columns: dict[str, Any]
) -> dict[str, Any]:
    """The columns of all lists: of each, what `ChoiceList` holds in `search.suggestions`."""
    themed = (columns["affinities"].astype(np.float64) >= MIN_AFFINITY).T
    titles = [{"id": entry["id"], "label": entry["title"]} for entry in catalogue["webinars"]]
    lists: dict[ListName, Iterable[Choice]] = {
        "mots": _words(forms, lexicon),
        "themes": _entries(catalogue["themes"], map(np.flatnonzero, themed)),
        "intervenants": _entries(catalogue["speakers"], _members(columns["speakers"])),
        "webinaires": _entries(titles, _members(columns["webinars"])),
    }
    return {
        f"{name} {key}": column
        for name, choices in lists.items()
        for key, column in _list(choices).items()
    }


def _words(forms: Forms, lexicon: Lexicon) -> Iterator[Choice]:
    for word in (*forms.words, *forms.compounds):
        if _is_worth_proposing(word):
            lemma = lexicon.forms.get(word.display, word.form)
            yield Choice(word.display, word.display, word.count, lemma)


def _is_worth_proposing(word: Form) -> bool:
    has_letters = any(letter.isalpha() for letter in word.form)
    return len(word.form) >= MIN_LETTERS and has_letters and not is_stop_word(word.form)


def _members(column: Any) -> list[Any]:
    """For each place that a column points to, the documents that point to it."""
    order = np.argsort(column, kind="stable")
    ends = np.searchsorted(column[order], np.arange(column.max(initial=-1) + 2))
    return [order[first:last] for first, last in pairwise(ends.tolist())]


def _entries(entries: Iterable[dict[str, str]], members: Iterable[Any]) -> Iterator[Choice]:
    for entry, documents in zip(entries, members, strict=False):
        if len(documents):
            yield Choice(entry["id"], entry["label"], len(documents), entry["id"], documents)


def _list(choices: Iterable[Choice]) -> dict[str, Any]:
    ranked = sorted(choices, key=lambda choice: (-choice.weight, choice.label, choice.value))
    keyed = sorted((key, n) for n, choice in enumerate(ranked) for key in _keys(choice.label))
    sizes = [len(choice.documents) for choice in ranked]
    none = np.zeros(0, dtype=np.int32)
    return {
        "keys": [key for key, _ in keyed],
        "places": np.array([n for _, n in keyed], dtype=np.int32),
        "values": [choice.value for choice in ranked],
        "labels": [choice.label for choice in ranked],
        "twins": [choice.twin for choice in ranked],
        "ends": np.array([0, *np.cumsum(sizes, dtype=np.int64)], dtype=np.int64),
        "documents": np.concatenate([none, *(choice.documents for choice in ranked)]).astype(
            np.int32
        ),
    }


def _keys(label: str) -> Iterator[str]:
    """« odile-fontanel » and « fontanel »."""
    words = slug_from(label).split("-")
    return ("-".join(words[start:]) for start in range(len(words)))
