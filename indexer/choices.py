"""What a visitor may be typing: lists of choices, and by what each may begin, mapped.

A choice is a word that was said, or an entry of the catalogue in use. The choices of a list are in
their order, heaviest first. `keys` are sorted, and `places` tell which choice each is of.
"""

from collections.abc import Iterable, Iterator
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

    `texts`: how many it is about; 0 for words, which are looked up in the index.
    """

    value: str
    label: str
    weight: int
    twin: str
    texts: int = 0


def choices_columns(
    forms: Forms, lexicon: Lexicon, catalogue: Catalogue, columns: dict[str, Any]
) -> dict[str, Any]:
    """The columns of all lists: of each, what `ChoiceList` holds in `search.suggestions`."""
    themed = (columns["affinities"].astype(np.float64) >= MIN_AFFINITY).sum(axis=0)
    titles = [{"id": entry["id"], "label": entry["title"]} for entry in catalogue["webinars"]]
    lists: dict[ListName, Iterable[Choice]] = {
        "mots": _words(forms, lexicon),
        "themes": _entries(catalogue["themes"], themed),
        "intervenants": _entries(catalogue["speakers"], _texts_of(columns["speakers"])),
        "webinaires": _entries(titles, _texts_of(columns["webinars"])),
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


def _texts_of(column: Any) -> Any:
    """For each place that a column points to, how many texts point to it; -1 is no place."""
    return np.bincount(column + 1)[1:]


def _entries(entries: Iterable[dict[str, str]], texts: Any) -> Iterator[Choice]:
    for entry, count in zip(entries, texts.tolist(), strict=False):
        if count:
            yield Choice(entry["id"], entry["label"], count, entry["id"], count)


def _list(choices: Iterable[Choice]) -> dict[str, Any]:
    ranked = sorted(choices, key=lambda choice: (-choice.weight, choice.label, choice.value))
    keyed = sorted((key, n) for n, choice in enumerate(ranked) for key in _keys(choice.label))
    return {
        "keys": [key for key, _ in keyed],
        "places": np.array([n for _, n in keyed], dtype=np.int32),
        "values": [choice.value for choice in ranked],
        "labels": [choice.label for choice in ranked],
        "twins": [choice.twin for choice in ranked],
        "texts": np.array([choice.texts for choice in ranked], dtype=np.int64),
    }


def _keys(label: str) -> Iterator[str]:
    """« odile-fontanel » and « fontanel »."""
    words = slug_from(label).split("-")
    return ("-".join(words[start:]) for start in range(len(words)))
