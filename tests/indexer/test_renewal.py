"""An index that grew by small builds answers as one that is written anew from the same learning."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.site import Site
from indexer import volumes as volumes_module
from indexer.build import build, facts_of
from indexer.catalogue import parts_of
from indexer.filling import Filling, Plan
from indexer.french import Tagged
from indexer.generations import Generation, index_store
from indexer.last import GROWN, last_from
from indexer.stored import sizes_of
from indexer.volumes import members_of, planned
from search.live_index import open_library
from search.query import Filters, SearchQuery
from tests.small_site import SMALL_SITE

_WORDS = """
le la des cantine cantines repas bus vélo vélos tiers lieux tiers-lieux co-voiturage covoiturage
maire élue élus parlé parlent parle forêt forêts jardin jardins eau compte rendu arc-en-ciel PLU
prix loyer habitants habitante école écoles énergie énergies train trains rail commune communes
"""
_PEOPLE = [
    Speaker("Léa Le Gall", "maire", "Commune de Vaux"),
    Speaker("Hugo Martin", "chargé de mission", "Pays de Brume"),
    Speaker("Inès Caradec"),
]
_QUERIES = [
    *("cantine", "vélos jardins", '"tiers lieux"', "tiers-lieux", "covoiturage", "le gall"),
    *("maire", '"bus vélo"', "élus", "plu", "arc en ciel", "compte-rendu", "habitants -prix"),
]


@contextmanager
def tagged(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Lemmas that depend on the text, as those of a model do."""
    yield (
        [
            Tagged(word, word.lower().rstrip("s" if len(text) % 3 else ""), "NOUN")
            for word in text.split()
        ]
        for text in texts
    )


def webinar(number: int, draw: random.Random) -> Webinar:
    """A webinar of twelve texts."""
    name = f"w{number:04}"

    def said() -> str:
        words = [*_WORDS.split(), f"mot{draw.randrange(400)}"]
        return " ".join(draw.choices(words, k=9))

    ideas = tuple(KeyIdea(f"{name}-i{n}", n, said(), name) for n in (1, 2))
    quotes = tuple(
        Verbatim(f"{name}-v{n}-{draw.randrange(9999)}", said(), draw.choice(_PEOPLE), ideas[n // 5])
        for n in range(10)
    )
    return Webinar(
        id=name,
        title=f"Webinaire {number}",
        held_on=date(2020, 1, 1 + number % 28),
        key_ideas=ideas,
        verbatims=quotes,
        speakers=tuple(_PEOPLE),
        introduction="Le plan local d’urbanisme (PLU)." if number % 7 == 0 else "",
    )


def moved(site: Site, draw: random.Random) -> Site:
    """The same site after one webinar came, changed or went."""
    held = {each.id: each for each in site.webinars}
    number = draw.randrange(90)
    match draw.choice(["new", "new", "changed", "removed"]):
        case "new":
            fresh = webinar(number, draw)
            held[fresh.id] = fresh
        case "changed":
            old = draw.choice(site.webinars)
            held[old.id] = webinar(int(old.id[1:]), draw)
        case _:
            del held[draw.choice(site.webinars).id]
    return replace(site, webinars=tuple(held[name] for name in sorted(held)), golden=())


def built(site: Site) -> Generation:
    build(site, tagging=tagged, encoding=lambda: None)
    return index_store(site).current()


def written_anew(site: Site, learnt_by: Generation, folder: Path) -> Site:
    """The index of a site, of which every text is written, from what another one learnt."""
    facts = learnt_by.manifest.facts
    last = last_from(learnt_by.folder, learnt_by.manifest, facts)
    assert last
    assert last.learnt
    catalogue = json.loads((learnt_by.folder / "catalogue.json").read_text("utf-8"))
    whole = planned([], members_of(facts["webinars"], facts["texts"]))
    plan = Plan(site, parts_of(site.webinars), whole, last.learnt, catalogue["added"])

    def fill(place: Path) -> dict[str, Any]:
        filling = Filling(place, plan, lambda done, total: None)
        filling.engine()
        return {**facts, **filling.rest()}

    other = replace(site, folder=folder)
    store = index_store(other)
    with store.lock():
        store.publish(fill)
    return other


def answers(site: Site) -> list[Any]:
    """All that a table of queries gives, and all texts as they are told."""
    with open_library(site, encoding=lambda: None).reading() as reading:
        queries = [SearchQuery(text, size=50) for text in _QUERIES]
        queries += [replace(query, order="themes") for query in queries[:6]]
        queries += [SearchQuery("jardin", filters=Filters(speakers=("lea-le-gall",)))]
        found = [replace(reading.search(query), took_ms=0) for query in queries]
        suggested = [reading.suggest(start, 8) for start in ("ca", "ti", "mot1", "le g")]
        return [*map(asdict, found), suggested, list(reading.everything())]


@pytest.mark.parametrize("seed", range(4))
def test_small_builds_answer_as_one_that_writes_everything(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volumes_module, "LEAST_FULL", 70)
    draw = random.Random(seed)
    start = tuple(webinar(number, draw) for number in range(0, 90, 2))
    site = replace(SMALL_SITE, folder=tmp_path / "grown", webinars=start, golden=())
    first = built(site)
    volumes = set(sizes_of(first.folder))
    assert len(volumes) > 4
    for _ in range(3):
        site = moved(site, draw)
        grown = built(site)
    assert 0 < grown.manifest.facts["learnt"]["moved"] <= GROWN * 45 * 12
    assert set(sizes_of(grown.folder)) & volumes
    anew = written_anew(site, grown, tmp_path / "anew")
    assert answers(site) == answers(anew)
    near_what_is_learnt_anew(site, tmp_path / "learnt")


def near_what_is_learnt_anew(site: Site, folder: Path) -> None:
    """Themes that were learnt from other texts tell nearly the same of each."""
    other = replace(site, folder=folder)
    build(other, tagging=tagged, encoding=lambda: None)
    ours, theirs = (
        np.load(index_store(each).current().folder / "columns.npz")["affinities"]
        for each in (site, other)
    )
    assert np.abs(ours - theirs).mean() < 0.05


def test_all_is_learnt_anew_once_a_tenth_moved(tmp_path: Path) -> None:
    draw = random.Random(7)
    webinars = tuple(webinar(number, draw) for number in range(30))
    site = replace(SMALL_SITE, folder=tmp_path, webinars=webinars[:21], golden=())
    moves = []
    for count in range(21, 27):
        facts = built(replace(site, webinars=webinars[:count])).manifest.facts["learnt"]
        moves.append((facts["texts"] // 12, facts["moved"] // 12))
    assert moves == [(21, 0), (21, 1), (21, 2), (24, 0), (24, 1), (24, 2)]


def test_other_themes_are_learnt_at_once(tmp_path: Path) -> None:
    draw = random.Random(8)
    webinars = tuple(webinar(number, draw) for number in range(12))
    site = replace(SMALL_SITE, folder=tmp_path, webinars=webinars, golden=())
    before = built(site)
    after = built(replace(site, themes=site.themes[1:]))
    assert not set(sizes_of(before.folder)) & set(sizes_of(after.folder))
    assert facts_of(site)["themes"] != after.manifest.facts["themes"]


def test_the_model_is_only_asked_of_texts_that_say_a_new_word(tmp_path: Path) -> None:
    draw, asked = random.Random(9), list[str]()

    @contextmanager
    def noted(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
        asked.extend(texts)
        with tagged(texts) as words:
            yield words

    first = tuple(webinar(number, draw) for number in range(30))
    site = replace(SMALL_SITE, folder=tmp_path, webinars=first, golden=())
    build(site, tagging=noted, encoding=lambda: None)
    asked.clear()
    known = "La cantine des 12 vélos"
    new = Webinar("w0099", "Neuf", verbatims=(Verbatim("a", known), Verbatim("b", "Un zinzolin.")))
    build(replace(site, webinars=(*first, new)), tagging=noted, encoding=lambda: None)
    assert asked == ["Un zinzolin."]
