"""What a builder that is killed leaves: the old index, and a draft that the next one ends."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.settings import EngineSettings
from indexer.build import build
from indexer.cluster import writer
from indexer.generations import index_store
from search.live_index import open_library
from search.query import SearchQuery
from tests.opensearch.dying_builder import NOTED, site_on
from tests.small_site import words_alone

pytestmark = pytest.mark.model

WRITING, VERIFYING = "Écriture de l’index", "Vérification"


@pytest.mark.parametrize(
    ("step", "done", "written"),
    [(WRITING, 0, 0), (WRITING, 2 * NOTED, 2 * NOTED), (VERIFYING, 0, 16), (VERIFYING, 16, 16)],
)
def test_the_next_builder_goes_on_where_one_was_killed(
    tmp_path: Path,
    engine: EngineSettings,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    done: int,
    written: int,
) -> None:
    monkeypatch.setattr(writer, "_NOTED", NOTED)
    engine = replace(engine, prefixe=f"essai-tue-{tmp_path.parent.name.lower()}-{written}{done}")
    site, told = site_on(engine, tmp_path), list[tuple[str, int]]()
    old = replace(site, webinars=site.webinars[:1])
    build(old, tagging=words_alone, encoding=lambda: None)
    program = [sys.executable, "-m", "tests.opensearch.dying_builder", str(tmp_path)]
    arguments = [engine.prefixe, step, str(done), *engine.noeuds]
    killed = subprocess.run([*program, *arguments], cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    with open_library(old).reading() as reading:
        assert reading.search(SearchQuery("cantine")).total == 0
    summary = build(
        site,
        tagging=words_alone,
        encoding=lambda: None,
        progress=lambda step, done, _total: told.append((step, done)),
    )
    assert summary.generation == 2
    assert min(done for step, done in told if step == WRITING) == written
    with open_library(site).reading() as reading:
        assert reading.search(SearchQuery("cantine")).total
        assert reading.health().records == 16
    assert index_store(site).numbers() == [1, 2]
