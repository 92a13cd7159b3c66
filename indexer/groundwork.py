"""All of an index that needs no lemma: made while the French model loads in its own process."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.site import Site
from corpus.themes import Theme
from indexer.affinity import Matrix, learnt_themes, steadied
from indexer.analysis import compounds, stems_of
from indexer.catalogue import Columns, catalogue_of, columns_of
from indexer.fields import Catalogue
from indexer.forms import Forms, forms_from
from indexer.parts import Part
from indexer.tokens import Token, tokens

_HEADING = 2  # how many times a quote's key idea is read with it, for its themes


@dataclass(frozen=True, slots=True)
class Groundwork:
    """The parts of a site, each cut into words (`cuts`), and what was learnt from the words."""

    parts: Sequence[Part]
    cuts: Sequence[Sequence[Token]]
    themes: Sequence[Theme]
    affinities: Matrix  # parts x themes
    catalogue: Catalogue
    columns: Columns
    forms: Forms


def groundwork_of(site: Site, parts: Sequence[Part]) -> Groundwork:
    """Cut every text of a site into words, and learn its themes and lists."""
    cuts = [list(tokens(part.text)) for part in parts]
    affinities = _affinities(parts, cuts, site.themes)
    catalogue = catalogue_of(site, _compounds(parts, cuts))
    return Groundwork(
        parts,
        cuts,
        site.themes,
        affinities,
        catalogue,
        columns_of(parts, affinities, catalogue),
        forms_from(zip(parts, cuts, strict=True)),
    )


def _affinities(
    parts: Sequence[Part], cuts: Sequence[Sequence[Token]], themes: Sequence[Theme]
) -> Matrix:
    """A quote is read with its key idea: the heading often says the theme.

    Themes are learnt from the quotes alone: the ideas are in them already.
    """
    stems_in = lru_cache(maxsize=8_192)(_stems_in)  # a heading comes back with each of its quotes
    texts = [
        stems_of(cut) + (stems_in(part.heading.text) * _HEADING if part.heading else [])
        for part, cut in zip(parts, cuts, strict=True)
    ]
    said = [text for part, text in zip(parts, texts, strict=True) if part.said]
    seeds = [_stems_in(" ; ".join((theme.label, *theme.seeds))) for theme in themes]
    model = learnt_themes(said or texts, seeds)
    webinars = {part.webinar.id: place for place, part in enumerate(parts)}
    groups = [webinars[part.webinar.id] for part in parts]
    return steadied(model.affinities(texts), model.evidence(texts), groups)


def _stems_in(text: str) -> list[str]:
    return stems_of(tokens(text))


def _compounds(
    parts: Sequence[Part], cuts: Sequence[Sequence[Token]]
) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part, cut in zip(parts, cuts, strict=True):
        for joint, pair in compounds(part.text, cut):
            found.setdefault(joint, pair)
    return found
