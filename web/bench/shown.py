"""What the bench shows of a write-up: both sides, as one JSON object; and of a site, its home."""

import difflib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.bench.doubts import doubts_of
from corpus.bench.places import Piece
from corpus.bench.workbook import Workbook, digest_of, unsaved
from corpus.followed import DRAFTED, Met, followed
from corpus.problems import Problem, Severity
from corpus.proposals import Proposal, proposals_in
from corpus.records import Speaker, Webinar
from corpus.site import WRITEUPS, Site, read_site, writeup_paths
from corpus.typography import counted, slug_from, spaced
from corpus.writeups.reading import read_writeup
from corpus.writeups.writing import moment_from
from indexer.build import Movements, facts_of, movements
from indexer.generations import NoGeneration, index_store

_ORDER = ("new", "changed", "unchanged", "removed")
STATES = {"new": "pas encore publié", "changed": "modifié, à publier", "unchanged": "publié"}


def review_as_json(book: Workbook) -> dict[str, Any]:
    """Both sides of a write-up, and what can be done and undone."""
    webinar, page = book.webinar, book.page
    texts = [*(idea.text for idea in webinar.key_ideas), *(v.text for v in webinar.verbatims)]
    ideas = len(webinar.key_ideas)
    places = page.places_of(texts[:ideas]) + page.places_of(texts[ideas:])
    shown = dict(zip([part.id for part in webinar.parts], map(_pieces, places), strict=True))
    return {
        "version": digest_of(book.text),
        "saved": book.is_saved,
        "undo": book.at > 0,
        "redo": book.at + 1 < len(book.steps),
        "head": _head(webinar),
        "people": [asdict(speaker) for speaker in webinar.speakers],
        "ideas": [
            {"id": i.id, "number": i.number, "text": i.text, "places": shown[i.id]}
            for i in webinar.key_ideas
        ],
        "verbatims": [
            {
                "id": said.id,
                "text": said.text,
                "speaker": said.speaker.name if said.speaker else "",
                "idea": said.key_idea.id if said.key_idea else "",
                "moment": moment_from(said.start) if said.start is not None else "",
                "places": shown[said.id],
            }
            for said in webinar.verbatims
        ],
        "removed": _removed(book, webinar),
        "doubts": [
            {
                "key": doubt.key,
                "part": doubt.part,
                "message": _sentence(spaced(doubt.message)),
                "names": [] if doubt.is_of_marks or not doubt.part else doubt.names,
                "who": doubt.asks_who,
            }
            for doubt in doubts_of(book.writeup)
        ],
        "theirs": _theirs(book),
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _head(webinar: Webinar) -> dict[str, str]:
    return {
        "title": webinar.title,
        "held_on": _iso(webinar.held_on),
        "published_on": _iso(webinar.published_on),
        "url": webinar.url,
        "replay_url": webinar.replay_url,
        "introduction": webinar.introduction,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _pieces(pieces: tuple[Piece, ...]) -> list[list[int]]:
    return [[piece.line, piece.start, piece.end] for piece in pieces]


def _removed(book: Workbook, webinar: Webinar) -> list[dict[str, Any]]:
    """What the page drafted and the write-up has not: it can be taken back."""
    drafted = book.memory.draft.verbatims if book.memory else ()
    ids = {said.id for said in webinar.verbatims}
    texts = {said.text for said in webinar.verbatims}
    gone = [said for said in drafted if said.id not in ids and said.text not in texts]
    places = book.page.places_of(said.text for said in gone)
    return [
        {"id": said.id, "text": said.text, "places": _pieces(pieces)}
        for said, pieces in zip(gone, places, strict=True)
    ]


def _theirs(book: Workbook) -> dict[str, str] | None:
    theirs = book.theirs()
    if theirs is None:
        return None
    lines = difflib.unified_diff(
        theirs.splitlines(), book.text.splitlines(), "sur le disque", "ici", "", "", 1, ""
    )
    return {"digest": digest_of(theirs), "diff": "\n".join(lines)}


def people_of(site: Site) -> list[Speaker]:
    """Everybody of the site, each name once, as last presented."""
    people = {person.name: person for webinar in site.webinars for person in webinar.speakers}
    return [people[name] for name in sorted(people, key=slug_from)]


@dataclass(frozen=True, slots=True)
class Row:
    """A write-up as the home lists it."""

    name: str
    title: str
    held_on: date | None
    state: str
    verbatims: int
    doubts: int
    is_unsaved: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """All that the home says of a site."""

    site: Site
    rows: tuple[Row, ...]
    moved: Movements
    generation: int
    proposals: tuple[Proposal, ...]
    found: tuple[Met, ...]
    problems: tuple[Problem, ...]

    @property
    def doubts(self) -> int:
        """How many doubts wait."""
        return sum(row.doubts for row in self.rows)

    @property
    def to_publish(self) -> str:
        """What changed since the published index, in French; « » when nothing did."""
        moved = {
            ("webinaire nouveau", "webinaires nouveaux"): self.moved.new,
            ("webinaire modifié", "webinaires modifiés"): self.moved.changed,
            ("webinaire retiré", "webinaires retirés"): self.moved.removed,
        }
        return ", ".join(counted(len(ids), *words) for words, ids in moved.items() if ids)


def home_of(folder: Path) -> Home:
    """What waits on a site: doubts, changes since the published index, proposals."""
    site = read_site(folder)
    store = index_store(site)
    try:
        published = store.current().manifest
    except NoGeneration:
        published = None
    moved = movements(published.facts if published else {}, facts_of(site))
    state = {name: key for key in _ORDER for name in getattr(moved, key)}
    by_file: dict[str, list[Problem]] = {}
    for problem in site.problems:
        by_file.setdefault(problem.file, []).append(problem)
    waiting = unsaved(folder)
    rows = [_row(path, state, waiting, by_file) for path in writeup_paths(folder)]
    files = {f"{WRITEUPS}/{path.name}" for path in writeup_paths(folder)}
    rows.sort(key=lambda row: (row.held_on or date.max, row.name), reverse=True)
    return Home(
        site,
        tuple(rows),
        moved,
        published.generation if published else 0,
        tuple(proposals_in(folder)),
        _found(folder, rows),
        tuple(problem for problem in site.problems if problem.file not in files),
    )


def _found(folder: Path, rows: list[Row]) -> tuple[Met, ...]:
    """The pages that feeds announced, drafted and not published yet."""
    waiting = {row.name for row in rows if row.state == STATES["new"]}
    return tuple(m for m in followed(folder) if m.state == DRAFTED and m.name in waiting)


def _row(
    path: Path, state: dict[str, str], waiting: set[str], problems: dict[str, list[Problem]]
) -> Row:
    name = path.stem
    writeup = read_writeup(path.read_text("utf-8", errors="replace"), slug_from(name) or "x")
    webinar = writeup.webinar
    key = state.get(slug_from(name), "")
    return Row(
        name,
        webinar.title if webinar else path.name,
        webinar.held_on if webinar else None,
        STATES.get(key, "illisible"),
        len(webinar.verbatims) if webinar else 0,
        sum(1 for _ in doubts_of(writeup)),
        name in waiting,
        tuple(
            problem
            for problem in problems.get(f"{WRITEUPS}/{path.name}", ())
            if problem.severity is Severity.ERROR
        ),
    )
