"""Golden queries, from `requetes.toml`: what a new index must answer before it is published."""

from dataclasses import dataclass
from typing import Any

from corpus.problem import ProblemLog

_KEYS = ("texte", "rang", "attendus", "exclus")


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """Each id of `expected` must be among the first `rank` hits, and none of `excluded`."""

    text: str
    expected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    rank: int = 10


def golden_queries_from(table: dict[str, Any], log: ProblemLog) -> tuple[GoldenQuery, ...]:
    """Read the `[[requete]]` entries; a faulty one is reported and left out."""
    log.warn_unknown_keys(table, ("requete",), "")
    entries = table.get("requete", [])
    if not isinstance(entries, list):
        log.error("requete", "chaque requête commence par « [[requete]] » (deux crochets).")
        return ()
    read = (_query_from(entry, place, log) for place, entry in enumerate(entries, 1))
    return tuple(query for query in read if query)


def _query_from(entry: Any, place: int, log: ProblemLog) -> GoldenQuery | None:
    entry = entry if isinstance(entry, dict) else {}
    log.warn_unknown_keys(entry, _KEYS, f"requête nº {place} : ")
    text, rank = entry.get("texte"), entry.get("rang", 10)
    lists = [entry.get(key, []) for key in ("attendus", "exclus")]
    if not isinstance(text, str) or not isinstance(rank, int) or rank < 1:
        message = (
            f"requête n° {place} : « texte » (un texte) et « rang » (un nombre) sont attendus."
        )
        log.error("requete", message)
        return None
    if not all(isinstance(ids, list) and all(isinstance(i, str) for i in ids) for ids in lists):
        message = f"requête « {text} » : « attendus » et « exclus » sont des listes d’identifiants."
        log.error("requete", message)
        return None
    return GoldenQuery(text, tuple(lists[0]), tuple(lists[1]), rank)
