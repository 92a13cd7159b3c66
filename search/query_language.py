"""The visitor's small language: words, "phrases", -word, OU, and filters such as intervenant:.

Reading never fails on what a person may type: odd signs are only separators.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from corpus.typography import fold
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
}
FILTERS_SHOWN = "intervenant:, theme:, webinaire:, organisation:, type:, annee:"


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words, or a phrase to be found as it is. `excluded`: what holds it is left out.

    Clauses that share an `either` number are joined by OU: one of them is enough.
    """

    text: str
    kind: Literal["words", "phrase"] = "words"
    excluded: bool = False
    either: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query once read: clauses, filters as typed (field of `Filters`, value), and notes."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Reader:
    clauses: list[Clause] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    negate_next: bool = False
    either_next: bool = False


def question_from(text: str) -> Question:
    """Read a query; raise `QueryRefused` only when it is too long."""
    if len(text) > MAX_CHARACTERS:
        message = f"La recherche est trop longue : {MAX_CHARACTERS} caractères au plus."
        raise QueryRefused(message)
    reader = _Reader()
    for piece in _PIECE.finditer(_clean(text)):
        _read_piece(reader, piece)
    return Question(tuple(reader.clauses), tuple(reader.filters), tuple(reader.notes))


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed)


def _read_piece(reader: _Reader, piece: re.Match[str]) -> None:
    name, phrase, word = piece["name"], piece["phrase"], piece["word"]
    if word in {"OU", "OR"} and not name and reader.clauses:
        reader.either_next = True
    elif word in {"SAUF", "NOT"} and not name:
        reader.negate_next = True
    elif word == "ET" and not name:
        return
    elif name and fold(name) in FILTER_NAMES:
        reader.filters.append((FILTER_NAMES[fold(name)], phrase if word is None else word))
    else:
        if name:
            note = f"Le filtre « {name}: » n’existe pas. Filtres possibles : {FILTERS_SHOWN}."
            reader.notes.append(note)
        _add_clause(reader, piece["sign"] is not None, phrase, word)


def _add_clause(reader: _Reader, signed: bool, phrase: str | None, word: str | None) -> None:
    text = ((phrase if word is None else word) or "").strip()
    kind: Literal["words", "phrase"] = "words" if phrase is None else "phrase"
    if not any(c.isalnum() for c in text):
        return
    either = None
    if reader.either_next:
        last = reader.clauses.pop()
        either = last.either if last.either is not None else len(reader.clauses)
        reader.clauses.append(Clause(last.text, last.kind, last.excluded, either))
    excluded = signed or reader.negate_next
    reader.either_next = reader.negate_next = False
    reader.clauses.append(Clause(text, kind, excluded, either))
