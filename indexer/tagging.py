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
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from queue import Queue
from threading import Thread

import numpy as np

from corpus.reading.confined import cause_of_death, fresh_python
from indexer.french import ModelMissing, Tagged, load_french

_log = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS analysis (key TEXT PRIMARY KEY, words TEXT, seal TEXT)"

Tagging = Callable[[Sequence[str]], AbstractContextManager[Iterator[list[Tagged]]]]
Progress = Callable[[int], None]
Finished = Callable[[Progress], Iterator[list[Tagged]]]
Analysed = dict[str, str]  # a text to its words, as JSON

_TOGETHER = 500  # texts that are kept at once
_ASKED = 4_000  # texts that are read, asked for and told at once


def _runs(texts: Iterable[str]) -> Iterator[list[str]]:
    """Some texts after the other, as many as memory may hold."""
    left = iter(texts)
    while run := list(islice(left, _ASKED)):
        yield run


class AnalysisCache:
    """Analyses by the hash of the text; `version` names all that could change one."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self._used = array("Q")  # the beginnings of the keys of what the site says

    @contextmanager
    def analyses(
        self, texts: Iterable[str], tagging: Tagging, others: Iterable[str] | None = ()
    ) -> Iterator[Finished]:
        """Have the new texts tagged, some at a time; what the block is given waits for them.

        It gives the analysis of each text. `others` are texts that the site says too: what is
        kept of them stays, and all stays when they are None, since no text is gone.
        """
        runs = _runs(texts)
        first = next(runs, [])
        with self._some(first, tagging) as begun:

            def finished(progress: Progress) -> Iterator[list[Tagged]]:
                for done, words in enumerate(chain(begun, self._all(runs, tagging)), 1):
                    progress(done)
                    yield words
                if others is not None:
                    for run in _runs(others):
                        self._use(run)
                    self._drop_unused()

            yield finished

    def _all(self, runs: Iterable[list[str]], tagging: Tagging) -> Iterator[list[Tagged]]:
        for run in runs:
            with self._some(run, tagging) as tagged:
                yield from tagged

    @contextmanager
    def _some(self, texts: Sequence[str], tagging: Tagging) -> Iterator[Iterator[list[Tagged]]]:
        """Have texts tagged that memory holds, those that are known aside."""
        known = self._known(texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        with tagging(fresh) as answers:
            yield self._told(texts, known, zip(fresh, answers, strict=True))

    def _told(
        self, texts: Sequence[str], known: Analysed, answers: Iterator[tuple[str, list[Tagged]]]
    ) -> Iterator[list[Tagged]]:
        made: list[tuple[str, str]] = []
        for text in texts:
            while text not in known:
                other, words = next(answers)
                known[other] = json.dumps(words, ensure_ascii=False)
                made.append((self._key(other), known[other]))
                if len(made) == _TOGETHER:
                    self._keep(made)
                    made = []
            yield [Tagged(*word) for word in json.loads(known[text])]
        self._keep(made)
        self._use(texts)

    def _known(self, texts: Sequence[str]) -> Analysed:
        """What is kept and sound of these texts."""
        keys, known = {self._key(text): text for text in texts}, Analysed()
        asked = list(keys)
        try:
            with _opened(self._path) as connection:
                for start in range(0, len(asked), _TOGETHER):
                    some = asked[start : start + _TOGETHER]
                    marks = ",".join("?" * len(some))
                    question = f"SELECT key, words, seal FROM analysis WHERE key IN ({marks})"
                    for key, words, seal in connection.execute(question, some):
                        if key in keys and _seal(words) == seal:
                            known[keys[key]] = words
        except sqlite3.DatabaseError:
            self._set_aside()
            return {}
        return known

    def _keep(self, made: Sequence[tuple[str, str]]) -> None:
        """Store new analyses."""
        rows = [(key, words, _seal(words)) for key, words in made]
        self._change("INSERT OR REPLACE INTO analysis VALUES (?, ?, ?)", rows)

    def _use(self, texts: Iterable[str]) -> None:
        """Note that the site says some texts."""
        self._used.extend(_short(self._key(text)) for text in texts)

    def _drop_unused(self) -> None:
        """Drop the analyses of texts that the site no longer says."""
        used, gone = np.unique(np.array(self._used, np.uint64)), list[tuple[str]]()
        with suppress(sqlite3.DatabaseError), _opened(self._path) as connection:
            stored = connection.execute("SELECT key FROM analysis")
            while some := stored.fetchmany(_ASKED):
                short = np.array([_short(key) for (key,) in some], np.uint64)
                gone += [some[place] for place in np.flatnonzero(~np.isin(short, used)).tolist()]
        self._change("DELETE FROM analysis WHERE key = ?", gone)

    def _change(self, statement: str, rows: Iterable[Sequence[str]] = ((),)) -> None:
        try:
            with _opened(self._path) as connection, connection:
                connection.executemany(statement, rows)
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


def _short(key: str) -> int:
    return int(key[:16], 16)


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
