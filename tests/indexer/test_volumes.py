"""Volumes stay as long as nothing in them moves, and are small enough to be written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.volumes import LEAST_FULL, Member, Volume, planned

sizes = st.integers(0, LEAST_FULL + 99)
webinars = st.dictionaries(st.integers(0, 60), sizes, max_size=40)


def members(texts: dict[int, int]) -> list[Member]:
    return [Member(f"w{n:02}", f"digest of {size}", size) for n, size in sorted(texts.items())]


def written(volumes: list[Volume]) -> list[Volume]:
    """The same, each under a name: as the next index finds them."""
    return [Volume(volume.members, f"v{n}") for n, volume in enumerate(volumes)]


@given(st.lists(webinars, max_size=5), webinars)
def test_every_webinar_is_in_one_volume_in_its_order(
    before: list[dict[int, int]], now: dict[int, int]
) -> None:
    volumes: list[Volume] = []
    for texts in [*before, now]:
        volumes = written(planned(volumes, members(texts)))
        assert [m for volume in volumes for m in volume.members] == members(texts)
        assert all(volume.members for volume in volumes)


@given(webinars, webinars)
def test_a_volume_is_kept_only_where_all_its_webinars_are_the_same(
    before: dict[int, int], now: dict[int, int]
) -> None:
    old = written(planned([], members(before)))
    kept = [volume for volume in planned(old, members(now)) if volume.name]
    assert all(volume in old for volume in kept)


MANY = dict.fromkeys(range(0, 200, 2), 20)  # 2,000 texts: four volumes


@pytest.mark.parametrize(
    ("now", "rewritten"),
    [
        (MANY, 0),
        (MANY | {300: 20}, 1),
        (MANY | {101: 20}, 2),
        (MANY | {100: 21}, 1),
        ({n: size for n, size in MANY.items() if n != 50}, 1),
        (MANY | {100: 21, 300: 20}, 2),
        (MANY | {201: 2_000}, 1),
        ({n: size + 1 for n, size in MANY.items()}, 5),
    ],
)
def test_only_what_moved_is_written(now: dict[int, int], rewritten: int) -> None:
    volumes = planned(written(planned([], members(MANY))), members(now))
    assert sum(not volume.name for volume in volumes) == rewritten


def test_webinars_that_come_one_by_one_share_volumes() -> None:
    volumes: list[Volume] = []
    for count in range(1, 201):
        volumes = written(planned(volumes, members(dict.fromkeys(range(count), 20))))
        assert max(volume.texts for volume in volumes) <= LEAST_FULL
    assert len(volumes) <= 2 * 200 * 20 // LEAST_FULL


def test_a_large_index_has_larger_volumes_and_few() -> None:
    volumes = planned([], [Member(f"w{n:05}", "", 20) for n in range(6_000)])
    assert len(volumes) == 24
