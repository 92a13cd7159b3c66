"""What is published is whole, or the old one stays."""

import errno
import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer import manifest
from indexer.disk import DiskFull
from indexer.generations import KEPT, BuildRunning, GenerationStore, NoGeneration


def filling(text: str) -> Callable[[Path], dict[str, Any]]:
    def fill(folder: Path) -> dict[str, Any]:
        (folder / "index").write_text(text, "utf-8")
        return {"text": text}

    return fill


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "index")


def publish(store: GenerationStore, text: str) -> int:
    with store.lock():
        return store.publish(filling(text)).manifest.generation


def served(store: GenerationStore) -> tuple[str, bool]:
    current = store.current()
    return (current.folder / "index").read_text("utf-8"), current.degraded


def test_nothing_is_served_before_the_first_build(store: GenerationStore) -> None:
    assert store.signature() is None
    with pytest.raises(NoGeneration):
        store.current()


def test_the_last_published_is_served(store: GenerationStore) -> None:
    assert [publish(store, "un"), publish(store, "deux")] == [1, 2]
    assert served(store) == ("deux", False)


def test_the_signature_changes_with_each_publication(store: GenerationStore) -> None:
    publish(store, "un")
    before = store.signature()
    publish(store, "deux")
    assert store.signature() != before


def test_the_last_three_are_kept(store: GenerationStore) -> None:
    for number in range(KEPT + 2):
        publish(store, str(number))
    assert len(list((store.root / "gens").iterdir())) == KEPT


def test_a_builder_reads_once_what_nobody_wrote_since(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, "un")
    publish(store, "deux")
    read, digest_of = list[str](), manifest.digest_of

    def counted(path: Path) -> str:
        read.append(path.name)
        return digest_of(path)

    monkeypatch.setattr(manifest, "digest_of", counted)
    with store.lock():
        for _ in range(2):
            assert served(store) == ("deux", False)
            store.prune()
        assert read == ["index", "index"]  # of two generations
        (store.folder(2) / "index").write_text("rien", "utf-8")
        assert served(store) == ("un", True)


def test_a_failed_build_leaves_nothing_and_the_old_one_served(store: GenerationStore) -> None:
    publish(store, "un")

    def fail(folder: Path) -> dict[str, Any]:
        (folder / "index").write_text("moitié", "utf-8")
        raise OSError("disque plein")

    with pytest.raises(OSError, match="disque plein"), store.lock():
        store.publish(fail)
    assert served(store) == ("un", False)
    assert [path.name for path in (store.root / "gens").iterdir()] == ["00000001"]


def test_what_a_dead_builder_left_is_swept(store: GenerationStore) -> None:
    publish(store, "un")
    (store.root / "gens" / ".tmp-00000002").mkdir()
    publish(store, "deux")
    assert not list((store.root / "gens").glob(".tmp-*"))


@pytest.mark.parametrize("damage", ["cut", "bit", "delete", "manifest", "pointer", "no pointer"])
def test_damage_is_seen_and_an_older_generation_serves(store: GenerationStore, damage: str) -> None:
    publish(store, "un")
    publish(store, "deux")
    folder = store.root / "gens" / "00000002"
    if damage == "cut":
        (folder / "index").write_text("d", "utf-8")
    elif damage == "bit":
        (folder / "index").write_text("deuy", "utf-8")
    elif damage == "delete":
        (folder / "index").unlink()
    elif damage == "manifest":
        (folder / "manifest.json").write_text("{}", "utf-8")
    elif damage == "pointer":
        (store.root / "CURRENT").write_text("{", "utf-8")
    else:
        (store.root / "CURRENT").unlink()
    text, degraded = served(store)
    assert degraded
    assert text == ("deux" if "pointer" in damage else "un")


def test_a_pointer_to_another_manifest_is_not_followed(store: GenerationStore) -> None:
    publish(store, "un")
    pointer = store.root / "CURRENT"
    content = json.loads(pointer.read_text("utf-8"))
    pointer.write_text(json.dumps({**content, "manifest": "0" * 64}), "utf-8")
    assert served(store) == ("un", True)


def _try_lock(root: Path, answers: "multiprocessing.Queue[str]") -> None:
    try:
        with GenerationStore(root).lock():
            answers.put("taken")
    except BuildRunning:
        answers.put("running")


def test_only_one_builder_at_a_time(store: GenerationStore) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    with store.lock():
        other = context.Process(target=_try_lock, args=(store.root, answers))
        other.start()
        other.join()
    assert answers.get(timeout=5) == "running"


def test_a_full_disk_that_led_to_another_fault_is_said(store: GenerationStore) -> None:
    def fail(_folder: Path) -> dict[str, Any]:
        try:
            raise OSError(errno.ENOSPC, "plein")
        finally:
            raise ValueError("I/O operation on closed file")

    with pytest.raises(DiskFull, match="verbatheque build"), store.lock():
        store.publish(fail)


def test_another_fault_is_not_called_a_full_disk(store: GenerationStore) -> None:
    def fail(_folder: Path) -> dict[str, Any]:
        raise OSError(errno.EIO, "abîmé")

    with pytest.raises(OSError, match="abîmé"), store.lock():
        store.publish(fail)
