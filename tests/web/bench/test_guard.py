"""Nobody but the person who was given the address: a table of what others may try."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.bench.conftest import HOST
from web.bench.guard import Keys
from web.bench.publishing import Publisher

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Attempt:
    """A request, well made but for what differs here; `{token}` and `{csrf}` are the right ones."""

    told: str
    path: str = "/{token}/publier/"
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    csrf: str | None = "{csrf}"
    host: str = HOST


ATTEMPTS = [
    Attempt("no token at home", "/", "GET"),
    Attempt("no token, a page", "/publier/", "GET"),
    Attempt("no token, a script", "/etabli/review.js", "GET"),
    Attempt("no token, a look", "/commun/site.css", "GET"),
    Attempt("another token", f"/{'A' * 32}/", "GET"),
    Attempt("a shorter token", "/{token:.31}/", "GET"),
    Attempt("a longer token", "/{token}x/", "GET"),
    Attempt("an empty token", "//publier/", "GET"),
    Attempt("the token in the query", "/?token={token}", "GET"),
    Attempt("the token in a cookie", "/", "GET", {"Cookie": "token={token}"}),
    Attempt("the token in a header", "/", "GET", {"Authorization": "token {token}"}),
    Attempt("the token further in the path", "/x/{token}/", "GET"),
    Attempt("a token that is no ASCII", "/é{token}/", "GET"),
    Attempt("the token after two dots", "/../{token}x/", "GET"),
    Attempt("a name made to lead here", method="GET", host="attaquant.exemple:5151"),
    Attempt("a name made to lead here, posting", host="attaquant.exemple:5151"),
    Attempt("a name that begins as ours", method="GET", host="127.0.0.1.exemple:5151"),
    Attempt("our number without its port", method="GET", host="127.0.0.1"),
    Attempt("another port", method="GET", host="127.0.0.1:80"),
    Attempt("every address", method="GET", host="0.0.0.0:5151"),
    Attempt("another way to write the loopback", method="GET", host="2130706433:5151"),
    Attempt("the loopback of the newer protocol", method="GET", host="[::1]:5151"),
    Attempt("a name with a dot after it", method="GET", host="localhost.:5151"),
    Attempt("two names", method="GET", host=f"{HOST},attaquant.exemple"),
    Attempt("no name", method="GET", host=""),
    Attempt("a form of elsewhere", headers={"Origin": "https://attaquant.exemple"}),
    Attempt("a form of a sandbox", headers={"Origin": "null"}),
    Attempt("a form of another port", headers={"Origin": "http://127.0.0.1:8000"}),
    Attempt("a form over TLS", headers={"Origin": f"https://{HOST}"}),
    Attempt("a form of our other name", headers={"Origin": "http://localhost:5151"}),
    Attempt("a page of elsewhere", method="GET", headers={"Sec-Fetch-Site": "cross-site"}),
    Attempt("a page of the same site", method="GET", headers={"Sec-Fetch-Site": "same-site"}),
    Attempt("a picture of elsewhere", "/{token}/etabli/review.js", "GET",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}),
    Attempt("no second secret", csrf=None),
    Attempt("an empty second secret", csrf=""),
    Attempt("another second secret", csrf="B" * 32),
    Attempt("the token as the second secret", csrf="{token}"),
    Attempt("the second secret in the query", "/{token}/publier/?csrf={csrf}", csrf=None),
    Attempt("a change without the second secret", "/{token}/webinaire/{name}/changer",
            headers={"Content-Type": JSON}, body="{{}}", csrf=None),
    Attempt("a change sent as plain text", "/{token}/webinaire/{name}/changer",
            headers={"Content-Type": "text/plain"}, body='{{"csrf": "{csrf}"}}', csrf=None),
    Attempt("a page added from elsewhere", "/{token}/ajouter",
            headers={"Content-Type": FORM, "Origin": "https://attaquant.exemple"},
            body="texte=x", csrf=None),
    Attempt("going back from elsewhere", "/{token}/publier/revenir", csrf=None),
    Attempt("a question before asking", method="OPTIONS", headers={
        "Origin": "https://attaquant.exemple", "Access-Control-Request-Method": "POST"}),
    Attempt("another method", method="PUT"),
    Attempt("a deletion", "/{token}/webinaire/{name}/", "DELETE"),
    Attempt("a method that says it is another", method="PATCH",
            headers={"X-HTTP-Method-Override": "POST"}),
]  # fmt: skip


@pytest.fixture
def attempt(client: FlaskClient, keys: Keys, name: str) -> Callable[[Attempt], TestResponse]:
    known = {"token": keys.token, "csrf": keys.csrf, "name": name}

    def made(one: Attempt) -> TestResponse:
        headers = {key: value.format(**known) for key, value in one.headers.items()}
        if one.csrf is not None:
            headers["X-CSRF"] = one.csrf.format(**known)
        return client.open(
            one.path.format(**known),
            method=one.method,
            headers=headers,
            data=one.body.format(**known),
            environ_overrides={"HTTP_HOST": one.host},
            buffered=True,
        )

    return made


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What a request that went through would have done."""
    asked: list[bool] = []
    monkeypatch.setattr(Publisher, "start", lambda self, force=False: asked.append(force))
    return asked


def test_the_table_is_long_enough() -> None:
    assert len({one.told for one in ATTEMPTS}) >= 30


@pytest.mark.parametrize("one", ATTEMPTS, ids=lambda one: one.told)
def test_it_is_refused_and_nothing_is_told(
    attempt: Callable[[Attempt], TestResponse],
    one: Attempt,
    keys: Keys,
    site: Path,
    published: list[bool],
) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    answer = attempt(one)
    assert answer.status_code == 403
    assert keys.token not in answer.text
    assert keys.csrf not in answer.text
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert published == []


@pytest.mark.parametrize(
    "one",
    [
        Attempt("home", "/{token}/", "GET"),
        Attempt("home by name", "/{token}/", "GET", host="localhost:5151"),
        Attempt("from the bar of the browser", method="GET", headers={"Sec-Fetch-Site": "none"}),
        Attempt("from a page of ours", headers={"Origin": f"http://{HOST}"}),
        Attempt("a script of ours", "/{token}/etabli/review.js", "GET",
                {"Sec-Fetch-Site": "same-origin"}),
    ],
    ids=lambda one: one.told,
)  # fmt: skip
def test_the_person_who_was_given_the_address_goes_through(
    attempt: Callable[[Attempt], TestResponse], one: Attempt
) -> None:
    assert attempt(one).status_code in {200, 302}


def test_each_run_has_secrets_of_its_own() -> None:
    one, other = Keys.of_port(1), Keys.of_port(1)
    assert len({one.token, one.csrf, other.token, other.csrf}) == 4
    assert min(len(one.token), len(one.csrf)) >= 32


def test_every_answer_is_bound(attempt: Callable[[Attempt], TestResponse]) -> None:
    for answer in (attempt(ATTEMPTS[0]), attempt(Attempt("home", "/{token}/", "GET"))):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in answer.headers
