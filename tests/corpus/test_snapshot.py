"""A snapshot is the site at one moment: never half a file, never two moments."""

import os
import threading
import time
from pathlib import Path

import pytest

from corpus import backup
from corpus.backup import is_source, left_aside, snapshot_of
from corpus.problems import CorpusError
from corpus.site import SAMPLE_SITE, TABLES, writeup_paths


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "webinaires").mkdir(parents=True)
    (folder / "verbatheque.toml").write_text("", "utf-8")
    (folder / "webinaires" / "un.md").write_text("0" * 5000, "utf-8")
    (folder / "webinaires" / "deux.md").write_text("0" * 5000, "utf-8")
    return folder


def test_all_that_makes_the_sample_site_is_read() -> None:
    files = snapshot_of(SAMPLE_SITE)
    names = [*TABLES, *(f"webinaires/{path.name}" for path in writeup_paths(SAMPLE_SITE))]
    assert list(files) == names
    assert all(files[name] == (SAMPLE_SITE / name).read_bytes() for name in names)


def test_the_index_and_what_the_site_does_not_read_stay_out(site: Path) -> None:
    (site / ".verbatheque").mkdir()
    (site / ".git").mkdir()
    (site / "notes.txt").write_text("à faire", "utf-8")
    (site / "pages").mkdir()
    (site / "webinaires" / "image.png").write_bytes(b"\0")
    assert list(snapshot_of(site)) == [
        "verbatheque.toml",
        "webinaires/deux.md",
        "webinaires/un.md",
    ]
    assert left_aside(site) == ["notes.txt", "pages/", "webinaires/image.png"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("verbatheque.toml", True),
        ("webinaires/2024-03-20-compost.md", True),
        ("webinaires/Été à l’école, « 2 ».md", True),
        ("autre.toml", False),
        ("webinaires/image.png", False),
        ("webinaires/a/b.md", False),
        ("/etc/passwd", False),
        ("/webinaires/a.md", False),
        ("../webinaires/a.md", False),
        ("webinaires/../a.md", False),
        ("webinaires/..\\a.md", False),
        ("webinaires/a\n.md", False),
        ("webinaires/a\u202e.md", False),
        ("webinaires/a\udcff.md", False),
        (f"webinaires/{'é' * 127}.md", False),
        (".verbatheque/index/CURRENT", False),
        ("", False),
        ("webinaires/", False),
    ],
)
def test_a_source_is_known_by_its_name(name: str, expected: bool) -> None:
    assert is_source(name) is expected


def test_two_files_are_always_of_one_moment(site: Path) -> None:
    """An editor saves « un », then « deux », in place and in two halves: no half is ever read."""
    stop = threading.Event()

    def edit() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            for name in ("un.md", "deux.md"):
                with (site / "webinaires" / name).open("wb", buffering=0) as file:
                    file.write(b"%d" % (turn % 10) * 2500)
                    time.sleep(0.02)
                    file.write(b"%d" % (turn % 10) * 2500)
            stop.wait(0.3)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(8):
            files = snapshot_of(site)
            letters = {bytes({*files[f"webinaires/{name}.md"]}) for name in ("un", "deux")}
            sizes = {len(content) for name, content in files.items() if "webinaires" in name}
            assert sizes == {5000}
            assert len(letters) == 1
            assert len(letters.pop()) == 1
    finally:
        stop.set()
        editor.join()


@pytest.mark.process
def test_a_site_that_never_rests_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PATIENCE", 0.5)
    stop = threading.Event()

    def edit() -> None:
        while not stop.wait(0.01):
            (site / "webinaires" / "un.md").write_text("sans cesse", "utf-8")

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        with pytest.raises(CorpusError, match="changent sans cesse"):
            snapshot_of(site)
    finally:
        stop.set()
        editor.join()


def test_a_date_in_the_future_is_no_reason_to_wait(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in site.rglob("*"):
        os.utime(path, (1e9, 1e9))
    os.utime(site / "webinaires" / "un.md", (4e9, 4e9))
    monkeypatch.setattr("corpus.backup._PAUSE", 20)  # to wait once would be to refuse
    assert len(snapshot_of(site)) == 3
