"""What a search gives back: hits, themes, facets and notes, as values and as JSON."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from corpus.moments.replay import moment_link
from corpus.records import Span
from search.looks import Via

Kind = Literal["verbatim", "idee"]


@dataclass(frozen=True, slots=True)
class ThemeAffinity:
    """How much a text is about a theme, from 0 to 1, and the seed terms that say so."""

    slug: str
    label: str
    affinity: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebinarReference:
    """The webinar that a hit comes from."""

    id: str
    title: str
    held_on: date | None
    url: str
    replay_url: str


@dataclass(frozen=True, slots=True)
class IdeaReference:
    """The key idea that a verbatim backs (for an idea: itself)."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A verbatim or a key idea as it was published: what every page shows of it.

    `text` is the untouched text. `speaker` is the name, "" when nobody is named (and for a key
    idea); `speaker_id` is its slug for /intervenant/<slug>. `start` is in seconds.
    """

    id: str
    kind: Kind
    text: str
    speaker: str
    speaker_id: str
    role: str
    organisation: str
    webinar: WebinarReference
    key_idea: IdeaReference | None
    start: int | None
    themes: tuple[ThemeAffinity, ...]

    @property
    def path(self) -> str:
        """Its own page on the site."""
        return f"/verbatim/{self.id}" if self.kind == "verbatim" else f"/idee/{self.id}"


@dataclass(frozen=True, slots=True)
class MatchWay:
    """One way in which a word met a text (« même famille »), and what it adds to the relevance."""

    label: str
    worth: float


@dataclass(frozen=True, slots=True)
class WordReason:
    """What one word of the query, as typed, adds to the relevance of a hit; closest way first."""

    word: str
    worth: float
    ways: tuple[MatchWay, ...]


@dataclass(frozen=True, slots=True)
class ThemeReason:
    """A theme of the query that lifted a hit, in the order by theme.

    `weight` is how much the query is about it, `affinity` how much the hit is: the product adds
    to the factor. `terms` are the seed terms that were said.
    """

    slug: str
    label: str
    weight: float
    affinity: float
    terms: tuple[str, ...]

    @property
    def worth(self) -> float:
        """What it adds to the factor."""
        return self.weight * self.affinity


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit is there: its score is `relevance` x `factor`.

    The relevance is the sum of what the words are worth. The factor is 1 unless themes or meaning
    rank too; `themes` are those that raised it most. `likeness` is how close the meaning is, from
    0 to 1, where it counts: it ranks hits, and finds the quotes near by meaning.
    """

    relevance: float
    words: tuple[WordReason, ...]
    factor: float = 1.0
    themes: tuple[ThemeReason, ...] = ()
    likeness: float | None = None

    @property
    def raised_by(self) -> str:
        """What the factor comes from, as people are told."""
        what = {"les thèmes": self.themes, "le sens": self.words and self.likeness is not None}
        return " et ".join(name for name, counts in what.items() if counts)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a query; `highlights` are spans over its untouched text.

    `explanation` is given when the query asks for it and has words. `via` tells of a text that
    says none of the words what answers in its place.
    """

    document: Document
    score: float
    highlights: tuple[Span, ...] = ()
    matched_all: bool = True
    explanation: Explanation | None = None
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class SaidBy:
    """How many texts are no hits, but said by or for one whose name or function has the words.

    `name` is the parameter of a filter that shows all that they said, `value` its value.
    """

    name: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The hits of one page whose main theme this is; `slug` is "" for hits without a theme."""

    slug: str
    label: str
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value one can filter by, and how many hits it would leave."""

    value: str
    label: str
    count: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the hits. `name` is also the name of its parameter in an address.

    `values` are the most frequent and those that are chosen; `untold` counts the others.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    untold: int = 0


@dataclass(frozen=True, slots=True)
class TypedFilter:
    """A filter typed among the words (theme:emploi), and the query without it."""

    label: str
    rest: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A shorter query that finds something, its number of hits, and what it leaves out."""

    query: str
    total: int
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearTheme:
    """A theme to try when nothing is found, and how many texts are about it.

    `words` are those of the query that name it; none when it is only among the most spoken of.
    """

    slug: str
    label: str
    count: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a query was likely meant to be, its wrong words replaced, and its number of hits."""

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query: one page of ranked hits, and what surrounds them.

    `total` counts every hit and `total_all` those that hold all the words. `groups` shares the
    hits of this page by theme, strongest first. `notes` are French sentences for the visitor
    (a word that nobody said, a filter that does not exist). `additions` are the acronyms and
    synonyms that were looked for beside the words.

    `repaired` is the query that was answered in place of one that finds nothing; `suggestion`
    is one that the visitor may prefer.

    `words` is the query without its typed filters, when it has some.

    `said_by` tells whose texts answer only by who speaks, most first: they are not among the hits,
    unless none says the words. `total_said_by` counts them all.

    `near` are quotes that say none of the words, near by meaning: neither counted nor filtered,
    and told after the hits of the first page. `knows_meaning`: the index can be asked for them.

    When there is no hit: `culprits` are the words that found nothing, `without` what shorter
    queries find, `total_unfiltered` what the words find without any filter.
    """

    query: str
    total: int
    total_all: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    groups: tuple[ThemeGroup, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    repaired: str | None = None
    suggestion: Suggestion | None = None
    notes: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()
    typed_filters: tuple[TypedFilter, ...] = ()
    total_unfiltered: int = 0
    words: str = ""
    culprits: tuple[str, ...] = ()
    without: tuple[Alternative, ...] = ()
    near_themes: tuple[NearTheme, ...] = ()
    said_by: tuple[SaidBy, ...] = ()
    total_said_by: int = 0
    near: tuple[Hit, ...] = ()
    knows_meaning: bool = False

    @property
    def by_kind(self) -> dict[str, int]:
        """How many hits are quotes, and how many key ideas."""
        kinds = [value for one in self.facets if one.name == "type" for value in one.values]
        chosen = [value for value in kinds if value.is_selected] or kinds
        return {value.value: value.count for value in chosen}


MOST_VALUES = 20  # told of a facet, the most frequent first; chosen ones come besides


def hit_as_json(hit: Hit, address: str) -> dict[str, Any]:
    """A hit as other programs read it; `address` is the public root of the site."""
    explained = {"explanation": asdict(hit.explanation)} if hit.explanation else {}
    return {
        **document_as_json(hit.document, address),
        "score": round(hit.score, 4),
        "highlights": [[span.start, span.end] for span in hit.highlights],
        "via": hit.via,
        "par_le_sens": hit.via == "sens",
        **explained,
    }


def document_as_json(found: Document, address: str) -> dict[str, Any]:
    """A document as other programs read it, its themes strongest first."""
    return {
        "id": found.id,
        "kind": found.kind,
        "text": found.text,
        "speaker": found.speaker or None,
        "role": found.role or None,
        "organisation": found.organisation or None,
        "webinar": webinar_as_json(found.webinar),
        "key_idea": _idea_as_json(found.key_idea),
        "themes": [{"slug": t.slug, "affinity": round(t.affinity, 4)} for t in found.themes],
        "start": found.start,
        "replay_at_moment": _at_moment(found),
        "url": address.rstrip("/") + found.path,
    }


def webinar_as_json(webinar: WebinarReference) -> dict[str, Any]:
    """The webinar of a document; `url` is that of its article."""
    return {
        "id": webinar.id,
        "title": webinar.title,
        "held_on": webinar.held_on.isoformat() if webinar.held_on else None,
        "url": webinar.url or None,
    }


def _at_moment(found: Document) -> str | None:
    """Where the replay says it, when the second is known."""
    start = found.start
    return None if start is None else moment_link(found.webinar.replay_url, start) or None


def _idea_as_json(idea: IdeaReference | None) -> dict[str, Any] | None:
    return {"id": idea.id, "number": idea.number, "text": idea.text} if idea else None


def answer_as_json(answer: Answer, address: str) -> dict[str, Any]:
    """The same object for the command line and for /api/v1/search."""
    return {
        "query": answer.query,
        "total": answer.total,
        "total_all": answer.total_all,
        "page": answer.page,
        "pages": answer.pages,
        "repaired": answer.repaired,
        "suggestion": asdict(answer.suggestion) if answer.suggestion else None,
        "notes": list(answer.notes),
        "culprits": list(answer.culprits),
        "without": [asdict(shorter) for shorter in answer.without],
        "near_themes": [asdict(theme) for theme in answer.near_themes],
        "total_said_by": answer.total_said_by,
        "said_by": [asdict(some) for some in answer.said_by],
        "hits": [hit_as_json(hit, address) for hit in answer.hits],
        "par_le_sens": [hit_as_json(hit, address) for hit in answer.near],
        "themes": [
            {
                "slug": group.slug,
                "label": group.label,
                "score": round(group.score, 4),
                "hits": [hit.document.id for hit in group.hits],
            }
            for group in answer.groups
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count}
                for value in _told(facet)
            ]
            for facet in answer.facets
        },
        "took_ms": round(answer.took_ms, 2),
    }


def _told(facet: Facet) -> list[FacetValue]:
    return [
        value
        for place, value in enumerate(facet.values)
        if place < MOST_VALUES or value.is_selected
    ]
