"""What an editor should look at before publishing: doubts, quotes, sources, typography.

Reported, never repaired: the words of a quote belong to the editor.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.adding.draft import PageMemory, draft_from, remembered, text_of
from corpus.problems import CorpusError, Problem, Severity
from corpus.reading.source import read_source
from corpus.records import Verbatim, Webinar
from corpus.site import WRITEUPS, Site, writeup_paths
from corpus.typography import APART, bare, counted, fold, slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.writing import TO_CHECK

_SAME_PAGE = 0.5  # share of its verbatims: with less, another page took the name of the file


def strays_of(site: Path, webinar: Webinar) -> list[Verbatim]:
    """The verbatims that their page does not hold word for word; none when no page is known."""
    memory = remembered(site, webinar.id)
    if memory is None:
        return []
    then = _strays_in(memory, webinar)
    now = _read_again(memory, webinar.id)
    left = _strays_in(now, webinar) if now else then
    few = len(webinar.verbatims) * _SAME_PAGE
    return then if len(left) - len(then) > few else left


def _strays_in(memory: PageMemory, webinar: Webinar) -> list[Verbatim]:
    # A quote that the page cuts (« …, explique-t-elle, … ») stands whole in its draft only.
    known = {bare(said.text) for said in memory.draft.verbatims}
    page = bare(memory.text)
    return [v for v in webinar.verbatims if bare(v.text) not in known and bare(v.text) not in page]


def _read_again(memory: PageMemory, webinar_id: str) -> PageMemory | None:
    file = Path(memory.source)
    if not file.is_file():
        return None
    try:
        reading = read_source(file)
    except CorpusError:
        return None
    draft = draft_from(reading.extraction, webinar_id)
    return PageMemory(memory.source, text_of(reading.page), draft.webinar)


_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")
_LINK = re.compile(r"https?://\S+")
_UNBOUND = re.compile(r"(?<![\u00a0\u202f:;!?»])(?:[;!?](?!\w)|:(?=\s|$)|»)|«(?![\u00a0\u202f])")
_PAIRS = (("«", "»"), ("“", "”"))
_SHORT = 6  # words: « Oui, tout à fait. » may well be said twice
_SHOWN = 6  # line numbers
_NEAR = 8  # letters told on either side of a fault


@dataclass(frozen=True, slots=True)
class _Read:
    """A write-up that could be read, and the name it is told by."""

    file: str
    writeup: Writeup
    webinar: Webinar

    def line(self, part_id: str) -> int:
        return self.writeup.places[part_id].first


def review_of(site: Site) -> tuple[Problem, ...]:
    """The remarks on a whole site, file after file."""
    read = list(_read(site.folder))
    remarks: list[Problem] = []
    for one in read:
        remarks += _doubts(one)
        remarks += _open_quotes(one)
        remarks += _nameless(one)
        remarks += _strays(site.folder, one)
        remarks += _accents_apart(one)
        remarks += _typography(one)
    return (*remarks, *_twice(read))


def _read(folder: Path) -> Iterator[_Read]:
    for path in writeup_paths(folder):
        webinar_id = slug_from(path.stem)
        text = path.read_text("utf-8", errors="replace")
        writeup = read_writeup(text, webinar_id) if webinar_id else None
        if writeup and writeup.webinar:
            yield _Read(f"{WRITEUPS}/{path.name}", writeup, writeup.webinar)


def _doubts(read: _Read) -> Iterator[Problem]:
    for comment in read.writeup.comments:
        if comment.asks:
            message = f"commentaire « {TO_CHECK} »{comment.text.removeprefix(TO_CHECK)}"
            yield Problem("a-verifier", message, comment.first, Severity.NOTE, read.file)


def _open_quotes(read: _Read) -> Iterator[Problem]:
    for part in read.webinar.parts:
        for opening, closing in _PAIRS:
            more = part.text.count(opening) - part.text.count(closing)
            if more:
                seen = f"{opening} n’est pas fermé" if more > 0 else f"{closing} n’est pas ouvert"
                message = f"un guillemet {seen} : vérifiez où commence et où finit la citation."
                yield Problem("guillemets", message, read.line(part.id), file=read.file)


def _nameless(read: _Read) -> Iterator[Problem]:
    for said in read.webinar.verbatims:
        if said.speaker is None:
            message = f"le verbatim « {said.id} » n’est signé de personne."
            yield Problem("sans-auteur", message, read.line(said.id), Severity.NOTE, read.file)


def _strays(folder: Path, read: _Read) -> Iterator[Problem]:
    for said in strays_of(folder, read.webinar):
        message = f"le verbatim « {said.id} » n’est pas, ou n’est plus, mot pour mot dans sa page."
        yield Problem("hors-source", message, read.line(said.id), file=read.file)


def _accents_apart(read: _Read) -> Iterator[Problem]:
    for number, text in _lines(read):
        if found := APART.search(text):
            near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            message = (
                f"un accent est à côté de sa lettre : « {near} », sans doute copié d’un PDF. "
                "La recherche le lit bien ; corrigez-le pour ceux qui lisent la citation."
            )
            yield Problem("accent-a-part", message, number, file=read.file)


def _typography(read: _Read) -> Iterator[Problem]:
    straight: list[int] = []
    unbound: list[int] = []
    for number, text in _lines(read):
        text = _LINK.sub("", text)
        straight += [number] * len(_STRAIGHT.findall(text))
        unbound += [number] * len(_UNBOUND.findall(text))
    faults = [
        counted(len(found), singular, plural)
        for found, singular, plural in (
            (straight, "apostrophe droite", "apostrophes droites"),
            (unbound, "espace insécable manquante", "espaces insécables manquantes"),
        )
        if found
    ]
    if faults:
        lines = sorted({*straight, *unbound})
        shown = ", ".join(map(str, lines[:_SHOWN])) + ("…" if len(lines) > _SHOWN else "")
        where = f"ligne{'s' if len(lines) > 1 else ''} {shown}"
        message = f"typographie : {', '.join(faults)} ({where}) ; rien n’est corrigé tout seul."
        yield Problem("typographie", message, lines[0], Severity.NOTE, read.file)


def _lines(read: _Read) -> Iterator[tuple[int, str]]:
    yield read.writeup.entries["titre"].line, read.webinar.title
    yield from read.writeup.introduction
    for part in read.webinar.parts:
        yield from enumerate(part.text.split("\n"), read.line(part.id))


def _twice(read: Iterable[_Read]) -> Iterator[Problem]:
    first: dict[str, tuple[str, str]] = {}
    for one in read:
        for said in one.webinar.verbatims:
            key = " ".join(re.findall(r"\w+", fold(said.text)))
            if len(key.split()) < _SHORT:
                continue
            if key in first:
                other_id, other_file = first[key]
                place = "plus haut" if other_file == one.file else f"dans {other_file}"
                message = f"le verbatim « {said.id} » est déjà {place} (« {other_id} »)."
                yield Problem("verbatim-double", message, one.line(said.id), file=one.file)
            else:
                first[key] = (said.id, one.file)
