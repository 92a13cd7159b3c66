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

from corpus.reading.blocks import Page
from corpus.reading.declared import declared_videos, replay_among, watch_address, without_tracking
from corpus.reading.html import (
    drop_furniture,
    drop_unsaid,
    tag_emphasis,
    tree_from,
    without_shortcodes,
)
from corpus.reading.markup import blocks_of
from corpus.reading.plain_text import decoded
from corpus.reading.testimonies import spoken_in
from corpus.typography import fold

_LINE_END = re.compile(r"\r\n?")
_YAML = re.compile(r"---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_PLAIN_KEYS = re.compile(r"(?:[A-Za-z][\w-]{1,20}:[ \t]*\S[^\n]*\n){2,30}(?=[ \t]*\n)")
_TITLES = ("title", "titre", "name")
_URLS = ("url", "source", "canonical", "canonical_url", "canonicalurl", "permalink", "link")
_REPLAYS = ("replay", "replay_url", "video", "video_url", "youtube", "vimeo", "enregistrement")
_HELD = (
    "date_webinaire",
    "date_event",
    "tenu_le",
    "held_on",
    "event_date",
    "date_evenement",
    "eventdate",
)
_PUBLISHED = (
    "publie",
    "publie_le",
    "date",
    "published",
    "published_on",
    "publishdate",
    "pubdate",
    "created",
)
_SUMMARIES = ("description", "summary", "resume", "excerpt", "chapo", "subtitle", "soustitre")
_PEOPLE = (
    "people",
    "speaker",
    "speakers",
    "guest",
    "guests",
    "invite",
    "invites",
    "invitee",
    "invitees",
    "intervenant",
    "intervenants",
    "intervenante",
    "intervenantes",
    "interviewe",
    "interviewee",
)
# Marks that the grammar left as signs because a space stands where none may.
_LEFT_OVER = re.compile(r"\*{2,}|(?<!\w)_+|_+(?!\w)")
_NOTE_CALL = re.compile(r"\[\^[^\]\s]{1,30}\](?!:)")
_NOTE = re.compile(r"^\[\^[^\]\s]{1,30}\]:[^\n]*(?:\n[ \t]+\S[^\n]*)*", re.M)
_INNER_NOTE = re.compile(r"\^\[[^\[\]\n]{1,500}\]")
_ATTRIBUTES = re.compile(
    r"\{:[^{}\n]{1,200}\}|(?<=\S)[ \t]*\{[#.][\w-][^{}\n]{0,200}\}[ \t]*$", re.M
)

# « [SPEAKER_00]: Oui » names who speaks; the grammar takes it for the address of a link.
_VOICE = re.compile(r"^\[(?=[^\]\n]{1,60}\]:[ \t]+(?![<#./]|\S*[./:]\S)\S)", re.M)


def page_from_markdown(data: bytes) -> Page:
    """Read a page; words are kept exactly, marks of emphasis and the targets of links go."""
    text = _LINE_END.sub("\n", decoded(data)).replace("\0", "")
    fields, start = _front_matter(text)
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(
        ["table", "strikethrough"]
    )
    for name in ("html_block", "softbreak", "hardbreak"):
        markdown.add_render_rule(name, _RULES[name])
    skipped = text.count("\n", 0, start)
    tokens = markdown.parse(_blanked(text[start:]))
    _number(tokens, skipped)
    made = markdown.renderer.render(tokens, markdown.options, {})
    document = tree_from(f"<html><body>{made}</body></html>")
    drop_unsaid(document)
    drop_furniture(document)
    tag_emphasis(document)
    signed = _url(fields, _REPLAYS)
    replay_url, problems = replay_among(declared_videos(document))
    return Page(
        (*spoken_in(fields), *blocks_of(document)),
        title=_text(fields, _TITLES),
        url=without_tracking(_url(fields, _URLS)),
        replay_url=watch_address(signed) if signed else replay_url,
        held_on=_day(fields, _HELD),
        published_on=_day(fields, _PUBLISHED),
        is_signed=True,
        summary=_text(fields, _SUMMARIES),
        people=_names(fields),
        problems=() if signed else problems,
    )


def _names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The people whom the page declares to speak, in a list or between commas."""
    declared = next((fields[key] for key in _PEOPLE if fields.get(key)), ())
    listed = re.split(r",|;| et | & ", declared) if isinstance(declared, str) else declared
    names = listed if isinstance(listed, list) else ()
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())


def _blanked(text: str) -> str:
    """Leave out comments, notes and the calls of a site's tool, not the lines they stand on."""
    text = without_shortcodes(_without_comments(text))
    for pattern in (_NOTE, _INNER_NOTE, _ATTRIBUTES):
        text = pattern.sub(lambda found: "\n" * found.group().count("\n"), text)
    return _VOICE.sub(r"\\[", text)


def _without_comments(text: str) -> str:
    """A comment may hold anything, a line mark of ours included: it goes first."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len("-->")
    return "".join([*kept, text[at:]])


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
        # A tab at the end of a line is an error for YAML alone.
        fields = load(re.sub(r"(?m)[ \t]+$", "", head))
    except (broken, ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    # Some generators keep what is the author's own one level down.
    inner = [fields[name] for name in ("params", "extra") if isinstance(fields.get(name), dict)]
    pairs = [pair for group in (*inner, fields) for pair in group.items()]
    return {fold(str(key)): value for key, value in pairs}


def _text(fields: Mapping[str, Any], names: Sequence[str]) -> str:
    found = (fields[name] for name in names if isinstance(fields.get(name), str))
    return " ".join(next(found, "").split())


def _url(fields: Mapping[str, Any], names: Sequence[str]) -> str:
    found = (str(fields[name]).strip() for name in names if isinstance(fields.get(name), str))
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
                child.content = _LEFT_OVER.sub("", _NOTE_CALL.sub("", child.content))


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
