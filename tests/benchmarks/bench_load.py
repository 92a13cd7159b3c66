"""How many answers a second, how soon, and in how much memory: the real server on two cores.

50 visitors ask a site of 10,000 quotes, from other processes: twice a second each, then without
a pause; addresses that nobody asked before, then the same ones again and again. Then a hundred
generations are taken up, and memory and open files are compared. An argument gives the seconds.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.site import SAMPLE_SITE, read_site
from indexer.build import build
from indexer.generations import GenerationStore, index_store
from tests.benchmarks.bench_search import QUERIES, mixed
from tests.faults.serving import ROOT, Server, served
from tests.faults.visitors import visited

CORES = {0, 1}
USERS = 50
PROCESSES = 2  # that play the visitors
SWAPS = 100
FREE = "[serveur]\npart = 0\n"


def main(seconds: float = 30) -> None:
    """Build, serve, ask, swap; print what was met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "verbatheque.toml").write_text(FREE, "utf-8")
        sample = read_site(SAMPLE_SITE)
        site = replace(sample, folder=folder, webinars=mixed(sample, 10_000), golden=())
        summary = build(site)
        print(f"{summary.verbatims} verbatims, {USERS} visiteurs, {seconds:.0f} s, 2 cœurs")
        with served(folder, "--workers", "2", "--threads", "4", cores=CORES) as server:
            visited(server.port, paths(), 8, 3)  # warm
            for again in (False, True):
                for every in (0.5, 0):
                    _load(server, seconds, every, again)
            _swap(server, folder)


def paths() -> list[str]:
    """A search on the page, in the API and as it is typed, for each query; and some pages."""
    asked = [quote(query) for query in QUERIES]
    searches = [f"/recherche?q={query}" for query in asked]
    programs = [f"/api/v1/search?q={query}&limit=10" for query in asked]
    typed = [f"/api/v1/suggest?q={quote(query[:6])}" for query in QUERIES]
    return [*searches, *programs, *typed, "/", "/themes", "/webinaires", "/widget.js"]


def _load(server: Server, seconds: float, every: float, again: bool) -> None:
    memory = server.memory()
    asked = (server.port, seconds, every, int(again))
    command = [sys.executable, __file__, "--visit", *map(str, asked)]
    began = time.perf_counter()
    visitors = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={"PYTHONPATH": str(ROOT)})
        for _ in range(PROCESSES)
    ]
    told = [json.loads(visitor.communicate()[0]) for visitor in visitors]
    spent = time.perf_counter() - began
    times = sorted(time for each in told for time in each["times"])
    pause = f"une demande toutes les {every} s" if every else "sans pause"
    print(f" {pause}, adresses {'déjà demandées' if again else 'jamais demandées'}")
    print(f"  demandes par seconde   {len(times) / min(spent, seconds):8.0f}")
    for share in (0.5, 0.95, 0.99):
        print(f"  p{share * 100:.0f}, ms                {times[int(len(times) * share)]:8.1f}")
    print(f"  échecs                 {sum(each['failed'] for each in told):8}")
    print(
        f"  mémoire, Mo            {memory / 1024:8.0f} avant, {server.memory() / 1024:.0f} après"
    )


def _swap(server: Server, folder: Path) -> None:
    """Publish the same index again and again, while a few visitors ask."""
    store = index_store(read_site(folder))
    files = server.open_files()
    taken: list[int] = []
    for swap in range(SWAPS):
        _publish_again(store)
        visited(server.port, paths()[:8], 4, 0.4)
        if swap in {4, SWAPS - 1}:
            taken.append(server.memory())
    growth = (taken[-1] / taken[0] - 1) * 100
    print(f"  {SWAPS} générations : mémoire {growth:+.1f} %")
    print(f"  fichiers ouverts       {files} avant, {server.open_files()} après")


def _publish_again(store: GenerationStore) -> None:
    """Make another generation of the files of the one that is published."""
    current = store.current()

    def fill(fresh: Path) -> dict[str, Any]:
        for name in current.manifest.files:
            shutil.copy(current.folder / name, fresh)
        return current.manifest.facts

    with store.lock():
        store.publish(fill)


if __name__ == "__main__":
    if "--visit" in sys.argv:
        port, spent, every, again = map(float, sys.argv[2:])
        each = USERS // PROCESSES
        outcome = visited(int(port), paths(), each, spent, every, again=bool(again))
        print(json.dumps({"times": outcome.milliseconds, "failed": outcome.failed}))
    else:
        main(*map(float, sys.argv[1:]))
