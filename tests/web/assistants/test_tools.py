"""The tools, asked by the client of the SDK: in this process, on pipes and over HTTP."""

import asyncio
import shutil
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.client import ConnectMode
from mcp.types import CallToolResult, TextContent

from corpus.settings import ServerSettings, Settings
from corpus.site import SAMPLE_SITE, read_site
from search.live_index import Shelf
from tests.browser.server import served
from tests.small_site import library_of, missing_library, published
from tests.web.assistants.texts import Text, texts_of
from web.app import create_app
from web.assistants.endpoint import answer_assistants
from web.assistants.tools import server_of
from web.rate_limit import register_limits

ADDRESS = "https://citations.exemple.fr"
SETTINGS = Settings(adresse=ADDRESS, titre="Nos citations")
TOOLS = ["search", "read_quote", "list_themes", "list_speakers", "was_this_said"]
Server = Any  # what a client can be given: a server, an address, a command
Call = tuple[str, dict[str, Any]]
Found = TypeVar("Found")


def run(work: Coroutine[Any, Any, Found]) -> Found:
    """In a thread of its own: a browser of another test may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _asked(server: Server, calls: list[Call], mode: ConnectMode) -> list[CallToolResult]:
    async with Client(server, mode=mode) as client:
        return [await client.call_tool(name, given) for name, given in calls]


def asked(server: Server, *calls: Call, mode: ConnectMode = "auto") -> list[dict[str, Any]]:
    results = run(_asked(server, list(calls), mode))
    assert [result.is_error for result in results] == [False] * len(calls)
    return [result.structured_content or {} for result in results]


def refusal(server: Server, name: str, **given: Any) -> str:
    [result] = run(_asked(server, [(name, given)], "auto"))
    assert result.is_error
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


@pytest.fixture
def server(library: Shelf) -> Server:
    return server_of(library, SETTINGS, lambda: ADDRESS)


def test_each_tool_is_told_in_both_languages_and_only_reads(server: Server) -> None:
    async def listed() -> Any:
        async with Client(server) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = run(listed())
    assert [tool.name for tool in tools] == TOOLS
    assert " / " in instructions
    for tool in tools:
        assert " / " in tool.description
        assert tool.annotations.read_only_hint


def test_a_quote_is_read_with_all_that_one_cites(server: Server) -> None:
    by_id, by_address = asked(
        server,
        ("read_quote", {"id": "citation2"}),
        ("read_quote", {"id": f"{ADDRESS}/verbatim/citation2"}),
    )
    assert by_id == by_address
    assert by_id["text"] == "Le repas coûte 3 € et fait vivre."
    assert (by_id["speaker"], by_id["role"]) == ("Ali Martin", "Maire")
    assert by_id["webinar"]["held_on"] == "2024-03-12"
    assert by_id["key_idea"]["number"] == 1
    assert (by_id["start"], by_id["moment"]) == (3753, "1:02:33")
    assert by_id["replay_at_moment"] == "https://video.exemple.fr/la-cantine#t=3753"
    assert by_id["url"] == f"{ADDRESS}/verbatim/citation2"
    assert by_id["text"] in by_id["citation"]
    assert "Ali Martin, maire, commune de Vaux, webinaire" in by_id["citation"]


def test_one_searches_by_words_and_filters(server: Server) -> None:
    words, narrowed, page = asked(
        server,
        ("search", {"words": "carottes"}),
        ("search", {"speaker": "ali-martin", "kind": "verbatim"}),
        ("search", {"limit": 1, "page": 2}),
    )
    assert [quote["id"] for quote in words["quotes"]] == ["citation1"]
    assert {quote["speaker"] for quote in narrowed["quotes"]} == {"Ali Martin"}
    assert (page["page"], len(page["quotes"])) == (2, 1)


def test_themes_and_speakers_are_listed(server: Server) -> None:
    themes, everyone, some = asked(
        server, ("list_themes", {}), ("list_speakers", {}), ("list_speakers", {"name": "léa"})
    )
    assert themes["themes"][0].keys() == {"id", "label", "quotes", "url"}
    assert everyone["total"] > some["total"] == 1
    assert some["speakers"][0]["url"] == f"{ADDRESS}/intervenant/lea-martin"


def test_a_key_idea_was_said_by_nobody(server: Server) -> None:
    words = "La cantine relie des métiers qui ne se parlaient pas"
    [answer] = asked(server, ("was_this_said", {"text": words}))
    assert answer["verdict"] == "never"
    assert "Personne ne l’a dit" in answer["summary"]
    assert [match["kind"] for match in answer["matches"]] == ["idee"]


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("read_quote", {"id": "inconnue"}, "n’existe pas"),
        ("search", {"words": "a" * 301}, "300 caractères"),
        ("search", {"year": "hier"}, "hier"),
        ("was_this_said", {"text": "?"}, "donnez les mots"),
        ("was_this_said", {"text": "a" * 2001}, "2000 caractères"),
    ],
)
def test_a_refusal_says_what_to_do(
    server: Server, name: str, given: dict[str, Any], told: str
) -> None:
    assert told in refusal(server, name, **given)


def test_a_site_without_an_index_says_what_to_run() -> None:
    server = server_of(missing_library(), SETTINGS, lambda: ADDRESS)
    assert "verbatheque build" in refusal(server, "list_themes")


SAMPLE = read_site(SAMPLE_SITE).webinars
TEXTS = [*texts_of([said for each in SAMPLE for said in each.verbatims], each=60, seed=1918)]


@pytest.fixture(scope="module")
def verdicts() -> list[dict[str, Any]]:
    """What is said of each of the 300 texts, over the quotes of the sample site."""
    server = server_of(library_of(*SAMPLE), SETTINGS, lambda: ADDRESS)
    return asked(server, *(("was_this_said", {"text": one.text}) for one in TEXTS))


@pytest.mark.parametrize("kind", ["exact", "changed", "cut", "joined", "invented"])
def test_what_was_said_is_told_from_what_was_not(verdicts: list[dict[str, Any]], kind: str) -> None:
    pairs = [(one, v) for one, v in zip(TEXTS, verdicts, strict=True) if one.kind == kind]
    wrong = [(one, verdict) for one, verdict in pairs if not is_right(one, verdict)]
    assert wrong == []
    assert len(pairs) == 60


def is_right(one: Text, verdict: dict[str, Any]) -> bool:
    """The verdict, the quotes, and each difference, word for word."""
    matches = {match["id"]: match["differences"] for match in verdict["matches"]}
    if verdict["verdict"] != one.verdict or not one.ids <= matches.keys():
        return False
    differences = [each for id in one.ids for each in matches[id]]
    if one.kind == "changed":
        return [(each["said"], each["given"]) for each in differences] == [one.change]
    if one.kind == "cut":
        return bool(differences) and all(not each["given"] for each in differences)
    return not differences and (one.kind == "exact" or matches.keys() == one.ids)


@pytest.mark.process
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_command_answers_on_its_pipes(tmp_path: Path, mode: ConnectMode) -> None:
    folder = str(shutil.copytree(published().folder, tmp_path / "site"))
    (tmp_path / "site" / "verbatheque.toml").touch()
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "web.cli.main", "mcp", "--site", folder]
    )
    [answer] = asked(command, ("read_quote", {"id": "citation1"}), mode=mode)
    assert answer["speaker"] == "Léa Martin"


def open_site(library: Shelf, part: int = 60) -> Callable[[str], Any]:
    def app(address: str) -> Any:
        settings = Settings(serveur=ServerSettings(part=part, avance=1))
        made = create_app(library, settings)
        register_limits(made)
        answer_assistants(made, library, settings)
        return made

    return app


@pytest.mark.process
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_site_answers_at_its_own_address(library: Shelf, mode: ConnectMode) -> None:
    with served(open_site(library)) as address:
        [answer] = asked(f"{address}/mcp", ("read_quote", {"id": "citation1"}), mode=mode)
    assert answer["url"] == f"{address}/verbatim/citation1"


def test_a_site_that_does_not_say_so_answers_no_assistant(library: Shelf) -> None:
    assert create_app(library, SETTINGS).test_client().post("/mcp").status_code == 404


def test_over_http_one_only_asks(library: Shelf) -> None:
    client = open_site(library)("").test_client()
    assert [client.open("/mcp", method=m).status_code for m in ("GET", "DELETE")] == [405, 405]
    assert client.post("/mcp", data=b"x" * 70_000).status_code == 413
    with ThreadPoolExecutor(1) as thread:
        broken = thread.submit(client.post, "/mcp", data=b"{", content_type="application/json")
    assert broken.result().status_code in (400, 406)
