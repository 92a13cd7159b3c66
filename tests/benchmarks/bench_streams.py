"""What a build on a cluster and one of its workers hold in memory, by the size of the site.

    python tests/benchmarks/bench_streams.py http://127.0.0.1:9200 10000 100000

Each site is invented: sentences of the sample site's words, put together anew, so that pairs of
words grow with the texts as they do where people speak. The French model is not asked (it has a
process of its own): each word is its own lemma. Memory is the most that the process ever held.
"""

import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from corpus.kept import kept_webinars  # noqa: E402
from corpus.settings import EngineSettings  # noqa: E402
from corpus.site import SAMPLE_SITE, Site, read_site  # noqa: E402
from indexer.build import build  # noqa: E402
from indexer.french import Tagged  # noqa: E402
from indexer.generations import index_store  # noqa: E402
from indexer.tokens import tokens  # noqa: E402
from search.live_index import open_library  # noqa: E402
from search.query import SearchQuery  # noqa: E402
from tests.benchmarks.scale_site import scale_webinars  # noqa: E402

_ASKED = 40  # questions to a worker


def sentences() -> list[str]:
    """Sentences of the words of the sample site, put together anew."""
    texts = " ".join(
        part.text for webinar in read_site(SAMPLE_SITE).webinars for part in webinar.parts
    )
    words, draw = sorted(set(re.findall(r"\w{3,}", texts))), random.Random(17)
    return [" ".join(draw.choices(words, k=12)).capitalize() + "." for _ in range(3_000)]


def site_on(address: str, folder: Path, texts: int) -> Site:
    """A site of that size on the cluster, without its webinars."""
    sample = read_site(SAMPLE_SITE)
    engine = EngineSettings("opensearch", (address,), prefixe=f"courants-{texts}", repliques=0)
    settings = replace(sample.settings, moteur=engine)
    return replace(sample, folder=folder, settings=settings, webinars=(), golden=())


@contextmanager
def word_by_word(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Each word is its own lemma."""
    yield ([Tagged(t.form, t.form, "NOUN") for t in tokens(text)] for text in texts)


def most_held() -> float:
    """The most memory that this process held, in MB."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


def built(address: str, folder: Path, texts: int) -> None:
    """Build, and tell what it took."""
    webinars = kept_webinars(scale_webinars(texts, sentences()))
    site = replace(site_on(address, folder, texts), webinars=webinars)
    began, cpu = time.perf_counter(), time.process_time()
    made = build(site, tagging=word_by_word)
    seconds = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"builder of {made.verbatims + made.ideas} texts: {most_held():.0f} MB at most, "
        f"{seconds[0]:.0f} s, {seconds[1]:.0f} s of CPU",
        flush=True,
    )


def served(address: str, folder: Path, texts: int) -> None:
    """Search as a worker does, and tell what it took."""
    shelf = open_library(site_on(address, folder, texts))
    with shelf.reading() as reading:
        words = reading.suggest("a", 5)[0].suggestions
        questions = [one.value for one in words] + ["territoire", "eau habitants", "élus"]
        for place in range(_ASKED):
            reading.search(SearchQuery(questions[place % len(questions)], page=1 + place % 3))
        reading.overview()
    print(f"worker on {texts} texts: {most_held():.0f} MB at most", flush=True)


def main() -> None:
    """Each build and each worker in a process of its own."""
    address, *sizes = sys.argv[1:]
    folder = Path(mkdtemp(prefix="verbatheque-courants-"))
    try:
        for size in sizes:
            for what in ("built", "served"):
                subprocess.run(
                    [sys.executable, __file__, what, address, folder / size, size], check=True
                )
            store = index_store(site_on(address, folder, int(size)))
            with store.lock():
                store.erased_elsewhere()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1] in {"built", "served"}:
        {"built": built, "served": served}[sys.argv[1]](
            sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
        )
    else:
        main()
