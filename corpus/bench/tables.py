"""The lists of a site changed where they differ: comments and the order of a hand stay.

What is written is read again: a file that would then say anything else is refused, not repaired.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.lists import GoldenQuery
from corpus.problems import CorpusError

Value = str | int | bool | tuple[str, ...]

_STRING = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_LIST = rf"\[(?:\s|,|\#[^\n]*|{_STRING})*\]"


def with_values(text: str, section: str, values: Mapping[str, Value]) -> str:
    """A table with these values in a section (« »: the top); an empty one takes its line away."""
    wanted = _read(text)
    is_new = section not in ("", *wanted)
    entries = wanted.setdefault(section, {}) if section else wanted
    for key, value in values.items():
        entries.pop(key, None)
        if value not in ("", ()):
            entries[key] = _plain(value)
    if is_new and not entries:
        return text
    head, body, tail = _cut(text, section)
    for key, value in values.items():
        body = _with_line(body, key, value)
    return _checked(head + body + tail, wanted)


def _cut(text: str, section: str) -> tuple[str, str, str]:
    """What stands before a section (its header included), in it, and after."""
    ends = re.compile(r"(?m)^(?:#\s*)?\[")
    if not section:
        end = ends.search(text)
        at = end.start() if end else len(text)
        return "", text[:at], text[at:]
    header = re.search(rf"(?m)^(?:#\s*)?\[{re.escape(section)}\][^\n]*(?:\n|$)", text)
    if header is None:
        return (f"{text.rstrip()}\n\n[{section}]\n").lstrip(), "", ""
    end = ends.search(text, header.end())
    at = end.start() if end else len(text)
    head = text[: header.end()].removesuffix(header[0]) + header[0].lstrip("# ")
    return head if head.endswith("\n") else f"{head}\n", text[header.end() : at], text[at:]


def _with_line(body: str, key: str, value: Value) -> str:
    """A section where one key has a value: its line, else that of its example, else one more."""
    line = "" if value in ("", ()) else f"{_key(key)} = {_written(value)}"
    name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\")"
    if old := re.search(rf"(?m)^{name}[ \t]*=[ \t]*(?:{_LIST}|{_STRING}|[\w.+-]+)", body):
        end = old.end() if line else body.find("\n", old.end()) + 1 or len(body)
        return body[: old.start()] + line + body[end:]
    if not line:
        return body
    if example := re.search(rf"(?m)^#\s*{name}[ \t]*=[^\n]*$", body):
        return body[: example.start()] + line + body[example.end() :]
    filled = body.rstrip()
    return f"{filled}\n{line}\n{body[len(filled) :][1:]}" if filled else f"{line}\n{body}"


def with_theme(text: str, slug: str, values: Mapping[str, Value]) -> str:
    """A table of themes in which one has other values; a new one comes last."""
    table = _read(text)
    themes = table.setdefault("theme", [])
    own = [theme for theme in themes if theme.get("slug") == slug]
    if not own:
        themes.append({"slug": slug} | {key: _plain(value) for key, value in values.items()})
        lines = [f"{key} = {_written(value)}" for key, value in themes[-1].items()]
        block = "\n".join(["[[theme]]", *lines])
        return _checked(f"{text.rstrip()}\n\n{block}\n".lstrip(), table)
    own[0].update({key: _plain(value) for key, value in values.items()})
    blocks = _themes(text)
    for place, block in enumerate(blocks):
        if _is_theme(block, slug):
            for key, value in values.items():
                block = _with_line(block, key, value)
            blocks[place] = block
    return _checked("".join(blocks), table)


def without_theme(text: str, slug: str) -> str:
    """A table of themes without one."""
    table = _read(text)
    table["theme"] = [theme for theme in table.get("theme", []) if theme.get("slug") != slug]
    if not table["theme"]:
        del table["theme"]
    return _checked("".join(b for b in _themes(text) if not _is_theme(b, slug)), table)


def _themes(text: str) -> list[str]:
    return re.split(r"(?m)^(?=\[\[theme\]\])", text)


def _is_theme(block: str, slug: str) -> bool:
    return bool(re.search(rf'(?m)^slug\s*=\s*["\']{re.escape(slug)}["\']\s*(?:#.*)?$', block))


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _written(key)


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


def _written(value: Value | Sequence[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
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
