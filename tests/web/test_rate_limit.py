"""What one visitor may ask: counted alone, told to programs, and never in the way of a page."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.settings import ServerSettings, Settings
from tests.small_site import library_of
from web.app import create_app
from web.rate_limit import register_limits

SERVER = ServerSettings(processus=1, par_minute=3, par_seconde=0)
ALICE = {"REMOTE_ADDR": "203.0.113.7"}
BASILE = {"REMOTE_ADDR": "203.0.113.8"}


def client_of(**changes: Any) -> FlaskClient:
    app = create_app(library_of(), Settings(serveur=replace(SERVER, **changes)))
    register_limits(app)
    return app.test_client()


def served(client: FlaskClient, address: str = "/recherche?q=vélo", **visitor: Any) -> int:
    """How many answers a visitor has before the first refusal, up to 100."""
    for count in range(100):
        if client.get(address, environ_base=ALICE | visitor).status_code == 429:
            return count
    return 100


def test_beyond_the_limit_a_french_page_says_when_to_come_back() -> None:
    client = client_of()
    assert served(client) == 3
    answer = client.get("/recherche?q=vélo", environ_base=ALICE)
    assert "Trop de demandes" in answer.text
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Content-Security-Policy"]
    assert client.get("/recherche?q=vélo", environ_base=BASILE).status_code == 200


def test_programs_are_told_what_is_left() -> None:
    client = client_of()
    left = [
        client.get("/api/v1/webinars", environ_base=ALICE).headers["X-RateLimit-Remaining"]
        for _ in range(3)
    ]
    assert left == ["2", "1", "0"]
    refusal = client.get("/api/v1/webinars", environ_base=ALICE)
    assert refusal.status_code == 429
    assert refusal.mimetype == "application/problem+json"
    assert refusal.headers["X-RateLimit-Limit"] == "3"
    assert int(refusal.headers["Retry-After"]) >= 1
    assert "Retry-After" not in client.get("/recherche", environ_base=BASILE).headers


@pytest.mark.parametrize("address", ["/sante", "/widget.js", "/static/site.css"])
def test_what_a_page_or_a_monitor_needs_is_not_counted(address: str) -> None:
    client = client_of(par_minute=1)
    for _ in range(5):
        answer = client.get(address, environ_base=ALICE)
        assert answer.status_code == 200
        answer.close()
    assert served(client) == 1


@pytest.mark.parametrize("address", ["/api/v1/suggest?q=mob", "/api/v1/search?q=mob"])
def test_a_person_who_types_may_be_answered_at_each_letter(address: str) -> None:
    assert served(client_of(), address) == 15


def test_each_process_allows_its_share() -> None:
    assert served(client_of(par_minute=10, processus=4)) == 3


def test_zero_is_no_limit() -> None:
    assert served(client_of(par_minute=0)) == 100


def test_a_second_has_its_own_limit() -> None:
    assert served(client_of(par_minute=1000, par_seconde=2)) in {2, 3, 4}  # it may begin anew


def test_a_subscriber_in_ipv6_is_one_visitor() -> None:
    client = client_of()
    statuses = [
        client.get("/", environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{n}"}).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_without_the_setting_no_header_makes_another_visitor() -> None:
    client = client_of()
    statuses = [
        client.get("/", environ_base=ALICE, headers={"X-Forwarded-For": f"198.51.100.{n}"})
        for n in range(4)
    ]
    assert [answer.status_code for answer in statuses] == [200, 200, 200, 429]


def test_visitors_behind_a_proxy_not_declared_share_a_larger_count(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = client_of()
    proxy, visitor = {"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "198.51.100.1"}
    statuses = [client.get("/", environ_base=proxy, headers=visitor) for _ in range(31)]
    assert [answer.status_code for answer in statuses] == [200] * 30 + [429]
    assert caplog.text.count("réglez «\u00a0relais\u00a0»") == 1


def test_behind_a_declared_proxy_each_visitor_is_counted() -> None:
    client = client_of(relais=1)
    proxy = {"REMOTE_ADDR": "127.0.0.1"}
    for visitor in ("198.51.100.1", "198.51.100.2"):
        # What a visitor writes there himself stands before what the proxy adds.
        for typed in ("", "10.0.0.1, ", "10.0.0.2, "):
            headers = {"X-Forwarded-For": typed + visitor}
            assert client.get("/", environ_base=proxy, headers=headers).status_code == 200
        assert client.get("/", environ_base=proxy, headers=headers).status_code == 429
