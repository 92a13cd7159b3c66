"""Dataclasses as JSON, and made again from it.

Only what a type allows is made again: the process that read a hostile page is not believed.
"""

import json
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def json_from(value: Any) -> bytes:
    """Write a dataclass on one line; `None`, dates and enumerations included."""
    return json.dumps(asdict(value), default=_written).encode("ascii")


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def value_from(kind: Any, found: Any) -> Any:
    """Make a value of this type again; raise `ValueError` when that is not what was found."""
    if isinstance(kind, UnionType):
        (wanted,) = (each for each in get_args(kind) if each is not type(None))
        return None if found is None else value_from(wanted, found)
    if get_origin(kind) is tuple:
        return tuple(value_from(get_args(kind)[0], each) for each in _require(found, list))
    if isinstance(kind, type) and is_dataclass(kind):
        fields = _require(found, dict)
        hints = _hints(kind)
        if fields.keys() != hints.keys():
            raise ValueError(f"not the fields of {kind}")
        return kind(**{name: value_from(hints[name], fields[name]) for name in hints})
    if kind is date:
        return date.fromisoformat(_require(found, str))
    if issubclass(kind, str):
        return kind(_require(found, str))
    return _require(found, kind)


def _require(found: Any, kind: type) -> Any:
    if type(found) is not kind:
        raise ValueError(f"{kind.__name__} expected, not {type(found).__name__}")
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
