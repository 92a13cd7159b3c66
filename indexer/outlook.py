"""What a change of the lists would do to an index, told before anything is written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.lists import Theme
from corpus.site import Site
from corpus.typography import fold
from indexer import fields
from indexer.acronyms import public_acronyms
from indexer.build import published_generation
from indexer.catalogue import parts_of
from indexer.documents import affinities_of
from indexer.encoder import installed_encoder
from indexer.generations import index_store
from indexer.lexicon import is_dictionary_word
from indexer.meaning import meanings_of
from indexer.tokens import tokens

_ACRONYM = re.compile(r"\b[A-ZÀ-Þ](?:[A-ZÀ-Þ0-9]{1,6}|(?:\.[A-ZÀ-Þ]){1,5}\.?)\b")


def quotes_about(site: Site, theme: str) -> dict[str, str]:
    """The quotes that are said to be about a theme: their text by id."""
    [found] = _quotes_about(site, theme, [site.themes])
    return found


def movements_of_theme(site: Site, theme: str, seeds: Sequence[str]) -> tuple[list[str], list[str]]:
    """The quotes that would come under a theme and those that would leave it."""
    wanted = _with_seeds(site.themes, theme, seeds)
    now, then = _quotes_about(site, theme, [site.themes, wanted])
    come = [text for part_id, text in then.items() if part_id not in now]
    leave = [text for part_id, text in now.items() if part_id not in then]
    return come, leave


def _quotes_about(
    site: Site, theme: str, lists: Sequence[Sequence[Theme]]
) -> Iterator[dict[str, str]]:
    """The quotes about a theme under each list of themes; texts are cut and encoded once."""
    parts = parts_of(site.webinars)
    cuts = [list(tokens(part.text)) for part in parts]
    published = published_generation(index_store(site))
    every = [each for themes in lists for each in themes]
    meanings = meanings_of(parts, every, installed_encoder(), published, _untold)
    first = 0
    for themes in lists:
        own = meanings and meanings.of_some_themes(first, len(themes))
        first += len(themes)
        column = [each.id for each in themes].index(theme)
        rows = affinities_of(parts, cuts, themes, own)
        yield {
            part.id: part.text
            for part, row in zip(parts, rows, strict=True)
            if part.said and row[column] >= fields.MIN_AFFINITY
        }


def _untold(done: int, total: int) -> None:
    """Nobody waits long enough to be told."""


def _with_seeds(themes: Sequence[Theme], wanted: str, seeds: Sequence[str]) -> tuple[Theme, ...]:
    return tuple(replace(t, seeds=tuple(seeds)) if t.id == wanted else t for t in themes)


def acronyms_undeclared(site: Site) -> list[tuple[str, int]]:
    """The acronyms that texts write and no list explains, the most frequent first."""
    declared = {fold(short) for short in (*site.vocabulary.acronyms, *public_acronyms())}
    found = Counter(
        word
        for webinar in site.webinars
        for part in webinar.parts
        for word in _ACRONYM.findall(part.text)
        if fold(word.replace(".", "")) not in declared and not is_dictionary_word(fold(word))
    )
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))
