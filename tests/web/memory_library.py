"""A library without an index: a dozen invented quotes, matched letter by letter."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from corpus.records import Span
from corpus.typography import slug_from
from search.answer import (
    Alternative,
    Answer,
    Document,
    Explanation,
    Facet,
    FacetValue,
    Hit,
    IdeaReference,
    MatchWay,
    NearTheme,
    Suggestion,
    ThemeAffinity,
    ThemeGroup,
    ThemeReason,
    TypedFilter,
    WebinarReference,
    WordReason,
)
from search.open_generation import Health
from search.query import MAX_CHARACTERS, Filters, QueryRefused, SearchQuery
from search.suggestions import Completion, SuggestionGroup
from search.views import (
    Entry,
    IdeaView,
    IndexMissing,
    OrganisationView,
    Overview,
    Panorama,
    SpeakerRole,
    SpeakerView,
    ThemeView,
    WebinarEntry,
    WebinarView,
    YearCount,
)

HOSTILE = "Il a dit <script>alert('vous')</script> & puis \"rien\"."

CANTINE = WebinarReference(
    "2024-03-12-la-cantine",
    "Du champ à la cantine",
    date(2024, 3, 12),
    "https://exemple.fr/la-cantine",
    "https://video.exemple.fr/la-cantine",
)
BUS = WebinarReference("2021-05-01-sans-voiture", "Bouger sans voiture", date(2021, 5, 1), "", "")

THEMES = {"alimentation": "Alimentation", "mobilite": "Mobilité", "emploi": "Emploi"}
SPEAKERS = {
    "lea-martin": SpeakerRole("lea-martin", "Léa Martin", "Cuisinière", "commune de Vaux"),
    "ali-martin": SpeakerRole("ali-martin", "Ali Martin", "Maire", "commune de Vaux"),
    "ines-roy": SpeakerRole("ines-roy", "Inès Roy", "Animatrice", "association La Roue libre"),
}

# webinar, idea number, themes, speaker, start, text
QUOTES = [
    (CANTINE, 1, "alimentation", "lea-martin", 724, "On épluche trente kilos de carottes à 6 h."),
    (CANTINE, 1, "alimentation emploi", "ali-martin", 3753, "Le repas coûte 3 € et fait vivre."),
    (CANTINE, 1, "alimentation", "lea-martin", None, "Une cantine, c’est d’abord des gens."),
    (CANTINE, 2, "emploi", "ali-martin", None, "On a recruté dix personnes, toutes d’ici."),
    (CANTINE, 2, "emploi", "", None, "Personne ne m’avait proposé un contrat."),
    (CANTINE, None, "", "lea-martin", None, HOSTILE),
    (BUS, 1, "mobilite", "ines-roy", 59, "Le car passe deux fois par jour, jamais à l’heure."),
    (BUS, 1, "mobilite emploi", "ines-roy", None, "Sans car, pas d’emploi.\n\nSans emploi, rien."),
    (BUS, 1, "mobilite", "ali-martin", None, "J’ai vendu ma voiture. Ma mère n’en revient pas."),
    (BUS, 2, "mobilite", "ines-roy", None, "Le vélo, ici, ça monte toujours ; même au retour !"),
    (BUS, 2, "mobilite", "ines-roy", None, "Élu·e·s et habitants ont roulé ensemble 🚲 hier."),
    (BUS, 2, "mobilite", "ines-roy", None, "Un vélo « cargo », et la crèche n’est plus si loin."),
]
IDEAS = [
    (CANTINE, 1, "alimentation", "La cantine relie des métiers qui ne se parlaient pas"),
    (CANTINE, 2, "emploi", "Elle crée des emplois que l’on ne délocalise pas"),
    (BUS, 1, "mobilite", "Le car manque d’abord à ceux qui travaillent"),
    (BUS, 2, "mobilite", "Le vélo demande des pentes douces ou de l’aide"),
]


def _idea_id(webinar: WebinarReference, number: int) -> str:
    return f"{webinar.id[11:]}-idee-{number}"


def _affinities(slugs: str) -> tuple[ThemeAffinity, ...]:
    return tuple(ThemeAffinity(slug, THEMES[slug], 0.8) for slug in slugs.split())


def _ideas() -> Iterator[Document]:
    for webinar, number, slugs, text in IDEAS:
        itself = IdeaReference(_idea_id(webinar, number), number, text)
        themes = _affinities(slugs)
        yield Document(itself.id, "idee", text, "", "", "", "", webinar, itself, None, themes)


def _quotes(ideas: dict[str, Document]) -> Iterator[Document]:
    for place, (webinar, number, slugs, speaker, start, text) in enumerate(QUOTES, 1):
        said_by = SPEAKERS.get(speaker, SpeakerRole("", "", "", ""))
        yield Document(
            f"citation{place}",
            "verbatim",
            text,
            said_by.name,
            said_by.speaker_id,
            said_by.role,
            said_by.organisation,
            webinar,
            ideas[_idea_id(webinar, number)].key_idea if number else None,
            start,
            _affinities(slugs),
        )


@dataclass
class MemoryLibrary:
    """`search.views.Library` over a list; counts the readings it gave and got back."""

    is_missing: bool = False
    opened: int = 0
    closed: int = 0
    documents: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        ideas = {idea.id: idea for idea in _ideas()}
        self.documents = self.documents or [*ideas.values(), *_quotes(ideas)]

    @contextmanager
    def reading(self) -> Iterator["MemoryReading"]:
        if self.is_missing:
            raise IndexMissing("L’index manque. Lancez : verbatheque build")
        self.opened += 1
        try:
            yield MemoryReading(self.documents)
        finally:
            self.closed += 1


@dataclass
class MemoryReading:
    """`search.views.Reading` over a list of documents."""

    documents: list[Document]

    def search(self, query: SearchQuery) -> Answer:
        if len(query.text) > MAX_CHARACTERS:
            raise QueryRefused(f"Une recherche tient en {MAX_CHARACTERS} caractères.")
        words = re.findall(r"\w+", query.text)
        hits = [_hit(found, words) for found in self.documents if _is_kept(found, query)]
        hits = [hit for hit in hits if hit.score or not words]
        if query.every_word:
            hits = [hit for hit in hits if hit.matched_all]
        hits.sort(key=lambda hit: -hit.score)
        if query.order == "date":
            hits.sort(key=lambda hit: str(hit.document.webinar.held_on), reverse=True)
        if query.explain:
            hits = [_explained(hit, words) for hit in hits]
        page = tuple(hits[(query.page - 1) * query.size : query.page * query.size])
        return Answer(
            query=query.text,
            total=len(hits),
            total_all=sum(hit.matched_all for hit in hits),
            page=query.page,
            pages=-(-len(hits) // query.size),
            hits=page,
            groups=tuple(_groups(page)),
            facets=tuple(_facets(hits, query)),
            took_ms=0.5,
            repaired="vélo" if query.text == "véllo" and not query.exact else None,
            suggestion=Suggestion("car vélo", 4) if query.text == "car véllo" else None,
            notes=_notes(query, words),
            additions=("bicyclette",) if "vélo" in words and query.expand else (),
            typed_filters=(TypedFilter("Emploi", "car"),) if "theme:emploi" in query.text else (),
            total_unfiltered=sum(bool(_hit(found, words).score) for found in self.documents),
            **({} if hits else _advice(words)),
        )

    def suggest(self, text: str, limit: int) -> tuple[SuggestionGroup, ...]:
        if len(text) > MAX_CHARACTERS:
            raise QueryRefused(f"Une recherche tient en {MAX_CHARACTERS} caractères.")
        if text != "mob":
            return ()
        mobile = Filters(themes=("mobilite",))
        words = [Completion(w, w, 3, w, Filters()) for w in ("mobilité", "mobile")]
        themes = (Completion("mobilite", "Mobilité", 8, "", mobile),)
        return (
            SuggestionGroup("mots", "Mots", tuple(words[:limit])),
            SuggestionGroup("themes", "Thèmes", themes),
        )

    def document(self, document_id: str) -> Document | None:
        return next((found for found in self.documents if found.id == document_id), None)

    def everything(self) -> Iterator[Document]:
        return iter(self.documents)

    def related(self, document_id: str) -> tuple[Document, ...]:
        """Of the same themes, said to back something else."""
        here = self.document(document_id)
        if here is None or not here.themes:
            return ()
        close = self._verbatims(
            lambda said: said.themes == here.themes and said.key_idea != here.key_idea
        )
        return close[:5]

    def idea(self, idea_id: str) -> IdeaView | None:
        idea = self.document(idea_id)
        if idea is None or idea.kind != "idee":
            return None
        return IdeaView(idea, self._verbatims(lambda said: said.key_idea == idea.key_idea))

    def webinar(self, webinar_id: str) -> WebinarView | None:
        parts = [found for found in self.documents if found.webinar.id == webinar_id]
        if not parts:
            return None
        ideas = [self.idea(found.id) for found in parts if found.kind == "idee"]
        alone = tuple(found for found in parts if not found.key_idea)
        said_by = {said.speaker_id: SPEAKERS[said.speaker_id] for said in parts if said.speaker}
        return WebinarView(
            webinar=parts[0].webinar,
            published_on=date(2024, 3, 19),
            introduction="Une heure et demie.\n\nTrois voix.",
            speakers=tuple(said_by.values()),
            ideas=(
                *([IdeaView(None, alone)] if alone else []),
                *(idea for idea in ideas if idea),
            ),
            words=980,
        )

    def speaker(self, speaker_id: str) -> SpeakerView | None:
        if speaker_id not in SPEAKERS:
            return None
        role = SPEAKERS[speaker_id]
        verbatims = self._verbatims(lambda said: said.speaker_id == speaker_id)
        return SpeakerView(speaker_id, role.name, (role,), verbatims, _themes_of(verbatims))

    def theme(self, slug: str) -> ThemeView | None:
        if slug not in THEMES:
            return None
        about = self._verbatims(lambda said: slug in {t.slug for t in said.themes})
        speakers = Counter(said.speaker_id for said in about if said.speaker)
        entries = tuple(Entry(i, SPEAKERS[i].name, n) for i, n in speakers.items())
        years = Counter(said.webinar.held_on.year for said in about if said.webinar.held_on)
        told = tuple(YearCount(year, years[year]) for year in range(2021, 2025))
        return ThemeView(slug, THEMES[slug], "Ce qui s’en dit.", about, entries, told)

    def organisation(self, slug: str) -> OrganisationView | None:
        said = self._verbatims(lambda said: slug_from(said.organisation) == slug)
        if not said:
            return None
        people = Counter((one.speaker_id, one.speaker) for one in said)
        speakers = tuple(Entry(i, name, count) for (i, name), count in people.items())
        return OrganisationView(slug, said[0].organisation, speakers, said, _themes_of(said))

    def panorama(self) -> Panorama:
        themes = _themes_of(self._verbatims(lambda said: True))
        counts = tuple(
            tuple(
                len(
                    self._verbatims(
                        lambda said, theme=theme, webinar=webinar: (  # type: ignore[misc]
                            said.webinar == webinar and theme.id in {t.slug for t in said.themes}
                        )
                    )
                )
                for webinar in (BUS, CANTINE)
            )
            for theme in themes
        )
        return Panorama(themes, (BUS, CANTINE), counts)

    def overview(self) -> Overview:
        verbatims = self._verbatims(lambda said: True)
        entries = [WebinarEntry(webinar, 2, 6) for webinar in (BUS, CANTINE)]
        people = Counter(said.speaker_id for said in verbatims if said.speaker)
        speakers = tuple(Entry(i, SPEAKERS[i].name, n) for i, n in people.items())
        ideas = len(self.documents) - len(verbatims)
        bodies = Counter(said.organisation for said in verbatims if said.organisation)
        organisations = tuple(Entry(slug_from(name), name, n) for name, n in bodies.items())
        return Overview(
            len(verbatims), ideas, tuple(entries), _themes_of(verbatims), speakers, organisations
        )

    def health(self) -> Health:
        return Health(7, "2024-03-20T08:00:00+00:00", len(self.documents), degraded=False)

    def _verbatims(self, keeps: Callable[[Document], bool]) -> tuple[Document, ...]:
        return tuple(said for said in self.documents if said.kind == "verbatim" and keeps(said))


def _notes(query: SearchQuery, words: list[str]) -> tuple[str, ...]:
    if query.text == "véllo" and not query.exact:
        return ("Rien pour « véllo » : voici les résultats pour « vélo ».",)
    return ("Personne n’a dit « licorne ».",) if "licorne" in words else ()


def _values(found: Document) -> dict[str, dict[str, str]]:
    """The values of a document, by the name of the filter: value -> label."""
    year = str(found.webinar.held_on.year) if found.webinar.held_on else ""
    return {
        "theme": {theme.slug: theme.label for theme in found.themes},
        "intervenant": {found.speaker_id: found.speaker} if found.speaker else {},
        "webinaire": {found.webinar.id: found.webinar.title},
        "annee": {year: year},
        "type": {found.kind: {"verbatim": "Citations", "idee": "Idées clés"}[found.kind]},
    }


def _chosen(query: SearchQuery) -> dict[str, tuple[str, ...]]:
    asked = query.filters
    return {
        "theme": asked.themes,
        "intervenant": asked.speakers,
        "webinaire": asked.webinars,
        "annee": asked.years,
        "type": asked.kinds,
    }


def _is_kept(found: Document, query: SearchQuery) -> bool:
    values = _values(found)
    return all(not chosen or {*chosen} & {*values[n]} for n, chosen in _chosen(query).items())


def _hit(found: Document, words: list[str]) -> Hit:
    spans = [
        Span(match.start(), match.end())
        for word in words
        for match in re.finditer(re.escape(word), found.text, re.IGNORECASE)
    ]
    held = sum(word.casefold() in found.text.casefold() for word in words)
    return Hit(found, float(held), tuple(spans), held == len(words))


def _advice(words: list[str]) -> dict[str, Any]:
    """What « licorne » is told."""
    return {
        "culprits": tuple(word for word in words if word == "licorne"),
        "without": (Alternative("vélo", 3, ("licorne",)),),
        "near_themes": (NearTheme("mobilite", "Mobilité", 6, ("vélo",)),),
    }


def _explained(hit: Hit, words: list[str]) -> Hit:
    ways = (MatchWay("même mot", 0.75), MatchWay("même famille", 0.25))
    said = [word for word in words if word.casefold() in hit.document.text.casefold()]
    reasons = tuple(WordReason(word, 1.0, ways) for word in said)
    themes = tuple(ThemeReason(t.slug, t.label, 0.5, 0.8, ("car",)) for t in hit.document.themes)
    why = Explanation(float(len(said)), reasons, 0.9, themes)
    return replace(hit, explanation=why) if said else hit


def _groups(hits: Iterable[Hit]) -> Iterator[ThemeGroup]:
    by_theme: dict[str, list[Hit]] = {}
    for hit in hits:
        by_theme.setdefault(hit.document.themes[0].slug if hit.document.themes else "", []).append(
            hit
        )
    for slug, members in by_theme.items():
        yield ThemeGroup(slug, THEMES.get(slug, "Sans thème"), members[0].score, tuple(members))


def _facets(hits: list[Hit], query: SearchQuery) -> Iterator[Facet]:
    for name, chosen in _chosen(query).items():
        counts: Counter[tuple[str, str]] = Counter()
        for hit in hits:
            counts.update(_values(hit.document)[name].items())
        values = [FacetValue(v, label, n, v in chosen) for (v, label), n in counts.items()]
        yield Facet(name, name.capitalize(), tuple(values))


def _themes_of(documents: Iterable[Document]) -> tuple[Entry, ...]:
    counts = Counter(theme.slug for found in documents for theme in found.themes)
    return tuple(Entry(slug, THEMES[slug], count) for slug, count in counts.items())
