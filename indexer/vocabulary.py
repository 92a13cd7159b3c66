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

from corpus.records import Speaker
from corpus.typography import fold, slug_from
from indexer.lexicon import is_dictionary_word
from indexer.tokens import Token, is_hyphen, is_stop_word, normal_from, tokens

MIN_COMPOUND_COUNT = 2  # a compound written once is not worth proposing


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


def forms_from(texts: Iterable[tuple[str, Speaker | None, Sequence[Token]]]) -> Forms:
    """Gather the forms of a corpus from its texts, each with who said it and its words."""
    said, named, hyphenated = _Tally(), _Tally(), _Tally()
    for text, speaker, cut in texts:
        said.add(_said(text, cut))
        named.add(_named(speaker))
        hyphenated.add(_hyphenated(text, cut))
    return Forms(
        words=tuple(said.forms()),
        names=tuple(name for name in named.forms() if name.form not in said.counts),
        compounds=tuple(c for c in hyphenated.forms() if c.count >= MIN_COMPOUND_COUNT),
    )


def _said(text: str, cut: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for place, (form, start, end) in enumerate(cut):
        if not _is_fragment(place, text, cut):
            surface = fold(form)
            yield surface, _display(surface, text[start:end])


def _is_fragment(place: int, text: str, cut: Sequence[Token]) -> bool:
    """A prefix, or what a hyphen ties to another and no dictionary has: « communa-lité »."""
    form, start, end = cut[place]
    if form.endswith("-"):
        return True
    before = text[cut[place - 1].end : start] if place else ""
    after = text[end : cut[place + 1].start] if place + 1 < len(cut) else ""
    is_tied = is_hyphen(before) or is_hyphen(after)
    return is_tied and text[start].islower() and not is_dictionary_word(form)


@lru_cache(maxsize=20_000)
def _display(surface: str, written: str) -> str:
    """How a word is shown: in lower case unless it is an acronym, its apostrophe curly."""
    letters = re.sub(r"[\W_]", "", written)
    if len(letters) > 1 and letters.isupper():
        return letters
    if fold(letters) != surface:  # « élu·e·s » is looked for as « élus »
        form = next((token.form for token in tokens(written)), surface)
        return form if fold(form) == surface else surface
    return normal_from(written).text.lower().replace("'", "’")


def _named(speaker: Speaker | None) -> tuple[tuple[str, str], ...]:
    return _words_about(speaker) if speaker else ()


@lru_cache(maxsize=8_192)
def _words_about(speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """The names of people keep their capital."""
    name = [(fold(form), speaker.name[start:end]) for form, start, end in tokens(speaker.name)]
    about = [
        (fold(token.form), token.form)
        for text in (speaker.organisation, speaker.role)
        for token in tokens(text)
    ]
    return (*name, *about)


def _hyphenated(text: str, cut: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """« tiers-lieux », « porte-à-porte »; not « dit-il », which holds one word that counts."""
    for run in _runs(text, cut):
        if sum(token.form.endswith("-") or not is_stop_word(token.form) for token in run) > 1:
            display = normal_from(text[run[0].start : run[-1].end]).text.lower()
            yield slug_from(display), display


def _runs(text: str, cut: Sequence[Token]) -> Iterator[list[Token]]:
    """The words that hyphens join, together."""
    run = list(cut[:1])
    for left, right in pairwise(cut):
        if not is_hyphen(text[left.end : right.start]):
            yield run
            run = []
        run.append(right)
    if run:
        yield run
