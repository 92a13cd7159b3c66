"""A builder may die at any moment: what serves is the old index or the new one, whole."""

import random
import signal
import time

import pytest

from indexer.disk import Step
from tests.faults.builders import LANES, Builder, built, in_lanes
from tests.faults.small_site import SmallSite, assert_recovered, records_of, rounds

pytestmark = pytest.mark.model


@pytest.fixture
def full_site(small_site: SmallSite) -> SmallSite:
    """As many generations as are kept: the next build also deletes one."""
    assert built(small_site, "--force") == 0
    assert len(small_site.store.numbers()) == 3
    return small_site


def write_another(site: SmallSite, published: str) -> int:
    """Save the version that is not published; its number."""
    version = 1 - site.records.index(published)
    site.write(version)
    return version


def forced(number: int) -> tuple[str, ...]:
    """Every second build of a lane writes everything; the others link what stays."""
    return ("--force",) * (number // LANES % 2)


def test_f1_a_kill_at_any_moment_loses_nothing(full_site: SmallSite) -> None:
    draw = random.Random(1)
    count = rounds(50, 500)
    takes = [1.0] * LANES  # about how long a build of each lane takes, in seconds
    outcomes: list[bool] = []

    def kill(site: SmallSite, number: int, lane: int) -> None:
        code = 0
        while code != -signal.SIGKILL:  # a build that had ended was no kill
            before, moment = records_of(site.store.current()), draw.uniform(0, takes[lane] * 1.1)
            version = write_another(site, before)
            builder = Builder(site.folder, *forced(number), lane=lane)
            time.sleep(moment)
            builder.kill()
            code = builder.exit_code()
            takes[lane] = takes[lane] * 0.9 if code == 0 else max(takes[lane], moment)
        began = time.thread_time()  # the lanes share this process, and wait for one another
        served = site.store.current()
        assert time.thread_time() - began < 0.5
        outcomes.append(records_of(served) != before)
        assert_recovered(site, before, version)

    in_lanes(full_site, kill, count)
    print(f"F1: {len(outcomes)} kills, {sum(outcomes)} after the switch")
    assert len(outcomes) == count


def test_f2_a_kill_at_each_step_loses_nothing(full_site: SmallSite) -> None:
    tried = [step for step in Step for _ in range(rounds(3, 20))]
    done: list[Step] = []

    def kill(site: SmallSite, number: int, lane: int) -> None:
        step = tried[number]
        before = records_of(site.store.current())
        version = write_another(site, before)
        assert built(site, *forced(number), fail_at=step, lane=lane) == -signal.SIGKILL, step
        assert_recovered(site, before, version)
        done.append(step)

    in_lanes(full_site, kill, len(tried))
    print(f"F2: {len(Step)} steps, {len(done)} kills")
    assert sorted(done) == sorted(tried)


def test_after_a_kill_at_each_step_the_next_build_publishes(full_site: SmallSite) -> None:
    steps = list(Step)[:: rounds(3, 1)]

    def kill_and_build(site: SmallSite, number: int, lane: int) -> None:
        assert built(site, "--force", fail_at=steps[number], lane=lane) == -signal.SIGKILL
        before = site.store.current().manifest.generation
        assert built(site, "--force", lane=lane) == 0
        assert site.store.current().manifest.generation > before
        assert len(site.store.numbers()) == 3

    in_lanes(full_site, kill_and_build, len(steps))


def test_f9_of_two_builders_one_publishes(small_site: SmallSite) -> None:
    wanted, met, pairs = rounds(10, 100), 0, 0
    while met < wanted and pairs < 5 * wanted:
        before = max(small_site.store.numbers())
        pair = [Builder(small_site.folder, "--force", lane=lane) for lane in range(2)]
        codes = sorted(builder.exit_code() for builder in pair)
        assert codes in ([0, 3], [0, 0])  # on a busy machine one may end before the other begins
        assert small_site.store.current().manifest.generation == before + codes.count(0)
        assert max(small_site.store.numbers()) == before + codes.count(0)
        met, pairs = met + codes.count(3), pairs + 1
    print(f"F9: {pairs} pairs, {met} of which met")
    assert met == wanted
