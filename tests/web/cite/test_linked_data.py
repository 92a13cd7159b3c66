"""What programs read of a quote's page: JSON-LD, Open Graph, Dublin Core."""

import json
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient
from lxml import etree

from corpus.settings import Settings
from tests.small_site import CANTINE, HOSTILE, SAID
from web.cite.forms import linked_data

ROOT = "https://citations.exemple.fr"
SETTINGS = Settings(adresse=ROOT, licence="https://licences.exemple.org/by/4.0/")


def read(client: FlaskClient, address: str) -> tuple[list[Any], dict[str, str]]:
    """The JSON-LD of a page, and its meta elements by name."""
    tree = etree.HTML(client.get(address).text)
    scripts = [
        json.loads(text) for text in tree.xpath('//script[@type="application/ld+json"]/text()')
    ]
    metas = {m.get("property") or m.get("name"): m.get("content") for m in tree.xpath("//meta")}
    return scripts, metas


def test_a_quote_is_a_quotation_by_a_person() -> None:
    assert linked_data(SAID, SETTINGS) == {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": f"{ROOT}/verbatim/citation1",
        "url": f"{ROOT}/verbatim/citation1",
        "text": "On épluche trente kilos de carottes à 6 h.",
        "inLanguage": "fr",
        "creator": {
            "@type": "Person",
            "name": "Léa Martin",
            "jobTitle": "Cuisinière",
            "affiliation": {"@type": "Organization", "name": "commune de Vaux"},
            "url": f"{ROOT}/intervenant/lea-martin",
        },
        "dateCreated": "2024-03-12",
        "recordedIn": {
            "@type": "Event",
            "name": "Du champ à la cantine",
            "startDate": "2024-03-12",
            "url": f"{ROOT}/webinaire/2024-03-12-la-cantine",
        },
        "isBasedOn": "https://exemple.fr/la-cantine",
        "associatedMedia": {
            "@type": "VideoObject",
            "name": "Du champ à la cantine",
            "url": "https://video.exemple.fr/la-cantine",
            "hasPart": {
                "@type": "Clip",
                "name": "Léa Martin",
                "startOffset": 724,
                "url": "https://video.exemple.fr/la-cantine#t=724",
            },
        },
        "about": [{"@type": "Thing", "name": "Alimentation"}],
        "license": "https://licences.exemple.org/by/4.0/",
    }


def test_what_is_not_known_is_not_said() -> None:
    bare = replace(
        SAID,
        speaker="",
        start=None,
        themes=(),
        webinar=replace(CANTINE, held_on=None, url="javascript:alert(1)", replay_url=""),
    )
    said = linked_data(bare, Settings(licence="MIT"))
    absent = {"creator", "dateCreated", "isBasedOn", "associatedMedia", "about", "license"}
    assert not absent & set(said)
    assert "startDate" not in said["recordedIn"]


def test_the_page_holds_it_whatever_was_said(client: FlaskClient) -> None:
    for place in range(1, 13):
        ((said,), _) = read(client, f"/verbatim/citation{place}")
        assert said["@type"] == "Quotation"
    assert read(client, "/verbatim/citation6")[0][0]["text"] == HOSTILE


def test_a_shared_quote_comes_with_its_picture(client: FlaskClient) -> None:
    _, metas = read(client, "/verbatim/citation1")
    assert metas["og:title"] == "Léa Martin, Du champ à la cantine"
    assert metas["og:description"].startswith("«\u00a0On épluche trente kilos")
    assert metas["og:type"] == "article"
    assert metas["og:url"] == f"{ROOT}/verbatim/citation1"
    assert metas["og:locale"] == "fr_FR"
    assert metas["og:image"] == f"{ROOT}/verbatim/citation1.png"
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
    assert "On épluche" in metas["og:image:alt"]
    assert metas["twitter:card"] == "summary_large_image"
    assert client.get("/verbatim/citation1.png").mimetype == metas["og:image:type"]


def test_reference_managers_read_who_what_and_when(client: FlaskClient) -> None:
    _, metas = read(client, "/verbatim/citation1")
    assert metas["DC.title"] == "On épluche trente kilos de carottes à 6 h."
    assert metas["DC.creator"] == "Léa Martin"
    assert metas["DC.date"] == "2024-03-12"
    assert metas["DC.publisher"] == "Le Relais"
    assert not [name for name in metas if str(name).startswith("citation_")]
    assert read(client, "/idee/la-cantine-idee-1")[1]["DC.creator"] == "Le Relais"


def test_every_page_says_what_it_is(client: FlaskClient) -> None:
    for address in ("/", "/theme/emploi", "/recherche?q=vélo", "/intervenants"):
        _, metas = read(client, address)
        assert metas["og:title"]
        assert metas["og:url"].startswith(ROOT)
        assert metas["og:site_name"] == "Verbathèque"
    assert read(client, "/")[1]["og:type"] == "website"
