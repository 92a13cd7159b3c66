"""The tools of assistants at /mcp (Streamable HTTP), without sessions: a question, an answer."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from flask import Blueprint, Flask, Response, request
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from corpus.settings import Settings
from search.live_index import Shelf
from web.assistants.tools import server_of
from web.settings import current_settings

Message = MutableMapping[str, Any]
OPEN = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # public, read-only


def answer_assistants(app: Flask, library: Shelf, settings: Settings) -> None:
    """Open /mcp on the site, under its limits."""
    server = server_of(library, settings, lambda: current_settings().adresse)
    bp = Blueprint("assistants", __name__)

    @bp.post("/mcp")
    def answer() -> Response:
        asked = request.get_data()
        return asyncio.run(_answered(server, asked))

    app.register_blueprint(bp)


async def _answered(server: MCPServer, body: bytes) -> Response:
    """Hand one request of ours to the application of the SDK, which lives as long as it takes."""
    app = server.streamable_http_app(
        json_response=True, stateless_http=True, transport_security=OPEN
    )
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    async with app.router.lifespan_context(app):
        await app(_scope(), receive, send)
    start = next(each for each in told if each["type"] == "http.response.start")
    content = b"".join(each.get("body", b"") for each in told)
    headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return Response(content, start["status"], headers)


def _scope() -> Message:
    """This request, as applications of that kind read it."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": "/mcp",
        "raw_path": b"/mcp",
        "root_path": "",
        "query_string": b"",
        "headers": [(n.lower().encode(), v.encode()) for n, v in request.headers.items()],
        "client": None,
        "server": None,
    }
