"""The verbatims of a page, each with who said it and how surely."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.evidence import Evidence
from corpus.extraction.model import Model, Signs
from corpus.extraction.voices import NOBODY

_SAID = 0.45  # half the F1 that one hopes for makes most of it (Lipton 2014)
_OTHERS = 3
_NAMELESS = 0.7  # an editor prefers a name in doubt to none
_GUESSED = 0.2  # a name less likely than this is not given, even in doubt
_TIED = 0.8  # of the share of the likeliest: neither of two namesakes is told
_LIKELY = 0.05
_WAYS = frozenset(["asker", "question"])  # besides the kind: who asks is no peer of who answers
Way = tuple[Kind, frozenset[str]]


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
    ways = [(c.kind, frozenset(_WAYS & s.keys())) for c, s in zip(candidates, signs, strict=True)]
    chances = _chances(ways, [model.odds_of(s) for s in signs])
    whole: dict[tuple[Kind, int], float] = defaultdict(float)
    for chance, candidate in zip(chances, candidates, strict=True):
        whole[candidate.kind, candidate.opening] += chance
    kept: list[Candidate] = []
    for _, candidate in sorted(zip(chances, candidates, strict=True), key=lambda p: -p[0]):
        at = bisect_left(kept, candidate.opening, key=lambda c: c.opening)
        beside = kept[max(0, at - 1) : at + 1]
        # Two ways to read one turn: whether it was said, then how far it goes.
        is_said = whole[candidate.kind, candidate.opening] >= _SAID
        if is_said and not any(candidate.overlaps(other) for other in beside):
            kept.insert(at, candidate)
    return kept


def _chances(ways: Sequence[Way], odds: Sequence[float]) -> list[float]:
    """How likely each was said, by its own odds and by those of the others of its kind.

    A page sets words apart in one way: each of the others adds its share of a vote.
    """
    votes = [math.tanh(own / 2) for own in odds]
    count = Counter(ways)
    total: dict[Way, float] = defaultdict(float)
    for way, vote in zip(ways, votes, strict=True):
        total[way] += vote
    each = zip(ways, odds, votes, strict=True)
    whole = (own + (total[way] - vote) / count[way] for way, own, vote in each)
    return [1 / (1 + math.exp(-odd)) for odd in whole]
