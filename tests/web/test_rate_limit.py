"""What one address may take: by the work that it asks, and never in the way of a page."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.settings import ServerSettings, Settings
from tests.small_site import library_of
from tests.web.conftest import WholeClient
from web.app import create_app
from web.rate_limit import MOST_KNOWN, Debts, register_limits

ALICE = {"REMOTE_ADDR": "203.0.113.7"}
BASILE = {"REMOTE_ADDR": "203.0.113.8"}
EACH = 0.5  # seconds of work that each answer is told to take


class Time:
    """Moves when it is told, or at each look."""

    def __init__(self, each: float = 0.0) -> None:
        self.now, self.each = 0.0, each

    def __call__(self) -> float:
        self.now += self.each
        return self.now


def client_of(clock: Time | None = None, **server: Any) -> FlaskClient:
    """A site that may give an address a second of work in advance, and half of each second."""
    settings = Settings(serveur=ServerSettings(**{"part": 50, "avance": 1, **server}))
    app = create_app(library_of(), settings)
    register_limits(app, Time(EACH), clock or Time())
    app.test_client_class = WholeClient
    return app.test_client()


def served(client: FlaskClient, address: str = "/recherche?q=vélo", **visitor: Any) -> int:
    """How many answers a visitor has before the first refusal, up to 100."""
    for count in range(100):
        if client.get(address, environ_base=ALICE | visitor).status_code == 429:
            return count
    return 100


def test_beyond_the_limit_a_french_page_says_when_to_come_back() -> None:
    client = client_of(avance=5)
    assert served(client) == 11
    answer = client.get("/recherche?q=vélo", environ_base=ALICE)
    assert "Trop de demandes" in answer.text
    assert "votre réseau" in answer.text
    assert "dans 1\u00a0seconde." in answer.text
    assert answer.headers["Retry-After"] == "1"
    assert answer.headers["Content-Security-Policy"]
    assert client.get("/recherche?q=vélo", environ_base=BASILE).status_code == 200


def test_what_is_owed_is_paid_back_as_time_goes_by() -> None:
    clock = Time()
    client = client_of(clock)
    assert served(client) == 3
    clock.now += 1.5
    assert served(client) == 1  # three quarters of what it owed: one more, and it owes too much
    clock.now += 3600
    assert served(client) == 3


def test_programs_are_told_what_is_left() -> None:
    client = client_of()
    answers = [client.get("/api/v1/webinars", environ_base=ALICE) for _ in range(4)]
    left = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
    assert left == ["1000", "500", "0", "0"]
    refusal = answers[-1]
    assert refusal.status_code == 429
    assert refusal.mimetype == "application/problem+json"
    assert refusal.headers["X-RateLimit-Limit"] == "1000"
    assert refusal.headers["X-RateLimit-Reset"] == "3"
    assert int(refusal.headers["Retry-After"]) >= 1
    assert "Retry-After" not in client.get("/recherche", environ_base=BASILE).headers


@pytest.mark.parametrize("address", ["/sante", "/widget.js", "/static/site.css"])
def test_what_a_page_or_a_monitor_needs_is_not_counted(address: str) -> None:
    client = client_of()
    for _ in range(5):
        assert client.get(address, environ_base=ALICE).status_code == 200
    assert served(client) == 3


def test_what_is_made_as_it_is_sent_is_counted_to_the_end() -> None:
    """An export reads as long as its visitor takes it."""
    work = Time()
    settings = Settings(serveur=ServerSettings(part=50, avance=1))
    app = create_app(library_of(), settings)
    register_limits(app, work, Time())
    client = app.test_client()
    answer = client.get("/export.csv", environ_base=ALICE)
    work.now += 60
    answer.close()
    assert client.get("/", environ_base=ALICE).status_code == 429


def test_zero_is_no_limit() -> None:
    assert served(client_of(part=0)) == 100


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


def test_visitors_behind_a_proxy_not_declared_share_a_larger_part(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Time()
    client = client_of(clock)
    proxy, visitor = {"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "198.51.100.1"}
    for _ in range(100):
        assert client.get("/", environ_base=proxy, headers=visitor).status_code == 200
        clock.now += EACH / 0.9
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


def test_addresses_that_owe_nothing_are_forgotten() -> None:
    clock = Time()
    debts = Debts(1, clock)
    for number in range(MOST_KNOWN):
        debts.charge(f"quiet {number}", 0.5, 0.1)
    clock.now += 60
    debts.charge("busy", 0.5, 5)
    assert debts.owed("busy", 0.5) == 5
    assert len(debts) == 1


@dataclass(frozen=True)
class Crowd:
    """What comes from one address to one process, for ten minutes."""

    people: int
    every: float  # seconds between two questions of one of them
    work: float  # seconds that each takes
    at_once: int = 0  # questions of all, together, at the beginning


# A search takes 3 to 10 ms, a page as much, an answer from memory a third of one, and the longest
# that a query can be made 180 (docs/reliability.md).
CROWDS = [
    ("a town hall that searches live", Crowd(200, 2, 0.005), 0),
    ("forty tabs, opened at once by one of them", Crowd(1, 5, 0.008, at_once=40 * 12), 0),
    ("a class that opens one page together", Crowd(500, 10, 0.0003, at_once=500), 0),
    ("a crawler without a pause", Crowd(1, 0.008, 0.008), 0.3),
    ("hostile queries", Crowd(8, 0.2, 0.18), 0.85),
]


@pytest.mark.parametrize(
    ("crowd", "refused"), [row[1:] for row in CROWDS], ids=[r[0] for r in CROWDS]
)
def test_crowds_are_served_and_no_address_takes_more_than_its_part(
    crowd: Crowd, refused: float
) -> None:
    server, clock, minutes = ServerSettings(), Time(), 10
    debts, part = Debts(server.avance, clock), server.part / 100
    questions = crowd.at_once + int(60 * minutes * crowd.people / crowd.every)
    taken, answered = 0.0, 0
    for number in range(questions):
        clock.now = max(0, number - crowd.at_once) * crowd.every / crowd.people
        if debts.owed("them", part) <= server.avance:
            debts.charge("them", part, crowd.work)
            taken, answered = taken + crowd.work, answered + 1
    assert taken <= server.avance + part * 60 * minutes + crowd.work
    assert 1 - answered / questions == pytest.approx(refused, abs=0.1)
    assert refused or answered == questions
