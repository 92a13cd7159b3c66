"""The generations of a site on OpenSearch: two indexes each, and an alias to the published one.

PREFIX-textes-00000042   the texts, write-blocked once they are verified
PREFIX-listes-00000042   what goes with them, and the sealed manifest
PREFIX                   the alias: switched last, in one step
PREFIX-etat              the lock of the builder, and what a rollback has set aside

A worker reads the alias, then names the indexes of that generation only: it never mixes two.
"""

import os
import re
import shutil
import socket
import threading
import time
import uuid
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from corpus.settings import EngineSettings
from indexer.cluster.client import Cluster, ClusterUnreachable, Conflict, IndexGone
from indexer.cluster.layout import LISTS_BODY, lists_index, texts_index
from indexer.cluster.lists import DRAFT_ID, MANIFEST_ID, fetch_files, file_rows
from indexer.disk import BuildRunning, Step, reached
from indexer.generations import KEPT, Generation, GenerationStore, Pointer, Signature
from indexer.manifest import (
    DamagedGeneration,
    Manifest,
    SealBroken,
    digest_of,
    sealed,
    unsealed,
)

_LEASE = 30.0  # seconds after which the lock of a builder that died falls
_RENEWED = 5.0
_LEFT = 2.0  # seconds after which no worker asks what an alias no longer names


class ClusterStore(GenerationStore):
    """The generations of one site; `root` is where the caches of a build are."""

    def __init__(self, root: Path, settings: EngineSettings) -> None:
        super().__init__(root)
        self.settings = settings
        self.cluster = Cluster(settings)
        self._copies: dict[int, Path] = {}

    def texts(self, number: int) -> str:
        """The index of the texts of a generation."""
        return texts_index(self.settings.prefixe, number)

    def lists(self, number: int) -> str:
        """The index of what goes with them."""
        return lists_index(self.settings.prefixe, number)

    @property
    def state(self) -> str:
        """The index of the lock, and of what a rollback has set aside."""
        return f"{self.settings.prefixe}-etat"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only builder, among generations that are whole, or raise `BuildRunning`."""
        self._have_state()
        with Lease(self.cluster, self.state).held():
            reached(Step.LOCKED)
            drafts = [number for number in self._unsealed() if self._draft(number)]
            self._sweep(drafts[-1] if drafts else None)
            reached(Step.SWEPT)
            yield

    def _have_state(self) -> None:
        body = {
            "settings": {"number_of_shards": 1, "number_of_replicas": self.settings.repliques},
            "mappings": {
                "dynamic": "strict",
                "properties": {"content": {"enabled": False, "type": "object"}},
            },
        }
        if not self.cluster.exists(f"/{self.state}"):
            with suppress(Conflict):
                self.cluster.request("PUT", f"/{self.state}", body)

    def _unsealed(self) -> list[int]:
        return [number for number in self._all_numbers() if not self._is_sealed(number)]

    def _sweep(self, but: int | None = None) -> None:
        """Delete what builders that died have left, one draft aside."""
        for number in self._unsealed():
            if number != but:
                self.delete(number)

    def _draft(self, number: int) -> dict[str, Any]:
        with suppress(IndexGone):
            found = self.cluster.request("GET", f"/{self.lists(number)}/_doc/{DRAFT_ID}")
            draft: dict[str, Any] = found["_source"]["draft"]
            return draft
        return {}

    def begun(self, digest: str) -> tuple[int, int]:
        """The number of the generation to write, and how many of its texts are there already.

        What a builder that died has begun is gone on with when it has the same `digest`.
        """
        for number in self._unsealed():
            draft = self._draft(number)
            if digest and draft.get("digest") == digest:
                return number, int(draft["texts"])
        self._sweep()
        return max(self._all_numbers(), default=0) + 1, 0

    def note(self, number: int, digest: str, texts: int) -> None:
        """Note that so many texts are written for good."""
        self.cluster.request("POST", f"/{self.texts(number)}/_flush", patient=True)
        body = {"draft": {"digest": digest, "texts": texts}}
        self.cluster.request("PUT", f"/{self.lists(number)}/_doc/{DRAFT_ID}", body)
        self.cluster.request("POST", f"/{self.lists(number)}/_flush", patient=True)

    def seal(self, number: int, folder: Path, facts: dict[str, Any]) -> Manifest:
        """Write the files of a generation, then what it says of itself; nobody writes any more."""
        cluster, index = self.cluster, self.lists(number)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        digests = {path.name: digest_of(path) for path in sorted(folder.iterdir())}
        manifest = Manifest(number, now, facts, digests)
        cluster.write(index, file_rows(folder))
        self.settle(index)
        self.settle(self.texts(number))
        line = sealed(asdict(manifest)).decode()
        cluster.request("PUT", f"/{index}/_doc/{MANIFEST_ID}", {"sealed": line}, refresh="true")
        for name in (index, self.texts(number)):
            cluster.request("PUT", f"/{name}/_block/write")
        reached(Step.SEALED)
        return manifest

    def settle(self, index: str) -> None:
        """Make what was written durable and searched, on as many nodes as asked."""
        kept = {"index.number_of_replicas": self.settings.repliques}
        self.cluster.request("POST", f"/{index}/_refresh", patient=True)
        self.cluster.request("POST", f"/{index}/_flush", patient=True)
        kept["index.translog.durability"] = "request"  # type: ignore[assignment]
        self.cluster.request("PUT", f"/{index}/_settings", kept)
        waited = f"/_cluster/health/{index}?wait_for_status=green&timeout=60s"
        # Fewer nodes than copies (408): as well as can be.
        self.cluster.request("GET", waited, patient=True, ignore=408)

    def create(self, number: int, texts: dict[str, Any]) -> None:
        """Make the two indexes of a generation."""
        for index, body in ((self.texts(number), texts), (self.lists(number), LISTS_BODY)):
            with suppress(Conflict):  # nobody else has this number: a busy node was asked twice
                self.cluster.request("PUT", f"/{index}", body, patient=True)
        reached(Step.CREATED)

    def delete(self, number: int) -> None:
        """Delete a generation: its manifest goes first, nothing half deleted is ever whole."""
        for index in (self.lists(number), self.texts(number)):
            with suppress(IndexGone):
                self.cluster.request("DELETE", f"/{index}")

    def point_to(self, number: int, set_aside: tuple[str, ...] = ()) -> None:
        """Make a generation the published one. Call under `lock`."""
        self.cluster.request(
            "PUT", f"/{self.state}/_doc/ecartes", {"content": {"set_aside": list(set_aside)}}
        )
        reached(Step.POINTER_WRITTEN)
        alias, fresh = self.settings.prefixe, self.texts(number)
        others = {"index": f"{alias}-textes-*", "alias": alias, "must_exist": False}
        actions = [{"remove": others}, {"add": {"index": fresh, "alias": alias}}]
        self.cluster.request("POST", "/_aliases", {"actions": actions})
        reached(Step.PUBLISHED)

    def pointer(self) -> Pointer | None:
        """What is published; None when nothing is."""
        number = self._pointed()
        if number is None:
            return None
        try:
            found = self.cluster.request("GET", f"/{self.state}/_doc/ecartes")
        except IndexGone:
            return Pointer(number, "")
        return Pointer(number, "", tuple(found["_source"]["content"]["set_aside"]))

    def _pointed(self) -> int | None:
        try:
            found = self.cluster.request("GET", f"/_alias/{self.settings.prefixe}")
        except IndexGone:
            return None
        return self._number_of(next(iter(found), ""))

    def signature(self) -> Signature | None:
        """Changes whenever another generation is published; raises when nobody answers."""
        number = self._pointed()
        return None if number is None else (number, 0, 0)

    def verified(self, number: int, manifest_digest: str | None = None) -> Generation:
        """A generation that is whole: its manifest, its files, the number of its texts.

        Its texts were read one by one before it was published, and cannot have been written since.
        """
        del manifest_digest  # what the alias names is write-blocked
        manifest = self._manifest(number)
        try:
            count = self.cluster.count(self.texts(number))
        except IndexGone as error:
            raise DamagedGeneration("l’index des textes manque") from error
        if count != manifest.facts["documents"]:
            raise DamagedGeneration(f"il y manque des textes ({count} sont là)")
        return Generation(self._copied(number, manifest), manifest)

    def _manifest(self, number: int) -> Manifest:
        try:
            found = self.cluster.request("GET", f"/{self.lists(number)}/_doc/{MANIFEST_ID}")
            return Manifest(**unsealed(found["_source"]["sealed"].encode()))
        except IndexGone as error:
            raise DamagedGeneration("le manifeste manque") from error
        except (SealBroken, TypeError) as error:
            raise DamagedGeneration("le manifeste est endommagé") from error

    def _copied(self, number: int, manifest: Manifest) -> Path:
        """The files of a generation, copied once; they go with this store."""
        if number not in self._copies:
            top = Path(mkdtemp(prefix="verbatheque-"))
            weakref.finalize(self, shutil.rmtree, top, ignore_errors=True)
            folder = top / f"{number:08}"
            folder.mkdir()
            fetch_files(self.cluster, self.lists(number), manifest.files, folder)
            for name, digest in manifest.files.items():
                if digest_of(folder / name) != digest:
                    raise DamagedGeneration(f"le fichier « {name} » est endommagé")
            self._copies[number] = folder
        return self._copies[number]

    def folder(self, number: int) -> Path:
        """Where the files of a generation were copied to."""
        return self._copies[number]

    def numbers(self) -> list[int]:
        """The generations that are whole, oldest first."""
        return [number for number in self._all_numbers() if self._is_sealed(number)]

    def _is_sealed(self, number: int) -> bool:
        with suppress(IndexGone):
            return self.cluster.exists(f"/{self.lists(number)}/_doc/{MANIFEST_ID}")
        return False

    def _all_numbers(self) -> list[int]:
        found = self.cluster.request(
            "GET", f"/_cat/indices/{self.settings.prefixe}-*?format=json&h=index"
        )
        numbers = {self._number_of(line["index"]) for line in found}
        return sorted(number for number in numbers if number is not None)

    def _number_of(self, index: str) -> int | None:
        """That of a generation; the indexes of another site may begin alike."""
        found = re.fullmatch(
            rf"{re.escape(self.settings.prefixe)}-(?:textes|listes)-(\d{{8}})", index
        )
        return int(found[1]) if found else None

    def prune(self, before: int | None = None, kept: int = KEPT) -> None:
        """Keep the published one, the one `before` it and the newest others."""
        self._sweep()
        pointed = self._pointed()
        others = [n for n in self.numbers() if n != pointed]
        others.sort(key=lambda n: (n != before, -n))
        for number in others[kept - 1 :] if pointed else ():
            self.delete(number)
        reached(Step.PRUNED)

    def erased_elsewhere(self, but: int | None = None) -> int | None:
        """Delete all generations but one; how many went. Call under `lock`.

        Workers look at the alias four times a second: they have left what goes.
        """
        gone = [number for number in self._all_numbers() if number != but]
        time.sleep(_LEFT if but is not None else 0)
        for number in gone:
            self.delete(number)
        return len(gone)

    def snapshots(self) -> list[str]:
        """The snapshots of the cluster that hold an index of this site."""
        found = []
        for repository in self.cluster.request("GET", "/_snapshot"):
            listed = self.cluster.request("GET", f"/_snapshot/{repository}/_all")["snapshots"]
            found += [
                f"{repository}/{one['snapshot']}"
                for one in listed
                if any(map(self._number_of, one["indices"]))
            ]
        return found


class Lease:
    """The lock of a builder: a document that says until when, renewed while it works."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._path = cluster, f"/{index}/_doc/verrou"
        self._who = f"{os.getpid()}@{socket.gethostname()} {time.strftime('%H:%M')}"
        self._token = uuid.uuid4().hex

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it, or raise `BuildRunning`."""
        self.take()
        done = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(done,), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            done.set()
            renewing.join()
            with suppress(ClusterUnreachable, IndexGone):
                self._cluster.request("DELETE", self._path)

    def take(self) -> None:
        """Take it, or raise `BuildRunning`."""
        try:
            self._write(op_type="create")
        except Conflict:
            found = self._cluster.request("GET", self._path)
            held = found["_source"]["content"]
            if held.get("token") == self._token:
                return  # a busy node was asked twice
            if held["until"] > time.time():
                who, since = held["who"].rsplit(" ", 1)
                message = f"Une autre construction est en cours (depuis {since}, {who})"
                raise BuildRunning(f"{message} : attendez qu’elle finisse.") from None
            try:
                self._write(if_seq_no=found["_seq_no"], if_primary_term=found["_primary_term"])
            except Conflict as error:
                raise BuildRunning("Une autre construction vient de commencer.") from error

    def _write(self, **params: Any) -> None:
        until = time.time() + _LEASE
        held = {"who": self._who, "token": self._token, "until": until}
        self._cluster.request("PUT", self._path, {"content": held}, **params)

    def _renew(self, done: threading.Event) -> None:
        while not done.wait(_RENEWED):
            with suppress(ClusterUnreachable):
                self._write()
