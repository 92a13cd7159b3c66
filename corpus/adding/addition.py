"""Adding a page to a site: a new draft, or a write-up brought up to date with its ids kept."""

import difflib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.adding.draft import PageMemory, draft_from, remember, remembered, text_of
from corpus.adding.merging import merged
from corpus.extraction.extracted import Extraction
from corpus.problems import CorpusError
from corpus.reading.fetching import Network
from corpus.reading.source import Source, read_source
from corpus.records import Webinar
from corpus.site import WRITEUPS, settings_of, writeup_paths
from corpus.typography import slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.rewriting import annotated, rewritten

_SAME_PAGE = 0.5  # share of the verbatims: more in common, and it is the same page
_MAX_ID = 80
_SEEN = frozenset(["transcription", "coordonnees", "encodage"])


class Untitled(CorpusError):
    """The page tells no title: whoever adds it gives one."""


class Unquoted(CorpusError):
    """Nothing is recognised on the page: its quotes are marked by hand, or it is another page."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a page would write; `before` is empty for a new draft."""

    site: Path
    path: Path
    extraction: Extraction
    before: str
    after: str
    memory: PageMemory

    @property
    def is_new(self) -> bool:
        """Say whether no write-up of this page exists."""
        return not self.before

    @property
    def is_same(self) -> bool:
        """Say whether the write-up says all that the page does, or what the editor made of it."""
        return self.before == self.after

    def diff(self) -> str:
        """The lines that change."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), "avant", "après", "", "", 1, ""
        )
        return "\n".join(lines)

    def write(self) -> None:
        """Write the draft or the update, and remember what the page says."""
        if not self.is_same:
            self.path.parent.mkdir(exist_ok=True)
            self.path.write_bytes(self.after.encode("utf-8"))
        remember(self.site, slug_from(self.path.stem), self.memory)


def addition_of(
    site: Path,
    source: Source,
    title: str = "",
    network: Network | None = None,
    *,
    by_hand: bool = False,
) -> Addition:
    """Read a page and find its write-up; nothing is written yet.

    `by_hand`: the quotes of a page on which none is recognised will be marked by hand.
    """
    reading = read_source(source, settings_of(site).lecture.hotes, network)
    if not by_hand:
        _require_quotes(reading.extraction, source.name)
    extraction, page = _titled(reading.extraction, title, source.name), text_of(reading.page)
    place = str(source.resolve() if isinstance(source, Path) else source)
    webinar_id = _webinar_id(extraction)
    found = _writeup_of(site, extraction, webinar_id)
    if found is None:
        draft = draft_from(extraction, webinar_id)
        path = site / WRITEUPS / f"{webinar_id}.md"
        if path.exists():
            raise CorpusError(f"« {path.name} » existe déjà mais n’est pas lisible : corrigez-le.")
        memory = PageMemory(place, page, draft.webinar)
        return Addition(site, path, extraction, "", draft.text(), memory)
    path, writeup, old = found
    known = remembered(site, old.id)
    merge = merged(old, known.draft if known else None, draft_from(extraction, old.id))
    after = annotated(rewritten(writeup, merge.webinar), merge.notes)
    memory = PageMemory(place, page, merge.page)
    return Addition(site, path, extraction, writeup.text, after, memory)


def _require_quotes(extraction: Extraction, name: str) -> None:
    if not (extraction.verbatims or extraction.key_ideas):
        # What was seen and could not be read says more than « nothing ».
        seen = (p.message for p in extraction.problems if p.code in _SEEN)
        advice = next(seen, "vérifiez que la page est complète.")
        raise Unquoted(f"« {name} » : aucune citation reconnue. {advice[0].upper()}{advice[1:]}")


def _titled(extraction: Extraction, title: str, name: str) -> Extraction:
    extraction = extraction.titled(title)
    if not extraction.title:
        raise Untitled(
            f"« {name} » : le titre n’est pas dans ce fichier. Donnez-le : "
            f'verbatheque add "{name}" --title "Titre du webinaire"'
        )
    return extraction


def _webinar_id(extraction: Extraction) -> str:
    day = extraction.held_on or extraction.published_on
    name = slug_from(f"{day.isoformat() if day else ''} {extraction.title}")
    if not name:
        raise CorpusError("le titre doit contenir des lettres ou des chiffres.")
    return name if len(name) <= _MAX_ID else name[:_MAX_ID].rpartition("-")[0] or name[:_MAX_ID]


def _writeup_of(
    site: Path, extraction: Extraction, webinar_id: str
) -> tuple[Path, Writeup, Webinar] | None:
    """The write-up of the page: same name, else same address, else mostly the same words."""
    texts = {said.text for said in extraction.verbatims}
    best: tuple[Path, Writeup, Webinar] | None = None
    most = _SAME_PAGE * len(texts)
    for path in writeup_paths(site):
        if (writeup := _read(path)) is None or (webinar := writeup.webinar) is None:
            continue
        if webinar.id == webinar_id or (extraction.url and webinar.url == extraction.url):
            return path, writeup, webinar
        shared = len(texts & {said.text for said in webinar.verbatims})
        if shared > most:
            best, most = (path, writeup, webinar), shared
    return best


def _read(path: Path) -> Writeup | None:
    state = path.stat()
    return _read_once(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _read_once(path: Path, _written_at: int, _size: int) -> Writeup | None:
    """A folder of pages meets the same write-ups at each page: they are parsed once."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    name = slug_from(path.stem)
    return read_writeup(text, name) if name else None
