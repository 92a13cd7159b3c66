"""A small site of invented words, and its real index: only the French model is spared."""

import atexit
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import ParamSpec, TypeVar, cast

from corpus.records import Speaker, Verbatim, Webinar
from corpus.settings import EngineSettings
from corpus.site import Site, read_site
from indexer.build import build
from indexer.french import Tagged
from search.answer import Document, IdeaReference, ThemeAffinity, WebinarReference
from search.live_index import IndexReading, Shelf, open_library
from tests.work import shared_by_all

Asked = ParamSpec("Asked")
Made = TypeVar("Made")

SMALL_SITE = read_site(Path(__file__).parent / "small")
HOSTILE = "Il a dit <script>alert('vous')</script> & puis \"rien\"."
CANTINE = WebinarReference(
    "2024-03-12-la-cantine",
    "Du champ à la cantine",
    date(2024, 3, 12),
    "https://exemple.fr/la-cantine",
    "https://video.exemple.fr/la-cantine",
)
BUS = WebinarReference("2021-05-01-sans-voiture", "Bouger sans voiture", date(2021, 5, 1), "", "")
IDEA = Document(
    "la-cantine-idee-1",
    "idee",
    "La cantine relie des métiers qui ne se parlaient pas",
    *("", "", "", ""),
    CANTINE,
    IdeaReference("la-cantine-idee-1", 1, "La cantine relie des métiers qui ne se parlaient pas"),
    None,
    (ThemeAffinity("alimentation", "Alimentation", 1.0, ("cantine",)),),
)
SAID = Document(
    "citation1",
    "verbatim",
    "On épluche trente kilos de carottes à 6 h.",
    *("Léa Martin", "lea-martin", "Cuisinière", "commune de Vaux"),
    CANTINE,
    IDEA.key_idea,
    724,
    (ThemeAffinity("alimentation", "Alimentation", 1.0, ("carotte", "éplucher")),),
)


@contextmanager
def words_alone(texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
    """Say of each word that it is its own lemma, where the dictionary knows no better."""
    yield ([Tagged(word, word.lower(), "X") for word in text.split()] for text in texts)


def publish(site: Site) -> None:
    """Build its index as the program does, but for the French model and the encoder."""
    build(site, tagging=words_alone, encoding=lambda: None, force=True)


_OF_AN_ENGINE: list[Callable[[], None]] = []


def kept_for_an_engine(made: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """Make each thing once, until sites are published by another engine."""
    kept = cache(made)
    _OF_AN_ENGINE.append(kept.cache_clear)
    return cast("Callable[Asked, Made]", kept)


@kept_for_an_engine
def published(*webinars: Webinar) -> Site:
    """The small site, or these webinars in the place of its own, with its index; to read only."""
    folder = Path(mkdtemp(prefix="verbatheque-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    own = replace(_engine, prefixe=f"essai-{uuid.uuid4().hex}")
    settings = replace(SMALL_SITE.settings, moteur=own)
    site = replace(
        SMALL_SITE, folder=folder, settings=settings, webinars=webinars or SMALL_SITE.webinars
    )
    with shared_by_all():
        publish(site)
    return site


@kept_for_an_engine
def library_of(*webinars: Webinar) -> Shelf:
    """Its library, opened once."""
    return open_library(published(*webinars))


_engine = EngineSettings()


@contextmanager
def on(engine: EngineSettings) -> Iterator[None]:
    """Publish by another engine meanwhile."""
    global _engine
    usual, _engine = _engine, engine
    forget_sites()
    try:
        yield
    finally:
        _engine = usual
        forget_sites()


def forget_sites() -> None:
    """Publish anew what is asked for from now on."""
    for forget in _OF_AN_ENGINE:
        forget()


def missing_library() -> Shelf:
    """The library of a site without an index."""
    return open_library(Site(Path("nulle-part")))


def webinar_saying(*quotes: tuple[str, str]) -> Webinar:
    """A webinar of quotes, each with the name of who said it; their ids are c0, c1, c2…"""
    people = {name: Speaker(name) for _, name in quotes if name}
    said = [Verbatim(f"c{n}", text, people.get(name)) for n, (text, name) in enumerate(quotes)]
    return Webinar(
        "essai",
        "Un essai",
        date(2024, 3, 12),
        speakers=tuple(people.values()),
        verbatims=tuple(said),
    )


class CountedShelf(Shelf):
    """Counts the readings that it gave and got back."""

    opened = closed = 0

    @contextmanager
    def reading(self) -> Iterator[IndexReading]:
        self.opened += 1
        with super().reading() as reading:
            yield reading
        self.closed += 1
