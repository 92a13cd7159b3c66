"""What an editor may set in `verbatheque.toml`; every key has a default."""

from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from corpus.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site, named as in its file.

    `avertissement` is shown on every page; `adresse` is the public root, without a final slash.
    """

    titre: str = "Verbathèque"
    adresse: str = "http://127.0.0.1:8000"
    organisation: str = ""
    description: str = "Retrouver ce qui s’est dit en webinaire, mot pour mot."
    avertissement: str = ""
    licence: str = ""


def settings_from(table: dict[str, Any], file: str) -> tuple[Settings, list[Problem]]:
    """Read the settings; an unknown or wrongly typed key keeps its default and is reported."""
    known = {field.name for field in fields(Settings)}
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for key, value in table.items():
        if key not in known:
            problems.append(_unknown(key, known, file))
        elif not isinstance(value, str):
            problems.append(_not_text(key, file))
        else:
            values[key] = value.rstrip("/") if key == "adresse" else value
    return Settings(**values), problems


def _unknown(key: str, known: set[str], file: str) -> Problem:
    near = get_close_matches(key, sorted(known), n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    names = ", ".join(sorted(known))
    message = f"réglage inconnu « {key} », ignoré.{hint} Réglages possibles : {names}."
    return Problem("reglage-inconnu", message, file=file)


def _not_text(key: str, file: str) -> Problem:
    message = f"le réglage « {key} » doit être un texte entre guillemets ; sa valeur est ignorée."
    return Problem("reglage-type", message, severity=Severity.ERROR, file=file)
