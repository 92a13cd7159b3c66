"""Pages hold as long as their address, the generation and the settings: the browser is told so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.settings import Settings
from corpus.site import Site, read_site, writeup_paths
from indexer.build import build
from search.live_index import Shelf, open_library
from tests.small_site import library_of
from web.app import create_app

HELD = [
    "/",
    "/recherche?q=vélo",
    "/recherche?q=licorne",
    "/verbatim/citation1",
    "/idee/la-cantine-idee-1",
    "/webinaire/2024-03-12-la-cantine",
    "/intervenant/lea-martin",
    "/organisation/commune-de-vaux",
    "/theme/emploi",
    "/themes",
    "/intervenants",
    "/organisations",
    "/webinaires",
    "/panorama",
    "/panier?panier=citation1",
]
NEVER_HELD = ["/sante", "/nulle-part", "/verbatim/rien", "/recherche?q=vélo&page=9", "/proposer"]


@pytest.mark.parametrize("address", HELD)
def test_a_page_that_is_held_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("address", NEVER_HELD)
def test_a_state_an_error_and_a_form_are_never_held(client: FlaskClient, address: str) -> None:
    assert "ETag" not in client.get(address).headers


def test_each_address_has_its_tag_and_the_basket_is_part_of_it(client: FlaskClient) -> None:
    baskets = ("", "?panier=citation1", "?panier=citation1.citation2", "?panier=citation2")
    addresses = [page + basket for page in ("/themes", "/verbatim/citation1") for basket in baskets]
    tags = {client.get(address).headers["ETag"] for address in addresses}
    assert len(tags) == len(addresses)


def test_the_tag_is_that_of_the_settings() -> None:
    tags = set()
    for settings in (Settings(), Settings(avertissement="Travaux en cours.")):
        client = create_app(library_of(), settings).test_client()
        tags.add(client.get("/themes").headers["ETag"])
    assert len(tags) == 2


@pytest.fixture
def own_site(sample_site: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    shutil.copytree(sample_site.folder, folder)
    return read_site(folder)


@pytest.fixture
def shelf(own_site: Site) -> Shelf:
    return open_library(own_site)


@pytest.mark.model
def test_a_new_generation_is_a_new_page(own_site: Site, shelf: Shelf) -> None:
    webinar = own_site.webinars[0]
    settings = replace(own_site.settings, adresse="https://citations.example")
    client = create_app(shelf, settings).test_client()
    address = f"/webinaire/{webinar.id}"
    old = client.get(address)
    held = {"If-None-Match": old.headers["ETag"]}
    assert client.get(address, headers=held).status_code == 304

    path = writeup_paths(own_site.folder)[0]
    path.write_text(path.read_text("utf-8").replace(webinar.title, "Un autre titre"), "utf-8")
    build(read_site(own_site.folder))
    shelf.look()

    new = client.get(address, headers=held)
    assert new.status_code == 200
    assert new.headers["ETag"] != old.headers["ETag"]
    assert "Un autre titre" in new.text
    assert "Un autre titre" not in old.text
