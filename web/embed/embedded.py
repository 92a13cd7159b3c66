"""What stands for an address of ours on another site: a quote, or a search as its host asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from corpus.typography import counted
from search.answer import Document, WebinarReference
from search.query import QueryRefused, SearchQuery
from web.addresses import (
    FILTERS,
    MAX_VALUE_CHARACTERS,
    arguments_from,
    filter_arguments,
    query_from,
    whole_number,
)
from web.typography import NBSP, quoted

SEARCH_HEIGHT = 640  # pixels
FIELD_HEIGHT = 200
MOST_HEIGHT = 1000  # WordPress gives no more
DEFAULT_SHOWN = 5  # quotes, as in the element
SHOWN_WHERE_PASTED = 3  # quotes: a host that is pasted an address gives little room
MOST_SHOWN = 20
LABEL = "Rechercher une citation"
COLOURS = ("claires", "sombres")  # said by the host, else the visitor's own

# What the host chose, that a new search in the frame keeps.
OF_THE_FRAME = ("tri", "sens", "max", "label", "placeholder", "couleurs")
_KEPT = {*FILTERS, "du", "au", *OF_THE_FRAME}


@dataclass(frozen=True, slots=True)
class SearchFrame:
    """A search as a host asked for it: the attributes of the element, in an address."""

    query: SearchQuery
    label: str
    placeholder: str
    colours: str
    kept: tuple[tuple[str, str], ...]

    @property
    def is_asked(self) -> bool:
        """Say whether there is something to answer, and not only a field to fill."""
        return bool(self.query.text or filter_arguments(self.query.filters))


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is shown of an address of ours: the page itself, and the frame in its place."""

    page: str
    frame: str
    title: str
    height: int
    said: Document | None = None


def quote_at(said: Document) -> Embedded:
    """One quote, or one key idea."""
    if said.kind == "idee":
        number = f" n°{NBSP}{said.key_idea.number}" if said.key_idea else ""
        title, where = f"Idée clé{number}", "idee"
    else:
        title, where = (f"Citation de {said.speaker}" if said.speaker else "Citation"), "verbatim"
    return Embedded(said.path, f"/embed/{where}/{said.id}", title, height_of(said.text), said)


def webinar_at(webinar: WebinarReference) -> Embedded:
    """The search of what was said in one webinar."""
    return narrowed_at(f"/webinaire/{webinar.id}", "webinaire", webinar.id, webinar.title)


def narrowed_at(page: str, name: str, value: str, title: str) -> Embedded:
    """The search within what a page shows: a webinar, a theme, a speaker."""
    frame = _with("/embed", [(name, value), ("max", str(SHOWN_WHERE_PASTED))])
    return Embedded(page, frame, title, SEARCH_HEIGHT)


def basket_at(basket: str, chosen: Sequence[Document]) -> Embedded:
    """The quotes that somebody chose, one below the other."""
    height = min(MOST_HEIGHT, sum(height_of(said.text) for said in chosen))
    title = f"Un choix de {counted(len(chosen), 'citation')}"
    page, frame = (_with(path, [("panier", basket)]) for path in ("/panier", "/embed/panier"))
    return Embedded(page, frame, title, height)


def pasted_search(query_string: str) -> Embedded:
    """A search whose address was pasted: it shows few answers, unless its host asks for more."""
    pairs = parse_qsl(query_string)
    is_told = any(name == "max" for name, _ in pairs)
    return search_at(query_string if is_told else urlencode([*pairs, ("max", SHOWN_WHERE_PASTED)]))


def search_at(query_string: str) -> Embedded:
    """A search, with the attributes that a host may add to it."""
    pairs = [(n, v) for n, v in parse_qsl(query_string) if n != "page"]
    frame = frame_from(MultiDict(pairs))
    asked = arguments_from(frame.query)
    framed = dict.fromkeys([*asked, *(pair for pair in pairs if pair[0] in OF_THE_FRAME)])
    words = frame.query.text
    return Embedded(
        page=_with("/recherche", asked),
        frame=_with("/embed", list(framed)),
        title=f"{frame.label}{NBSP}: {words}" if words else frame.label,
        height=SEARCH_HEIGHT if frame.is_asked else FIELD_HEIGHT,
    )


def _with(path: str, arguments: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(arguments)}" if arguments else path


def height_of(text: str) -> int:
    """About how high a quote stands in its frame, until the frame says so itself."""
    lines = sum(len(line) // 48 + 1 for line in text.splitlines())
    return min(900, 230 + 34 * lines)


def frame_from(arguments: MultiDict[str, str]) -> SearchFrame:
    """Read what a host asks; raise `QueryRefused`, which says what is allowed."""
    shown = whole_number(arguments, "max", 1, MOST_SHOWN, default=DEFAULT_SHOWN)
    first_page = MultiDict((n, v) for n, v in arguments.items(multi=True) if n != "page")
    kept = ((n, v) for n, v in arguments.items(multi=True) if n in _KEPT and v)
    return SearchFrame(
        query=query_from(first_page, shown),
        label=_words_from(arguments, "label") or LABEL,
        placeholder=_words_from(arguments, "placeholder"),
        colours=colours_from(arguments),
        kept=tuple(kept),
    )


def colours_from(arguments: MultiDict[str, str]) -> str:
    """The colours that the host asks for; "" leaves them to the visitor."""
    value = arguments.get("couleurs", "")
    if value not in ("", *COLOURS):
        allowed = " ou ".join(COLOURS)
        raise QueryRefused(
            f"Les couleurs {quoted(value[:40])} n’existent pas. Choisissez {allowed}."
        )
    return value


def _words_from(arguments: MultiDict[str, str], name: str) -> str:
    value = arguments.get(name, "").strip()
    if len(value) > MAX_VALUE_CHARACTERS:
        raise QueryRefused(
            f"{quoted(name)} est trop long{NBSP}: {MAX_VALUE_CHARACTERS} caractères au plus."
        )
    return value
