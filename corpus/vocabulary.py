"""Acronyms and synonyms that the editor declares, from `lexique.toml`."""

from dataclasses import dataclass, field
from typing import Any

from corpus.problem import ProblemLog


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
