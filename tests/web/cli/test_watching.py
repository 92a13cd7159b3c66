"""A watch builds when files have changed and are still, and nothing stops it but its user."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.site import Site, read_site
from indexer.generations import index_store
from web.cli.indexing import changes
from web.cli.main import verbatheque
from web.cli.options import DONE, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "webinaires").mkdir()
    (tmp_path / "verbatheque.toml").touch()
    (tmp_path / "webinaires" / "un.md").write_text("un", "utf-8")
    return tmp_path


class Clock:
    """At each look does the next thing; stops the watch when there is none left."""

    def __init__(self, *events: Callable[[], object]) -> None:
        self.events = list(events)

    def sleep(self, _seconds: float) -> None:
        if not self.events:
            raise KeyboardInterrupt
        self.events.pop(0)()


def nothing() -> None: ...


Watch = Callable[..., int]


@pytest.fixture
def seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """How many times a watch yields while things happen, one at each look."""

    def count(*events: Callable[[], object]) -> int:
        monkeypatch.setattr("web.cli.indexing.sleep", Clock(*events).sleep)
        yields = 0
        try:
            for _ in changes(Site(folder)):
                yields += 1
        except KeyboardInterrupt:
            return yields
        raise AssertionError("the watch ended by itself")

    return count


def test_the_first_look_counts(seen: Watch) -> None:
    assert seen(nothing, nothing) == 1


def test_each_saved_file_is_seen_once(folder: Path, seen: Watch) -> None:
    path = folder / "webinaires" / "un.md"
    assert seen(lambda: path.write_text("deux !"), nothing, nothing, nothing) == 2
    assert seen(lambda: path.unlink(), nothing, nothing) == 2
    assert seen(lambda: (folder / "themes.toml").touch(), nothing, nothing) == 2


def test_an_editor_who_saves_again_is_waited_for(folder: Path, seen: Watch) -> None:
    path = folder / "webinaires" / "un.md"
    saves = [lambda n=n: path.write_text("x" * n) for n in range(5, 9)]
    assert seen(*saves, nothing, nothing) == 2


@pytest.mark.model
def test_a_broken_write_up_does_not_stop_the_watch(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "webinaires" / "un.md"
    good = "---\ntitre: Un\ndate: 2024-01-01\n---\n\n> Un pont neuf.\n"
    path.write_text(good, "utf-8")
    events = [
        lambda: path.write_text("---\ntitre: [", "utf-8"),
        nothing,
        lambda: (folder / "verbatheque.toml").rename(folder / "ailleurs"),
        nothing,
        lambda: (folder / "ailleurs").rename(folder / "verbatheque.toml"),
        lambda: path.write_text(good.replace("neuf", "vieux"), "utf-8"),
        nothing,
    ]
    monkeypatch.setattr("web.cli.indexing.sleep", Clock(*events).sleep)
    assert run(verbatheque, ["build", "--watch", "--site", str(folder)]) == DONE
    told = capsys.readouterr().err
    assert "n’a pas été publié" in told
    assert "n’est pas un site" in told
    assert "Fin de la surveillance" in told
    assert index_store(read_site(folder)).current().manifest.generation == 2
