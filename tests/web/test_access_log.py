"""The log tells how the site does, never who asks nor what."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from flask import Flask

from corpus.settings import ServerSettings, Settings
from tests.small_site import library_of
from web.access_log import JsonLines, network_of
from web.app import create_app


@pytest.fixture
def lines() -> Iterator[StringIO]:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("web.requests", "web")]
    for logger in loggers:
        logger.setLevel("INFO")
    loggers[1].addHandler(handler)
    yield written
    loggers[1].removeHandler(handler)
    for logger in loggers:
        logger.setLevel("NOTSET")


def last_line(lines: StringIO) -> dict[str, object]:
    line = json.loads(lines.getvalue().splitlines()[-1])
    assert isinstance(line, dict)
    return line


def ask(app: Flask, address: str, **visitor: str) -> None:
    app.test_client().get(address, environ_base=visitor).close()


def test_a_request_is_one_line(app: Flask, lines: StringIO) -> None:
    ask(app, "/verbatim/citation1?q=secret", REMOTE_ADDR="203.0.113.77")
    line = last_line(lines)
    assert set(line) == {
        *("time", "level", "event", "method", "path"),
        *("status", "ms", "generation", "network"),
    }
    assert (line["level"], line["method"], line["status"]) == ("info", "GET", 200)
    assert line["path"] == "/verbatim/citation1"
    assert line["generation"] == 1
    assert line["network"] == "203.0.113.0/24"
    assert isinstance(line["ms"], float)
    assert "secret" not in lines.getvalue()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/verbatim/jeanne@exemple.fr", "/verbatim/<document_id>"),
        ("/jeanne@exemple.fr", "(inconnue)"),
        ("/recherche?tri=jeanne@exemple.fr", "/recherche"),
    ],
)
def test_what_was_typed_wrong_is_not_noted(
    app: Flask, lines: StringIO, address: str, path: str
) -> None:
    ask(app, address)
    assert last_line(lines)["path"] == path
    assert "jeanne" not in lines.getvalue()


def test_a_fault_is_told_by_its_kind_and_place(
    app: Flask, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("jeanne@exemple.fr")

    monkeypatch.setattr("web.pages.query_from", fail)
    ask(app, "/recherche?q=jeanne@exemple.fr")
    fault = json.loads(lines.getvalue().splitlines()[0])
    assert fault["level"] == "error"
    assert fault["fault"] == "ValueError"
    assert any("web/pages.py" in step for step in fault["where"])
    assert "jeanne" not in lines.getvalue()


def test_the_network_may_be_left_out(lines: StringIO) -> None:
    settings = Settings(serveur=ServerSettings(journal_reseau=False))
    ask(create_app(library_of(), settings), "/", REMOTE_ADDR="203.0.113.77")
    assert last_line(lines)["network"] is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", None),
        (None, None),
        ("nulle-part", None),
    ],
)
def test_an_address_is_cut_to_its_network(address: str | None, network: str | None) -> None:
    assert network_of(address) == network
