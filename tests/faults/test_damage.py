"""Damage to any file is seen, and never answered from."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.site import read_site
from indexer import last, volumes
from indexer.build import build
from indexer.generations import NoGeneration
from indexer.history import report_on
from indexer.index_writer import contents_of
from search.live_index import IndexMissing, Shelf
from search.query import SearchQuery
from tests.faults.builders import built
from tests.faults.small_site import SmallSite, records_of, rounds
from web.cli.main import verbatheque
from web.cli.options import DONE, REFUSED, run

pytestmark = pytest.mark.model

Damage = Callable[[bytearray, random.Random], None]


def bit(raw: bytearray, draw: random.Random) -> None:
    raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)


def cut(raw: bytearray, draw: random.Random) -> None:
    del raw[draw.randrange(len(raw)) :]


def zeros(raw: bytearray, draw: random.Random) -> None:
    place = draw.randrange(len(raw))
    raw[place : place + 512] = bytes(len(raw[place : place + 512]))


def longer(raw: bytearray, draw: random.Random) -> None:
    raw += draw.randbytes(draw.randint(1, 9))


DAMAGES: list[Damage | None] = [bit, cut, zeros, longer, None]  # None: the file is deleted


def damage(path: Path, how: Damage | None, draw: random.Random) -> bool:
    """Damage one file of a tree of hard links; say whether that changed it."""
    before = path.read_bytes()
    path.unlink()
    if how is None:
        return True
    raw = bytearray(before)
    how(raw, draw)
    path.write_bytes(raw)
    return bytes(raw) != before


def answers(site: SmallSite) -> list[tuple[str, float]]:
    with Shelf(site.store).reading() as reading:
        found = [reading.search(SearchQuery(text)) for text in ("carottes", "commune vélo")]
    return [(hit.document.id, hit.score) for answer in found for hit in answer.hits]


def test_f4_any_damage_is_seen_and_a_sound_generation_answers(
    small_site: SmallSite, tmp_path: Path
) -> None:
    assert built(small_site, "--force") == 0
    right = {records_of(small_site.store.verified(n)) for n in small_site.store.numbers()}
    expected = answers(small_site)
    index = small_site.store.root
    files = [p.relative_to(small_site.folder) for p in index.rglob("*") if p.is_file()]
    targets = sorted(path for path in files if path.name != "BUILD.lock")
    draw, changed, other = random.Random(4), 0, 0
    while changed < rounds(200, 2000):
        copy = tmp_path / "copy"
        shutil.copytree(small_site.folder, copy, copy_function=os.link)
        site = SmallSite(copy)
        if damage(copy / draw.choice(targets), draw.choice(DAMAGES), draw):
            changed += 1
            report = report_on(site.store)
            assert not report.is_sound
            current = site.store.current()
            assert current.manifest.generation == report.serves
            assert records_of(current) in right
            assert {document for document, _ in answers(site)} == {d for d, _ in expected}
            other += current.degraded
        shutil.rmtree(copy)
    print(f"F4: {changed} damages to {len(targets)} files seen, {other} served in degraded mode")
    assert other > 0


def test_f5_when_all_is_damaged_one_command_mends_it(
    small_site: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = random.Random(5)
    for _ in range(rounds(5, 20)):
        for number in small_site.store.numbers():
            files = sorted(small_site.store.folder(number).iterdir())
            while not damage(draw.choice(files), draw.choice(DAMAGES[:-1]), draw):
                pass
        with pytest.raises(NoGeneration, match="verbatheque build"):
            small_site.store.current()
        with (
            pytest.raises(IndexMissing, match="verbatheque build"),
            Shelf(small_site.store).reading(),
        ):
            pass
        assert run(verbatheque, ["verify", "--site", str(small_site.folder)]) == REFUSED
        assert "verbatheque build" in capsys.readouterr().err
        assert built(small_site) == 0
        assert not small_site.store.current().degraded
        assert run(verbatheque, ["verify", "--site", str(small_site.folder)]) == DONE


def test_a_foreign_table_of_contents_is_never_opened(small_site: SmallSite) -> None:
    """The engine opens the newest table that it finds, and a table can run what it names."""
    current = small_site.store.current()
    shutil.copy(contents_of(current.folder), current.folder / "_MAIN_999.toc")
    served = small_site.store.current()
    assert served.degraded
    assert served.folder != current.folder


@pytest.fixture
def linking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generations of a site of a few webinars share files, as those of a large one do."""
    monkeypatch.setattr(volumes, "LEAST_FULL", 1)
    monkeypatch.setattr(last, "GROWN", 9.0)


@pytest.mark.usefixtures("linking")
def test_a_file_is_linked_to_every_second_generation(small_site: SmallSite) -> None:
    """What harms the newest generation on the disk never harms the one before it."""
    for number in range(4):
        small_site.write(number % 2)
        build(read_site(small_site.folder), encoding=lambda: None)
    kept = [small_site.store.folder(number) for number in small_site.store.numbers()]
    older, before, newest = ({path.stat().st_ino: path for path in f.iterdir()} for f in kept)
    assert older.keys() & newest.keys()
    assert not before.keys() & newest.keys()
    for path in newest.values():
        right = path.read_bytes()
        path.write_bytes(right[:-1])  # in place: in all that is linked to it
        current = small_site.store.current()
        assert current.folder == (kept[1])
        assert current.degraded
        path.write_bytes(right)


@pytest.mark.usefixtures("linking")
def test_a_damaged_file_is_never_linked(small_site: SmallSite) -> None:
    """Each byte is read again before a file serves in one more generation."""
    for number in range(5):
        small_site.write(number % 2)
        for folder in map(small_site.store.folder, small_site.store.numbers()[:-1]):
            for path in folder.iterdir():
                state = path.stat()
                path.write_bytes(path.read_bytes()[:-1] + b"?")
                os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        build(read_site(small_site.folder), encoding=lambda: None)
        assert records_of(small_site.store.current()) == small_site.records[number % 2]


def test_a_site_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration, match="pas encore construit"):
        SmallSite(tmp_path).store.current()
