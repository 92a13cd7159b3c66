"""The tools of assistants (Model Context Protocol): read-only, told in English and French."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import wraps
from importlib.metadata import version
from typing import Any, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from werkzeug.datastructures import MultiDict

from corpus.problems import Refused
from corpus.settings import Settings
from corpus.typography import fold, spaced
from search.answer import Document, document_as_json
from search.live_index import IndexReading, Shelf
from search.views import Entry
from web.addresses import query_from
from web.assistants.saying import Match, Saying, Sayings
from web.links import citation_line, moment_link
from web.typography import clock

MOST_SHOWN = 20
LIST_SIZE = 100
Json = dict[str, Any]
Asked = ParamSpec("Asked")

# English first, then French.
INSTRUCTIONS = (
    "Quotes of webinars, word for word. Search, read a quote before you cite it, copy its words "
    "and its citation unchanged, and check with was_this_said any words attributed to a speaker. "
    "Key ideas (kind idee) are summaries: nobody said their words.",
    "Citations de webinaires, mot pour mot. Cherchez, lisez une citation avant de la citer, "
    "recopiez ses mots et sa source sans rien changer, vérifiez avec was_this_said les mots prêtés "
    "à quelqu’un. Les idées clés (kind idee) sont des résumés\u00a0: personne n’a dit leurs mots.",
)
TOLD = {
    "search": (
        "Search quotes and key ideas by words, theme, speaker, webinar or year; up to 20 a page.",
        "Chercher des citations et des idées clés par mots, thème, personne, webinaire ou année.",
    ),
    "read_quote": (
        "Read one quote or key idea whole: words, speaker, webinar, date, key idea, second in the "
        "replay, ready citation.",
        "Lire une citation ou une idée clé entière\u00a0: mots, personne, webinaire, date, idée, "
        "seconde du replay, citation prête.",
    ),
    "list_themes": (
        "List the themes, most spoken of first.",
        "Lister les thèmes, les plus abordés d’abord.",
    ),
    "list_speakers": (
        "List the speakers, 100 a page, or those whose name holds some letters.",
        "Lister les personnes, 100 par page, ou celles dont le nom contient ces lettres.",
    ),
    "was_this_said": (
        "Check, word for word, whether a text was really said: found, different (said with these "
        "differences) or never.",
        "Vérifier, mot pour mot, qu’un texte a été dit\u00a0: found, different (dit, à ces "
        "différences près) ou never (jamais dit).",
    ),
}
SUMMARIES = {
    "found": ("Said, word for word.", "Dit, mot pour mot."),
    "different": (
        "Said, but with these differences: quote the words of the source.",
        "Dit, mais pas ainsi\u00a0: citez les mots de la source.",
    ),
    "never": ("Never said here.", "Jamais dit ici."),
    "joined": (
        "Never said as one: words of several quotes were joined.",
        "Jamais dit d’un trait\u00a0: des mots de plusieurs citations sont joints.",
    ),
    "idea": (
        "Nobody said it: these are words of a key idea, a summary.",
        "Personne ne l’a dit\u00a0: ce sont les mots d’une idée clé, un résumé.",
    ),
}


def server_of(library: Shelf, settings: Settings, address: Callable[[], str]) -> MCPServer:
    """The server: each call reads the published index; `address` is the public root by then."""
    server = MCPServer(
        "verbatheque",
        title=settings.titre,
        instructions=" / ".join(INSTRUCTIONS),
        website_url=settings.adresse or None,
        version=version("verbatheque"),
        log_level="WARNING",  # what is asked is nobody else's business
        subscriptions=False,
    )
    tools = Tools(library, address)
    only_read = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for name, told in TOLD.items():
        tool = _told(getattr(tools, name))
        server.add_tool(tool, name, description=" / ".join(told), annotations=only_read)
    return server


def _told(tool: Callable[Asked, Awaitable[Json]]) -> Callable[Asked, Awaitable[Json]]:
    """A refusal is for the assistant to read: it says what to do."""

    @wraps(tool)
    async def answer(*given: Asked.args, **named: Asked.kwargs) -> Json:
        try:
            return await tool(*given, **named)
        except Refused as refused:
            raise ToolError(spaced(str(refused))) from refused

    return answer


class Tools:
    """One method each, named as assistants call it."""

    def __init__(self, library: Shelf, address: Callable[[], str]) -> None:
        self._library = library
        self._address = address
        self._sayings: tuple[str, Sayings, Sayings] | None = None

    async def search(
        self,
        words: str = "",
        theme: str = "",
        speaker: str = "",
        organisation: str = "",
        webinar: str = "",
        year: str = "",
        kind: str = "",
        page: int = 1,
        limit: int = 10,
    ) -> Json:
        given = {"q": words, "theme": theme, "intervenant": speaker, "organisation": organisation}
        given |= {"webinaire": webinar, "annee": year, "type": kind, "page": str(page)}
        size = min(max(limit, 1), MOST_SHOWN)
        query = query_from(MultiDict((n, value) for n, value in given.items() if value), size)
        with self._library.reading() as reading:
            answer = reading.search(query)
            return {
                "total": answer.total,
                "page": answer.page,
                "pages": answer.pages,
                "answered_instead": answer.repaired,
                "notes": list(answer.notes),
                "quotes": [self._quote(hit.document) for hit in answer.hits],
            }

    async def read_quote(self, id: str) -> Json:
        with self._library.reading() as reading:
            found = reading.document(id.rstrip("/").rsplit("/", 1)[-1])
            if found is None:
                raise Refused("cette citation n’existe pas, ou n’est plus publiée.")
            return self._quote(found)

    async def list_themes(self) -> Json:
        with self._library.reading() as reading:
            return {"themes": self._lines(reading.overview().themes, "theme")}

    async def list_speakers(self, name: str = "", page: int = 1) -> Json:
        with self._library.reading() as reading:
            held = [s for s in reading.overview().speakers if fold(name) in fold(s.label)]
            first = (max(page, 1) - 1) * LIST_SIZE
            shown = self._lines(held[first : first + LIST_SIZE], "intervenant")
            return {"total": len(held), "speakers": shown}

    async def was_this_said(self, text: str) -> Json:
        with self._library.reading() as reading:
            quotes, ideas = self._known(reading)
        saying = quotes.check(text)
        if saying.verdict == "never" and not saying.matches:
            summed_up = ideas.check(text)
            if summed_up.verdict != "never":
                return self._verdict(Saying("never", summed_up.matches), "idea")
        return self._verdict(saying, "joined" if saying.verdict == "never" else "")

    def _verdict(self, saying: Saying, why: str) -> Json:
        summary = why if why and saying.matches else saying.verdict
        return {
            "verdict": saying.verdict,
            "summary": " / ".join(SUMMARIES[summary]),
            "matches": [self._match(match) for match in saying.matches],
        }

    def _match(self, match: Match) -> Json:
        differences = [{"said": each.said, "given": each.given} for each in match.differences]
        return {**self._quote(match.document), "differences": differences}

    def _known(self, reading: IndexReading) -> tuple[Sayings, Sayings]:
        """All that was said, and the ideas, read once for each index."""
        state = reading.health()
        generation = f"{state.generation} {state.built_at}"
        if self._sayings is None or self._sayings[0] != generation:
            texts: Mapping[bool, list[Document]] = {True: [], False: []}
            for document in reading.everything():
                texts[document.kind == "verbatim"].append(document)
            self._sayings = generation, Sayings(texts[True]), Sayings(texts[False])
        return self._sayings[1:]

    def _quote(self, found: Document) -> Json:
        at = {}
        if found.start is not None:
            replay = moment_link(found.webinar.replay_url, found.start)
            at = {"moment": clock(found.start), "replay_at_moment": replay or None}
        address = self._address()
        citation = citation_line(found, address)
        return {**document_as_json(found, address), **at, "citation": citation}

    def _lines(self, entries: Sequence[Entry], page: str) -> list[Json]:
        return [
            {
                "id": entry.id,
                "label": entry.label,
                "quotes": entry.count,
                "url": f"{self._address().rstrip('/')}/{page}/{entry.id}",
            }
            for entry in entries
        ]


def serve_at_the_keyboard(library: Shelf, settings: Settings) -> None:
    """Answer the program that has started us, on its pipes, until it leaves."""
    asyncio.run(server_of(library, settings, lambda: settings.root).run_stdio_async())
