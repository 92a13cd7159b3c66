"""From a site to its next generation: analyse, write, verify, publish."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.problems import Problem
from corpus.site import Site
from indexer import analysis, fields
from indexer.additions import days_of
from indexer.analysis import Analyser
from indexer.catalogue import parts_of
from indexer.disk import DiskFull, Step, reached
from indexer.documents import Groundwork, groundwork_of, indexed_documents
from indexer.encoder import Encoder, Encoding, installed_encoder
from indexer.french import model_version, voted_lexicon
from indexer.generations import Generation, GenerationStore, NoGeneration, index_store
from indexer.index_writer import records_digest, write_index
from indexer.lexicon import Lexicon, load_dictionary
from indexer.meaning import meanings_of
from indexer.postings import arrays_digest, arrays_of, gathered, save_postings
from indexer.tagging import AnalysisCache, Tagging, TaggingFailed, tagged_apart
from indexer.tokens import normal_from
from indexer.vectors import save_table
from indexer.verification import (
    Check,
    FreshReader,
    Review,
    UnreadableIndex,
    fresh_reader,
    unchecked,
)
from indexer.versions import versions

Facts = dict[str, Any]  # written in the manifest


@dataclass(frozen=True, slots=True)
class Movements:
    """Webinars by what became of them since the published index."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def facts_of(site: Site, encoder: Encoder | None = None) -> Facts:
    """Versions, digests and counts; `digest` sums up all that an answer depends on."""
    made_by = versions() | ({"encoder": encoder.identity} if encoder else {})
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


Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

_SHRINKAGE = 0.10  # the share of texts that may go without being asked about


class BuildRefused(RuntimeError):
    """The new index was not published, and the old one stays; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. `is_unchanged`: nothing was new, the published index stays.

    `is_set_aside`: what it would publish is what a rollback left, the published index stays.
    `encoder` names what tells the meaning of texts; "": nothing is installed for it.
    """

    generation: int
    verbatims: int
    ideas: int
    webinars: Movements = field(default_factory=Movements)
    review: Review = field(default_factory=Review)
    is_unchanged: bool = False
    is_set_aside: bool = False
    encoder: str = ""

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The golden queries that fail in an index that was published all the same."""
        return self.review.faults


def silent(_step: str, _done: int, _total: int) -> None:
    """Report no progress."""


def build(
    site: Site,
    *,
    force: bool = False,
    check: Check = unchecked,
    progress: Progress = silent,
    tagging: Tagging = tagged_apart,
    today: Callable[[], date] = date.today,
    encoding: Encoding = installed_encoder,
) -> Summary:
    """Publish the index of a site, unless the published one already says the same.

    Raise `BuildRunning` when another build holds the lock, `BuildRefused` when the new index
    does not verify; `force` publishes one that is whole, whatever it says.
    """
    store, encoder = index_store(site), encoding()
    with store.lock():
        published = published_generation(store)
        before = published.manifest.facts if published else {}
        facts = facts_of(site, encoder)
        summary = _summary(site, published, before, facts, encoder)
        if not force:
            if published and not published.degraded:
                if _is_the_same(before, facts):
                    store.prune()
                    return replace(summary, is_unchanged=True)
                if _is_set_aside(store, facts):
                    return replace(summary, is_set_aside=True)
            _refuse_shrinkage(before, facts)
        try:
            ground, lexicon = _studied(site, progress, tagging, encoder, published)
            days = days_of(ground.parts, published, today())
            ground = replace(ground, catalogue={**ground.catalogue, "added": days})
            generation, review = _publish(
                store, site, facts, force, check, progress, ground, lexicon
            )
        except (DiskFull, TaggingFailed, UnreadableIndex) as error:
            raise BuildRefused(str(error)) from error
    return replace(summary, generation=generation.manifest.generation, review=review)


def published_generation(store: GenerationStore) -> Generation | None:
    """The one that is served; None before the first build."""
    try:
        return store.current()
    except NoGeneration:
        return None


def _is_the_same(before: Facts, facts: Facts) -> bool:
    return all(before.get(key) == facts[key] for key in ("digest", "versions"))


def _is_set_aside(store: GenerationStore, facts: Facts) -> bool:
    pointer = store.pointer()
    return pointer is not None and facts["digest"] in pointer.set_aside


def _refuse_shrinkage(before: Facts, facts: Facts) -> None:
    """A site that lost a part of its texts is rather a mistake than a wish."""
    old, new = before.get("documents", 0), facts["documents"]
    if not new:
        raise BuildRefused(
            "il n’y a aucun texte à indexer. Ajoutez un compte rendu avec verbatheque add PAGE, "
            "ou voyez ce qui cloche avec verbatheque check."
        )
    if new < old * (1 - _SHRINKAGE):
        raise BuildRefused(
            f"il ne resterait que {new} textes sur {old}. Voyez ce qui manque avec "
            "verbatheque check ; si c’est voulu : verbatheque build --force"
        )


def _publish(
    store: GenerationStore,
    site: Site,
    facts: Facts,
    force: bool,
    check: Check,
    progress: Progress,
    ground: Groundwork,
    lexicon: Lexicon,
) -> tuple[Generation, Review]:
    review = Review()

    def fill(folder: Path) -> Facts:
        nonlocal review
        with fresh_reader(check) as reader:
            digests = _write(folder, ground, lexicon, reader, progress)
            expected = {"documents": facts["documents"], **digests}
            review = reader.review(site, expected)
        if review.faults and not force:
            raise BuildRefused("\n".join(str(fault) for fault in review.faults))
        reached(Step.VERIFIED)
        progress("Vérification", facts["documents"], facts["documents"])
        return {**facts, **expected}

    return store.publish(fill), review


def _studied(
    site: Site,
    progress: Progress,
    tagging: Tagging,
    encoder: Encoder | None,
    published: Generation | None,
) -> tuple[Groundwork, Lexicon]:
    """Lay the ground while the French model reads what is new."""
    parts = parts_of(site.webinars)
    texts = [normal_from(part.text).text for part in parts]
    cache = AnalysisCache(
        site.derived / "analyses.sqlite3", f"{model_version()} {analysis.VERSION}"
    )
    with cache.analyses(texts, tagging) as finished:
        told = partial(progress, "Sens des textes")
        meanings = meanings_of(parts, site.themes, encoder, published, told)
        ground = groundwork_of(site, parts, meanings)
        load_dictionary()
        tagged = finished(lambda done, total: progress("Analyse du français", done, total))
    return ground, voted_lexicon(tagged)


def _write(
    folder: Path, ground: Groundwork, lexicon: Lexicon, reader: FreshReader, progress: Progress
) -> dict[str, str]:
    """Write all files; give the digests of what they must hold."""
    documents = indexed_documents(ground, Analyser(lexicon))
    progress("Écriture de l’index", 0, len(documents))
    write_index(folder, documents)
    reached(Step.INDEXED)
    reader.begin(folder)
    postings = gathered()
    for document in documents:
        for name, gathering in postings.items():
            gathering.add(document.terms.get(name, ()))
    arrays = arrays_of(postings)
    save_postings(folder, arrays)
    _write_lists(folder, ground, lexicon)
    reached(Step.WRITTEN)
    progress("Écriture de l’index", len(documents), len(documents))
    return {"records": records_digest(documents), "postings": arrays_digest(arrays)}


def _write_lists(folder: Path, ground: Groundwork, lexicon: Lexicon) -> None:
    lexicon.save(folder / fields.LEXICON_FILE)
    np.savez(folder / fields.COLUMNS_FILE, **ground.columns)
    content = json.dumps(ground.catalogue, ensure_ascii=False)
    (folder / fields.CATALOGUE_FILE).write_text(content, "utf-8")
    ground.forms.save(folder / fields.FORMS_FILE)
    if ground.meanings:
        save_table(folder / fields.MEANINGS_FILE, ground.meanings.table)


def _summary(
    site: Site,
    published: Generation | None,
    before: Facts,
    facts: Facts,
    encoder: Encoder | None,
) -> Summary:
    return Summary(
        generation=published.manifest.generation if published else 0,
        verbatims=sum(len(webinar.verbatims) for webinar in site.webinars),
        ideas=sum(len(webinar.key_ideas) for webinar in site.webinars),
        webinars=movements(before, facts),
        encoder=encoder.label if encoder else "",
    )
