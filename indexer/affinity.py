"""How much each text is about each theme, learnt from a few seed terms and no labelled text.

Cosine with the seeds, then Rocchio feedback (Rocchio, 1971), which moves each theme towards the
texts that are surely about it. With many texts, a logistic model that takes the surest seed
matches for labels has its say too: the geometric mean of both is better than either (measured
on the development sets). Features are TF-IDF of stems; a quote is read with its key idea.
scikit-learn is slow to load and only a build needs it: it is imported where it is used.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from indexer.vectors import Vectors, unit

Matrix = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Stems = Sequence[str]

FEW = 300  # below, a bootstrapped model has too few texts to learn from
_FEEDBACK = 0.5  # of the texts a theme would have if all had as many: those that move it
_MIN_FEEDBACK = 5
_SURE = 0.9  # share of the seed matches that serve as labels
_ENOUGH = 0.2  # cosine with a theme from which a text speaks for itself
_MEANT = 50  # texts, below which it is not known what all have in common
_ROUNDS = 3
_SHARP = 12.0  # how much the nearest theme takes


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Themes as learnt: their centres among the known stems, and a classifier when it pays.

    It is kept from index to index: a text has the same affinities as long as nothing is relearnt.
    """

    stems: Mapping[str, int]
    weights: Matrix  # of each stem: its IDF
    centres: Matrix  # themes x stems
    slopes: Matrix | None = None  # those of the classifier: classes x stems
    offsets: Matrix | None = None
    classes: Matrix | None = None  # the themes that they are of

    def affinities(self, texts: Sequence[Stems]) -> Matrix:
        """Shape: texts x themes. A row sums to 1, or to 0 when the text is about none of them."""
        return self.readings(texts)[0]

    def evidence(self, texts: Sequence[Stems]) -> Matrix:
        """How close each text is to its nearest theme, from 0 to 1; shape: texts."""
        return self.readings(texts)[1]

    def readings(self, texts: Sequence[Stems]) -> tuple[Matrix, Matrix]:
        """The affinities of some texts, and the evidence for them."""
        if not texts or not len(self.centres) or not self.stems:
            return np.zeros((len(texts), len(self.centres))), np.zeros(len(texts))
        features = _Features(texts, self.stems, self.weights)
        cosines = np.clip(features.times(self.centres), 0, None)
        values = _shares(cosines**2)
        if self.slopes is not None and self.classes is not None:
            values = _shares(np.sqrt(values * self._probabilities(features, values.shape)))
        return values, np.asarray(cosines.max(axis=1))

    def _probabilities(self, features: "_Features", shape: tuple[int, ...]) -> Matrix:
        assert self.slopes is not None
        assert self.offsets is not None
        raised = features.times(self.slopes) + self.offsets
        raised = np.exp(raised - raised.max(axis=1, keepdims=True))
        probabilities = np.zeros(shape)
        probabilities[:, self.classes] = _shares(raised)
        return probabilities

    def save(self, path: Path) -> None:
        """Write it as arrays: nothing in the file can run."""
        letters = np.frombuffer("\n".join(self.stems).encode(), np.uint8)
        known = {name: value for name in _ARRAYS if (value := getattr(self, name)) is not None}
        np.savez(path, stems=letters, **known)


_ARRAYS = ("weights", "centres", "slopes", "offsets", "classes")


def load_themes(path: Path) -> ThemeModel:
    """Read what `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        stems = stored["stems"].tobytes().decode().split("\n") if len(stored["stems"]) else []
        known = {name: stored[name] for name in _ARRAYS if name in stored}
    return ThemeModel({stem: place for place, stem in enumerate(stems)}, **known)


class _Features:
    """TF-IDF of the known stems of texts, each text of length 1, as a sparse matrix."""

    def __init__(self, texts: Sequence[Stems], known: Mapping[str, int], weights: Matrix) -> None:
        self.shape = len(texts), len(known)
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        stems = (known.get(stem, -1) for text in texts for stem in text)
        found = np.fromiter(stems, np.int64, int(sizes.sum()))
        rows = np.repeat(np.arange(len(texts)), sizes)
        both = rows[found >= 0] * len(known) + found[found >= 0]
        both, counts = np.unique(both, return_counts=True)
        self.rows, self.columns = np.divmod(both, max(1, len(known)))
        values = (1 + np.log(counts)) * weights[self.columns]
        lengths = np.sqrt(np.bincount(self.rows, values**2, len(texts)))
        self.values = values / lengths[self.rows]

    def times(self, vectors: Matrix) -> Matrix:
        """The product with each vector; shape: texts x vectors."""
        products = [
            np.bincount(self.rows, self.values * vector[self.columns], self.shape[0])
            for vector in vectors
        ]
        return np.stack(products, axis=1).astype(np.float64)

    def matrix(self) -> Any:
        """The same, as scipy has it."""
        from scipy.sparse import csr_matrix

        return csr_matrix((self.values, (self.rows, self.columns)), shape=self.shape)


def learnt_themes(texts: Sequence[Stems], themes: Sequence[Stems]) -> ThemeModel:
    """Learn themes, given as the stems of their seeds, from unlabelled texts."""
    if not themes or not any([*texts, *themes]):
        return ThemeModel({}, np.zeros(0), np.zeros((len(themes), 0)))
    spread = Counter(stem for text in (*texts, *themes) for stem in set(text))
    stems = {stem: place for place, stem in enumerate(sorted(spread))}
    said = np.array([spread[stem] for stem in stems])
    weights = np.log((1 + len(texts) + len(themes)) / (1 + said)) + 1
    seeds = _Features(themes, stems, weights).matrix()
    if not texts:
        return ThemeModel(stems, weights, seeds.toarray())
    features = _Features(texts, stems, weights).matrix()
    cosine: Matrix = (features @ seeds.T).toarray()
    centres = _moved(features, seeds.toarray(), _lead(cosine))
    enough = len(texts) >= FEW and len(themes) > 1
    classifier = _classifier(features, seeds, cosine) if enough else None
    if classifier is None:
        return ThemeModel(stems, weights, centres)
    slopes, offsets = classifier.coef_, classifier.intercept_
    if len(slopes) == 1:  # of two classes, only the second has slopes
        slopes, offsets = np.stack([0 * slopes[0], slopes[0]]), np.array([0.0, offsets[0]])
    return ThemeModel(stems, weights, centres, slopes, offsets, classifier.classes_)


def steadied(values: Matrix, evidence: Matrix, groups: Sequence[int]) -> Matrix:
    """A text that says little of any theme is about what its group (its webinar) is about.

    Texts with enough evidence keep their affinities; the others lean on the mean of their group.
    """
    trust = np.clip(evidence / _ENOUGH, 0, 1)[:, None]
    known, of = np.unique(np.asarray(groups, dtype=np.intp), return_inverse=True)
    said = trust * values
    sums = np.zeros((len(known), values.shape[1]))
    np.add.at(sums, of, said)
    return np.asarray(said + (1 - trust) * _shares(sums)[of])


def meant_affinities(values: Matrix, texts: Vectors, said: Mask, themes: Vectors) -> Matrix:
    """Half the affinities by words, half those by meaning, from the vectors of texts and themes.

    The same feedback: themes move towards the texts that are about them, three times. What all
    texts have in common is taken away, so too few of them tell nothing.
    """
    if said.sum() < _MEANT or not len(themes):
        return values
    with threadpool_limits(1, user_api="blas"):  # the same numbers however many processors
        return (values + _meant(texts, said, themes)) / 2


def _meant(texts: Vectors, said: Mask, themes: Vectors) -> Matrix:
    """The affinities by meaning alone.

    There may be many texts: neither they nor those of them that were `said` are copied. Taking
    away what all of these have in common moves `nearness` by as much for all texts, which
    `_centred` undoes.
    """
    common = (said / np.float32(said.sum())).astype(np.float32) @ texts
    nearness = _centred(texts @ themes.T, said)
    for _ in range(_ROUNDS):
        weights = _probable(nearness) * said[:, None]
        leaning = unit(weights.T @ texts - np.outer(weights.sum(axis=0), common))
        centres = unit(themes / np.float32(2) + leaning)
        nearness = _centred(texts @ centres.T, said)
    return np.asarray(_probable(nearness), dtype=np.float64)


def _centred(nearness: Vectors, said: Mask) -> Vectors:
    return np.asarray(nearness - nearness[said].mean(axis=0))


def _probable(nearness: Vectors) -> Vectors:
    raised = np.exp(_SHARP * (nearness - nearness.max(axis=1, keepdims=True)))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _lead(scores: Matrix) -> Matrix:
    """How far each theme is above the best other one, text by text."""
    if scores.shape[1] < 2:
        return scores
    ranked = np.sort(scores, axis=1)
    best, second = ranked[:, -1:], ranked[:, -2:-1]
    return np.where(scores == best, scores - second, scores - best)


def _moved(features: Any, seeds: Matrix, lead: Matrix) -> Matrix:
    """Each theme between its seeds and the mean of the texts in which it leads most."""
    texts, themes = lead.shape
    count = max(_MIN_FEEDBACK, round(_FEEDBACK * texts / themes))
    moved = [seeds[theme] + _mean(features, lead[:, theme], count) for theme in range(themes)]
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved) / np.where(lengths > 0, lengths, 1)


def _mean(features: Any, lead: Matrix, count: int) -> Matrix:
    surest = [text for text in np.argsort(-lead, kind="stable")[:count] if lead[text] > 0]
    if not surest:
        return np.zeros(features.shape[1])
    mean: Matrix = np.asarray(features[surest].mean(axis=0)).ravel()
    return np.asarray(mean / np.linalg.norm(mean))


def _shares(scores: Matrix) -> Matrix:
    """Share each row out, so that it sums to 1; a row of zeros stays one."""
    totals = scores.sum(axis=1, keepdims=True)
    shares: Matrix = np.divide(scores, totals, out=np.zeros_like(scores), where=totals > 0)
    return shares


def _classifier(features: Any, seeds: Any, cosine: Matrix) -> Any:
    """A logistic model of the texts whose seed match is least ambiguous; None when none is."""
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    lead = _lead(cosine).max(axis=1)
    if not (lead > 0).any():
        return None
    sure = lead >= np.quantile(lead[lead > 0], 1 - _SURE)
    labels = np.concatenate([cosine.argmax(axis=1)[sure], np.arange(seeds.shape[0])])
    model = LogisticRegression(C=10, max_iter=500, class_weight="balanced")
    with threadpool_limits(1):  # many small sums: more threads wait for one another, ten times over
        return model.fit(vstack([features[sure], seeds]), labels)
