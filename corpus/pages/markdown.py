"""Reader of Markdown: its front matter, and the page it makes."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from corpus.pages.blocks import Page
from corpus.pages.html import tree_from
from corpus.pages.markup import blocks_of
from corpus.pages.plain_text import decoded

_LINE_END = re.compile(r"\r\n?")
_YAML = re.compile(r"---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_PLAIN_KEYS = re.compile(r"(?:[A-Za-z][\w-]{1,20}:[ \t]*\S[^\n]*\n){2,30}(?=[ \t]*\n)")
_TITLES = ("title", "titre", "name")
_URLS = ("url", "source", "canonical", "canonical_url", "permalink", "link")
_HELD = ("held_on", "event_date", "date_evenement", "eventdate")
_PUBLISHED = ("date", "published", "published_on", "publishdate", "pubdate", "created")
# Marks that the grammar left as signs because a space stands where none may.
_LEFT_OVER = re.compile(r"\*{2,}|(?<!\w)_+|_+(?!\w)")


def page_from_markdown(data: bytes) -> Page:
    """Read a page; words are kept exactly, marks of emphasis and the targets of links go."""
    text = _LINE_END.sub("\n", decoded(data)).replace("\0", "")
    fields, start = _front_matter(text)
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable("table")
    for name in ("html_block", "softbreak", "hardbreak"):
        markdown.add_render_rule(name, _RULES[name])
    skipped = text.count("\n", 0, start)
    tokens = markdown.parse(text[start:])
    _number(tokens, skipped)
    made = markdown.renderer.render(tokens, markdown.options, {})
    blocks = blocks_of(tree_from(f"<html><body>{made}</body></html>")) if made.strip() else ()
    return Page(
        blocks,
        _text(fields, _TITLES),
        _url(fields),
        _day(fields, _HELD),
        _day(fields, _PUBLISHED),
    )


def _front_matter(text: str) -> tuple[Mapping[str, Any], int]:
    """What the page declares on its first lines, and where its words begin."""
    found = _YAML.match(text)
    if found:
        return _fields(found["head"], yaml.safe_load, yaml.YAMLError), found.end()
    found = _TOML.match(text)
    if found:
        return _fields(found["head"], tomllib.loads, tomllib.TOMLDecodeError), found.end()
    found = _PLAIN_KEYS.match(text)
    if found:
        pairs = (line.split(":", 1) for line in found.group().splitlines())
        return {key.strip().lower(): value.strip() for key, value in pairs}, found.end()
    return {}, 0


def _fields(head: str, load: Any, broken: type[Exception]) -> Mapping[str, Any]:
    # An alias in front matter is never needed, and a nest of them is a bomb.
    if load is yaml.safe_load and re.search(r"(?m)[:\-\s]\*\w", head) and "&" in head:
        return {}
    try:
        fields = load(head)
    except (broken, ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {str(key).lower(): value for key, value in fields.items()}


def _text(fields: Mapping[str, Any], names: Sequence[str]) -> str:
    found = (fields[name] for name in names if isinstance(fields.get(name), str))
    return " ".join(next(found, "").split())


def _url(fields: Mapping[str, Any]) -> str:
    found = (str(fields[name]).strip() for name in _URLS if isinstance(fields.get(name), str))
    return next((url for url in found if re.match(r"https?://\S+$", url)), "")


def _day(fields: Mapping[str, Any], names: Sequence[str]) -> date | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", value) if isinstance(value, str) else None
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def _number(tokens: Sequence[Token], skipped: int) -> None:
    """Note on each token the line of the file that it begins on."""
    for token in tokens:
        first = token.map[0] + skipped + 1 if token.map else 0
        if token.map and token.nesting >= 0 and token.type != "inline":
            token.attrSet("data-line", str(first))
        line = first
        for child in token.children or ():
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
                child.meta["line"] = line
            elif child.type == "text":
                child.content = _LEFT_OVER.sub("", child.content)


def _html_block(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    first = int(tokens[at].attrGet("data-line") or 0)
    lines = tokens[at].content.split("\n")
    # A mark may stand between lines, never inside a tag that runs over two of them.
    made, is_open = [], False
    for number, line in enumerate(lines, start=first):
        made.append(line if is_open else f"<!--line:{number}-->{line}")
        is_open = is_open != (line.count("<") != line.count(">"))
    return "\n".join(made)


def _softbreak(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return f"\n<!--line:{tokens[at].meta['line']}-->"


def _hardbreak(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<br><!--line:{tokens[at].meta['line']}-->"


_RULES = {"html_block": _html_block, "softbreak": _softbreak, "hardbreak": _hardbreak}
