"""The words of a corpus as they were written: what repairs and suggestions may propose.

A form is folded; its display is how it was most often written. Its count is the number of
documents that hold it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.typography import fold, slug_from
from indexer.fields import StoredRecord
from indexer.normal import normal_from
from indexer.stop_words import is_stop_word
from indexer.tokens import tokens

MIN_COMPOUND_COUNT = 2  # a compound written once is not worth proposing

_SURFACE, _START, _END = 0, 4, 5  # places in a stored word


@dataclass(frozen=True, slots=True)
class Form:
    """A folded form, how it is shown, and in how many documents it stands."""

    form: str
    display: str
    count: int


@dataclass(frozen=True, slots=True)
class Forms:
    """Words that were said; words of names, roles and organisations only; hyphenated compounds."""

    words: tuple[Form, ...] = ()
    names: tuple[Form, ...] = ()
    compounds: tuple[Form, ...] = ()

    def save(self, path: Path) -> None:
        """Write them as JSON."""
        lists = {"words": self.words, "names": self.names, "compounds": self.compounds}
        rows = {name: [astuple(form) for form in forms] for name, forms in lists.items()}
        path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


def load_forms(path: Path) -> Forms:
    """Read what `save` wrote."""
    content: dict[str, list[Any]] = json.loads(path.read_text("utf-8"))
    return Forms(**{name: tuple(Form(*row) for row in rows) for name, rows in content.items()})


@dataclass
class _Tally:
    """In how many documents each form stands, and how often it is written in each way."""

    counts: Counter[str] = field(default_factory=Counter)
    displays: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, written: Iterable[tuple[str, str]]) -> None:
        """Add the (form, display) pairs of one document."""
        forms = set()
        for form, display in written:
            forms.add(form)
            self.displays.setdefault(form, Counter())[display] += 1
        self.counts.update(forms)

    def forms(self) -> Iterator[Form]:
        """Every form, in the order of the alphabet."""
        for form, count in sorted(self.counts.items()):
            ways = self.displays[form]
            yield Form(form, min(ways, key=lambda way: (-ways[way], way)), count)


def forms_from(records: Iterable[StoredRecord]) -> Forms:
    """Gather the forms of a corpus from what is stored of its documents."""
    said, named, hyphenated = _Tally(), _Tally(), _Tally()
    for record in records:
        said.add(_said(record))
        named.add(_named(record))
        hyphenated.add(_hyphenated(record))
    return Forms(
        words=tuple(said.forms()),
        names=tuple(name for name in named.forms() if name.form not in said.counts),
        compounds=tuple(c for c in hyphenated.forms() if c.count >= MIN_COMPOUND_COUNT),
    )


def _said(record: StoredRecord) -> Iterator[tuple[str, str]]:
    for word in record["words"]:
        written = record["text"][word[_START] : word[_END]]
        yield word[_SURFACE], _display(word[_SURFACE], written)


@lru_cache(maxsize=20_000)
def _display(surface: str, written: str) -> str:
    """How a word is shown: in lower case unless it is an acronym, its apostrophe curly."""
    letters = re.sub(r"[\W_]", "", written)
    if len(letters) > 1 and letters.isupper():
        return letters
    if fold(letters) != surface:  # « élu·e·s » is looked for as « élus »
        return next((token.form for token in tokens(written)), surface)
    return normal_from(written).text.lower().replace("'", "’")


def _named(record: StoredRecord) -> Iterator[tuple[str, str]]:
    """The names of people keep their capital."""
    for token in tokens(record["speaker"]):
        yield fold(token.form), record["speaker"][token.start : token.end]
    for token in tokens(f"{record['organisation']} ; {record['role']}"):
        yield fold(token.form), token.form


def _hyphenated(record: StoredRecord) -> Iterator[tuple[str, str]]:
    """« tiers-lieux », « porte-à-porte »; not « dit-il », which holds one word that counts."""
    for run in _runs(record["text"], record["words"]):
        full = [word for word in run if not is_stop_word(word[_SURFACE])]
        if len(full) > 1:
            display = normal_from(record["text"][run[0][_START] : run[-1][_END]]).text.lower()
            yield slug_from(display), display


def _runs(text: str, words: Sequence[Any]) -> Iterator[list[Any]]:
    """The words that hyphens join, together."""
    run = list(words[:1])
    for left, right in pairwise(words):
        if normal_from(text[left[_END] : right[_START]]).text != "-":
            yield run
            run = []
        run.append(right)
    if run:
        yield run
