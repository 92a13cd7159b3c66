"""The golden queries of a site, asked of an index that is not published yet."""

from collections.abc import Iterator
from pathlib import Path

from corpus.lists import GoldenQuery
from corpus.problems import Problem, Severity
from corpus.site import Site
from indexer.generations import NoGeneration, index_store
from indexer.verification import Review
from indexer.versions import unreadable_because
from search.answering import answer_to
from search.open_generation import DocumentReader, Health, opening_of
from search.query import QueryRefused, SearchQuery

_DEPTH = 50  # places that are told; further down is « nowhere »

Places = dict[str, list[str]]  # golden query to the ids it finds, best first


def golden_review(folder: Path, site: Site) -> Review:
    """What the golden queries no longer find, and what rose or fell since the published index."""
    if not site.golden:
        return Review()
    places = _places(folder, site)
    faults = [fault for golden in site.golden for fault in _faults(golden, places[golden.text])]
    return Review(tuple(faults), tuple(_movements(site, _published_places(site), places)))


def _places(folder: Path, site: Site) -> Places:
    """What is near by meaning is never among the hits: the encoder is spared."""
    generation = opening_of(site.settings.moteur)(
        folder, Health(0, "", 0, degraded=False), lambda: None
    )
    try:
        with generation.engine.asking() as texts:
            reader = DocumentReader(generation, texts)
            return {golden.text: _found(golden, reader) for golden in site.golden}
    finally:
        generation.engine.close()


def _found(golden: GoldenQuery, reader: DocumentReader) -> list[str]:
    """Without repair: a golden query is asked as it is written."""
    size = max(_DEPTH, golden.rank)
    try:
        query = SearchQuery(golden.text, order="pertinence", size=size, exact=True)
        answer = answer_to(query, reader)
    except QueryRefused:
        return []
    return [hit.document.id for hit in answer.hits]


def _published_places(site: Site) -> Places:
    store = index_store(site)  # held: on a cluster, its copies of files go with it
    try:
        published = store.current()
    except NoGeneration:
        return {}
    if unreadable_because(published.manifest.facts):
        return {}  # by another version
    return _places(published.folder, site)


def _faults(golden: GoldenQuery, found: list[str]) -> Iterator[Problem]:
    first = found[: golden.rank]
    for expected in golden.expected:
        if expected not in first:
            where = (
                f"il est à la place {found.index(expected) + 1}"
                if expected in found
                else ("cette recherche ne le trouve pas (existe-t-il encore ?)")
            )
            message = f"« {expected} » n’est pas parmi les {golden.rank} premiers : {where}."
            yield _fault(golden, message)
    for excluded in golden.excluded:
        if excluded in first:
            message = f"« {excluded} » est parmi les {golden.rank} premiers et ne devrait pas."
            yield _fault(golden, message)


def _fault(golden: GoldenQuery, message: str) -> Problem:
    text = f"requête « {golden.text} » : {message}"
    return Problem("requete-temoin", text, severity=Severity.ERROR, file="requetes.toml")


def _movements(site: Site, before: Places, after: Places) -> Iterator[str]:
    for golden in site.golden:
        old, new = before.get(golden.text), after[golden.text]
        for expected in golden.expected if old is not None else ():
            was, now = _place(old, expected), _place(new, expected)
            if was != now:
                verb = "monte" if now < was else "descend"
                yield (f"« {golden.text} » : {expected} {verb}, {_told(was)} → {_told(now)}.")


def _place(found: list[str] | None, document: str) -> int:
    return found.index(document) + 1 if found and document in found else _DEPTH + 1


def _told(place: int) -> str:
    return f"place {place}" if place <= _DEPTH else f"au-delà de {_DEPTH}"
