"""The head of a write-up: its YAML lines, and the title, dates, links and speakers they say."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from corpus.problems import ProblemLog
from corpus.records import Speaker, is_id

_SHORT = 4_000  # characters: brackets nested so often harm nobody


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the front matter with its value as text and the line it stands on."""

    value: "str | list[dict[str, Entry]]"
    line: int


class FrontMatterFault(ValueError):
    """Front matter that cannot be read; `line` counts from 1 in the file."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def entries_from(front: str) -> dict[str, Entry]:
    """Read the keys. Every scalar stays text: YAML's guesses (oui, 2024, 12:04) never apply."""
    try:
        node = yaml.compose(front, Loader=_loader(front))
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line, front.count("\n")) + 2 if error.problem_mark else 1
        hint = "un texte qui contient « : » ou commence par un guillemet se met entre guillemets"
        raise FrontMatterFault(f"l’en-tête n’est pas lisible ; {hint}", line) from error
    except yaml.YAMLError as error:
        raise FrontMatterFault("l’en-tête contient un caractère interdit", 2) from error
    except RecursionError as error:
        raise FrontMatterFault("l’en-tête emboîte trop de crochets ou d’accolades", 2) from error
    if node is None:
        return {}
    return _mapping(node)


def _loader(front: str) -> Any:
    """The loader in C is ten times faster, and dies of brackets nested without end."""
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return fast if len(front) < _SHORT else yaml.BaseLoader


def _mapping(node: yaml.Node) -> dict[str, Entry]:
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterFault("l’en-tête attend des lignes « clé: valeur »", _line(node))
    entries: dict[str, Entry] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FrontMatterFault(
                "une clé est un simple mot, sans crochet ni accolade", _line(key)
            )
        if key.value in entries:
            raise FrontMatterFault(f"la clé « {key.value} » est donnée deux fois", _line(key))
        entries[key.value] = Entry(_value(value), _line(key))
    return entries


def _value(node: yaml.Node) -> str | list[dict[str, Entry]]:
    if isinstance(node, yaml.SequenceNode):
        return [_mapping(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    raise FrontMatterFault("une valeur simple est attendue", _line(node))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2  # counted from 0, below the opening fence


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
