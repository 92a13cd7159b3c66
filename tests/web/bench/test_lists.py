"""The lists of a site, from the bench."""

import tomllib
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.site import Site, read_site
from indexer.generations import index_store
from tests.calling import call
from tests.web.bench.conftest import HOST
from web.bench.guard import Keys

Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(client: FlaskClient, keys: Keys) -> Ask:
    def asked(path: str, form: dict[str, str] | None = None) -> TestResponse:
        path, base = f"/{keys.token}/listes/{path}", f"http://{HOST}/"
        if form is None:
            return client.get(path, base_url=base)
        data = {"csrf": keys.csrf, **form}
        return client.post(path, base_url=base, data=data, follow_redirects=True)

    return asked


@pytest.mark.process
@pytest.mark.usefixtures("name")
def test_seed_words_are_tried_before_they_are_written(ask: Ask, site: Path) -> None:
    before = (site / "themes.toml").read_bytes()
    theme = read_site(site).themes[0].id
    form = {"slug": theme, "termes": "pommiers\nclôture"}
    told = ask("themes", form)
    assert "viendrai" in told.text
    assert (site / "themes.toml").read_bytes() == before
    ask("themes", {**form, "ecrire": "oui"})
    assert read_site(site).themes[0].seeds == ("pommiers", "clôture")


def test_themes_come_and_go(ask: Ask, site: Path) -> None:
    before = {theme.id for theme in read_site(site).themes}
    ask("themes/nouveau", {"libelle": "L’eau  vive", "description": "", "termes": "source\ncrue"})
    [new] = [theme for theme in read_site(site).themes if theme.id not in before]
    assert (new.id, new.label, new.seeds) == ("l-eau-vive", "L’eau vive", ("source", "crue"))
    assert ask("themes/nouveau", {"libelle": "L’eau vive"}).status_code == 409
    ask("themes", {"slug": new.id, "termes": "", "retirer": "oui"})
    assert {theme.id for theme in read_site(site).themes} == before


def test_synonyms_are_given_and_taken_away(ask: Ask, site: Path) -> None:
    ask("synonymes", {"mot": "médiathèque", "synonymes": "bibliothèque, salle de lecture"})
    told = ask("synonymes").text
    assert 'value="bibliothèque, salle de lecture"' in told
    assert read_site(site).vocabulary.synonyms["médiathèque"] == (
        "bibliothèque",
        "salle de lecture",
    )
    ask("synonymes", {"mot": "médiathèque", "synonymes": ""})
    assert "médiathèque" not in read_site(site).vocabulary.synonyms


def test_an_acronym_is_explained(ask: Ask, site: Path, name: str) -> None:
    path = site / "webinaires" / f"{name}.md"
    path.write_text(path.read_text("utf-8").replace("Le conseil", "Le ZQXV"), "utf-8")
    assert "ZQXV" in ask("sigles").text
    ask("sigles", {"sigle": "ZQXV", "sens": "zone de quelque chose"})
    table = tomllib.loads((site / "lexique.toml").read_text("utf-8"))
    assert table["sigles"]["ZQXV"] == "zone de quelque chose"


@pytest.mark.model
@pytest.mark.process
def test_a_search_becomes_a_golden_query(ask: Ask, site: Path, name: str) -> None:
    call("build", "--site", site)
    told = ask("requetes?q=pommiers").text
    assert "quarante pommiers" in told
    expected = read_site(site).webinars[0].verbatims[0].id
    assert f'value="{expected}"' in told
    ask("requetes", {"q": "pommiers", "attendu": expected})
    assert read_site(site).golden[-1].expected == (expected,)
    assert call("build", "--site", site) == 0
    assert name


@pytest.mark.model
@pytest.mark.process
def test_a_person_is_forgotten_once_it_was_shown(ask: Ask, site: Path, name: str) -> None:
    call("build", "--site", site)
    assert "quarante pommiers" in ask("personnes?oublier=Ana+Lu").text
    assert "Ana Lu" in {p.name for w in read_site(site).webinars for p in w.speakers}
    told = unescape(ask("oublier", {"nom": "Ana Lu"}).text)
    assert "Ana Lu n’est plus dans les comptes rendus" in told
    assert "Ana Lu" not in {p.name for w in read_site(site).webinars for p in w.speakers}
    assert index_store(Site(site)).numbers() == [2]
    assert name


def test_people_are_listed_and_parted(ask: Ask, site: Path, name: str) -> None:
    assert "Noé Vial" in ask("personnes").text
    form = {"personne": f"{name}/Noé Vial", "geste": "separer", "fiche": "noe-vial-rives"}
    assert ask("personnes", form).status_code == 200
    assert "fiche: noe-vial-rives" in (site / "webinaires" / f"{name}.md").read_text("utf-8")
    assert ask("personnes", {"geste": "reunir"}).status_code == 409
