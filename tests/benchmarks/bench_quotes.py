"""How well verbatims and their speakers are read out of real pages, and how fast.

Reads the marked pages of ../shared/eval/quotes when they are there: prints the score by kind, the
ten worst documents (missed, extra, wrong speakers), the time of a page, and of 500 of them.
"""

import importlib.util
import resource
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus.extraction.extraction import extraction_from
from corpus.reading.cell import page_from_bytes
from corpus.reading.source import bytes_of_file

SHARED = Path(__file__).parents[3] / "shared" / "eval" / "quotes"
PAGES = 500
WORST = 10
KILOBYTES = 1024


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What went wrong in one document."""

    name: str
    missed: int
    extra: int
    wrong_speakers: int

    @property
    def total(self) -> int:
        """Every mistake counts alike."""
        return self.missed + self.extra + self.wrong_speakers


def main() -> None:
    """Print the tables, or say what is missing."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not (folder / "gold.jsonl").is_file():
        print(f"Pas de pages annotées dans « {folder} » : donnez leur dossier.")
        return
    score = _scorer(folder / "score.py")
    documents = score.read_gold()
    paths = {d["doc"]: folder / "docs" / f"{d['doc']}.md" for d in documents}
    predictions = {name: _quotes_of(path) for name, path in paths.items()}
    _print_kinds(score, documents, predictions)
    _print_worst([_mistakes(score, d, predictions[d["doc"]]) for d in documents])
    _print_speed(list(paths.values()))


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("quote_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _quotes_of(path: Path) -> list[dict[str, Any]]:
    found = extraction_from(page_from_bytes(*bytes_of_file(path))).verbatims
    return [{"text": v.text, "speaker": v.speaker, "section": v.section} for v in found]


def _print_kinds(
    score: ModuleType, documents: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]
) -> None:
    kinds: dict[str, Counter[str]] = {"toutes": Counter()}
    for document in documents:
        counts = score.score_doc(document, predictions[document["doc"]])[0]
        kinds.setdefault(document["kind"], Counter()).update(counts)
        kinds["toutes"].update(counts)
    titles = ("attendus", "F1", "négatifs", "intervenant", "sans nom", "F1 et nom", "section")
    print(f"{'':<12}" + "".join(f"{title:>12}" for title in titles))
    for kind, counts in sorted(kinds.items()):
        s = score.summary(counts)
        shares = (s["speaker_named"], s["speaker_none"], s["with_speaker"]["f1"], s["section"])
        figures = "".join(f"{'-' if share is None else f'{share:.3f}':>12}" for share in shares)
        print(f"{kind:<12}{s['gold']:>12}{s['f1']:>12.3f}{s['of_them_on_negatives']:>12}{figures}")


def _mistakes(score: ModuleType, document: dict[str, Any], found: list[dict[str, Any]]) -> Mistakes:
    counts, _ = score.score_doc(document, found)
    matched = counts["sp_named"] + counts["sp_none"]
    right = counts["sp_named_ok"] + counts["sp_none_ok"]
    return Mistakes(document["doc"], counts["gold"] - counts["tp"], counts["fp"], matched - right)


def _print_worst(mistakes: list[Mistakes]) -> None:
    print(f"\n{'les moins bien lues':<28}{'manqués':>10}{'en trop':>10}{'nom faux':>10}")
    for m in sorted(mistakes, key=lambda m: (-m.total, m.name))[:WORST]:
        print(f"{m.name:<28}{m.missed:>10}{m.extra:>10}{m.wrong_speakers:>10}")


def _print_speed(paths: list[Path]) -> None:
    times = []
    for place in range(PAGES):
        began = time.process_time()
        _quotes_of(paths[place % len(paths)])
        times.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    print(f"\nune page, médiane {statistics.median(times) * 1000:.0f} ms, pire {max(times):.2f} s")
    print(f"{PAGES} pages, un cœur   {sum(times):.1f} s, {peak:.0f} Mo au plus")


if __name__ == "__main__":
    main()
