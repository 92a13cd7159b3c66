"""The lists an editor keeps: themes, acronyms and synonyms, golden queries."""

from dataclasses import dataclass, field
from typing import Any

from corpus.problems import ProblemLog
from corpus.records import is_id

_THEME_KEYS = ("slug", "libelle", "description", "termes")


@dataclass(frozen=True, slots=True)
class Theme:
    """An entry of the controlled list; `seeds` are the words that announce it."""

    id: str
    label: str
    description: str = ""
    seeds: tuple[str, ...] = ()


def themes_from(table: dict[str, Any], log: ProblemLog) -> tuple[Theme, ...]:
    """Read the `[[theme]]` entries; a faulty one is reported and left out."""
    log.warn_unknown_keys(table, ("theme",), "")
    themes: dict[str, Theme] = {}
    for place, entry in enumerate(_entries(table, log), 1):
        theme = _theme_from(entry, place, log)
        if theme and theme.id in themes:
            log.error("theme-double", f"deux thèmes ont le slug « {theme.id} » ; gardez-en un.")
        elif theme:
            themes[theme.id] = theme
    return tuple(themes.values())


def _entries(table: dict[str, Any], log: ProblemLog) -> list[Any]:
    entries = table.get("theme", [])
    if isinstance(entries, list):
        return entries
    log.error("theme", "chaque thème commence par une ligne « [[theme]] » (deux crochets).")
    return []


def _theme_from(entry: Any, place: int, log: ProblemLog) -> Theme | None:
    slug, label = (
        entry.get(key) if isinstance(entry, dict) else None for key in ("slug", "libelle")
    )
    if not (isinstance(slug, str) and is_id(slug)):
        message = f"thème n° {place} : « slug » attend des minuscules sans accent et des tirets."
        log.error("theme-slug", message)
        return None
    if not (isinstance(label, str) and label.strip()):
        log.error("theme-libelle", f"le thème « {slug} » n’a pas de « libelle » ; ajoutez-le.")
        return None
    log.warn_unknown_keys(entry, _THEME_KEYS, f"thème « {slug} » : ")
    terms = entry.get("termes", [])
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        message = f'« termes » du thème « {slug} » attend une liste : ["mot", "autre mot"].'
        log.error("theme-termes", message)
        terms = []
    return Theme(slug, label.strip(), str(entry.get("description", "")), tuple(terms))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`acronyms`: « ESS » to its expansions; `synonyms`: a word to the words that mean the same."""

    acronyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)


def vocabulary_from(table: dict[str, Any], log: ProblemLog) -> Vocabulary:
    """Read `[sigles]` and `[synonymes]`; a faulty line is reported and left out."""
    for section in table.keys() - {"sigles", "synonymes"}:
        message = f"section inconnue « {section} » ; sections possibles : sigles, synonymes."
        log.warn("lexique-section", message)
    return Vocabulary(
        _lists(table.get("sigles", {}), "sigles", log),
        _lists(table.get("synonymes", {}), "synonymes", log),
    )


def _lists(section: Any, name: str, log: ProblemLog) -> dict[str, tuple[str, ...]]:
    if not isinstance(section, dict):
        log.error("lexique", f"« {name} » attend une section « [{name}] ».")
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in section.items():
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(item, str) and item for item in values):
            lists[key] = tuple(values)
        else:
            message = f"« {key} » attend un texte ou une liste de textes entre guillemets."
            log.error("lexique", message)
    return lists


_QUERY_KEYS = ("texte", "rang", "attendus", "exclus")


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
    log.warn_unknown_keys(entry, _QUERY_KEYS, f"requête nº {place} : ")
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
