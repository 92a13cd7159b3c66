"""Subtitles, or a transcript with times, as words each with its second."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.problems import CorpusError
from corpus.reading.blocks import BlockKind
from corpus.reading.formats import Format
from corpus.reading.source import bytes_of_file, read_source
from corpus.reading.transcript import captions_from
from corpus.typography import fold

_WORD = re.compile(r"\w+")
_PACE = 0.4  # seconds a word, where nothing else tells
_SLOWEST = 1.5  # seconds a word: a longer time to the next words is a pause


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words said from a second on; `speaker` where it is told."""

    start: float
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word, folded, and when it was said."""

    text: str
    start: float
    speaker: str


def words_of(text: str) -> list[str]:
    """The words of a text, without accents, capitals or signs."""
    return _WORD.findall(fold(text))


def stretches_from(path: Path) -> list[Stretch]:
    """Read a file; raise `CorpusError` when it tells no times."""
    data, kind = bytes_of_file(path)
    if kind in {Format.VTT, Format.SRT}:
        captions = captions_from(data, kind)
        found = [Stretch(p.start or 0, p.text, p.speaker) for p in captions]
    else:
        found = [
            Stretch(block.start, block.text, block.speaker)
            for block in read_source(path).page.blocks
            if block.kind is BlockKind.TURN and block.start is not None
        ]
    if not found:
        raise CorpusError(
            f"« {path.name} » ne dit pas à quel moment on parle : donnez des sous-titres "
            "(.vtt, .srt) ou une transcription avec ses codes temporels."
        )
    return found


def timed_words(stretches: Sequence[Stretch]) -> list[TimedWord]:
    """Each word at its share of the time until the next ones are said."""
    return [word for each in _paired(stretches) for word in _timed(*each)]


def _paired(stretches: Sequence[Stretch]) -> Iterable[tuple[Stretch, float | None]]:
    ends = [stretch.start for stretch in stretches[1:]]
    return zip(stretches, [*ends, None], strict=True)


def _timed(stretch: Stretch, end: float | None) -> Iterator[TimedWord]:
    words = words_of(stretch.text)
    length = sum(map(len, words)) or 1
    lasts = end - stretch.start if end is not None else 0.0
    if not 0 < lasts <= len(words) * _SLOWEST:
        lasts = len(words) * _PACE
    before = 0
    for word in words:
        yield TimedWord(word, stretch.start + lasts * before / length, fold(stretch.speaker))
        before += len(word)
