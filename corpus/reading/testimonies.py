"""Testimonies that a page keeps among its fields, above its words, each with its name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.reading.blocks import Block, BlockKind
from corpus.typography import fold

_LISTS = re.compile(r"testimon|temoign|citation|quote|verbatim|paroles")
_NAMES = ("name", "nom", "author", "auteur", "autrice", "qui", "speaker")
_ROLES = ("designation", "role", "fonction", "position", "job", "titre", "title", "statut")
_WORDS = (
    "content", "quote", "text", "texte", "citation", "message", "temoignage", "testimonial",
    "verbatim", "description", "body",
)  # fmt: skip
_FEWEST = 3  # words
_DEEPEST = 3  # fields within fields


def spoken_in(fields: Mapping[str, Any], depth: int = 0) -> Iterator[Block]:
    """The turns that lists of testimonies make; the fields are at the head of the page."""
    for key, value in fields.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            is_list = _LISTS.search(fold(str(key)))
            named = {f"{key} {inner}" if is_list else inner: v for inner, v in value.items()}
            yield from spoken_in(named, depth + 1)
        elif isinstance(value, list) and _LISTS.search(fold(str(key))):
            yield from (turn for one in value if (turn := _turn(one)))


def _turn(entry: object) -> Block | None:
    if not isinstance(entry, dict):
        return None
    told = {fold(str(key)): value for key, value in entry.items()}
    name, role, words = (_first(told, keys) for keys in (_NAMES, _ROLES, _WORDS))
    if not name or len(words.split()) < _FEWEST:
        return None
    speaker = f"{name} ({role})" if role else name
    return Block(BlockKind.TURN, words, line=1, speaker=speaker)


def _first(told: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    found = (told[key] for key in keys if isinstance(told.get(key), str) and told[key].strip())
    return " ".join(next(found, "").split())
