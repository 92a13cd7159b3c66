"""A generation written to OpenSearch, read back whole, and only then published."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.kept import Kept
from corpus.problems import Unreachable
from corpus.settings import EngineSettings
from indexer import fields
from indexer.catalogue import parts_of_webinar
from indexer.cluster.client import Cluster
from indexer.cluster.documents import Row, Tallies, rows_of, signs_of, stored
from indexer.cluster.layout import index_body
from indexer.cluster.lists import shorten, term_rows, webinar_rows
from indexer.cluster.spread import Spread
from indexer.cluster.store import ClusterStore
from indexer.disk import Step, reached
from indexer.documents import IndexedDocument, Reading
from indexer.filling import Lists, Plan
from indexer.generations import Generation
from indexer.tokens import tokens
from indexer.verification import BuildRefused, Check, Review, UnreadableIndex

Facts = dict[str, Any]

_COUNTED = 1_000  # terms that are counted in one request
_NOTED = 2_000  # texts after which it is noted how far the work went


def publish(
    store: ClusterStore,
    plan: Plan,
    facts: Facts,
    force: bool,
    check: Check,
    progress: Callable[[str, int, int], None],
) -> tuple[Generation, Review]:
    """Write a generation and point to it; when anything fails, the old one stays published.

    What a builder that died, or did not reach the cluster, has written is gone on with.
    """
    before = store.pointer()
    number, there = store.begun("" if force else facts["digest"])
    try:
        with TemporaryDirectory(prefix="verbatheque-") as name:
            folder = Path(name) / f"{number:08}"
            folder.mkdir()
            draft = Draft(plan, folder)
            store.create(number, draft.index_body(store.settings))
            told = partial(progress, "Écriture de l’index")
            _write(store, number, there, facts["digest"], draft, told)
            progress("Vérification", 0, draft.size)
            if fault := fault_of(store.cluster, store.texts(number), draft):
                raise UnreadableIndex(fault)
            progress("Vérification", draft.size, draft.size)
            review = check(folder, plan.site)
            if review.faults and not force:
                raise BuildRefused("\n".join(str(fault) for fault in review.faults))
            reached(Step.VERIFIED)
            told_of = {"documents": draft.size, "records": draft.digest}
            manifest = store.seal(number, folder, {**facts, **told_of})
        store.point_to(number)
    except Exception as error:
        pointed = store.pointer()
        if not isinstance(error, Unreachable) and (not pointed or pointed.generation != number):
            store.delete(number)
        raise
    store.prune(before.generation if before else None)
    return Generation(Path(), manifest), review


class Draft:
    """What a generation is to hold: documents on the disk, what is counted in all, the lists."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._documents, self.tallies = Kept(_kept, _read), Tallies()
        reading, lists, digest = Reading(plan.learnt, plan.site.themes), Lists(plan), _Digest()
        for webinar in plan.site.webinars:
            parts = list(parts_of_webinar(webinar))
            cuts = [list(tokens(part.text)) for part in parts]
            for document, cut in zip(reading.documents(parts, cuts), cuts, strict=True):
                kept = stored(document, cut)
                self._documents.append(kept)
                self.tallies.add(kept)
                digest.add(kept.record)
            lists.worded.append(reading.affinities(parts, cuts))
            lists.count(parts, cuts)
        self.size, self.digest = len(self._documents), digest.told()
        self.catalogue, self._columns = lists.write(folder)
        shorten(self.catalogue, folder)

    def index_body(self, settings: EngineSettings) -> Facts:
        """How its texts are laid out."""
        meanings = self._plan.meanings
        signs = len(signs_of(meanings.table["code"][0])) if meanings else 0
        return index_body(settings, len(self._plan.site.themes), signs)

    def rows(self) -> Iterator[Row]:
        """Its texts as the cluster is given them."""
        means, meanings = self.tallies.means, self._plan.meanings
        return rows_of(self.catalogue, self._columns, self._documents, means, meanings)


def _kept(document: IndexedDocument) -> Facts:
    return {"terms": document.terms, "values": document.values, "record": document.record}


def _read(row: Facts) -> IndexedDocument:
    return IndexedDocument(**row)


def _write(
    store: ClusterStore,
    number: int,
    there: int,
    digest: str,
    draft: Draft,
    told: Callable[[int, int], None],
) -> None:
    """Write the texts that are not there yet, noting how far it went, then the terms."""
    rows = islice(draft.rows(), there, None)
    store.note(number, digest, there)
    while some := list(islice(rows, _NOTED)):
        told(there, draft.size)
        there += store.cluster.write(store.texts(number), some)
        store.note(number, digest, there)
    told(draft.size, draft.size)
    reached(Step.INDEXED)
    lists = chain(term_rows(draft.tallies.spread), webinar_rows(draft.catalogue))
    store.cluster.write(store.lists(number), lists)
    for index in (store.texts(number), store.lists(number)):
        store.cluster.request("POST", f"/{index}/_refresh", patient=True)
        store.cluster.request("POST", f"/{index}/_forcemerge?max_num_segments=1", patient=True)
    reached(Step.WRITTEN)


def fault_of(cluster: Cluster, index: str, draft: Draft) -> str:
    """How an index differs from what was meant, in French, or ""."""
    count = cluster.count(index)
    if count != draft.size:
        return f"{draft.size} textes à indexer, {count} relus dans l’index"
    if records_digest(cluster, index) != draft.digest:
        return "un texte relu dans l’index n’est pas celui qui a été écrit"
    return _fault_of_terms(cluster, index, draft.tallies.spread)


def records_digest(cluster: Cluster, index: str) -> str:
    """The digest of all records of an index, in the order of the write-ups."""
    asked: Facts = {"query": {"match_all": {}}, "_source": [fields.RECORD]}
    digest = _Digest()
    for hit in cluster.everything(index, asked, "number"):
        digest.add(hit["_source"][fields.RECORD])
    return digest.told()


class _Digest:
    """The digest of records, one after the other."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, record: Mapping[str, Any]) -> None:
        """Add a record; the cluster gives its names back in another order."""
        self._digest.update(json.dumps(record, sort_keys=True).encode() + b"\n")

    def told(self) -> str:
        """The digest of all of them."""
        return self._digest.hexdigest()


def _fault_of_terms(cluster: Cluster, index: str, spread: Spread) -> str:
    """Whether each term is in as many texts as it was given with."""
    terms = iter(spread)
    while some := list(islice(terms, _COUNTED)):
        filters = [{"term": {field: term}} for (field, term), _ in some]
        asked: Facts = {"size": 0, "aggs": {"said": {"filters": {"filters": filters}}}}
        found = cluster.search(index, asked)["aggregations"]["said"]["buckets"]
        for ((field, _), count), bucket in zip(some, found, strict=True):
            if bucket["doc_count"] != count:
                return f"les mots relus dans l’index (champ {field}) ne sont pas ceux des textes"
    return ""
