"""The description of the API says what the API does: routes, parameters, answers, refusals."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from corpus.settings import Settings
from corpus.site import Site
from search.live_index import open_library
from search.query import MAX_CHARACTERS, MAX_PAGE
from web.addresses import FILTERS, query_from
from web.app import create_app
from web.openapi import described

DOCUMENT = described("https://citations.exemple.fr", "Essai", ["emploi"])
REGISTRY: Registry[Any] = Registry().with_resource(
    "urn:api", Resource.from_contents(DOCUMENT, default_specification=DRAFT202012)
)
ASKED = [
    ("/api/v1/search", "/api/v1/search?q=vélo&limit=3&pourquoi=1"),
    ("/api/v1/search", "/api/v1/search?type=idee&tri=date&page=2"),
    ("/api/v1/search", "/api/v1/search?q=licorne"),
    ("/api/v1/search", "/api/v1/search?q=véllo"),
    ("/api/v1/suggest", "/api/v1/suggest?q=mob"),
    ("/api/v1/verbatims/{id}", "/api/v1/verbatims/{verbatim}"),
    ("/api/v1/webinars", "/api/v1/webinars"),
    ("/api/v1/webinars/{id}", "/api/v1/webinars/{webinar}"),
    ("/api/v1/themes", "/api/v1/themes?limit=1"),
    ("/api/v1/themes/{slug}", "/api/v1/themes/{theme}?limit=2&page=2"),
    ("/api/v1/speakers", "/api/v1/speakers"),
    ("/api/v1/speakers/{id}", "/api/v1/speakers/{speaker}"),
]


@pytest.fixture(scope="module")
def real(sample_site: Site) -> FlaskClient:
    """The sample site itself, with its index."""
    return create_app(open_library(sample_site), Settings()).test_client()


def faults(content: Any, name: str) -> list[str]:
    """How an answer differs from a shape of the description."""
    schema = {"$ref": f"urn:api#/components/schemas/{name}"}
    found = Draft202012Validator(schema, registry=REGISTRY).iter_errors(content)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def operation(path: str) -> dict[str, Any]:
    operation: dict[str, Any] = DOCUMENT["paths"][path]["get"]
    return operation


def shape_of(path: str) -> str:
    content = operation(path)["responses"]["200"]["content"]["application/json"]
    return str(content["schema"]["$ref"]).rpartition("/")[2]


def known(client: FlaskClient) -> dict[str, str]:
    """An id of each kind, found through the API itself."""
    said = client.get("/api/v1/search?type=verbatim").get_json()["hits"][0]
    return {
        "verbatim": said["id"],
        "webinar": said["webinar"]["id"],
        "theme": client.get("/api/v1/themes").get_json()["themes"][0]["slug"],
        "speaker": client.get("/api/v1/speakers").get_json()["speakers"][0]["id"],
    }


def test_every_route_is_described_and_no_other(app: Flask) -> None:
    rules = {
        re.sub(r"<(?:\w+:)?(\w+)>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.endpoint != "openapi.document"
    }
    assert {re.sub(r"\{\w+\}", "{}", path) for path in DOCUMENT["paths"]} == rules


@pytest.mark.parametrize(("path", "address"), ASKED, ids=[address for _, address in ASKED])
def test_answers_have_the_shape_that_is_described(
    path: str, address: str, client: FlaskClient
) -> None:
    answer = client.get(address.format(**known(client)))
    assert answer.status_code == 200, answer.text
    assert faults(answer.get_json(), shape_of(path)) == []


@pytest.mark.model
@pytest.mark.parametrize(("path", "address"), ASKED, ids=[address for _, address in ASKED])
def test_answers_of_a_real_index_have_it_too(path: str, address: str, real: FlaskClient) -> None:
    answer = real.get(address.format(**known(real)))
    assert answer.status_code == 200, answer.text
    assert faults(answer.get_json(), shape_of(path)) == []


def test_a_wrong_shape_would_be_seen(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=vélo").get_json()
    del answer["hits"][0]["text"]
    answer["total"] = "beaucoup"
    assert len(faults(answer, "Answer")) == 2


def test_every_parameter_of_a_search_is_described() -> None:
    """`query_from` reads each of them and nothing else."""
    named = {one["name"] for one in operation("/api/v1/search")["parameters"]}
    read: set[str] = set()

    class Noting(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Any:
            read.add(name)
            return default

        def getlist(self, name: str) -> list[str]:
            read.add(name)
            return []

    query_from(Noting())  # type: ignore[arg-type]
    assert named == read | {"limit"}
    assert set(FILTERS) < named


def bad_values() -> Iterator[str]:
    """An address for each bound of each parameter that is described."""
    for path in ("/api/v1/search", "/api/v1/suggest", "/api/v1/webinars", "/api/v1/speakers"):
        for parameter in operation(path)["parameters"]:
            schema = parameter["schema"].get("items", parameter["schema"])
            name = parameter["name"]
            if "maximum" in schema:
                yield f"{path}?{name}={schema['maximum'] + 1}"
                yield f"{path}?{name}={schema['minimum'] - 1}"
                yield f"{path}?{name}="
            if "enum" in schema and name != "theme":  # only an index knows its themes
                yield f"{path}?{name}=autre"
            if "maxLength" in schema:
                yield f"{path}?{name}={'a' * (schema['maxLength'] + 1)}"
            if "pattern" in schema:
                yield f"{path}?{name}=hier"


@pytest.mark.parametrize("address", list(bad_values()), ids=lambda one: one[:60])
def test_what_is_out_of_bounds_is_refused_in_french(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert faults(answer.get_json(), "Problem") == []


@pytest.mark.model
def test_only_the_themes_that_are_described_are_taken(real: FlaskClient) -> None:
    paths = real.get("/api/v1/openapi.json").get_json()["paths"]
    asked = {one["name"]: one["schema"] for one in paths["/api/v1/search"]["get"]["parameters"]}
    for theme in asked["theme"]["items"]["enum"]:
        assert real.get(f"/api/v1/search?theme={theme}").status_code == 200
    assert real.get("/api/v1/search?theme=autre").status_code == 400


@pytest.mark.parametrize("kind", ["verbatims", "webinars", "themes", "speakers"])
def test_what_does_not_exist_is_a_problem(kind: str, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/{kind}/inconnu")
    assert answer.status_code == 404
    assert faults(answer.get_json(), "Problem") == []


@pytest.mark.parametrize("kind", ["webinars", "themes", "speakers"])
def test_a_list_is_read_page_by_page(kind: str, client: FlaskClient) -> None:
    whole = client.get(f"/api/v1/{kind}").get_json()
    pages = [client.get(f"/api/v1/{kind}?limit=1&page={n}").get_json() for n in (1, 2)]
    assert [line for page in pages for line in page[kind]] == whole[kind][:2]
    assert pages[0]["pages"] == whole["total"] == len(whole[kind])
    assert client.get(f"/api/v1/{kind}?page={MAX_PAGE}").get_json()[kind] == []


def test_a_list_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/api/v1/webinars").headers["ETag"]
    assert client.get("/api/v1/webinars", headers={"If-None-Match": tag}).status_code == 304


def test_the_document_is_served_and_the_page_tells_each_address(client: FlaskClient) -> None:
    served = client.get("/api/v1/openapi.json").get_json()
    assert served["openapi"] == "3.1.0"
    assert served["servers"] == [{"url": "https://citations.exemple.fr"}]
    page = client.get("/api").text
    assert all(f"<code>{path}</code>" in page for path in served["paths"])
    assert f"{MAX_CHARACTERS}&nbsp;caractères" in page
