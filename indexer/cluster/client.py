"""The only module that names the client of OpenSearch: requests, asked again where they may be.

A node that dies between the phases of a search gives an error 500, which is asked again too; an
answer of some of the shards is never taken for the whole.
"""

import json
import os
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from opensearchpy import OpenSearch, exceptions
from opensearchpy.helpers import BulkIndexError, parallel_bulk

from corpus.problems import Unreachable
from corpus.settings import EngineSettings

Body = dict[str, Any]

USER = "VERBATHEQUE_OPENSEARCH_UTILISATEUR"
PASSWORD = "VERBATHEQUE_OPENSEARCH_MOT_DE_PASSE"
_AGAIN = (429, 500, 502, 503, 504)
_TRIES = 5
_PAUSE = 0.2  # seconds before what failed is asked again; each time twice as long
_TIMEOUT = 4.0  # seconds that a node has to answer
_PAGE = 1_000  # documents read at once
_BLOCK = 2_000  # documents written at once, and again when a part of them is not
_LONGEST = 20.0  # seconds, the last pause before they are given up
_PATIENT = 600.0  # seconds that the work of a build may take


class ClusterUnreachable(Unreachable):
    """The cluster does not answer, or not whole; the message is French."""


class Conflict(RuntimeError):
    """Somebody else has written in the meantime, or was first."""


class IndexGone(Unreachable):
    """What was asked is no longer there: another generation serves."""


_UNREACHABLE = (
    "Le moteur de recherche ne répond pas pour le moment. Réessayez dans quelques instants."
)


class Cluster:
    """The requests that indexes and searches make; threads may share it."""

    def __init__(self, settings: EngineSettings) -> None:
        self.settings = settings
        user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
        self._ask = OpenSearch(
            list(settings.noeuds),
            http_auth=(user, password) if user else None,
            ssl_context=ssl.create_default_context() if _has_tls(settings) else None,
            max_retries=_TRIES,
            retry_on_timeout=True,
            retry_on_status=_AGAIN,
            timeout=_TIMEOUT,
            pool_maxsize=16,
        )

    def request(
        self, method: str, path: str, body: Any = None, *, patient: bool = False, **params: Any
    ) -> Any:
        """Ask one thing; raise `ClusterUnreachable`, or `IndexGone` for what is not there."""
        if patient:
            params["request_timeout"] = _PATIENT
        try:
            return self._ask.transport.perform_request(method, path, params=params, body=body)
        except exceptions.NotFoundError as error:
            raise IndexGone(_UNREACHABLE) from error
        except exceptions.ConflictError as error:
            raise Conflict from error
        except exceptions.ConnectionError as error:  # timeouts and TLS too
            raise ClusterUnreachable(_UNREACHABLE) from error
        except exceptions.TransportError as error:
            if error.error == "resource_already_exists_exception":
                raise Conflict from error
            if told := _told(error):
                raise ClusterUnreachable(told) from error
            raise

    def exists(self, path: str) -> bool:
        """Whether something is there."""
        return bool(self.request("HEAD", path))

    def search(self, index: str, body: Body) -> Any:
        """The answer to one search, whole."""
        return self.searches([(index, body)])[0]

    def scored_by_name(self, index: str, body: Body) -> list[Any]:
        """The hits of a search, with the score of each of its named queries."""
        told: dict[str, Any] = {
            "include_named_queries_score": "true",
            "allow_partial_search_results": "false",
        }
        answer = self.request("POST", f"/{index}/_search", body, **told)
        if not is_whole(answer):
            raise ClusterUnreachable(_UNREACHABLE)
        hits: list[Any] = answer["hits"]["hits"]
        return hits

    def count(self, index: str) -> int:
        """How many documents an index holds, all its shards counted."""
        found = self.search(index, {"size": 0, "track_total_hits": True})
        return int(found["hits"]["total"]["value"])

    def searches(self, asked: Sequence[tuple[str, Body]]) -> list[Any]:
        """The answers to searches that are made together, each whole, in their order."""
        found: dict[int, Any] = {}
        pause = _PAUSE
        for _ in range(_TRIES):
            missing = [place for place in range(len(asked)) if place not in found]
            lines = [line for place in missing for line in _lines(*asked[place])]
            answers = self.request("POST", "/_msearch", "\n".join(lines) + "\n")["responses"]
            found |= {
                place: answer
                for place, answer in zip(missing, answers, strict=True)
                if is_whole(answer)
            }
            if len(found) == len(asked):
                return [found[place] for place in range(len(asked))]
            time.sleep(pause)
            pause *= 2
        raise ClusterUnreachable(_UNREACHABLE)

    def write(self, index: str, documents: Iterable[tuple[str, Body]]) -> int:
        """Write documents, each under its id: sent twice, it is written once.

        Say how many were written. A node that dies is waited for.
        """
        left, written = iter(documents), 0
        while block := list(islice(left, _BLOCK)):
            written += self._write(index, block)
        return written

    def _write(self, index: str, block: Sequence[tuple[str, Body]]) -> int:
        pause = _PAUSE
        while True:
            try:
                return self._send(index, block)
            except ClusterUnreachable as error:
                if str(error) != _UNREACHABLE or pause > _LONGEST:
                    raise
            time.sleep(pause)
            pause *= 2

    def _send(self, index: str, block: Sequence[tuple[str, Body]]) -> int:
        actions = ({"_index": index, "_id": name, "_source": body} for name, body in block)
        some: dict[str, Any] = {"chunk_size": 500, "max_chunk_bytes": 8_000_000}
        some["request_timeout"] = _PATIENT
        try:
            sent = parallel_bulk(self._ask, actions, thread_count=2, queue_size=2, **some)
            return sum(ok for ok, _ in sent)
        except (exceptions.TransportError, BulkIndexError) as error:
            raise ClusterUnreachable(_told(error) or _UNREACHABLE) from error

    def everything(self, index: str, body: Body, by: str, most: int = _PAGE) -> Iterator[Any]:
        """All hits of a search, in the order of a field that tells each from the others.

        `most` is how many are asked for at once.
        """
        body = {**body, "size": most, "sort": [{by: "asc"}], "track_total_hits": False}
        while True:
            hits = self.search(index, body)["hits"]["hits"]
            yield from hits
            if len(hits) < most:
                return
            body["search_after"] = hits[-1]["sort"]


def _has_tls(settings: EngineSettings) -> bool:
    return any(node.startswith("https:") for node in settings.noeuds)


def _lines(index: str, body: Body) -> tuple[str, str]:
    """A search as two lines; never a part of the shards in silence."""
    head = {"index": index, "allow_partial_search_results": False}
    return json.dumps(head), json.dumps(body, ensure_ascii=False)


def is_whole(answer: Mapping[str, Any]) -> bool:
    """Whether a search is answered by all shards; what may not be asked again is raised."""
    error = answer.get("error")
    if error is None:
        return not (answer["timed_out"] or answer["_shards"]["failed"])
    if answer["status"] == 404:
        raise IndexGone(_UNREACHABLE)
    if answer["status"] in _AGAIN:
        return False
    raise ValueError(json.dumps(error)[:2_000])


# What a cluster says when its nodes have too little room left: indexes are read-only, none is made.
_FULL = ("read-only", "read_only", "create-index blocked")


def _told(error: Exception) -> str:
    """What a visitor or an editor reads of a refusal, in French; "" when the fault is ours."""
    said, status = str(error), getattr(error, "status_code", None)
    if any(sign in said for sign in _FULL):
        return (
            "Le disque d’un nœud OpenSearch est presque plein : il n’accepte plus d’écriture. "
            "Libérez de la place ou ajoutez un nœud, puis relancez : verbatheque build"
        )
    if status in {401, 403}:
        return (
            "Le moteur de recherche refuse le compte du site. Voyez les variables "
            f"{USER} et {PASSWORD}."
        )
    return _UNREACHABLE if status in _AGAIN else ""
