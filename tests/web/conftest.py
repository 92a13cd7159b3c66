"""The application over the small site."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from corpus.settings import Settings
from indexer.generations import index_store
from search.answer import Document
from search.live_index import Shelf
from search.open_generation import opening_of
from tests.small_site import CountedShelf, library_of, published
from web.app import create_app


class CompiledOnce(BytecodeCache):
    """Compiles a template once for the applications of all tests."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if held := self._held.get(bucket.key):
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": CompiledOnce()}


class WholeClient(FlaskClient):
    """Reads each answer to its end, so that no static file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def library() -> Shelf:
    return library_of()


@pytest.fixture
def counted() -> CountedShelf:
    site = published()
    return CountedShelf(index_store(site), opening=opening_of(site.settings.moteur))


@pytest.fixture
def documents(library: Shelf) -> list[Document]:
    with library.reading() as reading:
        return list(reading.everything())


@pytest.fixture
def built_at(library: Shelf) -> str:
    with library.reading() as reading:
        return reading.health().built_at


@pytest.fixture
def app(library: Shelf) -> Flask:
    settings = Settings(
        adresse="https://citations.exemple.fr",
        organisation="Le Relais",
        avertissement="Site d’essai : tout est inventé.",
    )
    app = create_app(library, settings)
    app.test_client_class = WholeClient
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
