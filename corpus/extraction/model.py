"""What signs are worth: numbers learnt from marked pages (`make learn`), read from `weights.json`.

Whether words were said is a logistic regression; whose they are is a conditional logit (McFadden
1974) over everybody whom the page may mean, and nobody.
"""

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")

Signs = dict[str, float]  # their names, and how much of each there is
Signer = Callable[[Iterable[str], str], None]  # tells of which people a sign speaks
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each sign; `doubt` is the confidence below which an editor is asked."""

    speech: Weights
    again: Weights
    voice: Weights
    doubt: float

    def odds_of(self, signs: Signs) -> float:
        """The logarithm of the odds that words with these signs were said."""
        return _sum(self.speech, signs)

    def speech_again(self, signs: Signs) -> float:
        """How likely it is that words were said, from 0 to 1, when their peers are known."""
        return 1 / (1 + math.exp(-_sum(self.again, signs)))

    def shares_of(self, people: dict[str, Signs]) -> dict[str, float]:
        """How likely each is the one who speaks, together 1."""
        sums = {name: _sum(self.voice, signs) for name, signs in people.items()}
        most = max(sums.values())
        odds = {name: math.exp(total - most) for name, total in sums.items()}
        whole = sum(odds.values())
        return {name: odd / whole for name, odd in odds.items()}


@cache
def learnt() -> Model:
    """The model that the package holds."""
    return Model(**json.loads(WEIGHTS.read_text("utf-8")))


def _sum(weights: Weights, signs: Signs) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in signs.items()])
