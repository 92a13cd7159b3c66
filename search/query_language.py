"""The visitor's small language: words, "phrases", -word, OU, and filters such as intervenant:.

Reading never fails on what a person may type: odd signs are only separators.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.typography import fold
from search.french_days import leading_date
from search.query import MAX_CHARACTERS, QueryRefused

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
# What joins a word to the one before: it goes with it.
_OPERATOR_BEFORE = re.compile(r"(?:^|(?<=\s))(?:OU|OR|SAUF|NOT|ET)\s*$")
_OPERATOR_AFTER = re.compile(r"^\s*(?:OU|OR|ET)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words, or a phrase to be found as it is. `excluded`: what holds it is left out.

    Clauses that share an `either` number are joined by OU: one of them is enough. `start` and
    `end` tell where it stands in the text of the question.
    """

    text: str
    kind: Literal["words", "phrase"] = "words"
    excluded: bool = False
    either: int | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FilterClause:
    """A filter typed among the words: a field of `Filters` (or of `DAY_FILTERS`) and a value."""

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A query once read: clauses, filters as typed, notes, and the text that they stand in."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[FilterClause, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = field(default="", compare=False)

    def without(self, *pieces: Clause | FilterClause) -> str:
        """The query as typed, less some pieces of it and the operators that joined them."""
        text = self.text
        for piece in sorted(pieces, key=lambda piece: -piece.start):
            left, right, joined = text[: piece.start], text[piece.end :], 1
            if isinstance(piece, Clause):  # a filter stands between the words, it joins nothing
                left, joined = _OPERATOR_BEFORE.subn("", left)
            text = f"{left} {right if joined else _OPERATOR_AFTER.sub('', right)}"
        if pieces:
            text = _OPERATOR_AFTER.sub("", _OPERATOR_BEFORE.sub("", text))
        return " ".join(text.split()) if pieces else text


@dataclass
class _Reader:
    clauses: list[Clause] = field(default_factory=list)
    filters: list[FilterClause] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    negate_next: bool = False
    either_next: bool = False


def question_from(text: str) -> Question:
    """Read a query; raise `QueryRefused` only when it is too long."""
    if len(text) > MAX_CHARACTERS:
        message = f"La recherche est trop longue : {MAX_CHARACTERS} caractères au plus."
        raise QueryRefused(message)
    reader, cleaned = _Reader(), _clean(text)
    piece = _PIECE.search(cleaned)
    while piece:
        piece = _PIECE.search(cleaned, _read_piece(reader, piece))
    return Question(tuple(reader.clauses), tuple(reader.filters), tuple(reader.notes), cleaned)


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed)


def _read_piece(reader: _Reader, piece: re.Match[str]) -> int:
    """Read a piece, and tell where it ends: « apres:mars 2022 » is one filter."""
    name, word = piece["name"], piece["word"]
    if word in {"OU", "OR"} and not name and reader.clauses:
        reader.either_next = True
    elif word in {"SAUF", "NOT"} and not name:
        reader.negate_next = True
    elif word == "ET" and not name:
        pass
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
    if not any(c.isalnum() for c in text):
        return
    either = None
    if reader.either_next:
        last = reader.clauses.pop()
        either = last.either if last.either is not None else len(reader.clauses)
        reader.clauses.append(replace(last, either=either))
    excluded = piece["sign"] is not None or reader.negate_next
    reader.either_next = reader.negate_next = False
    reader.clauses.append(Clause(text, kind, excluded, either, piece.start(), piece.end()))
