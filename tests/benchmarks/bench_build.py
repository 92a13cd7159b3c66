"""How long a build takes by the real command: the sample site, and larger ones mixed from it.

`python tests/benchmarks/bench_build.py 2000 10000` gives the numbers of quotes; CPUs are limited
with `taskset` by whoever asks.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.site import DERIVED, SAMPLE_SITE, WRITEUPS, read_site, writeup_paths
from corpus.writeups.writing import writeup_from
from indexer.generations import index_store
from tests.benchmarks.bench_search import mixed

_SIZES = (2_000,)
_NEW = "---\ntitre: Neuf\ndate: 2026-01-01\n---\n\n## 1. Une idée neuve\n\n{quotes}"


def main() -> None:
    """Print a table for each size."""
    for size in [0, *(map(int, sys.argv[1:]) or _SIZES)]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "site"
            _make_site(folder, size)
            _print_times(folder)


def _make_site(folder: Path, size: int) -> None:
    """The sample site; or a site of about `size` quotes mixed from its sentences."""
    ignored = shutil.ignore_patterns(DERIVED, *([WRITEUPS, "requetes.toml"] if size else []))
    shutil.copytree(SAMPLE_SITE, folder, ignore=ignored)
    if size:
        (folder / WRITEUPS).mkdir()
        for webinar in mixed(read_site(SAMPLE_SITE), size):
            (folder / WRITEUPS / f"{webinar.id}.md").write_text(writeup_from(webinar), "utf-8")


def _print_times(folder: Path) -> None:
    said = sum(len(webinar.verbatims) for webinar in read_site(folder).webinars)
    print(f"\n{said} verbatims")
    print(f"de rien                     {_build(folder):7.2f} s")
    print(f"rien de changé              {_build(folder):7.2f} s")
    first = writeup_paths(folder)[0]
    first.write_text(first.read_text("utf-8").replace("fonction: ", "fonction: Ex ", 1), "utf-8")
    print(f"une fonction changée        {_build(folder):7.2f} s   (sans modèle)")
    _add(folder, "neuf", "jardin")
    print(f"un webinaire de plus        {_build(folder):7.2f} s   (sans mot nouveau)")
    _add(folder, "plus-neuf", "bartavellier zinzolant")
    print(f"un autre                    {_build(folder):7.2f} s   (mots nouveaux, modèle chargé)")
    store = index_store(read_site(folder))
    for number in store.numbers():
        (store.folder(number) / "columns.npz").write_bytes(b"")
    print(f"tout endommagé, reconstruit {_build(folder):7.2f} s")
    size = sum(path.stat().st_size for path in store.current().folder.iterdir())
    print(f"une génération              {size / 1e6:7.1f} Mo")


def _add(folder: Path, name: str, said: str) -> None:
    quotes = "".join(f"> Personne n’avait dit la phrase {n} du {said}.\n\n" for n in range(14))
    (folder / WRITEUPS / f"2026-01-01-{name}.md").write_text(_NEW.format(quotes=quotes), "utf-8")


def _build(folder: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "web.cli.main", "build", "--site", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
