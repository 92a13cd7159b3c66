"""What a visitor asks, in a small language: words, "phrases", -word, OU, intervenant: and such.

Reading never fails on what a person may type: odd signs are only separators.
"""

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple

from corpus.problems import Refused
from corpus.typography import MONTHS, fold, spaced
from indexer.measures import SIGNS

MAX_CHARACTERS = 300
MAX_WORDS = 20  # looked for; words that carry nothing do not count
MAX_PAGE = 50
PAGE_SIZE = 20

Order = Literal["themes", "pertinence", "date", "sens"]


class QueryRefused(Refused, ValueError):
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


QUOTES = Filters(kinds=("verbatim",))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question.

    `every_word` keeps only the hits that hold all the words; `exact` answers it as it is typed,
    errors and all; `expand` adds acronyms and synonyms; `explain` tells why each hit is there;
    `one_each` keeps the first quote of each speaker; `meaning` adds quotes near by meaning.
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
    meaning: bool = True


# « sept. » loses its full stop when it is read.
_MONTHS = {fold(name): number for number, names in enumerate(MONTHS, 1) for name in names}
_YEAR = r"(?P<year>[12]\d{3})"  # nothing was said outside, and a day before is always a day
_WRITTEN = re.compile(
    rf"(?:(?P<day>1er|\d{{1,2}})\s+)?(?P<name>[^\W\d_]{{3,9}})\.?\s+{_YEAR}(?!\w)", re.IGNORECASE
)
_ISO = re.compile(rf"{_YEAR}(?:-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?)?")
_FIGURES = re.compile(rf"(?:(?P<day>\d{{1,2}})[/.-])?(?P<month>\d{{1,2}})[/.-]{_YEAR}")


@dataclass(frozen=True, slots=True)
class Days:
    """A day, a month or a year: its first and its last day."""

    first: date
    last: date


def days_from(text: str) -> Days:
    """Read a day, a month or a year; raise `QueryRefused` for anything else."""
    try:
        year, month, day = _figures_of(fold(text.strip()))
        months = (1, 12) if month is None else (month, month)
        days = (1, monthrange(year, months[1])[1]) if day is None else (day, day)
        return Days(date(year, months[0], days[0]), date(year, months[1], days[1]))
    except ValueError:
        message = f"« {text} » n’est pas une date. Écrivez par exemple 2023, mars 2022"
        raise QueryRefused(f"{message} ou 2022-03-12.") from None


def leading_date(text: str) -> str:
    """The date in words that a text begins with, « mars 2022 » or « 12 mars 2022 »; else ""."""
    found = _WRITTEN.match(text)
    return found[0] if found and fold(found["name"]) in _MONTHS else ""


def _figures_of(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day, None for what is not said; raise `ValueError` when it is no date."""
    found = _WRITTEN.fullmatch(text)
    if found:
        month: int | None = _MONTHS.get(found["name"], 0)
    else:
        found = _ISO.fullmatch(text) or _FIGURES.fullmatch(text)
        if found is None:
            raise ValueError(text)
        month = int(found["month"]) if found["month"] else None
    day = found["day"]
    return int(found["year"]), month, int(day.removesuffix("er")) if day else None


_QUOTES = '"“”„«»‟'
_PIECE = re.compile(
    rf"(?P<sign>-)?(?:(?P<name>[^\W\d_]{{2,20}}):(?!//))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)|(?P<word>[^\s{_QUOTES}]+))"
)

# What a visitor may type before a colon, folded, and what it narrows.
FILTER_NAMES = {
    "intervenant": "speakers",
    "intervenante": "speakers",
    "theme": "themes",
    "webinaire": "webinars",
    "organisation": "organisations",
    "type": "kinds",
    "annee": "years",
    "avant": "before",
    "apres": "after",
    "depuis": "from",
}
FILTERS_SHOWN = (
    "intervenant:, theme:, webinaire:, organisation:, type:, annee:, avant:, apres:, depuis:"
)
# In French, the filters whose value is a day, a month or a year.
DAY_FILTERS = {"before": "avant", "after": "après", "from": "depuis"}
# In French and in English, what a word in capitals says of the clause after it; ET says nothing.
_OPERATORS = {"OU": "OU", "OR": "OU", "SAUF": "SAUF", "NOT": "SAUF", "ET": "ET"}


class Operator(NamedTuple):
    """OU, SAUF or ET, whatever its language, and where it stands in the text of the question."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words, or a phrase to be found as it is. `excluded`: what holds it is left out.

    Clauses that share an `either` number are joined by OU: one of them is enough. `start` and
    `end` tell where it stands in the text of the question, after its `operators`.
    """

    text: str
    kind: Literal["words", "phrase"] = "words"
    excluded: bool = False
    either: int | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    operators: tuple[Operator, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class FilterClause:
    """A filter typed among the words: a field of `Filters` (or of `DAY_FILTERS`) and a value."""

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Piece = Clause | FilterClause


@dataclass(frozen=True, slots=True)
class Question:
    """A query once read: clauses, filters as typed, notes, and the text that they stand in.

    `cuts` are the places of the text that are left out: all the rest still stands where it was.
    `idle` are the operators after the last clause.
    """

    clauses: tuple[Clause, ...] = ()
    filters: tuple[FilterClause, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = field(default="", compare=False)
    idle: tuple[Operator, ...] = field(default=(), compare=False)
    cuts: frozenset[tuple[int, int]] = field(default=frozenset(), compare=False)

    @property
    def is_plain(self) -> bool:
        """Words alone: nothing quoted, excluded or joined by OU."""
        return all((c.kind, c.excluded, c.either) == ("words", False, None) for c in self.clauses)

    @property
    def is_void(self) -> bool:
        """Only signs: no word, no filter."""
        return bool(self.text.strip()) and not self.clauses and not self.filters

    @property
    def wording(self) -> str:
        """How one would type it."""
        text = self.text
        for start, end in sorted(self.cuts, reverse=True):
            text = f"{text[:start]} {text[end:]}"
        return " ".join(text.split()) if self.cuts else text

    def without(self, *pieces: Piece) -> "Question":
        """The question less some of its pieces: what reading its new wording would give."""
        if not pieces:
            return self
        gone = {piece.start for piece in pieces}
        kept = [clause for clause in self.clauses if clause.start not in gone]
        sides = Counter(clause.either for clause in kept)
        return replace(
            self,
            clauses=tuple(replace(c, either=None) if sides[c.either] == 1 else c for c in kept),
            filters=tuple(typed for typed in self.filters if typed.start not in gone),
            cuts=self.cuts | {(piece.start, piece.end) for piece in pieces} | {*self._loose(gone)},
        )

    def _loose(self, gone: set[int]) -> Iterator[tuple[int, int]]:
        """The operators of what goes, and those that joined what stays to it."""
        kept: list[int | None] = []
        for before, clause in zip((None, *self.clauses), self.clauses, strict=False):
            loose = {"OU"} if clause.either not in kept else set()
            if before is None or before.start in gone:
                loose.add("ET")
            for word, start, end in clause.operators:
                if clause.start in gone or word in loose:
                    yield start, end
            if clause.start not in gone:
                kept.append(clause.either)
        yield from ((start, end) for _, start, end in self.idle)

    def place_of(self, clause: Clause) -> int:
        """Where the words of a clause begin in the text, its sign and its filter name aside."""
        return self.text.rindex(clause.text, clause.start, clause.end)

    def reworded(self, changes: Sequence[tuple[int, int, str]]) -> "Question":
        """The question with other letters at some places of its clauses, first place first."""
        text = self.text
        for start, end, letters in reversed(changes):
            text = text[:start] + letters + text[end:]

        def moved(place: int) -> int:
            gained = (len(letters) - end + start for start, end, letters in changes if end <= place)
            return place + sum(gained)

        def at(operators: tuple[Operator, ...]) -> tuple[Operator, ...]:
            return tuple(Operator(word, moved(s), moved(e)) for word, s, e in operators)

        def clause_in(clause: Clause) -> Clause:
            first, (start, end) = self.place_of(clause), (moved(clause.start), moved(clause.end))
            letters = text[moved(first) : moved(first + len(clause.text))]
            operators = at(clause.operators)
            return replace(clause, text=letters, start=start, end=end, operators=operators)

        return replace(
            self,
            text=text,
            clauses=tuple(map(clause_in, self.clauses)),
            filters=tuple(replace(f, start=moved(f.start), end=moved(f.end)) for f in self.filters),
            idle=at(self.idle),
        )


@dataclass
class _Reader:
    clauses: list[Clause] = field(default_factory=list)
    filters: list[FilterClause] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)  # of the next clause


def question_from(text: str) -> Question:
    """Read a query; raise `QueryRefused` only when it is too long."""
    if len(text) > MAX_CHARACTERS:
        message = f"La recherche est trop longue : {MAX_CHARACTERS} caractères au plus."
        raise QueryRefused(message)
    reader, cleaned = _Reader(), _clean(text)
    piece = _PIECE.search(cleaned)
    while piece:
        piece = _PIECE.search(cleaned, _read_piece(reader, piece))
    return Question(
        tuple(reader.clauses),
        tuple(reader.filters),
        tuple(reader.notes),
        text=cleaned,
        idle=tuple(reader.operators),
    )


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed)


def _read_piece(reader: _Reader, piece: re.Match[str]) -> int:
    """Read a piece, and tell where it ends: « apres:mars 2022 » is one filter."""
    name, word = piece["name"], piece["word"]
    operator = "" if name else _OPERATORS.get(word or "", "")
    if operator and (reader.clauses or operator != "OU"):  # at first, there is nothing to join
        reader.operators.append(Operator(operator, piece.start(), piece.end()))
    elif name and fold(name) in FILTER_NAMES:
        typed = _filter_from(piece, FILTER_NAMES[fold(name)])
        if piece["sign"]:
            note = f"Un filtre ne s’exclut pas : « -{name}:{typed.value} » est laissé de côté."
            reader.notes.append(note)
        else:
            reader.filters.append(typed)
        return typed.end
    else:
        if name:
            note = f"Le filtre « {name}: » n’existe pas. Filtres possibles : {FILTERS_SHOWN}."
            reader.notes.append(note)
        _add_clause(reader, piece)
    return piece.end()


def _filter_from(piece: re.Match[str], name: str) -> FilterClause:
    word = piece["word"]
    if word is None:
        return FilterClause(name, piece["phrase"], piece.start(), piece.end())
    start = piece.start("word")
    if name in DAY_FILTERS:
        word = leading_date(piece.string[start:]) or word
    return FilterClause(name, word, piece.start(), start + len(word))


def _add_clause(reader: _Reader, piece: re.Match[str]) -> None:
    phrase, word = piece["phrase"], piece["word"]
    text = ((phrase if word is None else word) or "").strip()
    kind: Literal["words", "phrase"] = "words" if phrase is None else "phrase"
    if not any(c.isalnum() or c in SIGNS for c in text):
        return
    operators, either = {operator.word for operator in reader.operators}, None
    if "OU" in operators:
        last = reader.clauses.pop()
        either = last.either if last.either is not None else len(reader.clauses)
        reader.clauses.append(replace(last, either=either))
    excluded = piece["sign"] is not None or "SAUF" in operators
    places = piece.start(), piece.end()
    reader.clauses.append(Clause(text, kind, excluded, either, *places, tuple(reader.operators)))
    reader.operators.clear()
