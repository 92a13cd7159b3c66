"""The YAML lines at the head of a write-up: read with their line numbers, written one way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

FENCE = "---"
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


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Cut a file into front matter, body, and the line on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise FrontMatterFault("le fichier doit commencer par une ligne « --- »", 1)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise FrontMatterFault("la ligne « --- » qui ferme l’en-tête manque", 1)


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


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key, as one writes them by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


FrontValue = str | date | list[dict[str, str]] | None


def front_matter_from(values: dict[str, FrontValue]) -> Iterator[str]:
    """Write the keys that have a value, one way only: the same values give the same bytes."""
    kept: dict[str, Any] = {key: value for key, value in values.items() if value}
    dumped = yaml.dump(
        kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    yield FENCE
    yield from dumped.rstrip("\n").split("\n")
    yield FENCE
