"""A write-up being worked on: every step is on the disk before it is shown, and can be undone.

Steps are kept beside the index, in a file that only grows: who is killed midway loses at most the
step that was being written. The write-up itself changes when the editor saves, and only if it is
still what it was: what another hand wrote meanwhile becomes a step too, so neither side is lost.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.adding.draft import PageMemory, remembered
from corpus.bench.changes import Attribute, Change, Describe, Present, Work
from corpus.bench.doubts import answered, dated, settled
from corpus.bench.places import PageWords
from corpus.files import make_folder, replace_file
from corpus.problems import CorpusError
from corpus.records import Webinar
from corpus.site import DERIVED, WRITEUPS, writeup_paths
from corpus.typography import slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.rewriting import revised

_FOLDER = "etabli"
_MOST = 8_000_000  # bytes of steps: then only the last state is kept


class ChangedOnDisk(CorpusError):
    """The file is no longer what it was when it was opened; `theirs` is what it says now."""

    def __init__(self, theirs: str) -> None:
        self.theirs = theirs
        super().__init__("le fichier a été changé ailleurs depuis que vous l’avez ouvert.")


def digest_of(text: str) -> str:
    """A short name for a text."""
    return sha256(text.encode("utf-8")).hexdigest()[:16]


@dataclass
class Workbook:
    """The steps of one write-up, and the one that is shown."""

    site: Path
    name: str
    base: str = ""
    steps: list[tuple[str, str]] = field(default_factory=list)
    at: int = 0
    _parsed: tuple[str, Writeup] | None = None
    _page: tuple[PageMemory | None, PageWords] | None = None

    @classmethod
    def opened(cls, site: Path, name: str) -> "Workbook":
        """The write-up as it was left, or as the disk has it; raise `CorpusError` without one."""
        book = cls(site, name)
        if not book.id or book.path not in writeup_paths(site):
            raise CorpusError(f"« {name} » n’est pas un compte rendu de ce site.")
        for line in _lines(book._journal):
            book._replay(line)
        book.look()
        return book

    @property
    def id(self) -> str:
        """The id of the webinar."""
        return slug_from(self.name)

    @property
    def path(self) -> Path:
        """The write-up."""
        return self.site / WRITEUPS / f"{self.name}.md"

    @property
    def _journal(self) -> Path:
        return journal_of(self.site, self.id)

    @property
    def text(self) -> str:
        """The write-up as it stands on the bench."""
        return self.steps[self.at][1]

    @property
    def is_saved(self) -> bool:
        """Say whether the file says all that the bench does."""
        return self.text == self.base

    @property
    def writeup(self) -> Writeup:
        """The same, read."""
        if self._parsed is None or self._parsed[0] != self.text:
            self._parsed = (self.text, read_writeup(self.text, self.id))
        return self._parsed[1]

    @property
    def webinar(self) -> Webinar:
        """The record; raise `CorpusError` when the file says none."""
        if self.writeup.webinar is None:
            fault = next((str(problem) for problem in self.writeup.problems), "")
            raise CorpusError(f"« {self.path.name} » n’est pas lisible. {fault}")
        return self.writeup.webinar

    @property
    def memory(self) -> PageMemory | None:
        """What is known of the page."""
        return self._known()[0]

    @property
    def page(self) -> PageWords:
        """The page; no line when it is not known."""
        return self._known()[1]

    def _known(self) -> tuple[PageMemory | None, PageWords]:
        if self._page is None:
            memory = remembered(self.site, self.id)
            self._page = memory, PageWords(memory.text.split("\n") if memory else [])
        return self._page

    def forget_page(self) -> None:
        """Read what is known of the page again, after it was added again."""
        self._page = None

    def look(self) -> None:
        """Take up what the disk says, where nothing waits here to be saved."""
        disk = self._disk()
        if not self.steps:
            self._note({"text": disk, "label": "", "base": disk})
        elif disk != self.base and (self.is_saved or disk == self.text):
            self._note({"text": disk, "label": "repris du disque", "base": disk})

    def theirs(self) -> str | None:
        """What another hand wrote meanwhile; None when there is nothing to choose."""
        disk = self._disk()
        return disk if disk not in (self.base, self.text) else None

    def change(self, change: Change) -> None:
        """Make one change a step."""
        webinar = self.webinar
        draft = self.memory.draft if self.memory else None
        try:
            wanted = change.made(Work(webinar, self.page, draft))
        except ValueError as error:
            raise CorpusError(
                "cette valeur ne peut pas être écrite : ni ligne, ni signe caché."
            ) from error
        keys: set[str] = set()
        if isinstance(change, Attribute | Present):
            keys = answered(self.writeup, change.verbatims)
        elif isinstance(change, Describe) and wanted.held_on:
            keys = dated(self.writeup)
        writeup = read_writeup(settled(self.writeup, keys), self.id) if keys else self.writeup
        then = revised(writeup, wanted)
        if then.webinar != wanted:
            raise CorpusError("ce changement ne peut pas être écrit dans le compte rendu.")
        self._parsed = (then.text, then)
        self.put(then.text, type(change).__name__.lower())

    def settle(self, key: str) -> None:
        """A doubt is looked at: it goes."""
        self.put(settled(self.writeup, {key}), "settle")

    def put(self, text: str, label: str) -> None:
        """Add a step, unless nothing changes."""
        if text != self.text:
            self._note({"text": text, "label": label, "at": self.at})

    def go(self, way: int) -> None:
        """Undo (-1) or do again (+1)."""
        at = self.at + way
        if not 0 <= at < len(self.steps):
            raise CorpusError("il n’y a plus rien à défaire." if way < 0 else "rien à refaire.")
        self._note({"to": at})

    def save(self, over: str = "") -> None:
        """Write the file. What another hand wrote is kept as a step, once it was seen (`over`)."""
        if (theirs := self.theirs()) is not None:
            if digest_of(theirs) != over:
                raise ChangedOnDisk(theirs)
            mine = self.text
            self.put(theirs, "version du disque")
            self.put(mine, "ma version")
        mode = self.path.stat().st_mode & 0o777 if self.path.exists() else 0o644
        replace_file(self.path, self.text.encode("utf-8"), mode)
        self._note({"base": self.text})

    def take_theirs(self) -> None:
        """Take up what another hand wrote: what was done here is one step behind."""
        disk = self._disk()
        self._note({"text": disk, "label": "version du disque", "base": disk, "at": self.at})

    def _disk(self) -> str:
        try:
            return self.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"« {self.path.name} » n’est pas en UTF-8.") from error

    def _note(self, line: dict[str, Any]) -> None:
        """Keep a line of the journal for good, then do what it says."""
        make_folder(self._journal.parent)
        if self._journal.exists() and self._journal.stat().st_size > _MOST:
            kept = {"text": self.text, "label": "", "base": self.base}
            replace_file(self._journal, _written(kept), 0o600)
            self.steps = []
            self._replay(kept)
            line = {**line, "at": 0} if "at" in line else line
        descriptor = os.open(self._journal, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "r+b", buffering=0) as file:
            _mend_end(file)
            file.write(_written(line))
            os.fsync(descriptor)
        self._replay(line)

    def _replay(self, line: dict[str, Any]) -> None:
        if "text" in line:
            del self.steps[line.get("at", len(self.steps) - 1) + 1 :]
            self.steps.append((line.get("label", ""), line["text"]))
            self.at = len(self.steps) - 1
        if "to" in line and 0 <= line["to"] < len(self.steps):
            self.at = line["to"]
        if "base" in line:
            self.base = line["base"]


def journal_of(site: Path, name: str) -> Path:
    """Where the steps of a write-up are kept."""
    return site / DERIVED / _FOLDER / f"{name}.jsonl"


def steps_kept(site: Path) -> Iterator[tuple[Path, str]]:
    """Every file of steps, and all the text that it holds."""
    for path in sorted((site / DERIVED / _FOLDER).glob("*.jsonl")):
        yield path, "\n".join(str(line.get("text", "")) for line in _lines(path))


def unsaved(site: Path) -> set[str]:
    """The write-ups on which something waits to be saved."""
    names = set()
    for path in writeup_paths(site):
        if journal_of(site, slug_from(path.stem)).exists():
            book = Workbook.opened(site, path.stem)
            names |= set() if book.is_saved else {path.stem}
    return names


def _written(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=True).encode("ascii") + b"\n"


def _mend_end(file: Any) -> None:
    """End the line that a killed process left in the middle: the next one is then whole."""
    if size := file.seek(0, os.SEEK_END):
        file.seek(size - 1)
        if file.read(1) != b"\n":
            file.write(b"\n")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal that are whole."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    for line in content.split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found
