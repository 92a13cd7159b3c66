"""A site saved is a site restored, whatever happens meanwhile; a bad archive writes nothing."""

import itertools
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.backup import backup_from_archive
from corpus.site import DERIVED, SAMPLE_SITE, read_site, writeup_paths
from indexer.build import build
from web.cli.main import verbatheque
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED, run

ROOT = Path(__file__).parents[3]
FULL = os.environ.get("VERBATHEQUE_FAULTS") == "full"
ROUNDS = 20 if FULL else 5
QUERIES = ["vélo", "financer", "ESS", "« petite faim »", "coopération locale", "spirale -carnet"]


def call(*arguments: str | Path) -> int:
    return run(verbatheque, [str(argument) for argument in arguments])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A part of the sample site: quick to build."""
    return part_of_sample(tmp_path / "site", range(3))


def part_of_sample(folder: Path, kept: range) -> Path:
    shutil.copytree(SAMPLE_SITE, folder, ignore=shutil.ignore_patterns(DERIVED))
    for number, path in enumerate(writeup_paths(folder)):
        if number not in kept:
            path.unlink()
    (folder / "requetes.toml").write_text("", "utf-8")  # they expect the whole sample
    return folder


def sources(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and DERIVED not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    """All that a site can say: every record, and what it answers."""
    capsys.readouterr()
    assert call("export", "--json", "--site", folder) == DONE
    told: list[Any] = capsys.readouterr().out.splitlines()
    for query in QUERIES:
        assert call("search", query, "--json", "--limit", "100", "--site", folder) == DONE
        told.append(json.loads(capsys.readouterr().out) | {"took_ms": 0})
    return told


@contextmanager
def nothing(_site: Path) -> Iterator[None]:
    yield


@contextmanager
def builds(site: Path) -> Iterator[None]:
    """Another thread publishes one index after the other."""
    with _repeating(lambda turn: build(read_site(site), force=True)):
        yield


@contextmanager
def edits(site: Path) -> Iterator[None]:
    """Another thread saves the first write-up, then the second, again and again."""
    first, second, *_ = writeup_paths(site)
    begun = first.read_text("utf-8"), second.read_text("utf-8")

    def edit(turn: int) -> None:
        for path, text in zip((first, second), begun, strict=True):
            path.write_text(f"{text}\n> C’était la prise {turn}.\n", "utf-8")

    edit(0)
    with _repeating(edit, pause=0.3):
        yield


@contextmanager
def _repeating(work: Callable[[int], object], pause: float = 0.0) -> Iterator[None]:
    stop, failed = threading.Event(), list[BaseException]()

    def repeat() -> None:
        try:
            for turn in itertools.count():
                work(turn)
                if stop.wait(pause):
                    return
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert failed == []


MEANWHILE = [nothing, builds, edits]


@pytest.mark.model
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_restored_site_answers_alike(
    turn: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(turn)
    begin = dice.randrange(12)
    site = part_of_sample(tmp_path / "site", range(begin, begin + dice.randrange(2, 4)))
    assert call("build", "--site", site) == DONE
    archive, again = tmp_path / "a.tar.gz", tmp_path / "ailleurs" / "site"
    with MEANWHILE[turn % len(MEANWHILE)](site):
        assert call("backup", archive, "--site", site) == DONE
    assert call("restore", archive, again) == DONE
    takes = {line for path in writeup_paths(again) for line in _takes(path)}
    assert len(takes) <= 1  # both write-ups are of one moment
    for path, take in itertools.product(writeup_paths(site)[:2], takes):
        lines = [take if line.startswith("> C’était") else line for line in _lines(path)]
        path.write_text("\n".join(lines) + "\n", "utf-8")  # the moment of the backup
    assert sources(again) == sources(site)
    assert call("build", "--site", site) == DONE
    assert answers(again, capsys) == answers(site, capsys)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _takes(path: Path) -> list[str]:
    return [line for line in _lines(path) if line.startswith("> C’était")]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda archive: b"bonjour", "n’est pas une sauvegarde"),
        (lambda archive: archive[: len(archive) // 2], "est incomplète"),
        (lambda archive: archive[:2000] + b"\0" + archive[2001:], "est abîmée"),
        (lambda archive: archive + b"\0", "suivie d’autre chose"),
    ],
)
def test_a_bad_archive_writes_nothing(
    damage: Callable[[bytes], bytes],
    said: str,
    site: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    archive = tmp_path / "a.tar.gz"
    assert call("backup", archive, "--site", site) == DONE
    archive.write_bytes(damage(archive.read_bytes()))
    before = sorted(tmp_path.rglob("*"))
    assert call("restore", archive, tmp_path / "nouveau" / "site") == REFUSED
    told = capsys.readouterr().err
    assert said in told.replace("\u00a0", " ")
    assert "Traceback" not in told
    assert sorted(tmp_path.rglob("*")) == before


def test_a_site_is_never_restored_over_another(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "a.tar.gz"
    assert call("backup", archive, "--site", site) == DONE
    before = sources(site)
    (tmp_path / "vide").mkdir()
    for there in (site, tmp_path / "vide", archive):
        assert call("restore", archive, there) == REFUSED
        assert "nouveau dossier" in capsys.readouterr().err
    assert sources(site) == before


def test_a_backup_never_takes_the_place_of_a_file_by_itself(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "lettre.txt"
    there.write_text("à garder", "utf-8")
    assert call("backup", there, "--site", site) == REFUSED
    assert "--force" in capsys.readouterr().err
    assert there.read_text("utf-8") == "à garder"
    assert call("backup", there, "--site", site, "--force") == DONE
    assert there.read_bytes().startswith(b"\x1f\x8b")


def test_a_backup_is_named_by_its_time_and_read_by_its_owner_only(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "notes.txt").touch()
    folder = tmp_path / "sauvegardes"
    folder.mkdir()
    assert call("backup", folder, "--site", site, "--json") == DONE
    told = json.loads(capsys.readouterr().out)
    (written,) = folder.iterdir()
    assert told["file"] == str(written)
    assert (told["bytes"], told["webinars"]) == (written.stat().st_size, 3)
    assert told["left_aside"] == ["notes.txt"]
    assert written.name.startswith("verbatheque-20")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def started(*arguments: str | Path, limit: str = "unlimited") -> subprocess.Popen[str]:
    """The command in a process of its own, which may write files up to a limit (in blocks)."""
    words = [sys.executable, "-m", "web.cli.main", *map(str, arguments)]
    script = f'ulimit -f {limit} && exec "$@"'
    return subprocess.Popen(
        ["sh", "-c", script, "sh", *words], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.process
def test_a_disk_that_takes_no_more_leaves_nothing(site: Path, tmp_path: Path) -> None:
    archive, again = tmp_path / "a.tar.gz", tmp_path / "encore"
    assert call("backup", archive, "--site", site) == DONE
    before = sorted(tmp_path.rglob("*"))
    attempts: list[tuple[list[str | Path], Path]] = [
        (["backup", tmp_path / "b.tar.gz", "--site", site], tmp_path / "b.tar.gz"),
        (["backup", archive, "--force", "--site", site], archive),
        (["restore", archive, again], again),
    ]
    for words, target in attempts:
        tried = started(*words, limit="2")
        told = tried.communicate()[1]
        assert tried.returncode == REFUSED
        assert "impossible de lire ou d’écrire" in told
        assert str(target) in told
        assert "Traceback" not in told
        assert sorted(tmp_path.rglob("*")) == before
    assert backup_from_archive(archive.read_bytes()).webinars == 3


@pytest.mark.process
def test_a_backup_that_is_killed_is_whole_or_not_there(site: Path, tmp_path: Path) -> None:
    dice = random.Random(22)
    for turn in range(50 if FULL else 5):
        archive = tmp_path / f"{turn}.tar.gz"
        running = started("backup", archive, "--site", site)
        time.sleep(dice.uniform(0.2, 1.0))
        running.kill()
        running.communicate()
        if archive.exists():
            assert backup_from_archive(archive.read_bytes()).webinars == 3
    last = started("backup", tmp_path / "last.tar.gz", "--site", site)
    last.communicate()
    assert last.returncode == DONE


def test_what_is_left_aside_is_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(7):
        (site / f"note{number}.txt").touch()
    assert call("backup", tmp_path / "a.tar.gz", "--site", site) == DONE
    assert "« note4.txt » et 2 de plus" in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.mark.model
def test_a_golden_query_that_fails_leaves_the_files_restored(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = '[[requete]]\ntexte = "vélo"\nattendus = ["0000000000"]\n'
    (site / "requetes.toml").write_text(query, "utf-8")
    archive, again = tmp_path / "a.tar.gz", tmp_path / "encore"
    assert call("backup", archive, "--site", site) == DONE
    assert call("restore", archive, again) == DONE_WITH_PROBLEMS
    assert "verbatheque build --site" in capsys.readouterr().err
    assert sources(again) == sources(site)


@pytest.mark.model
def test_a_doubt_in_a_restored_site_is_told_and_its_index_made(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "verbatheque.toml").write_text('organization = "Faute de frappe"', "utf-8")
    archive, again = tmp_path / "a.tar.gz", tmp_path / "encore"
    assert call("backup", archive, "--site", site) == DONE
    assert call("restore", archive, again) == DONE_WITH_PROBLEMS
    told = capsys.readouterr().err
    assert "Index publié" in told
    assert "refaire l’index" not in told


@pytest.mark.parametrize("name", ["absent.tar.gz", "."])
def test_an_archive_that_is_no_file_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("restore", tmp_path / name, tmp_path / "site") == REFUSED
    assert "Erreur" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
