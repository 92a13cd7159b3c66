"""The controlled list of themes, from `themes.toml`."""

from dataclasses import dataclass
from typing import Any

from corpus.problem import ProblemLog
from corpus.records import is_id

_KEYS = ("slug", "libelle", "description", "termes")


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
    log.warn_unknown_keys(entry, _KEYS, f"thème « {slug} » : ")
    terms = entry.get("termes", [])
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        message = f'« termes » du thème « {slug} » attend une liste : ["mot", "autre mot"].'
        log.error("theme-termes", message)
        terms = []
    return Theme(slug, label.strip(), str(entry.get("description", "")), tuple(terms))
