"""A write-up that did not change is not read again, and tells the same."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.site import SAMPLE_SITE, Site, read_site
from corpus.writeups.known import FILE, known_writeups, seal_of

WRONG = """---
titre: Deux fois
---

## 1. Le pain {#pain}

Du texte libre.

> Du pain.
> — Ida Roc
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE_SITE, tmp_path / "site", ignore=shutil.ignore_patterns(".verbatheque"))
    folder = tmp_path / "site"
    (folder / ".verbatheque").mkdir()
    for name in ("a-un.md", "b-deux.md"):  # the second cannot have the ids of the first
        (folder / "webinaires" / name).write_text(WRONG, "utf-8")
    return folder


def read(folder: Path) -> Site:
    with known_writeups(folder / ".verbatheque") as known:
        return read_site(folder, known)


def kept(folder: Path, change: str, resealed: Callable[[str], str] = str) -> None:
    """Change what is kept of write-ups."""
    with closing(sqlite3.connect(folder / ".verbatheque" / FILE)) as connection, connection:
        connection.create_function("resealed", 1, resealed)
        connection.execute(f"UPDATE known SET {change}")


def test_what_is_known_tells_the_same_and_is_not_read_again(folder: Path) -> None:
    whole = read_site(folder)
    assert "id-double" in {problem.code for problem in whole.problems}
    assert read(folder) == read(folder) == whole
    content = (folder / "webinaires" / "a-un.md").read_bytes()
    kept(folder, "told = replace(told, 'Du pain.', 'Du vin.')")
    kept(folder, "seal = resealed(told)", lambda told: seal_of(content, told))
    [one] = (webinar for webinar in read(folder).webinars if webinar.id == "a-un")
    assert [said.text for said in one.verbatims] == ["Du vin."]


def change(folder: Path) -> None:
    path = folder / "webinaires" / "a-un.md"
    path.write_text(WRONG.replace("Du pain.", "De l’eau."), "utf-8")


def remove(folder: Path) -> None:
    (folder / "webinaires" / "a-un.md").unlink()


def damage(folder: Path) -> None:
    (folder / ".verbatheque" / FILE).write_bytes(b"\0" * 9_000)


def be_read_by_other_code(folder: Path) -> None:
    kept(folder, "seal = 'autre', told = replace(told, 'Du pain.', 'Du vin.')")


def change_a_letter(folder: Path) -> None:
    kept(folder, "told = replace(told, 'Du pain.', 'Du bain.')")


def cut_short(folder: Path) -> None:
    kept(folder, "told = substr(told, 1, 40)")


@pytest.mark.parametrize(
    "happen", [change, remove, damage, be_read_by_other_code, change_a_letter, cut_short]
)
def test_what_is_not_the_same_is_read_again(folder: Path, happen: Callable[[Path], None]) -> None:
    read(folder)
    happen(folder)
    assert read(folder) == read_site(folder) == read(folder)


def test_a_damaged_file_is_made_again(folder: Path) -> None:
    read(folder)
    damage(folder)
    read(folder)
    kept(folder, "seal = seal")


def test_a_locked_file_is_done_without(folder: Path) -> None:
    read(folder)
    file = folder / ".verbatheque" / FILE
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert read(folder) == read_site(folder)


def test_nothing_is_left_of_what_is_gone(folder: Path) -> None:
    path = folder / "webinaires" / "c-trois.md"
    path.write_text(WRONG.replace("Ida Roc", "Zéphyrine Quill"), "utf-8")
    read(folder)
    file = folder / ".verbatheque" / FILE
    assert "Zéphyrine".encode() in file.read_bytes()
    path.unlink()
    read(folder)
    assert "Zéphyrine".encode() not in file.read_bytes()


def test_a_site_without_an_index_keeps_nothing(folder: Path) -> None:
    (folder / ".verbatheque").rmdir()
    assert read(folder) == read_site(folder)
    assert not (folder / ".verbatheque").exists()
