"""Adding a page to a site: a new draft, or a write-up brought up to date with its ids kept."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz

from corpus.draft import draft_of, webinar_from
from corpus.pages.extraction import Extraction, extraction_from
from corpus.pages.readers import page_from_file
from corpus.problem import CorpusError
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id
from corpus.site import WRITEUPS, writeup_paths
from corpus.typography import slug_from
from corpus.writeup import writeup_from
from corpus.writeup_reader import read_writeup

SAME_WORDS = 90  # similarity, out of 100: a text that was corrected, not another one
_SAME_PAGE = 0.5  # share of the verbatims: more in common, and it is the same page
_MAX_ID = 80

Said = TypeVar("Said", KeyIdea, Verbatim)


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a page would write; `before` is empty for a new draft."""

    path: Path
    extraction: Extraction
    before: str
    after: str
    is_same: bool = False

    @property
    def is_new(self) -> bool:
        """Say whether no write-up of this page exists."""
        return not self.before

    def diff(self) -> str:
        """The lines that change."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), "avant", "après", "", "", 1, ""
        )
        return "\n".join(lines)

    def write(self) -> None:
        """Write the draft or the update."""
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.after, "utf-8")


def addition_of(site: Path, page: Path, title: str = "") -> Addition:
    """Read a page and find its write-up; nothing is written yet."""
    extraction = _titled(extraction_from(page_from_file(page)), title, page)
    webinar_id = _webinar_id(extraction)
    found = _writeup_of(site, extraction, webinar_id)
    if found is None:
        webinar = webinar_from(extraction, webinar_id)
        path = site / WRITEUPS / f"{webinar_id}.md"
        if path.exists():
            raise CorpusError(f"« {path.name} » existe déjà mais n’est pas lisible : corrigez-le.")
        return Addition(path, extraction, "", draft_of(webinar, extraction.problems))
    path, old = found
    new = updated(old, webinar_from(extraction, old.id))
    before = path.read_text("utf-8")
    if writeup_from(new) == writeup_from(old):
        return Addition(path, extraction, before, before, is_same=True)
    return Addition(path, extraction, before, draft_of(new, extraction.problems))


def _titled(extraction: Extraction, title: str, page: Path) -> Extraction:
    if not (extraction.verbatims or extraction.key_ideas):
        raise CorpusError(
            f"« {page.name} » : aucune citation reconnue. Vérifiez que la page est complète."
        )
    title = " ".join(title.split())
    if title:
        problems = tuple(p for p in extraction.problems if p.code != "titre")
        return replace(extraction, title=title, problems=problems)
    if not extraction.title:
        raise CorpusError(
            f"« {page.name} » : le titre n’est pas dans ce fichier. Donnez-le : "
            f'verbatheque add "{page.name}" --titre "Titre du webinaire"'
        )
    return extraction


def _webinar_id(extraction: Extraction) -> str:
    day = extraction.held_on or extraction.published_on
    name = slug_from(f"{day.isoformat() if day else ''} {extraction.title}")
    if not name:
        raise CorpusError("le titre doit contenir des lettres ou des chiffres.")
    return name if len(name) <= _MAX_ID else name[:_MAX_ID].rpartition("-")[0] or name[:_MAX_ID]


def _writeup_of(site: Path, extraction: Extraction, webinar_id: str) -> tuple[Path, Webinar] | None:
    """The write-up of the page: same name, else same address, else mostly the same words."""
    texts = {said.text for said in extraction.verbatims}
    best: tuple[Path, Webinar] | None = None
    most = _SAME_PAGE * len(texts)
    for path in writeup_paths(site):
        webinar = _read(path)
        if webinar is None:
            continue
        if webinar.id == webinar_id or (extraction.url and webinar.url == extraction.url):
            return path, webinar
        shared = len(texts & {said.text for said in webinar.verbatims})
        if shared > most:
            best, most = (path, webinar), shared
    return best


def _read(path: Path) -> Webinar | None:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return None
    name = slug_from(path.stem)
    return read_writeup(text, name).webinar if name else None


def updated(old: Webinar, new: Webinar) -> Webinar:
    """The new record with the ids of the old; what the page does not say stays as it was."""
    taken: set[str] = set()
    ideas = {
        idea: replace(idea, id=_own_id(known, idea, new.id, taken))
        for idea, known in _pairs(new.key_ideas, old.key_ideas)
    }
    pairs = _pairs(new.verbatims, old.verbatims)
    speakers = _speakers(old, new, pairs)
    verbatims = []
    for said, known in pairs:
        speaker = said.speaker or (known.speaker if known else None)
        verbatims.append(
            replace(
                said,
                id=_own_id(known, said, new.id, taken),
                speaker=speakers[speaker.name] if speaker else None,
                key_idea=ideas[said.key_idea] if said.key_idea else None,
                start=known.start if known and said.start is None else said.start,
            )
        )
    return replace(
        new,
        held_on=new.held_on or old.held_on,
        published_on=new.published_on or old.published_on,
        url=new.url or old.url,
        replay_url=new.replay_url or old.replay_url,
        introduction=new.introduction or old.introduction,
        speakers=tuple(speakers.values()),
        key_ideas=tuple(ideas.values()),
        verbatims=tuple(verbatims),
    )


def _own_id(known: Said | None, said: Said, webinar_id: str, taken: set[str]) -> str:
    chosen = known.id if known else ""
    if not chosen or chosen in taken:
        chosen = fresh_id(webinar_id, said.text, taken)
    taken.add(chosen)
    return chosen


def _pairs(new: Sequence[Said], old: Sequence[Said]) -> list[tuple[Said, Said | None]]:
    """Each new text with the old one it continues: the same, else the closest of those left."""
    left = list(old)
    found: dict[str, Said] = {}
    for said in new:
        same = next((known for known in left if known.text == said.text), None)
        if same:
            found[said.id] = same
            left.remove(same)
    for said in new:
        if said.id in found or not left:
            continue
        closest = max(left, key=lambda known: fuzz.ratio(known.text, said.text))
        if fuzz.ratio(closest.text, said.text) >= SAME_WORDS:
            found[said.id] = closest
            left.remove(closest)
    # Ids of lost texts must not go to others: a link would lead to other words.
    return [(said, found.get(said.id)) for said in new]


def _speakers(
    old: Webinar, new: Webinar, pairs: list[tuple[Verbatim, Verbatim | None]]
) -> dict[str, Speaker]:
    known = {speaker.name: speaker for speaker in old.speakers}
    kept = {
        speaker.name: Speaker(
            speaker.name,
            speaker.role or known.get(speaker.name, speaker).role,
            speaker.organisation or known.get(speaker.name, speaker).organisation,
        )
        for speaker in new.speakers
    }
    for said, before in pairs:
        if said.speaker is None and before and before.speaker:
            kept.setdefault(before.speaker.name, before.speaker)
    return kept
