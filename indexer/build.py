"""From a site to its next generation: analyse, write, verify, publish."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.problems import Problem
from corpus.site import Site
from indexer import analysis
from indexer.additions import days_of
from indexer.catalogue import Part, parts_of
from indexer.disk import DiskFull, Step, reached
from indexer.documents import Learnt, compounds_and_themes, compounds_of
from indexer.encoder import Encoder, Encoding, installed_encoder
from indexer.filling import Filling, Plan
from indexer.french import model_version, voted_lexicon
from indexer.generations import Generation, GenerationStore, NoGeneration, index_store
from indexer.last import Last, last_from, moved_texts, unsettled
from indexer.lexicon import Lexicon, load_dictionary
from indexer.manifest import DamagedGeneration
from indexer.meaning import meanings_of
from indexer.tagging import AnalysisCache, Tagging, TaggingFailed, tagged_apart
from indexer.tokens import normal_text, tokens
from indexer.verification import BuildRefused as BuildRefused
from indexer.verification import (
    Check,
    Review,
    UnreadableIndex,
    fresh_reader,
    unchecked,
)
from indexer.versions import versions
from indexer.volumes import members_of, planned

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
    texts = {each.id: len(each.verbatims) + len(each.key_ideas) for each in site.webinars}
    return {
        "versions": made_by,
        "webinars": webinars,
        "texts": texts,
        "documents": sum(texts.values()),
        "themes": _digest(repr(site.themes)),
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
            is_cluster = site.settings.moteur.is_cluster
            last = None
            if published and not (force or is_cluster):  # a cluster is given all texts
                last = last_from(published.folder, published.manifest, facts)
            facts["learnt"] = learnt_facts(before, facts, last)
            plan = _planned(site, facts, last, progress, tagging, encoder, published)
            others = [store.folder(number) for number in reversed(store.numbers())] if last else []
            days = days_of(plan.parts, published, today())
            plan = replace(plan, days=days, others=[f for f in others if not _is_of(f, published)])
            publish = _publish_on_cluster if is_cluster else _publish
            generation, review = publish(store, plan, facts, force, check, progress)
        except (DiskFull, TaggingFailed, UnreadableIndex, DamagedGeneration) as error:
            raise BuildRefused(str(error)) from error
    return replace(summary, generation=generation.manifest.generation, review=review)


def learnt_facts(before: Facts, facts: Facts, last: Last | None) -> Facts:
    """From how many texts the index learnt, and how many moved since."""
    if last is None:
        return {"texts": facts["documents"], "moved": 0}
    return {"texts": before["learnt"]["texts"], "moved": moved_texts(before, facts)}


def _is_of(folder: Path, generation: Generation | None) -> bool:
    return generation is not None and folder == generation.folder


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
    plan: Plan,
    facts: Facts,
    force: bool,
    check: Check,
    progress: Progress,
) -> tuple[Generation, Review]:
    review = Review()

    def fill(folder: Path) -> Facts:
        nonlocal review
        with fresh_reader(check) as reader:
            filling = Filling(folder, plan, partial(progress, "Écriture de l’index"))
            reader.begin(folder, filling.engine())
            expected = {"documents": facts["documents"], **filling.rest()}
            review = reader.review(plan.site, expected)
        if review.faults and not force:
            raise BuildRefused("\n".join(str(fault) for fault in review.faults))
        reached(Step.VERIFIED)
        progress("Vérification", facts["documents"], facts["documents"])
        return {**facts, **expected}

    return store.publish(fill), review


def _publish_on_cluster(*asked: Any) -> tuple[Generation, Review]:
    """The same on OpenSearch, whose client is an extra: imported by who asks for it."""
    publish = import_module("indexer.cluster.writer").publish
    published: tuple[Generation, Review] = publish(*asked)
    return published


def _planned(
    site: Site,
    facts: Facts,
    last: Last | None,
    progress: Progress,
    tagging: Tagging,
    encoder: Encoder | None,
    published: Generation | None,
) -> Plan:
    """Choose what to write, and learn from what is new while the French model reads it."""
    parts = fresh = parts_of(site.webinars)
    old = last.volumes if last else ()
    written = {member for volume in old for member in volume.members}
    members = members_of(facts["webinars"], facts["texts"])
    if written:
        new = {member.id for member in members if member not in written}
        fresh = parts_of([webinar for webinar in site.webinars if webinar.id in new])
    cache = AnalysisCache(
        site.derived / "analyses.sqlite3", f"{model_version()} {analysis.VERSION}"
    )
    known = last.learnt if last else None
    forms = known.lexicon.forms if known else {}
    texts = (normal_text(part.text) for part in fresh if _says_more(part.text, forms))
    kept = _kept_besides(parts, published, facts) if known else ()
    with cache.analyses(texts, tagging, kept) as finished:
        told = partial(progress, "Sens des textes")
        meanings = meanings_of(parts, site.themes, encoder, published, told)
        volumes = planned(old, members)
        if last and known:
            more = without(compounds_of(fresh), known.compounds)
            volumes = unsettled(volumes, last.volumes_saying(more))
            learnt = Learnt(known.lexicon, {**known.compounds, **more}, known.themes)
        else:
            learnt = Learnt(Lexicon({}, {}), *compounds_and_themes(parts, site.themes))
        load_dictionary()
        total = len(fresh)
        tagged = finished(lambda done: progress("Analyse du français", done, total))
        lexicon = learnt.lexicon.with_more(voted_lexicon(tagged))
    learnt = replace(learnt, lexicon=lexicon)
    return Plan(site, parts, volumes, learnt, {}, last, (), meanings)


def _kept_besides(
    parts: Sequence[Part], published: Generation | None, facts: Facts
) -> Iterable[str] | None:
    """The texts whose analysis stays besides those that are new; None: no text is gone."""
    moved = movements(published.manifest.facts if published else {}, facts)
    if moved.changed or moved.removed:
        return (normal_text(part.text) for part in parts)
    return None


def _says_more(text: str, known: Mapping[str, str]) -> bool:
    """Say whether a text has a word that the lexicon has not: the others change no lemma."""
    if not known:
        return True
    forms = (token.form.rstrip("-") for token in tokens(text))
    return any(form not in known and not form.isdecimal() for form in forms)


def without(
    found: dict[str, list[str]], known: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The compounds that are not known yet."""
    return {joint: forms for joint, forms in found.items() if joint not in known}


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
