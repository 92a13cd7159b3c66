"""How much each text is about each theme, learnt from a few seed terms and no labelled text.

Few texts: cosine with the seeds, then Rocchio feedback (Rocchio, 1971), which moves each theme
towards the texts that are surely about it. Many: a logistic model that takes the surest seed
matches for labels. Features are TF-IDF of stems; a quote is read with its key idea.
scikit-learn is slow to load and only a build needs it: it is imported where it is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

FEW = 300  # below, a bootstrapped model has too few texts to learn from
_ROUNDS = 2
_FEEDBACK = 30  # texts that move a theme, at most
_SURE = 0.7  # share of the seed matches that serve as labels


@dataclass(frozen=True, slots=True)
class Affinities:
    """`values[text, theme]` from 0 to 1, one row summing to 1 (or to 0: about none of them).

    `seeds[text, theme]` is the cosine with the seeds alone: where it is 0, no seed was said.
    """

    values: Matrix
    seeds: Matrix


def theme_affinities(texts: Sequence[Sequence[str]], themes: Sequence[Sequence[str]]) -> Affinities:
    """Compare texts with themes, both given as stems. Shape: texts x themes."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not texts or not themes:
        empty = np.zeros((len(texts), len(themes)))
        return Affinities(empty, empty)
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    vectorizer.fit([*texts, *themes])
    features, seeds = vectorizer.transform(texts), vectorizer.transform(themes)
    cosine = _cosine(features, seeds)
    if len(texts) < FEW or len(themes) < 2:
        values = _shares(_rocchio(features, seeds, cosine))
    else:
        values = _logistic(features, seeds, cosine)
    return Affinities(values, cosine)


def _cosine(features: Any, seeds: Any) -> Matrix:
    return np.asarray((features @ seeds.T).toarray(), dtype=np.float64)


def _lead(scores: Matrix) -> Matrix:
    """How far each theme is above the best other one, text by text."""
    if scores.shape[1] < 2:
        return scores
    ranked = np.sort(scores, axis=1)
    best, second = ranked[:, -1:], ranked[:, -2:-1]
    return np.where(scores == best, scores - second, scores - best)


def _rocchio(features: Any, seeds: Any, scores: Matrix) -> Matrix:
    from sklearn.preprocessing import normalize

    seed_rows = seeds.toarray()
    for _ in range(_ROUNDS):
        lead = _lead(scores)
        moved = [
            seed_rows[theme] + _centre(features, lead[:, theme])
            for theme in range(seed_rows.shape[0])
        ]
        scores = np.asarray(features @ normalize(np.array(moved)).T)
    return scores


def _centre(features: Any, lead: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    surest = [text for text in np.argsort(-lead, kind="stable")[:_FEEDBACK] if lead[text] > 0]
    if not surest:
        return np.zeros(features.shape[1])
    mean: npt.NDArray[np.float64] = np.asarray(features[surest].mean(axis=0)).ravel()
    return np.asarray(mean / np.linalg.norm(mean))


def _shares(scores: Matrix) -> Matrix:
    """Squares sharpen what cosines leave flat; each row is then shared out."""
    squares = np.clip(scores, 0, None) ** 2
    totals = squares.sum(axis=1, keepdims=True)
    shares: Matrix = np.divide(squares, totals, out=np.zeros_like(squares), where=totals > 0)
    return shares


def _logistic(features: Any, seeds: Any, cosine: Matrix) -> Matrix:
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    lead = _lead(cosine).max(axis=1)
    if not (lead > 0).any():
        return _shares(cosine)
    sure = lead >= np.quantile(lead[lead > 0], 1 - _SURE)
    labels = np.concatenate([cosine.argmax(axis=1)[sure], np.arange(seeds.shape[0])])
    model = LogisticRegression(C=10, max_iter=500, class_weight="balanced")
    model.fit(vstack([features[sure], seeds]), labels)
    return np.asarray(model.predict_proba(features), dtype=np.float64)
