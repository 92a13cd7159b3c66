"""The head of a write-up: title, dates, links and speakers."""

import re
from datetime import date

from corpus.front_matter import Entry
from corpus.problem import ProblemLog
from corpus.records import Speaker, is_id

_KEYS = ("titre", "date", "publie", "source", "replay", "intervenants")
_SPEAKER_KEYS = ("nom", "fonction", "organisation", "fiche")

Entries = dict[str, Entry]


def title_from(entries: Entries, log: ProblemLog) -> str:
    """The title; without one the write-up cannot become a record."""
    _warn_unknown(entries, _KEYS, log)
    title = _one_line(entries.get("titre"))
    if not title:
        log.error("titre", "« titre » manque en tête du fichier ; ajoutez « titre: … ».", 1)
    return title


def date_from(entries: Entries, key: str, log: ProblemLog) -> date | None:
    """A day written 2024-03-12."""
    text = _one_line(entries.get(key))
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {key}: {text} » n’est pas une date ; écrivez par exemple 2024-03-12."
        log.error("date", message, entries[key].line)
        return None


def link_from(entries: Entries, key: str, log: ProblemLog) -> str:
    """A web address; anything else (javascript:, a path) is refused."""
    text = _one_line(entries.get(key))
    if text and not re.match(r"https?://\S+$", text, re.IGNORECASE):
        message = f"« {key} » doit être une adresse https://… ; elle est laissée de côté."
        log.error("adresse", message, entries[key].line)
        return ""
    return text


def speakers_from(entries: Entries, log: ProblemLog) -> list[Speaker]:
    """The people of the list, each name once."""
    people = entries.get("intervenants")
    if people is None or not people.value:
        return []
    if isinstance(people.value, str):
        log.error("intervenants", "« intervenants » attend une liste « - nom: … ».", people.line)
        return []
    found: dict[str, Speaker] = {}
    for person in people.value:
        line = min((entry.line for entry in person.values()), default=people.line)
        _warn_unknown(person, _SPEAKER_KEYS, log)
        sheet = _one_line(person.get("fiche"))
        if sheet and not is_id(sheet):
            message = f"« fiche: {sheet} » attend des minuscules sans accent : jean-martin-vaux."
            log.error("fiche", message, person["fiche"].line)
        speaker = speaker_from(person)
        if not speaker:
            log.error("intervenant", "un intervenant n’a pas de « nom » ; ajoutez-le.", line)
        elif speaker.name in found:
            log.warn("intervenant", f"« {speaker.name} » est deux fois dans la liste.", line)
        else:
            found[speaker.name] = speaker
    return list(found.values())


def speaker_from(person: Entries) -> Speaker | None:
    """A person of the list; None without a name."""
    name, role, organisation, sheet = (_one_line(person.get(key)) for key in _SPEAKER_KEYS)
    return Speaker(name, role, organisation, sheet if is_id(sheet) else "") if name else None


def _warn_unknown(entries: Entries, known: tuple[str, ...], log: ProblemLog) -> None:
    for key, entry in entries.items():
        if key not in known:
            names = ", ".join(known)
            message = f"clé inconnue « {key} », ignorée ; clés possibles : {names}."
            log.warn("cle", message, entry.line)


def _one_line(entry: Entry | None) -> str:
    value = entry.value if entry else ""
    return " ".join(value.split("\n")).strip() if isinstance(value, str) else ""
