"""The verbatims of a page, each with who said it and how surely.

Whether words were said is asked twice: first of each candidate alone, then again with what the
first answers say of its peers, for a page that sets its words apart in some way mostly does so
again (stacking, Wolpert 1992). Whose they are is asked once: peers tell nothing of that on pages
that nobody has seen.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.evidence import Evidence
from corpus.extraction.model import Model, Signs
from corpus.extraction.voices import NOBODY

# Half the F1 that one hopes for makes most of it (Lipton 2014); what stands below a question is a
# whole page at once, and no answer as often as one.
_SAID = 0.43
_ANSWERED = 0.48
_OTHERS = 3
_NAMELESS = 0.7  # an editor prefers a name in doubt to none
_GUESSED = 0.2  # a name less likely than this is not given, even in doubt
_TIED = 0.8  # of the share of the likeliest: neither of two namesakes is told
_LIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Said:
    """Words where they stand; `speaker` is "" for nobody, `others` are who else may be meant."""

    candidate: Candidate
    text: str
    speaker: str
    confidence: float
    others: tuple[str, ...]


def verbatims_of(evidence: Evidence, model: Model) -> list[Said]:
    """Choose among the candidates of a page what was said, then tell whose it is, in order."""
    found: list[Said] = []
    for candidate in _chosen(evidence, model):
        before = found[-1] if found else None
        voices = (
            evidence.voices.of(candidate, before.candidate, before.speaker, before.confidence)
            if before
            else evidence.voices.alone(candidate)
        )
        shares = model.shares_of(voices)
        speaker = _chosen_speaker(shares, {n for n, signs in voices.items() if _is_shared(signs)})
        confidence = shares[speaker]
        if before and speaker == before.speaker and not voices[speaker].get("linked"):
            # A name carried on is no surer than where it comes from.
            confidence = min(confidence, before.confidence)
        likely = sorted(shares, key=lambda name: -shares[name])
        others = [n for n in likely if n not in {speaker, NOBODY} and shares[n] > _LIKELY]
        text = evidence.voices.page.without_incises(candidate).words(evidence.voices.page.body)
        found.append(Said(candidate, text, speaker, confidence, tuple(others[:_OTHERS])))
    return found


def _chosen_speaker(shares: dict[str, float], namesakes: set[str]) -> str:
    """The likeliest; nobody where that is a mere guess, or a name that means others as well."""
    speaker = max(shares, key=lambda name: shares[name] * (1 if name else _NAMELESS))
    rivals = [shares[name] for name in namesakes - {speaker}] if speaker in namesakes else []
    is_tied = max(rivals, default=0.0) > _TIED * shares[speaker]
    return NOBODY if speaker and (is_tied or shares[speaker] < _GUESSED) else speaker


def _is_shared(signs: Signs) -> bool:
    return any(name.endswith(" of several") for name in signs)


def _chosen(evidence: Evidence, model: Model) -> list[Candidate]:
    """The likeliest first, and none that shares words with a likelier one."""
    candidates = evidence.voices.page.candidates
    signs = [evidence.signs(c) for c in candidates]
    odds = [model.odds_of(each) for each in signs]
    again = speech_again(candidates, [evidence.shape(c) for c in candidates], odds)
    chances = [model.speech_again(each) for each in again]
    whole: dict[tuple[Kind, int], float] = defaultdict(float)
    for chance, candidate in zip(chances, candidates, strict=True):
        whole[candidate.kind, candidate.opening] += chance
    kept: list[Candidate] = []
    for _, candidate in sorted(zip(chances, candidates, strict=True), key=lambda p: -p[0]):
        at = bisect_left(kept, candidate.opening, key=lambda c: c.opening)
        beside = kept[max(0, at - 1) : at + 1]
        # Two ways to read one turn: whether it was said, then how far it goes.
        least = _ANSWERED if candidate.kind is Kind.SECTION else _SAID
        is_said = whole[candidate.kind, candidate.opening] >= least
        if is_said and not any(candidate.overlaps(other) for other in beside):
            kept.insert(at, candidate)
    return kept


def speech_again(
    candidates: Sequence[Candidate], shapes: Sequence[Hashable], odds: Sequence[float]
) -> Iterator[Signs]:
    """The first answer for each candidate, and those for its peers: all, and those linked alike."""
    sums = _Sums()
    for candidate, shape, own in zip(candidates, shapes, odds, strict=True):
        sums.add((candidate.kind,), own)
        sums.add((candidate.kind, shape), own)
        # Two ways to read one turn are no peers of each other.
        sums.add((candidate.kind, candidate.opening), own)
        sums.add((candidate.kind, candidate.opening, shape), own)
    for candidate, shape, own in zip(candidates, shapes, odds, strict=True):
        kind_, place = candidate.kind, candidate.opening
        peers, count = sums.without((kind_,), (kind_, place))
        alike, some = sums.without((kind_, shape), (kind_, place, shape))
        kind = candidate.kind.value
        yield {
            f"{kind}": 1.0,
            f"{kind} peers": peers,
            f"{kind} alike": alike,
            f"{kind} count": math.log1p(count),
            f"{kind} mass": math.tanh(peers * count / 5),
            f"{kind} mass alike": math.tanh(alike * some / 5),
            "own": own,
            "peers": peers,
            "alike": alike,
        }


class _Sums:
    """Sums and counts of numbers under keys."""

    def __init__(self) -> None:
        self._sums: dict[Hashable, float] = defaultdict(float)
        self._counts: dict[Hashable, int] = defaultdict(int)

    def add(self, key: Hashable, value: float) -> None:
        self._sums[key] += value
        self._counts[key] += 1

    def without(self, key: Hashable, part: Hashable) -> tuple[float, int]:
        """The mean of what is under a key and not under its part, and how many that is."""
        count = self._counts[key] - self._counts[part]
        return ((self._sums[key] - self._sums[part]) / count if count else 0.0), count
