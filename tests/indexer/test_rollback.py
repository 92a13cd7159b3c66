"""Going back is a publication, and a build does not undo it by itself."""

import shutil
from pathlib import Path

import pytest

from corpus.site import Site, read_site, writeup_paths
from indexer.build import build
from indexer.generations import GenerationStore, index_store
from web.cli.main import verbatheque
from web.cli.options import DONE, DONE_WITH_PROBLEMS, REFUSED, run

pytestmark = pytest.mark.model


def call(*arguments: str | Path) -> int:
    return run(verbatheque, [str(argument) for argument in arguments])


@pytest.fixture
def folder(sample_site: Site, tmp_path: Path) -> Path:
    """A site of two generations that differ by one word."""
    copy = tmp_path / "site"
    shutil.copytree(sample_site.folder, copy)
    edit(copy)
    build(read_site(copy))
    return copy


def edit(folder: Path) -> None:
    path = writeup_paths(folder)[0]
    path.write_text(path.read_text("utf-8").replace("## 1. ", "## 1. Bref : ", 1), "utf-8")


def store(folder: Path) -> GenerationStore:
    return index_store(Site(folder))


def published(folder: Path) -> int:
    current = store(folder).current()
    assert not current.degraded
    return current.manifest.generation


def test_going_back_publishes_the_generation_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = published(folder)
    assert call("rollback", "--site", folder) == DONE
    assert published(folder) == last - 1
    assert f"verbatheque rollback {last}" in capsys.readouterr().err
    assert call("rollback", str(last), "--site", folder) == DONE
    assert published(folder) == last


def test_a_build_of_the_same_site_does_not_undo_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("rollback", "--site", folder)
    back = published(folder)
    assert call("build", "--site", folder) == DONE
    assert published(folder) == back
    assert "verbatheque build --force" in capsys.readouterr().err


def test_a_build_of_a_corrected_site_publishes(folder: Path) -> None:
    call("rollback", "--site", folder)
    edit(folder)
    last = max(store(folder).numbers())
    assert call("build", "--site", folder) == DONE
    assert published(folder) == last + 1


def test_a_forced_build_publishes(folder: Path) -> None:
    call("rollback", "--site", folder)
    last = max(store(folder).numbers())
    assert call("build", "--force", "--site", folder) == DONE
    assert published(folder) == last + 1


def test_a_damaged_generation_that_was_left_can_be_built_again(folder: Path) -> None:
    last = published(folder)
    (store(folder).folder(last) / "columns.npz").unlink()
    call("rollback", "--site", folder)
    assert call("build", "--site", folder) == DONE
    assert published(folder) == last + 1


@pytest.mark.parametrize("asked", ["99", "current", "damaged", "none before"])
def test_what_cannot_be_gone_back_to_is_refused(
    asked: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = published(folder)
    number = {"99": "99", "current": str(last), "damaged": str(last - 1)}.get(asked)
    if asked == "damaged":
        (store(folder).folder(last - 1) / "spelling.columns").write_text("{}")
    if asked == "none before":
        shutil.rmtree(store(folder).folder(last - 1))
    assert call("rollback", *([number] if number else []), "--site", folder) == REFUSED
    assert published(folder) == last
    assert "Erreur" in capsys.readouterr().err


def test_verify_tells_a_sound_store(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("verify", "--site", folder) == DONE
    assert capsys.readouterr().err.count("intacte") == len(store(folder).numbers())


@pytest.mark.parametrize("damaged", ["published", "kept", "all"])
def test_verify_says_what_is_damaged_and_build_mends_it(
    damaged: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = published(folder)
    for number in {"published": [last], "kept": [last - 1], "all": [last, last - 1]}[damaged]:
        (store(folder).folder(number) / "lexicon.columns").write_text("{}")
    assert call("verify", "--site", folder) == (REFUSED if damaged == "all" else DONE_WITH_PROBLEMS)
    told = capsys.readouterr().err
    assert "« lexicon.columns » est endommagé" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "verbatheque build" in told
    assert call("build", "--site", folder) == DONE
    assert call("verify", "--site", folder) == DONE
