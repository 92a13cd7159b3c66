"""The bench over a site with one page, asked by its own client."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.adding.addition import addition_of
from web.bench.app import create_bench
from web.bench.guard import Keys

PORT = 5151
HOST = f"127.0.0.1:{PORT}"


@pytest.fixture
def keys() -> Keys:
    return Keys.of_port(PORT)


@pytest.fixture
def client(site: Path, keys: Keys) -> FlaskClient:
    return create_bench(site, keys).test_client()


@pytest.fixture
def name(site: Path, page: Path) -> str:
    """The write-up of the page that every command is tried on."""
    addition = addition_of(site, page)
    addition.write()
    return re.sub(r"\.md$", "", addition.path.name)
