"""Finding each verbatim in what was said, though a recap polishes words and machines mishear.

Rare words tell where to look; letters tell how well it fits there; the order of the recap, where
it is that of the replay, chooses between places that fit alike. What stays open is said to be.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from corpus.moments.timing import TimedWord, words_of
from corpus.records import Verbatim
from corpus.typography import fold

_LOOKED_AT = 8  # places for each verbatim
_SHOWN = 3  # candidates told to the editor
_STEM = 5  # letters: « planté » and « planter » look for each other
_COMMON = 0.02  # share of the words: a word said more often tells no place
_APART = 8.0  # seconds: nearer candidates are one
_FITS = 62.0  # of 100: from there on a place may be sure…
_SHORT = 60.0  # …and more for fewer words: 60 divided by their number
_ALIKE = 4.0  # places that differ by less fit alike
_MARGIN = 7.0  # …and by so much better than the next one,
_RIVAL = 10.0  # or than one that fits too,
_RIVALS = 16.0  # or, where the order can tell, than any that does
_IN_ORDER = 0.9  # share of sure neighbours that follow each other
_OTHER_VOICE = 8.0  # lost where the subtitles name somebody else


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment, in seconds, and how well the words fit there (of 100)."""

    start: float
    score: float


@dataclass(frozen=True, slots=True)
class Moment:
    """When a verbatim was said: the best first; `is_sure` says whether it may be written."""

    verbatim: Verbatim
    candidates: tuple[Candidate, ...]
    is_sure: bool

    @property
    def start(self) -> int | None:
        """The second to write; none when nothing fits."""
        return int(self.candidates[0].start) if self.candidates else None


def moments_of(verbatims: Sequence[Verbatim], words: Sequence[TimedWord]) -> list[Moment]:
    """The moment of each verbatim, in the order given."""
    heard = _Heard(words)
    found = [(said, heard.candidates(said)) for said in verbatims]
    strict = [_judged(said, candidates, _RIVALS) for said, candidates in found]
    if _follows(strict):
        return _in_order(strict)
    return [_judged(said, candidates, _RIVAL) for said, candidates in found]


def _judged(said: Verbatim, candidates: Sequence[Candidate], rival: float) -> Moment:
    """The first of the places that fit alike; no doubt where none fits nearly as well."""
    best = candidates[0].score if candidates else 0.0
    second = candidates[1].score if len(candidates) > 1 else 0.0
    alike = [each for each in candidates if each.score > best - _ALIKE]
    others = candidates[len(alike) :]
    ordered = (*sorted(alike, key=lambda each: each.start), *others)
    margin = rival if second >= _least(said) else _MARGIN
    is_sure = best >= _least(said) and best - second >= margin
    return Moment(said, ordered[:_SHOWN], is_sure)


def _least(said: Verbatim) -> float:
    """How well a place must fit: few words fit in many."""
    return _FITS + _SHORT / max(1, len(words_of(said.text)))


class _Heard:
    """The words of a replay, looked up by their rare ones."""

    def __init__(self, words: Sequence[TimedWord]) -> None:
        self._words = words
        self._places: Mapping[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            self._places[word.text[:_STEM]].append(place)
        self._text = " ".join(word.text for word in words)
        self._offsets = [0]
        for word in words:
            self._offsets.append(self._offsets[-1] + len(word.text) + 1)

    def candidates(self, said: Verbatim) -> list[Candidate]:
        """The places where a verbatim may have been said, the best first."""
        wanted = words_of(said.text)
        if not wanted:
            return []
        speaker = fold(said.speaker.name) if said.speaker else ""
        likely = self._likely(wanted)
        found = [each for near in likely for each in self._fits(wanted, near, speaker)]
        return list(_distinct(sorted(found, key=lambda each: -each.score)))

    def _likely(self, wanted: Sequence[str]) -> list[int]:
        """Where its rare words meet."""
        step = max(4, len(wanted) // 2)
        met: dict[int, dict[str, float]] = defaultdict(dict)
        for word in set(wanted):
            places = self._places.get(word[:_STEM], ())
            if not places or len(places) > max(20, len(self._words) * _COMMON):
                continue
            weight = math.log(1 + len(self._words) / len(places))
            for place in places:
                for bucket in (place // step - 1, place // step, place // step + 1):
                    met[bucket][word] = weight
        ranked = sorted(met, key=lambda bucket: (-sum(met[bucket].values()), bucket))
        kept: list[int] = []
        for bucket in ranked:
            if all(abs(bucket - other) > 1 for other in kept):
                kept.append(bucket)
            if len(kept) == _LOOKED_AT:
                break
        return [bucket * step for bucket in kept]

    def _fits(self, wanted: Sequence[str], near: int, speaker: str) -> Iterator[Candidate]:
        """The best place around a word, and the best ones before and after it: a refrain."""
        count = len(wanted)
        first = max(0, near - 2 * count - 4)
        last = min(len(self._words), near + 3 * count + 8)
        text = " ".join(wanted)
        at, until, best = self._fit(text, first, last, speaker)
        yield best
        for start, end in ((first, at), (until, last)):
            if end - start >= max(2, count // 2):
                yield self._fit(text, start, end, speaker)[2]

    def _fit(self, text: str, first: int, last: int, speaker: str) -> tuple[int, int, Candidate]:
        """Where a text fits best between two words: the words that it takes, and how well."""
        start = self._offsets[first]
        window = self._text[start : self._offsets[last]]
        found = fuzz.partial_ratio_alignment(text, window.ljust(len(text) + 1))
        score, begin, end = (
            (found.score, found.dest_start, found.dest_end) if found else (0.0, 0, 0)
        )
        at = self._word_at(start + begin, first, last)
        word = self._words[at]
        if speaker and word.speaker and word.speaker != speaker:
            score -= _OTHER_VOICE
        return at, self._word_at(start + end, first, last), Candidate(word.start, score)

    def _word_at(self, offset: int, first: int, last: int) -> int:
        """The word that begins at an offset, or the first one after it."""
        while first < last - 1 and self._offsets[first] < offset:
            first += 1
        return first


def _distinct(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    kept: list[Candidate] = []
    for each in candidates:
        if all(abs(each.start - other.start) > _APART for other in kept):
            kept.append(each)
            yield each


def _follows(moments: Sequence[Moment]) -> bool:
    """Say whether the recap keeps the order of the replay, as the sure ones tell."""
    sure = [moment.candidates[0].start for moment in moments if moment.is_sure]
    pairs = list(pairwise(sure))
    return len(pairs) >= 3 and sum(a <= b for a, b in pairs) >= _IN_ORDER * len(pairs)


def _in_order(moments: Sequence[Moment]) -> list[Moment]:
    """Where several places fit alike, the one between the neighbours is the one."""
    starts = [moment.candidates[0].start if moment.is_sure else None for moment in moments]
    kept = _longest_rise(starts)
    settled: list[Moment] = []
    for place, moment in enumerate(moments):
        after = max((starts[p] or 0.0 for p in kept if p < place), default=0.0)
        before = min((starts[p] or 0.0 for p in kept if p > place), default=math.inf)
        settled.append(moment if moment.is_sure else _between(moment, after, before))
    return settled


def _between(moment: Moment, after: float, before: float) -> Moment:
    least = _least(moment.verbatim)
    inside = [each for each in moment.candidates if after <= each.start <= before]
    if not inside:
        return moment
    best, second = inside[0], max((each.score for each in inside[1:]), default=0.0)
    top = max(each.score for each in moment.candidates)
    if best.score < min(least, top - _MARGIN):
        return moment
    others = [each for each in moment.candidates if each is not best]
    is_sure = best.score >= least and best.score - second >= _MARGIN
    return replace(moment, candidates=(best, *others), is_sure=is_sure)


def _longest_rise(starts: Sequence[float | None]) -> set[int]:
    """The places of the longest series that only rises: what is beside it is out of order."""
    known = [(place, start) for place, start in enumerate(starts) if start is not None]
    best: list[tuple[int, int]] = []  # length of the series that ends here, the one before
    for at, (_, start) in enumerate(known):
        lengths = [(best[b][0], b) for b in range(at) if known[b][1] <= start]
        length, before = max(lengths, default=(0, -1))
        best.append((length + 1, before))
    kept: set[int] = set()
    at = max(range(len(best)), key=lambda each: best[each][0], default=-1)
    while at >= 0:
        kept.add(known[at][0])
        at = best[at][1]
    return kept
