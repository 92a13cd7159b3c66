"""The lists of a site changed where they differ: comments and the order of a hand stay.

What is written is read again: a file that would then say anything else is refused, not repaired.
"""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from corpus.lists import GoldenQuery
from corpus.problems import CorpusError

_STRING = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_LIST = rf"\[(?:\s|,|\#[^\n]*|{_STRING})*\]"


def with_seeds(text: str, slug: str, seeds: Sequence[str]) -> str:
    """A table of themes in which one has other seed words."""
    table = _read(text)
    for theme in table.get("theme", []):
        if theme.get("slug") == slug:
            theme["termes"] = list(seeds)
    blocks = re.split(r"(?m)^(?=\[\[theme\]\])", text)
    for place, block in enumerate(blocks):
        if re.search(rf'(?m)^slug\s*=\s*["\']{re.escape(slug)}["\']\s*(?:#.*)?$', block):
            line = f"termes = {_written(seeds)}"
            old = re.search(rf"(?m)^termes\s*=\s*{_LIST}", block)
            start, end = old.span() if old else (len(block.rstrip()), len(block.rstrip()))
            blocks[place] = block[:start] + ("" if old else "\n") + line + block[end:]
    return _checked("".join(blocks), table)


def with_acronym(text: str, short: str, long: str) -> str:
    """A lexicon with one more acronym, at the head of its section."""
    if not re.fullmatch(r"[\w.&-]{2,20}", short) or not long.strip():
        raise CorpusError("un sigle s’écrit sans espace, suivi de ce qu’il veut dire.")
    table = _read(text)
    if short in table.get("sigles", {}):
        raise CorpusError(f"« {short} » est déjà dans la liste : changez-le dans lexique.toml.")
    table.setdefault("sigles", {})[short] = long.strip()
    line = f"{_written(short)} = {_written(long.strip())}\n"
    head = re.search(r"(?m)^\[sigles\][^\n]*\n", text)
    if head is None:
        return _checked(f"{text.rstrip()}\n\n[sigles]\n{line}", table)
    return _checked(text[: head.end()] + line + text[head.end() :], table)


def with_golden(text: str, query: GoldenQuery) -> str:
    """A table of golden queries with one more, at its end."""
    if not query.text.strip() or not query.expected:
        raise CorpusError("choisissez au moins une citation attendue.")
    table = _read(text)
    entry: dict[str, str | int | list[str]] = {
        "texte": query.text,
        "rang": query.rank,
        "attendus": list(query.expected),
    }
    table.setdefault("requete", []).append(entry)
    lines = [f"{key} = {_written(value)}" for key, value in entry.items()]
    block = "\n".join(["[[requete]]", *lines])
    return _checked(f"{text.rstrip()}\n\n{block}\n".lstrip(), table)


def _written(value: str | int | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"[{', '.join(map(_written, value))}]"


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorpusError("ce fichier n’est pas lisible : voyez verbatheque check.") from error


def _checked(text: str, wanted: dict[str, Any]) -> str:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    if found != wanted:
        raise CorpusError("ce fichier est écrit d’une façon qui ne se change qu’à la main.")
    return text
