"""Signs that somebody said words, and what each is worth: numbers learnt from marked pages.

`make learn` writes them to `weights.json`.

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

_LINKS = {
    "label": ("label", "label line", "label above"),
    "sign": ("sign dash", "sign bare"),
    "tail": ("tail", "below", "above", "above colon"),
    "after": (
        "after inverted verb", "after verb first", "after said by", "after role",
        "after according", "incise",
    ),
    "before": (
        "before subject verb colon", "before subject colon", "before subject verb", "above tells",
        "before role",
    ),
    "body": ("after body", "above body", "before body verb", "before body verb colon"),
    "inverted": ("after inverted",),
    "told": ("told subject verb", "told subject"),
    "head": ("head alone",),
    "carried": ("carried line", "carried next"),
    "guest": ("guest announced", "guest", "only person", "presents"),
}  # fmt: skip
_STRONG = frozenset(["label", "sign", "tail", "after", "before", "inverted"])
# Beginnings of signs that say little where somebody else speaks.
_WEAK = (
    "only near", "near", "carried", "head", "guest", "link head", "link guest", "inside",
    "told", "link told", "link carried",
)  # fmt: skip
# Those worth less for a name that nothing shows to be a person's.
_UNSURE = (
    "near", "after named", "after opens", "before later", "before object", "told", "often", "head",
    "guest", "carried", "in opening", "only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each sign; `doubt` is the confidence below which an editor is asked."""

    speech: Weights
    voice: Weights
    doubt: float

    def odds_of(self, signs: Signs) -> float:
        """The logarithm of the odds that words with these signs were said."""
        return _sum(self.speech, signs)

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


def link_of(voices: dict[str, Signs]) -> str:
    """The best kind of sign that anybody has: "label", "sign", "after"... or "none"."""
    seen = {name for person, signs in voices.items() if person for name in signs}
    for link, names in _LINKS.items():
        if not seen.isdisjoint(names):
            return link
    return "none"


def weaken(signs: Signs, by: str) -> None:
    """What is near says little where the page names another as the one who speaks."""
    for what in [w for w in signs if w.startswith(_WEAK)]:
        signs[f"{by}·{what}"] = signs.pop(what)


def add_links(signs: Signs, is_known: bool) -> None:
    """Tell how the name is linked to the words, and how near it stands."""
    if "sign bare" in signs and not (is_known or signs["known first name"]):
        signs["loose sign"] = signs.pop("sign bare")
    seen = {name for name, value in signs.items() if value}
    for link, names in _LINKS.items():
        if not seen.isdisjoint(names):
            signs[f"link {link}"] = 1.0
            signs["linked"] = float(link in _STRONG)
            break
    for what in [w for w in signs if w.startswith("near ")]:
        signs[what[:6]] = 1.0
    if not signs["shown"]:
        for what in [w for w in signs if w.startswith(_UNSURE)]:
            signs[f"unshown·{what}"] = signs[what]
