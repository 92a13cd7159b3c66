"""The French model in a process of its own: it loads while the builder does something else.

`python -m indexer.tagging` takes a line of texts (a JSON array), gives for each text a line of
tagged words, and goes on until nothing more can come. It outlives the build: `build --watch`
loads the model once.
"""

import atexit
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from threading import Thread

from indexer.french import ModelMissing, Tagged, load_french
from indexer.fresh_python import cause_of_death, fresh_python

_idle: "list[subprocess.Popen[str]]" = []


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
    lines = Queue[str]()
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


def _ready() -> "subprocess.Popen[str]":
    while _idle:
        process = _idle.pop()
        if process.poll() is None:
            return process
        _end(process)
    return fresh_python(__name__)


def _ask(process: "subprocess.Popen[str]", texts: Sequence[str]) -> None:
    assert process.stdin
    try:
        process.stdin.write(json.dumps(texts) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise _failure(process) from None


def _read(process: "subprocess.Popen[str]", count: int, lines: "Queue[str]") -> None:
    """Take the lines as they come: a pipe holds few of them, and the model would wait."""
    assert process.stdout
    line = "\n"
    for _ in range(count):
        line = process.stdout.readline() if line else line
        lines.put(line)


def _answer(process: "subprocess.Popen[str]", line: str) -> list[Tagged]:
    if not line.endswith("\n"):
        raise _failure(process)
    return [Tagged(*word) for word in json.loads(line)]


def _failure(process: "subprocess.Popen[str]") -> TaggingFailed:
    _, complaint = process.communicate()
    cause = cause_of_death(complaint, process.returncode)
    return TaggingFailed(f"l’analyse du français s’est arrêtée ({cause})")


def _end(process: "subprocess.Popen[str]") -> None:
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
