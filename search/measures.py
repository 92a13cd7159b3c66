"""Measures of a ranking against judgements, as trec_eval computes them."""

import math
from collections.abc import Mapping, Sequence

Judgements = Mapping[str, int]  # document to grade; 0 and below: not relevant


def ndcg(ranked: Sequence[str], judged: Judgements, depth: int = 10) -> float:
    """Discounted cumulative gain over the best possible one (Järvelin and Kekäläinen, 2002)."""
    ideal = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    best = _gain(ideal)
    return _gain([max(judged.get(d, 0), 0) for d in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def reciprocal_rank(ranked: Sequence[str], judged: Judgements, depth: int = 10) -> float:
    """1 over the place of the first relevant document; 0 when there is none."""
    places = (n for n, d in enumerate(ranked[:depth], 1) if judged.get(d, 0) > 0)
    return 1 / next(places, math.inf)


def recall(ranked: Sequence[str], judged: Judgements, depth: int = 100) -> float:
    """The share of the relevant documents that are found."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0
