"""Quotes near by meaning on OpenSearch: by the signs of their vectors first, then measured here.

The signs are compared by the cluster (a script over 64 of them at once); the vectors of those that
agree best, and only theirs, are fetched.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from indexer import fields
from indexer.cluster.layout import CODE, sign
from indexer.vectors import Vector, unit
from search.cluster.queries import Query
from search.columns import Floats, Ints
from search.meaning import MOST, NEAR
from search.ranking import UNLIKE


def agreeing(query: Query, meant: Vector) -> Query:
    """What a query meets, worth the number of signs that agree with those of the question."""
    bits = np.packbits(meant > 0)
    words = np.pad(bits, (0, -len(bits) % 8)).view(np.int64).tolist()
    differ = " + ".join(
        f"Long.bitCount(doc['{sign(n)}'].value ^ params.{sign(n)})" for n in range(len(words))
    )
    script = {
        "source": f"{64 * len(words)} - ({differ})",
        "params": {sign(n): word for n, word in enumerate(words)},
    }
    return {"script_score": {"query": query, "script": script}}


def measured(query: Query, most: int, *also: str) -> Query:
    """A search of the best by a query, each with its vector and some other values."""
    return {
        "query": query,
        "size": most,
        "sort": [{"_score": "desc"}, {"number": "asc"}],
        "track_scores": True,
        "track_total_hits": False,
        "_source": False,
        "stored_fields": [CODE],
        "docvalue_fields": ["number", *also],
    }


def likeness_of(hits: Sequence[Any], meant: Vector) -> tuple[Ints, Floats]:
    """The numbers of hits, and how close each is to the question."""
    numbers = np.array([hit["fields"]["number"][0] for hit in hits], dtype=np.int32)
    if not len(numbers):
        return numbers, np.zeros(0)
    codes = b"".join(base64.b64decode(hit["fields"][CODE][0]) for hit in hits)
    vectors = np.frombuffer(codes, dtype=np.float16).reshape(len(hits), -1).astype(np.float32)
    return numbers, np.asarray(vectors @ unit(meant), dtype=np.float64)


def nearest(hits: Sequence[Any], meant: Vector) -> list[tuple[int, float]]:
    """The few that are near enough, closest first."""
    numbers, likeness = likeness_of(hits, meant)
    order = np.lexsort((numbers, -likeness))[:MOST]
    order = order[likeness[order] >= NEAR]
    return list(zip(numbers[order].tolist(), likeness[order].tolist(), strict=True))


def raised(hits: Sequence[Any], meant: Vector, factors: Floats) -> list[tuple[int, float, float]]:
    """Hits by score x (0.1 + likeness) x a factor: the place of each, its score, its likeness."""
    numbers, likeness = likeness_of(hits, meant)
    words = np.array([hit["_score"] for hit in hits])
    scores = words * (UNLIKE + np.maximum(likeness, 0)) * factors
    order = np.lexsort((numbers, -scores))
    told = order.tolist(), scores[order].tolist(), likeness[order].tolist()
    return list(zip(*told, strict=True))


def one_of_each(
    found: Sequence[tuple[int, float, float]], hits: Sequence[Any]
) -> Iterator[tuple[int, float, float]]:
    """The first of each speaker; those that nobody signs are left."""
    met: set[str] = set()
    for place, *rest in found:
        (speaker,) = hits[place]["fields"].get(fields.SPEAKER_ID, ("",))
        if speaker and speaker not in met:
            met.add(speaker)
            yield place, rest[0], rest[1]
