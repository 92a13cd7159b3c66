"""The words of a corpus as they were written: what repairs and suggestions may propose.

A form is folded; its display is how it was most often written. Its count is the number of
documents that hold it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.records import Speaker
from corpus.typography import fold, slug_from
from indexer.lexicon import Lexicon, is_dictionary_word
from indexer.mapped import TextMap, load_columns, save_columns, text_map
from indexer.spellings import Form
from indexer.tokens import Token, is_hyphen, is_stop_word, normal_from, tokens

MIN_COMPOUND_COUNT = 2  # a compound written once is not worth proposing


def save_lexicon(path: Path, lexicon: Lexicon) -> None:
    """Write a lexicon to be mapped."""
    save_columns(path, {**text_map(lexicon.forms, "forms"), **text_map(lexicon.folded, "folded")})


def load_lexicon(path: Path) -> Lexicon:
    """Map what `save_lexicon` wrote."""
    columns = load_columns(path)
    return Lexicon(TextMap(columns, "forms"), TextMap(columns, "folded"))


def in_memory(lexicon: Lexicon) -> Lexicon:
    """The same for whoever asks it of every word: quicker, once all is read."""
    both = (lexicon.forms, lexicon.folded)
    return Lexicon(*(one.in_memory() if isinstance(one, TextMap) else one for one in both))


@dataclass(frozen=True, slots=True)
class Forms:
    """Words that were said; words of names, roles and organisations only; hyphenated compounds."""

    words: tuple[Form, ...] = ()
    names: tuple[Form, ...] = ()
    compounds: tuple[Form, ...] = ()

    def meant(self) -> Iterator[Form]:
        """All that a wrong word may have been meant to be; of two, the last is more likely.

        A compound is also repaired when it is typed in one word: « tierlieux ».
        """
        yield from (replace(form, form=form.form.replace("-", "")) for form in self.compounds)
        yield from (*self.names, *self.words)


@dataclass
class _Tally:
    """In how many documents each form stands, and how often it is written in each way."""

    counts: Counter[str] = field(default_factory=Counter)
    displays: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, written: Iterable[tuple[str, str]]) -> None:
        """Add the (form, display) pairs of one document."""
        forms = set()
        for form, display in written:
            forms.add(form)
            ways = self.displays.setdefault(form, {})
            ways[display] = ways.get(display, 0) + 1
        self.counts.update(forms)

    def update(self, other: "_Tally") -> None:
        """Add what was counted elsewhere."""
        self.counts.update(other.counts)
        for form, ways in other.displays.items():
            mine = self.displays.setdefault(form, {})
            for way, count in ways.items():
                mine[way] = mine.get(way, 0) + count

    def forms(self) -> Iterator[Form]:
        """Every form, in the order of the alphabet."""
        for form, count in sorted(self.counts.items()):
            ways = self.displays[form]
            yield Form(form, min(ways, key=lambda way: (-ways[way], way)), count)


@dataclass
class Tallies:
    """What is counted in texts: their words, those of who speaks, and hyphenated compounds."""

    said: _Tally = field(default_factory=_Tally)
    named: _Tally = field(default_factory=_Tally)
    hyphenated: _Tally = field(default_factory=_Tally)

    def add(self, text: str, speaker: Speaker | None, cut: Sequence[Token]) -> None:
        """Count one text, with who said it and its words."""
        self.said.add(_said(text, cut))
        self.named.add(_named(speaker))
        self.hyphenated.add(_hyphenated(text, cut))

    def update(self, other: "Tallies") -> None:
        """Add what was counted in other texts."""
        for mine, theirs in zip(self._each(), other._each(), strict=True):
            mine.update(theirs)

    def _each(self) -> tuple[_Tally, ...]:
        return self.said, self.named, self.hyphenated

    def rows(self) -> list[list[Any]]:
        """What JSON holds; `tallies_from` reads it."""
        return [[tally.counts, tally.displays] for tally in self._each()]

    def forms(self) -> Forms:
        """The forms of the texts."""
        return Forms(
            words=tuple(self.said.forms()),
            names=tuple(name for name in self.named.forms() if name.form not in self.said.counts),
            compounds=tuple(c for c in self.hyphenated.forms() if c.count >= MIN_COMPOUND_COUNT),
        )


def tallies_from(rows: Iterable[tuple[dict[str, int], dict[str, dict[str, int]]]]) -> Tallies:
    """Read what `Tallies.rows` gave."""
    return Tallies(*(_Tally(Counter(counts), displays) for counts, displays in rows))


def forms_from(texts: Iterable[tuple[str, Speaker | None, Sequence[Token]]]) -> Forms:
    """Gather the forms of a corpus from its texts, each with who said it and its words."""
    tallies = Tallies()
    for text, speaker, cut in texts:
        tallies.add(text, speaker, cut)
    return tallies.forms()


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
