"""The golden queries of a site, asked of an index that is not published yet."""

from pathlib import Path

from corpus.golden import GoldenQuery
from corpus.problem import Problem, Severity
from corpus.site import Site
from search.library import Health
from search.open_generation import opened
from search.query import QueryRefused, SearchQuery
from search.reading import IndexReading


def golden_faults(folder: Path, site: Site) -> list[Problem]:
    """What the golden queries do not find, or find and should not."""
    if not site.golden:
        return []
    generation = opened(folder, Health(0, "", 0, degraded=False))
    try:
        with generation.engine.asking() as asking:
            reading = IndexReading(generation, asking)
            return [fault for golden in site.golden for fault in _faults(golden, reading)]
    finally:
        generation.engine.close()


def _faults(golden: GoldenQuery, reading: IndexReading) -> list[Problem]:
    query = SearchQuery(golden.text, order="pertinence", size=golden.rank)
    try:
        found = [hit.document.id for hit in reading.search(query).hits]
    except QueryRefused as refusal:
        return [_problem(golden, str(refusal))]
    missing = [
        _problem(golden, _missing(i, golden, reading)) for i in golden.expected if i not in found
    ]
    unwanted = [
        _problem(golden, f"« {i} » est parmi les {golden.rank} premiers et ne devrait pas.")
        for i in golden.excluded
        if i in found
    ]
    return missing + unwanted


def _missing(document_id: str, golden: GoldenQuery, reading: IndexReading) -> str:
    if reading.document(document_id) is None:
        return f"« {document_id} » n’existe plus : corrigez « attendus » dans requetes.toml."
    return f"« {document_id} » n’est pas parmi les {golden.rank} premiers."


def _problem(golden: GoldenQuery, message: str) -> Problem:
    text = f"requête « {golden.text} » : {message}"
    return Problem("requete-temoin", text, severity=Severity.ERROR, file="requetes.toml")
