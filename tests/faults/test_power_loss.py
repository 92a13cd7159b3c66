"""A power cut keeps only what was synced: what was published before it still serves."""

import random
import shutil
from pathlib import Path

import pytest

from corpus.site import DERIVED, read_site
from indexer import last, volumes
from indexer.build import build
from indexer.generations import GenerationStore, NoGeneration
from indexer.history import roll_back
from search.golden_check import golden_review
from tests.faults.power_loss import Recorder, states, write_state
from tests.faults.small_site import SmallSite, records_of, rounds

pytestmark = pytest.mark.model


@pytest.fixture
def recorded(small_site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Five builds from nothing, then a rollback: every kind of publication."""
    derived = small_site.folder / DERIVED
    cache = (derived / "analyses.sqlite3").read_bytes()
    shutil.rmtree(derived / "index")
    (derived / "analyses.sqlite3").write_bytes(cache)
    recorder = Recorder(derived)
    with monkeypatch.context() as patched:
        recorder.watch(patched)
        patched.setattr(volumes, "LEAST_FULL", 1)  # each webinar is a volume
        patched.setattr(last, "GROWN", 9.0)  # those that stay are linked
        for number in range(1, 6):
            small_site.write(number % 2)
            build(read_site(small_site.folder), check=golden_review)
            recorder.acknowledged = number
        with small_site.store.lock():
            roll_back(small_site.store)
        recorder.acknowledged = 6
        recorder._look()
    recorder.close()
    return recorder


def test_f3_a_power_cut_loses_nothing_that_was_published(
    recorded: Recorder, tmp_path: Path
) -> None:
    draw, lost = random.Random(3), 0
    for moment, seed in states(recorded.moments, draw, rounds(60, 2000)):
        left = tmp_path / "left"
        write_state(moment, left, seed)
        store = GenerationStore(left / "index")
        try:
            current = store.current()
        except NoGeneration:
            assert moment.acknowledged == 0, seed
            lost += 1
        else:
            assert records_of(current)
            # Before the first publication is done, its pointer may be lost: no older one is served.
            assert not current.degraded or moment.acknowledged == 0, seed
            served = current.manifest.generation
            allowed = {0: {1}, 1: {1, 2}, 2: {2, 3}, 3: {3, 4}, 4: {4, 5}, 5: {5, 4}, 6: {4}}
            assert served in allowed[moment.acknowledged], (served, moment.acknowledged, seed)
        shutil.rmtree(left)
    print(f"F3: {rounds(60, 2000)} states of {len(recorded.moments)} moments, {lost} before any")


def test_the_model_does_lose_what_is_not_synced(
    small_site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without syncing, the same states lose published generations: the test above can fail."""
    shutil.rmtree(small_site.folder / DERIVED / "index")
    recorder = Recorder(small_site.folder / DERIVED)
    with monkeypatch.context() as patched:
        patched.setattr("indexer.generations.sync", lambda path: None)
        recorder.watch(patched)
        build(read_site(small_site.folder), force=True)
        recorder.acknowledged = 1
        recorder._look()
    recorder.close()
    after, lost = recorder.moments[-1], 0
    for seed in range(20):
        write_state(after, tmp_path / str(seed), seed)
        try:
            GenerationStore(tmp_path / str(seed) / "index").current()
        except NoGeneration:
            lost += 1
    assert lost > 10
