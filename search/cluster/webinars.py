"""The entries of webinars on a cluster: in an index of their own, not in each worker's memory."""

from collections.abc import Set as AbstractSet

from indexer.cluster.client import Cluster
from search.cluster.queries import Query
from search.webinars import Entry, latest_first


class ClusterWebinars:
    """What `search.webinars.Webinars` asks, each a request."""

    def __init__(self, cluster: Cluster, lists: str) -> None:
        self._cluster, self._lists = cluster, lists

    def entry(self, webinar_id: str) -> Entry | None:
        """That of one webinar."""
        return next(iter(self._found({"term": {"webinar": webinar_id}})), None)

    def with_speaker(self, speaker_id: str) -> list[Entry]:
        """Those in which somebody speaks, latest first."""
        return self._found({"term": {"people": speaker_id}})

    def with_names(self, names: AbstractSet[str]) -> list[Entry]:
        """Those in which somebody speaks who bears one of the names, latest first."""
        return self._found({"terms": {"names": sorted(names)}})

    def _found(self, query: Query) -> list[Entry]:
        asked: Query = {"query": query, "_source": ["entry"]}
        hits = self._cluster.everything(self._lists, asked, "place")
        return latest_first(hit["_source"]["entry"] for hit in hits)
