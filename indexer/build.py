"""From a site to its next generation: analyse, write, verify, publish."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus.problem import Problem
from corpus.site import Site
from indexer import analysis, fields
from indexer.analysis import Analyser
from indexer.analysis_cache import AnalysisCache
from indexer.disk_space import DiskFull
from indexer.documents import indexed_documents, parts_of
from indexer.durability import Step, reached
from indexer.facts import Facts, Movements, facts_of, movements
from indexer.forms import forms_from
from indexer.french import load_french, model_version
from indexer.generations import Generation, GenerationStore, NoGeneration, index_store
from indexer.index_writer import IndexedDocument, records_digest, write_index
from indexer.lexicon import Lexicon, voted_lexicon
from indexer.normal import normal_from
from indexer.postings import postings_of, save_postings
from indexer.verification import Check, Review, UnreadableIndex, fresh_reader, unchecked

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

_SHRINKAGE = 0.10  # the share of texts that may go without being asked about


class BuildRefused(RuntimeError):
    """The new index was not published, and the old one stays; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. `is_unchanged`: nothing was new, the published index stays.

    `is_set_aside`: what it would publish is what a rollback left, the published index stays.
    """

    generation: int
    verbatims: int
    ideas: int
    webinars: Movements = field(default_factory=Movements)
    review: Review = field(default_factory=Review)
    is_unchanged: bool = False
    is_set_aside: bool = False

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
) -> Summary:
    """Publish the index of a site, unless the published one already says the same.

    Raise `BuildRunning` when another build holds the lock, `BuildRefused` when the new index
    does not verify; `force` publishes one that is whole, whatever it says.
    """
    store = index_store(site)
    with store.lock():
        published = _published(store)
        before = published.manifest.facts if published else {}
        facts = facts_of(site)
        summary = _summary(site, published, before, facts)
        if not force:
            if published and not published.degraded:
                if _is_the_same(before, facts):
                    store.prune()
                    return replace(summary, is_unchanged=True)
                if _is_set_aside(store, facts):
                    return replace(summary, is_set_aside=True)
            _refuse_shrinkage(before, facts)
        try:
            generation, review = _publish(store, site, facts, force, check, progress)
        except (DiskFull, UnreadableIndex) as error:
            raise BuildRefused(str(error)) from error
    return replace(summary, generation=generation.manifest.generation, review=review)


def _published(store: GenerationStore) -> Generation | None:
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
) -> tuple[Generation, Review]:
    lexicon = _lexicon(site, progress)
    review = Review()

    def fill(folder: Path) -> Facts:
        nonlocal review
        with fresh_reader(check) as reader:
            documents = _write(folder, site, lexicon, progress)
            reached(Step.WRITTEN)
            expected = {"documents": facts["documents"], "records": records_digest(documents)}
            review = reader.review(folder, site, expected)
        if review.faults and not force:
            raise BuildRefused("\n".join(str(fault) for fault in review.faults))
        reached(Step.VERIFIED)
        progress("Vérification", len(documents), len(documents))
        return {**facts, **expected}

    return store.publish(fill), review


def _lexicon(site: Site, progress: Progress) -> Lexicon:
    texts = [normal_from(part.text).text for part in parts_of(site.webinars)]
    cache = AnalysisCache(
        site.derived / "analyses.sqlite3", f"{model_version()} {analysis.VERSION}"
    )
    tagged = cache.tagged(
        texts, load_french, lambda done, total: progress("Analyse du français", done, total)
    )
    return voted_lexicon(tagged)


def _write(
    folder: Path, site: Site, lexicon: Lexicon, progress: Progress
) -> Sequence[IndexedDocument]:
    documents, columns, catalogue = indexed_documents(site, Analyser(lexicon))
    progress("Écriture de l’index", 0, len(documents))
    write_index(folder, documents)
    reached(Step.INDEXED)
    lexicon.save(folder / fields.LEXICON_FILE)
    np.savez(folder / fields.COLUMNS_FILE, **columns)
    content = json.dumps(catalogue, ensure_ascii=False)
    (folder / fields.CATALOGUE_FILE).write_text(content, "utf-8")
    forms_from(document.record for document in documents).save(folder / fields.FORMS_FILE)
    terms = [document.terms for document in documents]
    save_postings(folder / fields.POSTINGS_FILE, postings_of(terms, fields.WORD_FIELDS))
    progress("Écriture de l’index", len(documents), len(documents))
    return documents


def _summary(site: Site, published: Generation | None, before: Facts, facts: Facts) -> Summary:
    return Summary(
        generation=published.manifest.generation if published else 0,
        verbatims=sum(len(webinar.verbatims) for webinar in site.webinars),
        ideas=sum(len(webinar.key_ideas) for webinar in site.webinars),
        webinars=movements(before, facts),
    )
