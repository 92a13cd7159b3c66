"""The compounds of a corpus: what its texts write as one word made of several.

A compound is known when a text writes it with hyphens (« tiers-lieux »), or with spaces what the
dictionary writes with hyphens (« compte rendu »), or when it names somebody (« Le Gall »).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus.typography import fold
from indexer.analysis import ARTICLES, LONGEST, hyphenated_runs, is_compound, joint
from indexer.lexicon import hyphenated_forms
from indexer.tokens import Token, is_stop_word, tokens

_NAME = re.compile(r"(?<![.!?…»:] )(?<!^)\b(?:L[ea]s?|D[eu]s?) [A-ZÀ-Ý][^\W\d_]+")


def known_compounds(
    texts: Iterable[tuple[str, Sequence[Token]]], names: Iterable[str]
) -> dict[str, list[str]]:
    """The compounds of a corpus: the joint of each, and its parts as first written."""
    found: dict[str, list[str]] = {}
    for text, cut in texts:
        for run in (*hyphenated_runs(text, cut), *_spaced_runs(text, cut)):
            _add(found, [token.form for token in cut[slice(*run)]])
        for name in _NAME.findall(text):
            _add(found, [token.form for token in tokens(name)])
    for name in names:
        forms = [token.form for token in tokens(name)]
        for left, right in pairwise(forms):
            if left in ARTICLES and not is_stop_word(right):
                _add(found, [left, right])
    return found


def _add(found: dict[str, list[str]], forms: list[str]) -> None:
    if 1 < len(forms) <= LONGEST:
        found.setdefault(joint(fold("".join(forms).replace("-", ""))), forms)


def _spaced_runs(text: str, cut: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """« compte rendu », « arc en ciel »: what the dictionary writes with hyphens."""
    folded = [fold(token.form) for token in cut]
    words = _hyphenated_words()
    for place in range(len(cut) - 1):
        for end in range(place + 2, min(place + 3, len(cut)) + 1):
            if "-".join(folded[place:end]) in words and is_compound(folded[place:end]):
                between = text[cut[place].end : cut[end - 1].start]
                if "," not in between and "." not in between:
                    yield place, end


@cache
def _hyphenated_words() -> frozenset[str]:
    return frozenset(map(fold, hyphenated_forms()))
