"""What an index is made from, digested: the same facts give the same answers."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from corpus.site import Site
from indexer.parts import parts_of
from indexer.versions import versions

Facts = dict[str, Any]  # written in the manifest


@dataclass(frozen=True, slots=True)
class Movements:
    """Webinars by what became of them since the published index."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def facts_of(site: Site) -> Facts:
    """Versions, digests and counts; `digest` sums up all that an answer depends on."""
    made_by = versions()
    webinars = {webinar.id: _digest(repr(webinar)) for webinar in site.webinars}
    lists = repr((site.themes, site.vocabulary, site.golden))
    corpus = _digest(json.dumps([webinars, lists], sort_keys=True))
    return {
        "versions": made_by,
        "webinars": webinars,
        "documents": len(parts_of(site.webinars)),
        "corpus": corpus,
        "digest": _digest(json.dumps([made_by, corpus], sort_keys=True)),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def movements(before: Facts, now: Facts) -> Movements:
    """What is new, changed, the same or gone, in the order of the write-ups."""
    old, new = before.get("webinars", {}), now["webinars"]
    return Movements(
        new=tuple(w for w in new if w not in old),
        changed=tuple(w for w in new if w in old and old[w] != new[w]),
        unchanged=tuple(w for w in new if old.get(w) == new[w]),
        removed=tuple(w for w in old if w not in new),
    )
