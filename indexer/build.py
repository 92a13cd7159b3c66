"""From a site to its next generation: analyse, write, verify, publish."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.problem import Problem
from corpus.records import Webinar
from corpus.site import Site
from corpus.writeup import writeup_from
from indexer import analysis, fields
from indexer.analysis import Analyser
from indexer.analysis_cache import open_cache
from indexer.documents import indexed_documents, parts_of
from indexer.forms import forms_from
from indexer.french import load_french, model_version
from indexer.generations import GenerationStore, NoGeneration, index_store
from indexer.index_writer import engine_version, read_back, write_index
from indexer.lexicon import Lexicon, voted_lexicon
from indexer.normal import normal_from
from indexer.postings import save_postings

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Review:
    """What golden queries say of a new index: faults keep it out, movements are told (French)."""

    faults: tuple[Problem, ...] = ()
    movements: tuple[str, ...] = ()


Check = Callable[[Path, Site], Review]  # asks a generation, before it is published


def unchecked(_folder: Path, _site: Site) -> Review:
    """Ask nothing."""
    return Review()


class BuildRefused(RuntimeError):
    """The new index was not published, and the old one stays; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. `is_unchanged`: nothing was new, the published index stays."""

    generation: int
    verbatims: int
    ideas: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()
    is_unchanged: bool = False


def silent(_step: str, _done: int, _total: int) -> None:
    """Report no progress."""


def build(
    site: Site,
    *,
    force: bool = False,
    check: Check = unchecked,
    progress: Progress = silent,
) -> Summary:
    """Publish the index of a site, unless the published one already says the same.

    Raise `BuildRunning` when another build holds the lock, `BuildRefused` when the new index
    does not verify; `force` publishes one that only fails `check`.
    """
    store = index_store(site)
    with store.lock():
        before = _published_facts(store)
        facts = _facts(site)
        if not force and before.get("digest") == facts["digest"]:
            summary = _summary(site, store.current().manifest.generation, before, facts)
            return replace(summary, is_unchanged=True)
        lexicon = _lexicon(site, progress)
        review = Review()

        def fill(folder: Path) -> dict[str, Any]:
            nonlocal review
            _write(folder, site, lexicon, progress)
            review = check(folder, site)
            if review.faults and not force:
                raise BuildRefused("\n".join(str(fault) for fault in review.faults))
            return facts

        published = store.publish(fill)
    summary = _summary(site, published.manifest.generation, before, facts)
    return replace(summary, movements=review.movements, faults=review.faults)


def _published_facts(store: GenerationStore) -> dict[str, Any]:
    try:
        current = store.current()
    except NoGeneration:
        return {}
    return {} if current.degraded else current.manifest.facts


def _facts(site: Site) -> dict[str, Any]:
    """What a generation is made from: same facts, same answers."""
    versions = {
        "schema": fields.SCHEMA_VERSION,
        "analysis": analysis.VERSION,
        "engine": engine_version(),
        "model": model_version(),
    }
    webinars = {webinar.id: _webinar_digest(webinar) for webinar in site.webinars}
    lists = repr((site.themes, site.vocabulary, site.golden))
    whole = json.dumps([versions, webinars, lists], sort_keys=True)
    return {
        "versions": versions,
        "webinars": webinars,
        "documents": len(parts_of(site.webinars)),
        "digest": hashlib.sha256(whole.encode("utf-8")).hexdigest(),
    }


def _webinar_digest(webinar: Webinar) -> str:
    return hashlib.sha256(writeup_from(webinar).encode("utf-8")).hexdigest()


def _lexicon(site: Site, progress: Progress) -> Lexicon:
    texts = [normal_from(part.text).text for part in parts_of(site.webinars)]
    version = f"{model_version()} {analysis.VERSION}"
    with open_cache(site.derived / "analyses.sqlite3", version) as cache:
        tagged = cache.tagged(
            texts, load_french, lambda done, total: progress("Analyse du français", done, total)
        )
    return voted_lexicon(tagged)


def _write(folder: Path, site: Site, lexicon: Lexicon, progress: Progress) -> None:
    documents, columns, catalogue = indexed_documents(site, Analyser(lexicon))
    progress("Écriture de l’index", 0, len(documents))
    write_index(folder, documents)
    lexicon.save(folder / fields.LEXICON_FILE)
    np.savez(folder / fields.COLUMNS_FILE, **columns)
    content = json.dumps(catalogue, ensure_ascii=False)
    (folder / fields.CATALOGUE_FILE).write_text(content, "utf-8")
    forms_from(document.record for document in documents).save(folder / fields.FORMS_FILE)
    progress("Écriture de l’index", len(documents), len(documents))
    counted, postings = read_back(folder)
    save_postings(folder / fields.POSTINGS_FILE, postings)
    if counted != len(documents):
        message = f"{len(documents)} textes à indexer, {counted} relus dans l’index."
        raise BuildRefused(message)
    progress("Vérification", counted, len(documents))


def _summary(site: Site, generation: int, before: dict[str, Any], facts: dict[str, Any]) -> Summary:
    old, new = before.get("webinars", {}), facts["webinars"]

    def those(condition: Callable[[str], bool], webinars: Sequence[str]) -> tuple[str, ...]:
        return tuple(webinar for webinar in webinars if condition(webinar))

    return Summary(
        generation=generation,
        verbatims=sum(len(webinar.verbatims) for webinar in site.webinars),
        ideas=sum(len(webinar.key_ideas) for webinar in site.webinars),
        new=those(lambda w: w not in old, list(new)),
        changed=those(lambda w: w in old and old[w] != new[w], list(new)),
        unchanged=those(lambda w: old.get(w) == new[w], list(new)),
        removed=those(lambda w: w not in new, list(old)),
    )
