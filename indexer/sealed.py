"""Small JSON files that know when they were damaged: their last key is the SHA-256 of the rest."""

import hashlib
import json
from typing import Any

_SEAL = "seal"


class SealBroken(ValueError):
    """The bytes are not those that were sealed."""


def sealed(content: dict[str, Any]) -> bytes:
    """One line of JSON with its seal."""
    return _line({**content, _SEAL: _digest(content)})


def unsealed(raw: bytes) -> dict[str, Any]:
    """What was sealed; raise `SealBroken` when one byte differs, a space included."""
    try:
        content = json.loads(raw)
        seal = content.pop(_SEAL)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealBroken from error
    if seal != _digest(content) or sealed(content) != raw:
        raise SealBroken
    return dict(content)


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_line(content)).hexdigest()


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8") + b"\n"
