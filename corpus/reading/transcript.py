"""Reader of transcripts, WebVTT and SRT: who speaks in turn, word for word, and from which second.

Cues cut speech anywhere. The cues of one speaker in a row are joined again, then cut only where a
sentence ends, so that a quote is never half a sentence.
"""

import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import webvtt

from corpus.extraction.names import begins_with_name, is_name_like, without_style
from corpus.extraction.roles import is_role
from corpus.problems import CorpusError
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.plain_text import decoded
from corpus.typography import fold

LONG_TURN = 80  # words
_RUNAWAY = 240  # words: nobody says as many in one sentence, these captions have no full stops
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s([^<>]{1,200})>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|</?>|<\d[\d:.]*>|\{\\[^}]*\}")
_PREFIX = re.compile(r"(?:>>\s*|[-–—]\s+)?(?P<name>\S(?:[^:\n]{0,68}\S)?)\s*:(?=\s|$)\s*")
_BRACKETED = re.compile(r"(?:>>\s*|[-–—]\s*)?[\[(](?P<name>[^\[\]()\n]{3,60})[\])]\s*:?\s+(?=\S)")
_NEW_VOICE = re.compile(r"(?:>>|[-–—]\s)\s*(?=\S)")
_NOISE = re.compile(r"(?:\[[^\[\]]*\]|[\s♪♫.])*")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…]+[\s\u00a0\u202f]*[»”\")\]]*$")
_SHORT_FOR = re.compile(r"(?:^|[\s(«’'])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste|cf|p|art|n|[A-Z])\.$")
_TITLE = re.compile(r"WEBVTT[ \t]+[-–—][ \t]*(\S.{0,200})")
_NAME_WORDS = 6
_MAX_CUES = 50_000  # a day without a pause
_MAX_CUE = 20_000  # characters: a screen holds a hundred
_ANNOUNCERS = frozenset(["question", "reponse", "note", "exemple", "resultat", "conclusion"])
_SAID_AGAIN = 3  # words: a shorter line may well be said twice


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one cue by one speaker; `new` where the cue says that somebody else speaks."""

    text: str
    speaker: str
    start: int
    line: int
    new: bool


def page_from_vtt(data: bytes) -> Page:
    """Read WebVTT: voice tags and « NOM : » tell who speaks."""
    text = decoded(data).lstrip()
    if not text.startswith("WEBVTT"):
        raise CorpusError("ce fichier .vtt ne commence pas par « WEBVTT » : exportez-le à nouveau.")
    # The words after « WEBVTT - » are free: mostly a title, not always.
    title = _TITLE.match(text)
    return replace(_page(text, "vtt"), title=title[1] if title else "", is_title_weak=True)


def page_from_srt(data: bytes) -> Page:
    """Read SubRip: « NOM : » tells who speaks."""
    return _page(decoded(data).strip(), "srt")


def _page(text: str, kind: str) -> Page:
    # A control character would make webvtt and us count lines differently; a record has none.
    text = re.sub(r"\r\n?", "\n", text).replace("\t", " ")
    text = "".join(c if c == "\n" or c.isprintable() or c.isspace() else " " for c in text)
    if text.count("-->") > _MAX_CUES:
        raise CorpusError(f"ce fichier .{kind} a trop de répliques (plus de {_MAX_CUES}).")
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except webvtt.errors.MalformedFileError as error:
        raise CorpusError(
            f"ce fichier .{kind} n’est pas une transcription lisible : exportez-le à nouveau."
        ) from error
    if not captions:
        raise CorpusError(f"ce fichier .{kind} ne contient aucune réplique.")
    if any(len(caption.raw_text) > _MAX_CUE for caption in captions):
        raise CorpusError(f"ce fichier .{kind} a une réplique démesurée : exportez-le à nouveau.")
    return Page(tuple(_turns(_pieces(captions, text))))


def _pieces(captions: list[webvtt.Caption], text: str) -> Iterator[_Piece]:
    timed = [n for n, line in enumerate(text.split("\n"), 1) if "-->" in line]
    timed = timed if len(timed) == len(captions) else [1] * len(captions)
    names = _names_in_prefixes(captions)
    speaker, before = "", ""
    for caption, line in zip(captions, timed, strict=True):
        start = int(caption.start_time.in_seconds())
        lines = list(_lines(caption.raw_text))
        flashes = caption.end_time.in_milliseconds() - caption.start_time.in_milliseconds() <= 20
        is_dialogue = bool(lines and _NEW_VOICE.match(lines[0][0]))
        for at, (words, voice) in enumerate(lines):
            # Captions that roll up show the last line once more, above the new one.
            rolls = at == 0 and (len(lines) > 1 or flashes)
            if rolls and words == before and len(words.split()) >= _SAID_AGAIN:
                continue
            before, new = words, False
            prefix = _PREFIX.match(words)
            dash = _NEW_VOICE.match(words) if is_dialogue else None
            if voice is not None:
                new, speaker = voice != speaker, voice
            bracketed = _BRACKETED.match(words)
            if bracketed and _is_surely_somebody(bracketed["name"]):
                prefix = bracketed
                names |= {_key(bracketed["name"])}
            if prefix and _key(prefix["name"]) in names:
                new, speaker, words = True, _written(prefix["name"]), words[prefix.end() :]
            elif dash:
                words = words[dash.end() :]
                new, speaker = True, voice or ""
            if words or new:
                yield _Piece(words, speaker, start, line, new)


def _lines(raw: str) -> Iterator[tuple[str, str | None]]:
    """The lines of a cue without markup, and the voice where a tag names one."""
    parts = _VOICE.split(raw)
    spoken = [(None, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    for voice, words in spoken:
        name = _SPACES.sub(" ", html.unescape(voice)).strip(" :") if voice else None
        for line in words.split("\n"):
            clean = _SPACES.sub(_one_space, html.unescape(_MARKUP.sub("", line))).strip()
            if clean and not _NOISE.fullmatch(clean):
                yield clean, name


def _one_space(found: re.Match[str]) -> str:
    """Keep the spaces that French typography puts before its signs."""
    return found.group() if found.group() in "\u00a0\u202f" else " "


def _names_in_prefixes(captions: Iterable[webvtt.Caption]) -> frozenset[str]:
    """What stands before a colon and is somebody: a name, a role, or a word that comes back."""
    times: Counter[str] = Counter()
    sure: set[str] = set()
    for caption in captions:
        for line, _ in _lines(caption.raw_text):
            prefix = _PREFIX.match(line)
            if not prefix or len(prefix["name"].split()) > _NAME_WORDS + prefix["name"].count(","):
                continue
            name, key = prefix["name"], _key(prefix["name"])
            times[key] += 1
            if _is_surely_somebody(name):
                sure.add(key)
    often = {
        key
        for key, count in times.items()
        if count > 1 and is_name_like(key.split()) and fold(key) not in _ANNOUNCERS
    }
    return frozenset(sure | often)


def _is_surely_somebody(name: str) -> bool:
    words = name.split()
    in_capitals = name.isupper() and len(words) > 1 and all(w.isalpha() for w in name.split("-"))
    is_styled = without_style(name) != name and name[0].isupper()
    return (
        is_styled or begins_with_name(name) or in_capitals or (is_role(name) and name[0].isupper())
    )


def _key(name: str) -> str:
    return _SPACES.sub(" ", name)


def _written(name: str) -> str:
    """« LÉA MORIN » is written « Léa Morin »; anything else stays."""
    name = _SPACES.sub(" ", name)
    return name.title() if name.isupper() and len(name) > 3 else name


def _turns(pieces: Iterable[_Piece]) -> Iterator[Block]:
    turn: list[_Piece] = []
    for piece in pieces:
        if turn and (piece.new or piece.speaker != turn[-1].speaker):
            yield from _blocks(turn)
            turn = []
        turn.append(piece)
    yield from _blocks(turn)


def _blocks(turn: list[_Piece]) -> Iterator[Block]:
    """One block, or several cut at the ends of sentences when the turn is long."""
    words = [(word, piece) for piece in turn for word in piece.text.split(" ") if word]
    sentences = list(_sentences(words))
    gathered: list[tuple[str, _Piece]] = []
    for sentence in sentences:
        # A cut falls where the piece stays nearest to the length asked for.
        if gathered and len(gathered) + len(sentence) > LONG_TURN:
            yield _block(gathered)
            gathered = []
        gathered = [*gathered, *sentence]
    if gathered:
        yield _block(gathered)


def _sentences(words: list[tuple[str, _Piece]]) -> Iterator[list[tuple[str, _Piece]]]:
    sentence: list[tuple[str, _Piece]] = []
    for at, (word, piece) in enumerate(words):
        sentence.append((word, piece))
        following = words[at + 1] if at + 1 < len(words) else None
        lost = len(sentence) >= _RUNAWAY and following and following[1] is not piece
        if lost or _ends_sentence(word, following[0] if following else ""):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ends_sentence(word: str, following: str) -> bool:
    if not _SENTENCE_END.search(word) or _SHORT_FOR.search(word):
        return False
    # A closing mark or « ! » set apart belongs to this sentence; a small letter goes on with it.
    first = following.lstrip("«“\"'’([—–-\u00a0\u202f")[:1]
    return bool(first) and not first.islower() and first not in ".,;:!?»”…"


def _block(words: list[tuple[str, _Piece]]) -> Block:
    first = words[0][1]
    text = " ".join(word for word, _ in words)
    return Block(BlockKind.TURN, text, first.line, speaker=first.speaker, start=first.start)
