"""Transcripts: who speaks in turn, word for word, and from which second.

Captions cut speech anywhere, and pages tell the time of each turn in their own way; all become
pieces of one voice. Those in a row are joined again, then cut only where a sentence ends.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from corpus.extraction.boilerplate import is_furniture
from corpus.extraction.contacts import is_contact_line
from corpus.extraction.datelines import DATE
from corpus.extraction.marks import has_mark, numbering_of
from corpus.extraction.speech import ENDINGS
from corpus.problems import CorpusError, Problem
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.formats import Format
from corpus.reading.plain_text import decoded
from corpus.reading.voices import (
    Piece,
    Speech,
    is_machine_line,
    is_nobody,
    is_somebody,
    known_labels,
    opening_label,
    parts_of,
    turns_of_pieces,
    voice_of,
)
from corpus.typography import counted

_SPACES = re.compile(r"\s+")


_MAX_CUES = 50_000  # a day without a pause
_MAX_CUE = 20_000  # characters: a screen holds a hundred
_TIMING = re.compile(
    r"\s*(?P<from>(?:\d{1,3}:)?[0-5]?\d:[0-5]\d)[.,](?P<ms>\d{1,3})\s*-->"
    r"\s*(?P<to>(?:\d{1,3}:)?[0-5]?\d:[0-5]\d)[.,](?P<end>\d{1,3})"
)
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT|Kind:|Language:)(?:\s|$)")
_CUE_NAME = re.compile(r'\d+\s+"(?P<name>[^"]{1,100})"')
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s([^<>]{1,200})>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|</?>|<\d[\d:.]*>|\{\\[^}]*\}")
_TITLE = re.compile(r"WEBVTT[ \t]+[-–—][ \t]*(\S.{0,200})")
_FLASH = 0.02  # seconds: how long a caption that rolls up shows its last line alone


@dataclass(slots=True)
class _Cue:
    start: float
    end: float
    line: int
    name: str  # as Webex writes it above the times
    lines: list[str]


def page_from_vtt(data: bytes) -> Page:
    """Read WebVTT: voice tags, names of cues and « NOM : » tell who speaks."""
    text = decoded(data).lstrip()
    if not text.startswith("WEBVTT"):
        raise CorpusError("ce fichier .vtt ne commence pas par « WEBVTT » : exportez-le à nouveau.")
    # The words after « WEBVTT - » are free: mostly a title, not always.
    title = _TITLE.match(text)
    return replace(_page(text, "vtt"), title=title[1] if title else "", is_title_weak=True)


def page_from_srt(data: bytes) -> Page:
    """Read SubRip: « NOM : » tells who speaks."""
    return _page(decoded(data).strip(), "srt")


def captions_from(data: bytes, kind: Format) -> list[Piece]:
    """The words of subtitles as they are shown, each caption with its second."""
    vtt = kind is Format.VTT
    return _pieces(_read(decoded(data).strip(), "vtt" if vtt else "srt", []))


def _page(text: str, kind: str) -> Page:
    lost: list[int] = []
    cues = _read(text, kind, lost)
    return Page(tuple(turns_of_pieces(_pieces(cues))), doubts=_doubts_of(lost))


def _read(text: str, kind: str, lost: list[int]) -> list[_Cue]:
    if text.count("-->") > _MAX_CUES:
        raise CorpusError(f"ce fichier .{kind} a trop de répliques (plus de {_MAX_CUES}).")
    # A control character would not be shown; a record has none.
    text = re.sub(r"\r\n?", "\n", text).replace("\t", " ")
    text = text.translate({ord(c): " " for c in set(text) if not (c.isprintable() or c.isspace())})
    cues = list(_cues(text.split("\n"), lost))
    if not any(line.strip() for cue in cues for line in cue.lines):
        message = "n’est pas une transcription lisible" if lost else "ne contient aucune réplique"
        raise CorpusError(f"ce fichier .{kind} {message} : exportez-le à nouveau.")
    if any(sum(map(len, cue.lines)) > _MAX_CUE for cue in cues):
        raise CorpusError(f"ce fichier .{kind} a une réplique démesurée : exportez-le à nouveau.")
    return cues


def _doubts_of(lost: Sequence[int]) -> tuple[Problem, ...]:
    message = (
        f"{counted(len(lost), 'code temporel illisible', 'codes temporels illisibles')}"
        "\u00a0; vérifiez les répliques qui les suivent, ou exportez le fichier à nouveau."
    )
    return (Problem("transcription", message, lost[0]),) if lost else ()


def _cues(lines: Sequence[str], lost: list[int]) -> Iterator[_Cue]:
    """The cues of a file; the lines whose times cannot be read are `lost`, never their words."""
    cue: _Cue | None = None
    is_note = False
    for at, line in enumerate(lines):
        bare, above = line.strip(), lines[at - 1].strip() if at else ""
        if "-->" in line:
            if cue and cue.lines and above and cue.lines[-1] == lines[at - 1]:
                cue.lines.pop()  # the name or the number of this cue
            found, name = _TIMING.match(line), _CUE_NAME.match(above)
            if found is None:
                lost.append(at + 1)
                continue
            if cue:
                yield cue
            start = _clock_seconds(found["from"]) + int(found["ms"].ljust(3, "0")) / 1000
            end = _clock_seconds(found["to"]) + int(found["end"].ljust(3, "0")) / 1000
            cue, is_note = _Cue(start, end, at + 1, name["name"] if name else "", []), False
        elif not above:
            is_note = _NOTE.match(bare) is not None
        if cue and "-->" not in line and bare and not is_note:
            cue.lines.append(line)
    if cue:
        yield cue


def _clock_seconds(clock: str) -> int:
    hours, minutes, seconds = map(int, f"0:{clock}".split(":")[-3:])
    return (hours * 60 + minutes) * 60 + seconds


def _pieces(cues: Sequence[_Cue]) -> list[Piece]:
    spoken = [list(_lines(cue)) for cue in cues]
    rolling = any(cue.end - cue.start <= _FLASH for cue in cues)
    # Where most cues name their voice, one without a name is somebody else's.
    scoped = 2 * sum(any(voice for _, voice in cue) for cue in spoken) > len(cues)
    labelled = [] if scoped else [words for cue in spoken for words, _ in cue]
    speech = Speech(known_labels(labelled), is_cut_anywhere=True)
    before = voice_before = ""
    for cue, lines in zip(cues, spoken, strict=True):
        # A dash tells a voice at the head of a cue, and after a sentence.
        opens = True
        dashed = bool(lines) and lines[0][0].startswith(("-", "–", "—"))
        for at, (words, voice) in enumerate(lines):
            # Captions that roll up show the last line once more, above the new one.
            is_first = at == 0 and (len(lines) > 1 or rolling)
            if is_first and words == before and (rolling or len(words.split()) > 2):
                continue
            before = words
            voice = "" if voice is None and scoped else voice
            if voice is not None and voice != voice_before:
                speech.called(voice)
                voice_before = voice
            if not is_machine_line(words) or opening_label(words) in speech.known:
                parts = parts_of(words, speech.known, dashed=opens or dashed)
                speech.say(parts, int(cue.start), cue.line)
                opens = words.endswith(tuple(ENDINGS))
    return speech.pieces


def _lines(cue: _Cue) -> Iterator[tuple[str, str | None]]:
    """The lines of a cue without markup, and the voice where a tag or the cue names one."""
    parts = _VOICE.split("\n".join(cue.lines))
    spoken = [(cue.name or None, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    for voice, words in spoken:
        name = _SPACES.sub(" ", html.unescape(voice)).strip(" :") if voice else None
        for line in words.split("\n"):
            clean = _SPACES.sub(_one_space, html.unescape(_MARKUP.sub("", line))).strip()
            if clean:
                yield clean, name


def _one_space(found: re.Match[str]) -> str:
    """Keep the spaces that French typography puts before its signs."""
    return found.group() if found.group() in "\u00a0\u202f" else " "


_CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,:;]\d{1,3})?(?![\d:])(?:\s?[AP]M\b)?"
_SPELT = (
    r"(?<!\d)(?:(?:\d{1,2}\s?(?:heures?|hours?),?\s)?\d{1,3}\s?minutes?(?:(?:,|\set)?\s\d{1,2}"
    r"\s?secon(?:de|d)s?)?|\d{1,2}\s?secon(?:de|d)s?"
    r"|(?:\d{1,2}\s?h\s?)?\d{1,3}\s?(?:min|mn|m|['’′])\s?\d{2}(?:\s?s(?:ec)?\b|''|\"|″)?)"
)
_TIME = re.compile(
    rf"[\[(]?(?P<time>{_CLOCK}|{_SPELT})(?:\s?(?:{_SPELT}|{_CLOCK}))?"
    rf"(?:\s?(?:-->|[-–—→])\s?{_CLOCK})?[\])]?"
)
_NUMBER = re.compile(r"(\d+)\s?([hms'’′:]?)")
_BOXED_TIME = re.compile(rf"(?=[\[(]{_CLOCK}[\])])")
_LONGEST_NAME = 70  # characters
_MANY_TIMES = 5
_REACH = 120  # characters: a time code farther is part of the words
_AROUND = " \u00a0\u202f|,:–—-"
_INITIALS = re.compile(r"[A-ZÀ-Þ]{1,3}|\d{1,5}")
_A_CLOCK = 6 * 3600  # seconds: a later first turn is told by the clock on the wall
_SLOWEST = 0.25  # words a second: people speak at two or three, a list of chapters at 0.05


@dataclass(slots=True)
class _Line:
    """A line of a page as a transcript may have it: a time, a label, words; each may lack."""

    block: Block
    words: str
    start: int | None = None
    label: str = ""

    @property
    def is_time(self) -> bool:
        """Say whether nothing else stands in the line."""
        return self.start is not None and not self.words and not self.label

    def label_in(self, known: frozenset[str]) -> str:
        """Whose words begin here, if it is told."""
        opening = _SPACES.sub(" ", opening_label(self.words))
        return self.label or (opening if opening in known else "")

    @property
    def is_numbered(self) -> bool:
        """Say whether a tool gave the voice a number: « SPEAKER_00 »."""
        label = opening_label(self.words)
        return label[-1:].isdigit() and is_nobody(label)


def with_turns(page: Page) -> Page:
    """Read the turns of a page that is a transcript; tell when it looks like one and is none."""
    lines: list[_Line] = []
    for line in chain.from_iterable(map(_lines_of, page.blocks)):
        # The same time may be told twice, in figures and in words.
        is_echo = line.is_time and bool(lines) and lines[-1].is_time
        if not (is_echo and lines[-1].start == line.start):
            lines.append(line)
    is_told = any(line.start is not None or line.is_numbered for line in lines)
    known = _name_voices(lines) if is_told else frozenset()
    first = _first_turn(lines, known) if is_told else None
    if first is None:
        return replace(page, doubts=(*page.doubts, *_unread(lines)))
    speech, others = _spoken(lines[first:], known)
    pieces, doubts = _from_the_beginning(speech.pieces)
    above = dict.fromkeys(line.block for line in lines[:first])
    kept = [block for block in (*above, *others) if not is_machine_line(block.text)]
    blocks = (*kept, *turns_of_pieces(pieces))
    return replace(page, blocks=blocks, doubts=(*page.doubts, *doubts))


def _lines_of(block: Block) -> Iterator[_Line]:
    text = "" if block.kind is BlockKind.TURN else block.text
    if block.kind is BlockKind.TABLE_ROW and len(cells := text.split(", ", 2)) == 3:
        text = f"{cells[0]} {cells[1]} : {cells[2]}"
    for piece in _BOXED_TIME.split(text) if text[:1] in "[(" else [text]:
        if piece.strip():
            yield _line_of(block, piece.strip())


def _line_of(block: Block, text: str) -> _Line:
    found = _TIME.search(text, 0, _REACH)
    if found is None:
        return _Line(block, text)
    before = text[: found.start()].strip(_AROUND)
    before = before[1:-1] if before[:1] + before[-1:] == "[]" else before
    rest = text[found.end() :]
    after = rest.lstrip(_AROUND)
    if text[0] == "[" and text[found.end() - 1] != "]":  # « [00:12 - Léa Morin] : »
        after = after.replace("]", "", 1)
    # « 5 secondes plus tard » is no time code: the figures alone are.
    is_apart = rest.lstrip()[:1] in _AROUND
    is_said = ":" not in found["time"] and not before and not is_apart
    # A message has a date before its time.
    may_name = (before[:1].isupper() or is_nobody(before)) and not DATE.search(before)
    if is_said or len(before) > _LONGEST_NAME or (before and not may_name):
        return _Line(block, text)
    return _Line(block, after, _seconds(found["time"]), before)


def _seconds(time: str) -> int:
    if ":" in time:
        return _clock_seconds(":".join(re.findall(r"\d+", re.split(r"[.,]", time)[0])[:3]))
    *numbers, (last, unit) = _NUMBER.findall(time)
    sizes = {"h": 3600, "s": 1, "": 1}
    return sum(int(number) * sizes.get(sign, 60) for number, sign in [*numbers, (last, unit)])


def _name_voices(lines: list[_Line]) -> frozenset[str]:
    """The labels of a page; what stands before a time and is none goes back to the words."""
    alone = [line for at, line in enumerate(lines) if _may_stand_alone(lines, at)]
    more = [*(line.label for line in lines if line.label), *(line.words for line in alone)]
    timed = [line.words for line in lines if line.start is not None and line.words]
    # A chat is dense though the page that holds it is not.
    known = known_labels([line.words for line in lines], more) | known_labels(timed)
    for line in lines:
        if line.label and _SPACES.sub(" ", line.label) not in known:
            line.start, line.label, line.words = None, "", line.block.text
    for line in alone:
        if _SPACES.sub(" ", line.words) in known:
            line.label, line.words = line.words, ""
    for above, line in pairwise(lines):
        if above.is_time and line.start is None and line.label_in(known):
            line.start = above.start
        elif line.is_time and above.label and not above.words and above.start is None:
            above.start = line.start
    return known


def _may_stand_alone(lines: Sequence[_Line], at: int) -> bool:
    """Say whether a line may be the name over a time, or beside or under one and over words."""
    line, above = lines[at], lines[at - 1] if at else None
    below = lines[at + 1] if at + 1 < len(lines) else None
    is_short = 0 < len(line.words) <= _LONGEST_NAME and not line.words.endswith(tuple(ENDINGS))
    if below is None or not is_short or line.label:
        return False
    if line.start is not None or (above is not None and above.is_time):
        return below.start is None and is_somebody(line.words)
    return below.is_time


def _first_turn(lines: Sequence[_Line], known: frozenset[str]) -> int | None:
    """Where the transcript begins; None for a page that is none."""
    voiced = [at for at, line in enumerate(lines) if line.label_in(known)]
    timed = [at for at in voiced if lines[at].start is not None]
    said = [" ".join(line.words for line in lines[at : at + 3]) for at in voiced]
    # In a programme people are announced once, and nobody says a sentence.
    recurs = len({voice_of(lines[at].label_in(known)) for at in voiced}) < len(voiced)
    says = 2 * sum(any(sign in words for sign in ENDINGS) for words in said) >= len(voiced)
    if len(voiced) > 1 and timed and (recurs or says):
        first = timed[0]
        while first and lines[first - 1].start is not None and not lines[first - 1].label:
            first -= 1
        return first
    numbered = [at for at in voiced if lines[at].is_numbered]
    return numbered[0] if len(numbered) > 1 else _first_nameless(lines)


def _first_nameless(lines: Sequence[_Line]) -> int | None:
    """Where words under time codes begin, if they run as fast as speech."""
    told = [line for line in lines if not is_machine_line(line.words) or line.is_time]
    timed = [(at, line.start) for at, line in enumerate(told) if line.start is not None]
    starts = [start for _, start in timed]
    if len(timed) < 3 or starts != sorted(starts):
        return None
    spans = [
        (sum(len(line.words.split()) for line in told[at:end]) / max(1, until - start))
        for (at, start), (end, until) in pairwise(timed)
    ]
    between = told[timed[0][0] : timed[-1][0]]
    speed = sorted(spans)[len(spans) // 2]
    is_programme = speed < 1 and all(start % 5 == 0 for start in starts)
    is_article = 3 * sum(has_mark(line.words) for line in between) > len(timed) or any(
        line.block.kind is BlockKind.HEADING for line in between
    )
    is_speech = speed >= _SLOWEST and len(timed) * 3 >= len(between)
    return lines.index(between[0]) if is_speech and not is_programme and not is_article else None


def _unread(lines: Sequence[_Line]) -> Iterator[Problem]:
    timed = [
        (line.block.line, _seconds(found["time"]))
        for line in lines
        if (found := _TIME.search(line.block.text, 0, _REACH))
    ]
    is_programme = all(start % 5 == 0 for _, start in timed)
    if len(timed) >= _MANY_TIMES and len(timed) * 2 >= len(lines) and not is_programme:
        message = (
            f"cette page a l’air d’une transcription ({len(timed)} lignes portent un code "
            "temporel), mais ses prises de parole n’ont pas été lues\u00a0; exportez-la en .vtt ou "
            "en .srt, ou écrivez « [00:12:30] Prénom Nom\u00a0: … » au début de chacune."
        )
        yield Problem("transcription", message, timed[0][0])


def _spoken(lines: Sequence[_Line], known: frozenset[str]) -> tuple[Speech, list[Block]]:
    """The pieces of a transcript, and the blocks that are no part of it: below a heading."""
    speech, others, moment, is_open = Speech(known, is_cut_anywhere=False), [], None, False
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if line.start is not None or line.label_in(known):
            moment, is_open = line.start if line.start is not None else moment, True
        elif line.block.kind is BlockKind.HEADING or _is_capital(line.words):
            is_open = False
        if line.label:
            speech.called(line.label)
        if not is_open:
            others.append(line.block)
        elif line.words and not _is_nobodys(line, below, known):
            speech.say(parts_of(line.words, known), moment, line.block.line)
    return speech, others


def _is_capital(words: str) -> bool:
    """Say whether a line is a numbered heading in capitals: « 3) LA RÉPONSE À FANNY »."""
    return words.isupper() and numbering_of(words) is not None


def _is_nobodys(line: _Line, below: _Line | None, known: frozenset[str]) -> bool:
    """Say whether a line is written by a tool or by the site: initials over a name, numbers."""
    if _INITIALS.fullmatch(line.words):
        return line.words.isdigit() or bool(below and below.label)
    is_site = is_furniture(line.words) or is_contact_line(line.words)
    return not line.label_in(known) and (is_site or is_machine_line(line.words))


def _from_the_beginning(pieces: list[Piece]) -> tuple[list[Piece], tuple[Problem, ...]]:
    """Count the moments from the first turn where they are those of the clock on the wall."""
    first = next((piece.start for piece in pieces if piece.start is not None), 0)
    if first < _A_CLOCK:
        return pieces, ()
    message = (
        "les heures de cette transcription sont celles de l’horloge\u00a0: les moments sont "
        "comptés depuis la première prise de parole\u00a0; vérifiez-les sur l’enregistrement."
    )
    since = [replace(p, start=p.start and max(0, p.start - first)) for p in pieces]
    return since, (Problem("debut", message, pieces[0].line),)
