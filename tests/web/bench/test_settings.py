"""The settings of a site, from the bench."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from corpus.site import settings_of
from tests.web.bench.conftest import HOST
from web.app import create_app
from web.bench.guard import Keys
from web.bench.preview import Preview
from web.bench.settings import GROUPS


class Form:
    """The form, sent as a browser would: all that it shows, but for what differs."""

    def __init__(self, client: FlaskClient, keys: Keys, site: Path) -> None:
        self._client, self._keys, self._site = client, keys, site

    def send(self, **changed: str) -> tuple[int, str]:
        settings = settings_of(self._site)
        shown = {field.name: field.value(settings) for g in GROUPS.values() for field in g}
        lines = {k: "\n".join(v) if isinstance(v, tuple) else v for k, v in shown.items()}
        sent = {k: v for k, v in lines.items() if v} | {"csrf": self._keys.csrf, **changed}
        path = f"/{self._keys.token}/reglages/"
        answer = self._client.post(
            path, base_url=f"http://{HOST}/", data=sent, follow_redirects=True
        )
        return answer.status_code, unescape(answer.text)


@pytest.fixture
def form(client: FlaskClient, keys: Keys, site: Path) -> Form:
    return Form(client, keys, site)


def test_what_differs_is_written_and_the_rest_stays(form: Form, site: Path) -> None:
    file = site / "verbatheque.toml"
    before = file.read_text("utf-8")
    form.send()
    assert file.read_text("utf-8") == before
    code, told = form.send(titre="Les « vergers »", **{"lecture.hotes": "a.exemple\r\nb.exemple"})
    assert (code, "C’est enregistré" in told) == (200, True)
    settings = settings_of(site)
    assert (settings.titre, settings.lecture.hotes) == (
        "Les « vergers »",
        ("a.exemple", "b.exemple"),
    )
    kept = [line for line in before.splitlines() if not re.match("titre|#.*(hotes|lecture)", line)]
    assert set(kept) <= set(file.read_text("utf-8").splitlines())
    form.send(**{"lecture.hotes": "", "propositions.ouvertes": "oui"})
    settings = settings_of(site)
    assert (settings.lecture.hotes, settings.propositions.ouvertes) == ((), True)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("integration.sites", "pas une adresse", "n’est pas l’adresse d’un site"),
        ("propositions.contact", "moi@exemple.fr", "est un courriel"),
    ],
)
def test_what_the_site_cannot_use_is_refused(
    form: Form, site: Path, name: str, value: str, reason: str
) -> None:
    before = (site / "verbatheque.toml").read_bytes()
    code, told = form.send(**{name: value})
    assert code == 409
    assert reason in told.replace("\u00a0", " ")
    assert (site / "verbatheque.toml").read_bytes() == before


def test_the_preview_shows_the_settings_as_they_are_now(form: Form, site: Path) -> None:
    preview = Client(Preview(site, create_app))
    assert preview.get("/accessibilite", base_url="http://127.0.0.1:9/").status_code == 200
    form.send(titre="Un nom tout neuf")
    assert "Un nom tout neuf" in preview.get("/accessibilite", base_url="http://127.0.0.1:9/").text
    assert preview.get("/accessibilite", base_url="http://attaquant.exemple/").status_code == 400
