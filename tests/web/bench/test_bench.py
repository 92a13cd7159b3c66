"""The bench through its requests: a page comes, is reviewed, saved and published."""

import io
import json
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.proposals import keep, offer_from, proposals_in
from corpus.site import Site, settings_of
from indexer.generations import index_store
from search.live_index import open_library
from tests.calling import PAGE
from tests.web.bench.conftest import HOST
from web.app import create_app
from web.bench.guard import Keys
from web.bench.publishing import Publisher

Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(client: FlaskClient, keys: Keys) -> Ask:
    """Get an address of the bench, or post a form or JSON to it."""

    def asked(
        path: str, form: dict[str, Any] | None = None, sent: Any = None, shown: str = ""
    ) -> TestResponse:
        path, base = f"/{keys.token}/{path}", f"http://{HOST}/"
        if form is not None:
            data = {"csrf": keys.csrf, **form}
            return client.post(path, base_url=base, data=data, follow_redirects=True)
        if sent is not None:
            return client.post(
                path, base_url=base, json=sent, headers={"X-CSRF": keys.csrf, "X-Shown": shown}
            )
        return client.get(path, base_url=base)

    return asked


def writeups(site: Path) -> list[Path]:
    return sorted((site / "webinaires").glob("*.md"))


@pytest.mark.process
@pytest.mark.parametrize(
    "form",
    [{"texte": PAGE}, {"fichier": (io.BytesIO(PAGE.encode()), "../../Ma page.txt")}],
    ids=["text", "file"],
)
def test_a_page_is_added_and_opened_for_review(ask: Ask, site: Path, form: dict[str, Any]) -> None:
    answer = ask("ajouter", form)
    assert answer.status_code == 200
    assert "Des vergers pour tous" in answer.text
    [path] = writeups(site)
    told = ask(f"webinaire/{path.stem}/etat").get_json()
    assert [said["speaker"] for said in told["verbatims"]] == ["Ana Lu", "Noé Vial"]
    assert all(said["places"] for said in told["verbatims"])


@pytest.mark.process
@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "choisissez un fichier"),
        ({"texte": "rien à citer"}, "aucune citation reconnue"),
        ({"adresse": "https://ailleurs.exemple/"}, "Permettre ailleurs.exemple"),
        ({"adresse": "/etc/passwd"}, "https://"),
        ({"adresse": "webinaires"}, "https://"),
        ({"fichier": (io.BytesIO(b"MZ"), "programme.exe")}, "programme.exe"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    ask: Ask, site: Path, form: dict[str, Any], reason: str
) -> None:
    answer = ask("ajouter", form)
    assert answer.status_code == 409
    assert reason in answer.text
    assert writeups(site) == []


@pytest.mark.process
def test_a_page_without_recognised_quotes_is_opened_to_be_marked(ask: Ask, site: Path) -> None:
    page = "La veillée des lampes\n\nOn y a parlé longtemps, et la pluie tombait.\n"
    assert "Ouvrir la page et marquer" in ask("ajouter", {"texte": page}).text
    answer = ask("ajouter", {"garde": "oui", "main": "oui", "titre": ""})
    if "Titre du webinaire" in answer.text:
        ask("ajouter", {"garde": "oui", "main": "oui", "titre": "La veillée"})
    [path] = writeups(site)
    told = ask(f"webinaire/{path.stem}/etat").get_json()
    [line] = [place for place, text in enumerate(told["lines"]) if "la pluie" in text]
    start, end = {"line": line, "offset": 0}, {"line": line, "offset": 21}
    fields = {"start": start, "end": end, "speaker": "", "verbatim": ""}
    told = ask(f"webinaire/{path.stem}/changer", sent={"kind": "mark", "fields": fields}).get_json()
    assert [said["text"] for said in told["verbatims"]] == ["On y a parlé longtemps"[:21]]


@pytest.mark.process
def test_a_file_without_a_title_is_kept_while_its_title_is_asked(ask: Ask, site: Path) -> None:
    captions = "WEBVTT\n\n00:00:04.000 --> 00:00:09.000\n<v Ana Lu>On a planté sous la pluie.\n"
    answer = ask("ajouter", {"fichier": (io.BytesIO(captions.encode()), "notre_rencontre.vtt")})
    assert 'value="notre rencontre"' in answer.text
    ask("ajouter", {"garde": "oui", "titre": "La rencontre des vergers"})
    [path] = writeups(site)
    assert "La rencontre des vergers" in path.read_text("utf-8")


def test_a_site_is_permitted_where_its_address_is_given(ask: Ask, site: Path) -> None:
    ask("ajouter", {"adresse": "https://page.invalid/x"})
    answer = ask("ajouter", {"garde": "oui", "permettre": "page.invalid"})
    assert settings_of(site).lecture.hotes == ("page.invalid",)
    assert "Permettre" not in answer.text


def test_only_what_changed_comes_back_to_the_tab_that_shows_the_rest(ask: Ask, name: str) -> None:
    whole = ask(f"webinaire/{name}/etat").get_json()
    ids = [said["id"] for said in whole["verbatims"]]
    sent = {"kind": "attribute", "fields": {"verbatims": ids[:1], "speaker": "Noé Vial"}}
    told = ask(f"webinaire/{name}/changer", sent=sent, shown=whole["stamp"]).get_json()
    assert [type(said) for said in told["verbatims"]] == [dict, *[str] * (len(ids) - 1)]
    assert "people" not in told
    late = ask(f"webinaire/{name}/aller", sent={"way": -1}, shown=whole["stamp"]).get_json()
    assert late["verbatims"] == whole["verbatims"]
    assert late["people"] == whole["people"]


def test_giving_the_date_answers_the_doubt_on_it(ask: Ask, site: Path, name: str) -> None:
    path = writeups(site)[0]
    doubt = "<!-- À vérifier\u00a0: la date du webinaire n’a pas été trouvée\u00a0; ajoutez-la. -->"
    path.write_text(path.read_text("utf-8").replace("---\n\n", f"---\n\n{doubt}\n\n", 1), "utf-8")
    told = ask(f"webinaire/{name}/etat").get_json()
    before = len(told["doubts"])
    fields = {**told["head"], "held_on": "2024-03-06"}
    told = ask(f"webinaire/{name}/changer", sent={"kind": "describe", "fields": fields}).get_json()
    assert len(told["doubts"]) == before - 1


def test_a_page_that_changed_waits_to_be_saved(ask: Ask, site: Path, name: str) -> None:
    before = writeups(site)[0].read_bytes()
    ask("ajouter", {"texte": PAGE.replace("quarante pommiers", "cinquante pommiers")})
    assert writeups(site)[0].read_bytes() == before
    told = ask(f"webinaire/{name}/etat").get_json()
    assert "cinquante" in told["verbatims"][0]["text"]
    assert not told["saved"]
    assert "à enregistrer" in ask("").text


def test_a_change_comes_back_with_both_sides(ask: Ask, name: str) -> None:
    first = ask(f"webinaire/{name}/etat").get_json()["verbatims"][0]
    fields = {"verbatims": [first["id"]], "speaker": "Noé Vial"}
    told = ask(f"webinaire/{name}/changer", sent={"kind": "attribute", "fields": fields}).get_json()
    assert told["verbatims"][0]["speaker"] == "Noé Vial"
    assert (told["undo"], told["saved"]) == (True, False)
    told = ask(f"webinaire/{name}/aller", sent={"way": -1}).get_json()
    assert (told["verbatims"][0]["speaker"], told["saved"]) == ("Ana Lu", True)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        {"kind": "rm", "fields": {}},
        {"kind": "attribute", "fields": {"verbatims": "x", "speaker": ""}},
        {"kind": "attribute", "fields": {"verbatims": [], "speaker": "", "more": 1}},
        {"kind": "mark", "fields": {"start": {"line": "0", "offset": 0}}},
        {"kind": ["attribute"], "fields": {}},
    ],
)
def test_what_is_no_change_is_refused(ask: Ask, name: str, sent: Any) -> None:
    answer = ask(f"webinaire/{name}/changer", sent=sent)
    assert answer.status_code == 409
    assert "rechargez" in answer.get_json()["error"]


def test_saving_tells_of_what_another_hand_wrote(ask: Ask, site: Path, name: str) -> None:
    ask(f"webinaire/{name}/changer", sent={"kind": "word", "fields": {"idea": "", "text": "Oui."}})
    path = writeups(site)[0]
    other = path.read_text("utf-8") + "\n<!-- ailleurs -->\n"
    path.write_text(other, "utf-8")
    told = ask(f"webinaire/{name}/enregistrer", sent={}).get_json()
    assert "ailleurs" in told["theirs"]["diff"]
    assert path.read_text("utf-8") == other
    over = {"over": told["theirs"]["digest"]}
    assert ask(f"webinaire/{name}/enregistrer", sent=over).get_json()["saved"]
    assert "Oui." in path.read_text("utf-8")


@pytest.mark.parametrize("path", ["webinaire/inconnu/", "webinaire/../", "rien", "commun/app.py"])
def test_what_is_not_there_is_not_found(ask: Ask, path: str) -> None:
    assert ask(path).status_code in {404, 409}


@pytest.mark.model
@pytest.mark.process
def test_it_is_published_then_gone_back_from(
    ask: Ask, client: FlaskClient, site: Path, name: str
) -> None:
    publisher: Publisher = client.application.extensions["publisher"]
    ask("publier/", {})
    publisher.wait()
    assert "Version n°\u00a01 publiée" in unescape(ask("publier/").text)
    fields = {"former": "Ana Lu", "name": "Ana Luz", "role": "", "organisation": "", "sheet": ""}
    change = {"kind": "present", "fields": {**fields, "verbatims": []}}
    ask(f"webinaire/{name}/changer", sent=change)
    assert "à enregistrer" in ask("").text
    ask(f"webinaire/{name}/enregistrer", sent={})
    ask("publier/", {})
    publisher.wait()
    assert index_store(Site(site)).current().manifest.generation == 2
    public = create_app(open_library(Site(site)), Site(site).settings).test_client()
    assert "Ana Luz" in public.get("/recherche?q=pommiers").text
    assert "n°\u00a01 est de nouveau publiée" in unescape(ask("publier/revenir", {}).text)
    assert index_store(Site(site)).current().manifest.generation == 1


@pytest.mark.model
@pytest.mark.process
def test_a_refusal_to_publish_says_why(
    ask: Ask, client: FlaskClient, site: Path, name: str
) -> None:
    golden = '[[requete]]\ntexte = "pommiers"\nattendus = ["0000000000"]\n'
    (site / "requetes.toml").write_text(golden, "utf-8")
    ask("publier/", {})
    client.application.extensions["publisher"].wait()
    told = ask("publier/").text
    assert "L’index n’est pas publié" in told
    assert "0000000000" in told
    assert "Publier quand même" in told


def test_the_public_site_has_no_bench(sample_site: Site) -> None:
    app = create_app(open_library(sample_site), sample_site.settings)
    assert not {"home", "review", "adding", "publication"} & app.blueprints.keys()


def test_a_hostile_page_is_shown_as_text(ask: Ask, site: Path, name: str) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    path = writeups(site)[0]
    path.write_text(path.read_text("utf-8").replace("Des vergers", hostile), "utf-8")
    for page in ("", f"webinaire/{name}/"):
        assert "<script>alert" not in ask(page).text
        assert "<img" not in ask(page).text
    assert hostile in json.loads(ask(f"webinaire/{name}/etat").text)["head"]["title"]


def test_subtitles_tell_the_moments_in_one_step(ask: Ask, name: str) -> None:
    captions = (
        "WEBVTT\n\n00:12:04.000 --> 00:12:09.000\nnous on a planté quarante pommiers un dimanche "
        "de pluie\n\n00:20:00.000 --> 00:20:05.000\nparlons maintenant de tout autre chose ici\n"
    )
    file = (io.BytesIO(captions.encode()), "replay.vtt")
    told = ask(f"webinaire/{name}/moments", {"fichier": file}).get_json()
    assert [said["moment"] for said in told["verbatims"]] == ["12:04", ""]
    assert list(told["candidates"]) == [told["verbatims"][1]["id"]]
    told = ask(f"webinaire/{name}/aller", sent={"way": -1}).get_json()
    assert told["verbatims"][0]["moment"] == ""


@pytest.mark.process
@pytest.mark.parametrize("gesture", ["", "effacer"])
def test_what_a_visitor_proposed_is_drafted_or_deleted(ask: Ask, site: Path, gesture: str) -> None:
    keep(site, offer_from("page.txt", PAGE.encode(), note="À lire."), 9, date.today())
    assert "À lire." in ask("").text
    answer = ask("proposition/1", {"geste": gesture})
    assert answer.status_code == 200
    assert len(writeups(site)) == (gesture == "")
    assert proposals_in(site) == []
