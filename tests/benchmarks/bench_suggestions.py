"""How long suggestions take, in process: every beginning of some words, alone or after another."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.site import SAMPLE_SITE, read_site
from indexer.build import build
from indexer.fields import CHOICES_FILE
from indexer.generations import index_store
from indexer.mapped import load_columns
from search.live_index import Shelf, open_library

WORDS = 400
PAIRS = 100
SEED = 20240312


def main() -> None:
    """Build the sample site in a folder of its own; the first round finds no mask remembered."""
    site = read_site(SAMPLE_SITE)
    with tempfile.TemporaryDirectory() as folder:
        copy = type(site)(
            Path(folder), site.settings, site.themes, site.vocabulary, (), site.webinars
        )
        build(copy)
        texts = list(_texts(index_store(copy).current().folder / CHOICES_FILE))
        library = open_library(copy)
        print(f"{len(texts)} débuts de recherche, graine {SEED}")
        print(f"{'tour':<12}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}")
        for round_name in ("premier", "deuxième"):
            times = sorted(_times(library, texts))
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(f"{round_name:<12}{p50:>8.3f}{p95:>8.3f}{times[-1]:>8.3f}")


def _texts(path: Path) -> Iterator[str]:
    chance = random.Random(SEED)
    words = [word for word in load_columns(path)["mots labels"] if len(word) > 4]
    for word in chance.sample(words, WORDS):
        yield from (word[:length] for length in range(1, len(word) + 1))
    for _ in range(PAIRS):
        first, second = chance.sample(words, 2)
        yield from (f"{first} {second[:length]}" for length in range(1, len(second) + 1))


def _times(library: Shelf, texts: list[str]) -> Iterator[float]:
    with library.reading() as reading:
        reading.suggest("x", 5)
        for text in texts:
            began = time.perf_counter()
            reading.suggest(text, 5)
            yield (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
