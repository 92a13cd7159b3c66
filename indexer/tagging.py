"""What the French model says of each text: asked of a process of its own, and kept in a cache.

Only an accelerator: damaged, it is set aside and made anew; unwritable, it is done without.

`python -m indexer.tagging` takes a line of texts (a JSON array), gives for each text a line of
tagged words, and goes on until nothing more can come. It outlives the build: `build --watch`
loads the model once.
"""

import atexit
import hashlib
import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from corpus.reading.confined import cause_of_death, fresh_python
from indexer.french import ModelMissing, Tagged, load_french

_log = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS analysis (key TEXT PRIMARY KEY, words TEXT, seal TEXT)"

Analysed = dict[str, list[Tagged]]
Tagging = Callable[[Sequence[str]], AbstractContextManager[Iterator[list[Tagged]]]]
Progress = Callable[[int, int], None]


class AnalysisCache:
    """Analyses by the hash of the text; `version` names all that could change one."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version

    @contextmanager
    def analyses(
        self, texts: Sequence[str], tagging: Tagging
    ) -> Iterator[Callable[[Progress], list[list[Tagged]]]]:
        """Have the new texts tagged; what the block is given waits for the analysis of each."""
        known = self._known(texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        with tagging(fresh) as answers:

            def finished(progress: Progress) -> list[list[Tagged]]:
                for done, (text, words) in enumerate(zip(fresh, answers, strict=True), 1):
                    known[text] = words
                    progress(done, len(fresh))
                self._keep(fresh, known)
                return [known[text] for text in texts]

            yield finished

    def _known(self, texts: Iterable[str]) -> Analysed:
        """What is kept and sound of these texts."""
        keys = {self._key(text): text for text in texts}
        try:
            with _opened(self._path) as connection:
                rows = connection.execute("SELECT key, words, seal FROM analysis").fetchall()
        except sqlite3.DatabaseError:
            self._set_aside()
            return {}
        sound = (
            (keys[key], words) for key, words, seal in rows if key in keys and _seal(words) == seal
        )
        return {text: [Tagged(*word) for word in json.loads(words)] for text, words in sound}

    def _keep(self, fresh: Iterable[str], known: Analysed) -> None:
        """Store the new analyses and drop those of texts that the site no longer says."""
        rows = [(self._key(text), json.dumps(known[text], ensure_ascii=False)) for text in fresh]
        try:
            with _opened(self._path) as connection, connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO analysis VALUES (?, ?, ?)",
                    [(key, words, _seal(words)) for key, words in rows],
                )
                used = {(self._key(text),) for text in known}
                stored = set(connection.execute("SELECT key FROM analysis"))
                connection.executemany("DELETE FROM analysis WHERE key = ?", stored - used)
        except sqlite3.DatabaseError as error:
            _log.warning("the analyses were not kept for the next build: %s", error)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._version}\x1f{text}".encode()).hexdigest()

    def _set_aside(self) -> None:
        """Keep one damaged file for whoever wants to know why."""
        try:
            self._path.replace(self._path.with_suffix(".damaged"))
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the damaged analyses stay: %s", error)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(_TABLE)
        yield connection


def _seal(words: object) -> str:
    """The file itself does not see a changed letter: each row is sealed."""
    return hashlib.blake2b(str(words).encode("utf-8", "replace"), digest_size=8).hexdigest()


_idle: list[subprocess.Popen[bytes]] = []


class TaggingFailed(RuntimeError):
    """The process of the model died; the message says why, in French."""


@contextmanager
def tagged_apart(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Have texts tagged by another process; what the block is given waits for their answers.

    Without a text nothing is started. Raise `TaggingFailed` when the process dies.
    """
    if not texts:
        yield iter(())
        return
    process = _ready()
    lines = Queue[bytes]()
    reader = Thread(target=_read, args=(process, len(texts), lines))
    unread = iter(texts)
    try:
        _ask(process, texts)
        reader.start()
        yield (_answer(process, lines.get()) for _ in unread)
    finally:
        is_done = not any(True for _ in unread)
        if not is_done:
            process.kill()  # it would give its answers to the next who asks
        if reader.ident:
            reader.join()
        if is_done:
            _idle.append(process)
        else:
            _end(process)


def _ready() -> subprocess.Popen[bytes]:
    while _idle:
        process = _idle.pop()
        if process.poll() is None:
            return process
        _end(process)
    return fresh_python(__name__)


def _ask(process: subprocess.Popen[bytes], texts: Sequence[str]) -> None:
    assert process.stdin
    try:
        process.stdin.write(json.dumps(texts).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise _failure(process) from None


def _read(process: subprocess.Popen[bytes], count: int, lines: Queue[bytes]) -> None:
    """Take the lines as they come: a pipe holds few of them, and the model would wait."""
    assert process.stdout
    line = b"\n"
    for _ in range(count):
        line = process.stdout.readline() if line else line
        lines.put(line)


def _answer(process: subprocess.Popen[bytes], line: bytes) -> list[Tagged]:
    if not line.endswith(b"\n"):
        raise _failure(process)
    return [Tagged(*word) for word in json.loads(line)]


def _failure(process: subprocess.Popen[bytes]) -> TaggingFailed:
    _, complaint = process.communicate()
    cause = cause_of_death(complaint, process.returncode)
    return TaggingFailed(f"l’analyse du français s’est arrêtée ({cause})")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


@atexit.register
def end_idle() -> None:
    """End the processes that nobody uses."""
    while _idle:
        _end(_idle.pop())


def answers(lines: Iterable[str]) -> Iterator[str]:
    """A line for each text of each line; the model is loaded when there is one."""
    for line in lines:
        for words in load_french()(json.loads(line)):
            yield json.dumps(words)


def main() -> None:
    """Answer until the builder is gone."""
    try:
        for answer in answers(sys.stdin):
            print(answer, flush=True)
    except ModelMissing as missing:
        sys.exit(str(missing))
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
