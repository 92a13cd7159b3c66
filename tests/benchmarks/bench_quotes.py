"""How well verbatims and their speakers are read out of pages, and how fast.

Reads the pages of `tests/reader/pages`, written for the project, and the real pages of
../shared/eval where they are: prints the score of each set, its worst pages, the time of a page,
and of 500 of them.
"""

import resource
import statistics
import time
from collections.abc import Sequence

from corpus.extraction.extraction import extraction_from
from tests.reader.marked import MarkedPage, Score, own_pages, score_of, shared_pages, summed

PAGES = 500
WORST = 8
KILOBYTES = 1024


def main() -> None:
    """Print the tables."""
    own = list(own_pages())
    sets = {
        "récapitulatifs du projet": [page for page in own if page.name.startswith("r")],
        "autres pages du projet": [page for page in own if not page.name.startswith("r")],
        "eval/pages": list(shared_pages("pages")),
        "eval/quotes": list(shared_pages("quotes")),
    }
    titles = ("attendus", "F1", "intervenant", "F1 et nom", "négatifs")
    print(f"{'':<26}" + "".join(f"{title:>12}" for title in titles))
    worst = []
    for name, pages in sets.items():
        if not pages:  # the real ones stand beside the repository, or not
            continue
        scores = [(page, _score(page)) for page in pages]
        worst += scores
        print(f"{name:<26}{_told(summed(score for _, score in scores))}")
    print("\nles moins bien lues")
    for page, score in sorted(worst, key=lambda pair: pair[1].right - pair[1].gold - pair[1].extra)[
        :WORST
    ]:
        print(f"{page.name:<44}{_told(score)}")
    _print_speed([page for pages in sets.values() for page in pages])


def _score(page: MarkedPage) -> Score:
    found = extraction_from(page.page).verbatims
    return score_of(page, [(said.text, said.speaker or "", said.confidence) for said in found])


def _told(score: Score) -> str:
    negatives = f"{score.on_negatives}/{score.negatives}"
    shares = "".join(f"{share:>12.3f}" for share in (score.f1, score.speaker, score.both))
    return f"{score.gold:>12}{shares}{negatives:>12}"


def _print_speed(pages: Sequence[MarkedPage]) -> None:
    times = []
    for place in range(PAGES):
        began = time.process_time()
        extraction_from(pages[place % len(pages)].page)
        times.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    print(f"\nune page, médiane {statistics.median(times) * 1000:.0f} ms, pire {max(times):.2f} s")
    print(f"{PAGES} pages, un cœur   {sum(times):.1f} s, {peak:.0f} Mo au plus")


if __name__ == "__main__":
    main()
