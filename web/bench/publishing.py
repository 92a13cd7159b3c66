"""Publishing from the bench: one build at a time, told while it runs, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from corpus.problems import Refused
from corpus.site import DERIVED, Site, read_site, settings_of
from corpus.typography import spaced
from corpus.writeups.known import known_writeups
from indexer.build import BuildRefused, Summary, build
from indexer.french import ModelMissing
from indexer.generations import BuildRunning, index_store
from indexer.history import roll_back
from search.golden_check import golden_review


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: what it did, or why it was refused."""

    summary: Summary | None = None
    refused: str = ""
    can_force: bool = False


@dataclass
class Publisher:
    """The build of a site: asked for, followed, finished."""

    folder: Path
    step: str = ""
    done: int = 0
    total: int = 0
    outcome: Outcome | None = None
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    @property
    def is_running(self) -> bool:
        """Say whether a build is at work."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, *, force: bool = False) -> None:
        """Begin, unless one is at work already."""
        with self._lock:
            if not self.is_running:
                self.step, self.done, self.total, self.outcome = "Lecture du site", 0, 0, None
                self._thread = Thread(target=self._run, args=(force,), daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until it is finished."""
        if self._thread:
            self._thread.join()

    def _run(self, force: bool) -> None:
        self.outcome = built(self.folder, force=force, progress=self._tell)

    def _tell(self, step: str, done: int, total: int) -> None:
        self.step, self.done, self.total = step, done, total


def built(
    folder: Path, *, force: bool = False, progress: Callable[[str, int, int], None]
) -> Outcome:
    """Build as the command does; every refusal is told in French."""
    try:
        with known_writeups(folder / DERIVED) as known:
            site = read_site(folder, known)
        summary = build(site, force=force, check=golden_review, progress=progress)
    except BuildRunning as running:
        return Outcome(refused=spaced(str(running)))
    except BuildRefused as refusal:
        return Outcome(refused=spaced(str(refusal)), can_force=True)
    except (ModelMissing, Refused) as error:
        return Outcome(refused=spaced(f"{error}."))
    except OSError as error:
        return Outcome(refused=spaced(f"impossible d’écrire\u00a0: {error.strerror}."))
    return Outcome(summary)


def rolled_back(folder: Path) -> int:
    """Publish the generation before; its number."""
    store = index_store(Site(folder, settings_of(folder)))
    with store.lock():
        return roll_back(store).manifest.generation
