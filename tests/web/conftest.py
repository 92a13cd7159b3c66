"""The application over a library in memory: pages are tested without any index."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.settings import Settings
from tests.web.memory_library import MemoryLibrary
from web.app import create_app


class WholeClient(FlaskClient):
    """Reads each answer to its end, so that no static file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture
def app(library: MemoryLibrary) -> Flask:
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
