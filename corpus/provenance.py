"""Whether what a write-up quotes still stands in the page it comes from. No network."""

from pathlib import Path

from corpus.draft import draft_from
from corpus.page_memory import PageMemory, bare, remembered, text_of
from corpus.pages.source import read_source
from corpus.problem import CorpusError
from corpus.records import Verbatim, Webinar
from corpus.writeup import writeup_from

_SAME_PAGE = 0.5  # share of its verbatims: with less, another page took the name of the file


def strays_of(site: Path, webinar: Webinar) -> list[Verbatim]:
    """The verbatims that their page does not hold word for word; none when no page is known."""
    memory = remembered(site, webinar.id)
    if memory is None:
        return []
    then = _strays(memory, webinar)
    now = _read_again(memory, webinar.id)
    left = _strays(now, webinar) if now else then
    few = len(webinar.verbatims) * _SAME_PAGE
    return then if len(left) - len(then) > few else left


def _strays(memory: PageMemory, webinar: Webinar) -> list[Verbatim]:
    drafted = memory.webinar(webinar.id)
    # A quote that the page cuts (« …, explique-t-elle, … ») stands whole in its draft only.
    known = {bare(said.text) for said in drafted.verbatims} if drafted else set()
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
    return PageMemory(memory.source, text_of(reading.page), writeup_from(draft.webinar))
