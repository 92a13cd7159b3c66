"""What following met so far: each page that a feed announced, and what became of it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.files import make_folder, replace_file
from corpus.site import DERIVED
from corpus.values import value_from

_LEDGER = "suivi.json"
DRAFTED, REFUSED, KNOWN = "brouillon", "refusée", "déjà là"


@dataclass(frozen=True, slots=True)
class Met:
    """A page that a feed announces, and what became of it: a draft (`name`), or why not."""

    address: str
    title: str
    state: str
    name: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Ledger:
    met: tuple[Met, ...] = ()


def followed(site: Path) -> tuple[Met, ...]:
    """What was met so far, the last first."""
    try:
        found: _Ledger = value_from(_Ledger, json.loads((site / DERIVED / _LEDGER).read_bytes()))
        return found.met
    except (OSError, ValueError, TypeError, LookupError):
        return ()


def keep(site: Path, met: list[Met]) -> None:
    """Remember what was met now, besides what was."""
    make_folder(site / DERIVED)
    ledger = _Ledger((*reversed(met), *followed(site)))
    content = json.dumps(asdict(ledger), ensure_ascii=True).encode("ascii")
    replace_file(site / DERIVED / _LEDGER, content, 0o600)
