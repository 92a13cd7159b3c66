"""The French analysis shared out: to processes of this machine, or to the workers of Dask.

Texts come back in their order and the votes of the lexicon are counted by the builder alone: the
lexicon is that of one process, however the texts are shared. Dask is an extra, imported here only.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from itertools import chain
from typing import Any

from indexer.french import Tagged, load_french, model_version
from indexer.tagging import Tagging, TaggingFailed, tagged_apart

_SHARE = 100  # texts that a worker of Dask is given at once
_PATIENCE = 20  # seconds that a scheduler has to answer


def tagging_by(workers: int = 1, scheduler: str = "") -> Tagging:
    """Who analyses texts: so many processes, or the workers of the scheduler at an address."""
    if scheduler:
        return partial(tagged_by_dask, scheduler)
    return partial(tagged_by_processes, workers) if workers > 1 else tagged_apart


@contextmanager
def tagged_by_processes(count: int, texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Have texts tagged by some processes, each by one of them."""
    share = max(1, -(-len(texts) // count))
    starts = range(0, len(texts), share)
    with ExitStack() as stack:
        yield chain.from_iterable(
            [stack.enter_context(tagged_apart(texts[n : n + share])) for n in starts]
        )


@contextmanager
def tagged_by_dask(scheduler: str, texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Have texts tagged by the workers of a scheduler; a worker that dies is done without."""
    if not texts:
        yield iter(())
        return
    client, version = _client(scheduler), model_version()
    shares = [texts[start : start + _SHARE] for start in range(0, len(texts), _SHARE)]
    asked = client.map(_tagged, shares, version=version, pure=False)
    try:
        yield chain.from_iterable(map(_answer, asked))
    finally:
        client.cancel(asked)


@cache
def _client(scheduler: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        message = "--scheduler demande Dask. Installez verbatheque[calcul], ou prenez --workers."
        raise TaggingFailed(message) from error
    connect: Any = distributed.Client
    try:
        return connect(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"le répartiteur {scheduler} ne répond pas ({type(error).__name__})"
        raise TaggingFailed(message) from error


def _tagged(texts: Sequence[str], version: str) -> list[list[Tagged]]:
    """What a worker does; its French model must be that of the builder."""
    if model_version() != version:
        raise ValueError(f"un ouvrier a {model_version()}, et le constructeur {version}")
    return list(load_french()(texts))


def _answer(asked: Any) -> list[list[Tagged]]:
    try:
        answer: list[list[Tagged]] = asked.result()
    except Exception as error:  # whatever a worker met
        raise TaggingFailed(
            f"l’analyse du français s’est arrêtée chez un ouvrier : {error}"
        ) from error
    return answer
