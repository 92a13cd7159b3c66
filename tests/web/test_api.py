"""The API: its contract, its errors, and who may read it."""

import pytest
from flask.testing import FlaskClient

from corpus.settings import Settings
from search.query import MAX_CHARACTERS
from tests.search.test_key_ideas import BY_IDEA, CARE, QUESTION
from tests.small_meaning import ASKED, meant_library
from tests.small_site import SMALL_SITE, library_of, missing_library, webinar_saying
from web.app import create_app

ANSWER = {
    "query",
    "total",
    "total_all",
    "page",
    "pages",
    "repaired",
    "suggestion",
    "notes",
    "culprits",
    "without",
    "near_themes",
    "total_said_by",
    "said_by",
    "hits",
    "par_le_sens",
    "themes",
    "facets",
    "took_ms",
}
DOCUMENT = {
    "id",
    "kind",
    "text",
    "speaker",
    "role",
    "organisation",
    "webinar",
    "key_idea",
    "themes",
    "start",
    "replay_at_moment",
    "url",
}


def test_a_search_follows_the_contract(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=vélo&limit=2")
    content = answer.get_json()
    assert answer.mimetype == "application/json"
    assert set(content) == ANSWER
    assert len(content["hits"]) == 2
    assert set(content["hits"][0]) == DOCUMENT | {"score", "highlights", "via", "par_le_sens"}
    assert set(content["themes"][0]) == {"slug", "label", "score", "hits"}
    facets = {"theme", "intervenant", "organisation", "webinaire", "annee", "type"}
    assert set(content["facets"]) == facets
    assert content["hits"][0]["url"].startswith("https://citations.exemple.fr/")
    assert "é" in answer.text


def test_hits_are_explained_when_asked_for(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=vélo&pourquoi=1").get_json()["hits"]
    told = {"score", "highlights", "via", "par_le_sens", "explanation"}
    assert all(set(hit) == DOCUMENT | told for hit in hits)
    explanation = hits[0]["explanation"]
    assert set(explanation) == {"relevance", "words", "factor", "themes", "likeness"}
    (word,) = explanation["words"]
    assert word["ways"][0] == {"label": "même mot", "worth": pytest.approx(2.74, abs=0.01)}
    assert sum(way["worth"] for way in word["ways"]) == pytest.approx(explanation["relevance"])
    assert set(explanation["themes"][0]) == {"slug", "label", "weight", "affinity", "terms"}


def test_who_speaks_is_told_apart_then_answers_alone(client: FlaskClient) -> None:
    webinars = webinar_saying(
        ("Le tilleul ombrage la cour.", ""), ("On arrose peu.", "Jean Tilleul")
    )
    client = create_app(library_of(webinars), SMALL_SITE.settings).test_client()
    content = client.get("/api/v1/search?q=tilleul").get_json()
    told = {"name": "intervenant", "value": "jean-tilleul", "label": "Jean Tilleul", "count": 1}
    assert [(hit["id"], hit["via"]) for hit in content["hits"]] == [("c0", None)]
    assert (content["total"], content["total_said_by"], content["said_by"]) == (1, 1, [told])
    content = client.get("/api/v1/search?q=jean").get_json()
    assert [(hit["id"], hit["via"]) for hit in content["hits"]] == [("c1", "nom")]
    assert (content["total"], content["total_said_by"]) == (1, 0)


def test_what_is_near_by_meaning_is_told_apart() -> None:
    client = create_app(meant_library(), SMALL_SITE.settings).test_client()
    content = client.get(f"/api/v1/search?q={ASKED}&pourquoi=1").get_json()
    assert [hit["par_le_sens"] for hit in content["hits"]] == [False, False]
    near = content["par_le_sens"]
    assert [(hit["id"], hit["via"], hit["par_le_sens"]) for hit in near] == [
        ("c0", "sens", True),
        ("c2", "sens", True),
    ]
    assert near[0]["explanation"]["likeness"] == pytest.approx(0.73, abs=0.01)
    assert client.get(f"/api/v1/search?q={ASKED}&sens=non").get_json()["par_le_sens"] == []
    exported = client.get(f"/export.json?q={ASKED}").get_json()
    assert {found["id"] for found in exported["records"]} == {"c4", "c5"}
    assert client.get(f"/flux.atom?q={ASKED}").text.count("<entry>") == 2


def test_a_key_idea_answers_for_its_quotes() -> None:
    client = create_app(library_of(CARE), SMALL_SITE.settings).test_client()
    content = client.get(f"/api/v1/search?q={QUESTION}&tri=pertinence").get_json()
    assert {hit["id"]: hit["via"] for hit in content["hits"]} == BY_IDEA
    assert content["total"] == len(BY_IDEA)
    exported = client.get(f"/export.json?q={QUESTION}").get_json()
    assert {found["id"] for found in exported["records"]} == set(BY_IDEA)
    feed = client.get(f"/flux.atom?q={QUESTION}").text
    assert feed.count("<entry>") == len(BY_IDEA)


def test_nothing_found_says_what_to_blame(client: FlaskClient) -> None:
    content = client.get("/api/v1/search?q=licorne+vélo&tous=1").get_json()
    assert content["culprits"] == ["licorne"]
    assert content["without"] == [{"query": "vélo", "total": 3, "dropped": ["licorne"]}]
    assert content["near_themes"][0]["slug"] == "mobilite"


def test_highlights_are_positions_in_the_text(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=roulé").get_json()["hits"]
    start, end = hits[0]["highlights"][0]
    assert hits[0]["text"][start:end] == "roulé"


def test_a_verbatim_is_given_alone(client: FlaskClient) -> None:
    content = client.get("/api/v1/verbatims/citation1").get_json()
    assert set(content) == DOCUMENT
    assert content["webinar"]["held_on"] == "2024-03-12"


def test_a_likely_meaning_is_proposed_with_its_total(client: FlaskClient) -> None:
    content = client.get("/api/v1/search?q=mère+véllo").get_json()
    assert content["suggestion"] == {"query": "mère vélo", "total": 4}
    assert client.get("/api/v1/search?q=vélo").get_json()["suggestion"] is None


def test_what_is_typed_is_completed_in_groups(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=mob")
    content = answer.get_json()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert content["query"] == "mob"
    assert [group["name"] for group in content["groups"]] == ["mots", "themes"]
    words, themes = (group["suggestions"] for group in content["groups"])
    assert words[0] == {
        "value": "mobilité",
        "label": "mobilité",
        "count": 1,
        "url": "https://citations.exemple.fr/recherche?q=mobilit%C3%A9",
    }
    assert themes[0]["url"] == "https://citations.exemple.fr/recherche?theme=mobilite"


def test_suggestions_may_be_fewer_or_none(client: FlaskClient) -> None:
    groups = client.get("/api/v1/suggest?q=mob&limit=1").get_json()["groups"]
    assert all(len(group["suggestions"]) == 1 for group in groups)
    assert client.get("/api/v1/suggest").get_json() == {"query": "", "groups": []}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/search?tri=foo", 400),
        ("/api/v1/search?exact=oui", 400),
        ("/api/v1/suggest?q=a&limit=0", 400),
        ("/api/v1/suggest?q=a&limit=11", 400),
        ("/api/v1/suggest?q=" + "a" * (MAX_CHARACTERS + 1), 400),
        ("/api/v1/search?limit=0", 400),
        ("/api/v1/search?limit=101", 400),
        ("/api/v1/search?limit=dix", 400),
        ("/api/v1/search?q=" + "a" * (MAX_CHARACTERS + 1), 400),
        ("/api/v1/verbatims/inconnu", 404),
        ("/api/v1/verbatims/la-cantine-idee-1", 404),
        ("/api/v2/search", 404),
        ("/api/v1/search?q=" + "a" * 70_000, 414),
    ],
)
def test_an_error_is_a_problem_in_french(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_writing_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_without_an_index_the_problem_names_the_command() -> None:
    client = create_app(missing_library(), Settings()).test_client()
    answer = client.get("/api/v1/search?q=x")
    assert answer.status_code == 503
    assert "verbatheque build" in answer.get_json()["detail"]


@pytest.mark.parametrize("address", ["/api/v1/search?q=x", "/api/v1/suggest?q=x", "/widget.js"])
def test_any_site_may_read_without_credentials(client: FlaskClient, address: str) -> None:
    for answer in (client.get(address), client.options(address)):
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/recherche?q=x", "/sante", "/static/site.css"])
def test_pages_are_not_for_other_sites(client: FlaskClient, address: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_the_same_question_again_costs_nothing(client: FlaskClient) -> None:
    address = "/api/v1/search?q=vélo"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get("/api/v1/search?q=car", headers={"If-None-Match": tag})
    assert other.status_code == 200
