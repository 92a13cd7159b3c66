"""F19, in short: many visitors are all answered, and what a server holds open does not grow.

Rates, times and memory are measured by tests/benchmarks/bench_load.py.
"""

from pathlib import Path

import pytest

from corpus.site import read_site
from indexer.build import build
from tests.faults.editions import edition_of
from tests.faults.serving import served
from tests.faults.visitors import visited

pytestmark = pytest.mark.model

PATHS = ["/recherche?q=voiture", "/api/v1/search?q=habitants", "/api/v1/suggest?q=fin", "/"]
SWAPS = 6


def test_f19_visitors_are_all_answered_and_open_files_stay(
    few_webinars: Path, is_full: bool
) -> None:
    site = read_site(few_webinars)
    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        outcome = visited(server.port, PATHS, 50, 60 if is_full else 4)
        before = server.settled_files()
        for number in range(1, SWAPS + 1):
            build(edition_of(site, number), force=True)
            visited(server.port, PATHS, 8, 0.5)
        after = server.settled_files()
    print("F19", sum(outcome.statuses.values()), "answers, p95", round(outcome.percentile(0.95)))
    assert outcome.failed == 0
    assert set(after) == set(before)
    # Each thread that asks keeps a searcher, and the connections of visitors are files too.
    assert all(abs(after[pid] - before[pid]) <= 8 for pid in before), (before, after)
