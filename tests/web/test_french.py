"""What a visitor reads is set as French is: as it is written, then as the pages show it."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import html

from corpus.site import Site
from search.live_index import open_library
from tests.web.french_strings import Shown, every_string
from web.app import create_app

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
NOUNS = (
    "citations|idées|webinaires|personnes|résultats|thèmes|organisations|autres|suggestions|mots"
)
FAULTS = {
    "a straight apostrophe": r"[^\W\d_]'[^\W\d_]",
    "an ordinary space before a sign": r" [;:?!»](?=[\s§.,)]|$)",
    "no space before a sign": r"[\w§»)][;?!»](?=\s|$)|[^\W\d_]:(?=\s|$)|§:(?=\s|$)",
    "an ordinary space after «, or none": r"«(?![\u00a0\u202f])",
    "three points for an ellipsis": r"\.\.\.",
}
SHOWN_FAULTS = FAULTS | {
    "a day with a nought, or a first without « er »": rf"\b(0\d|1) (?:{MONTHS})\b",
    "a month with a capital": rf"\b\d+(?:er)? (?:{MONTHS.title()})\b",
    "a plural after nought or one": rf"(?<![\d\u202f\u00a0.,])[01][ \u00a0](?:{NOUNS})\b",
    "a singular after two or more": r"\b(?:[2-9]|\d\d+)[ \u00a0](?:citation|webinaire|personne)\b",
    "a number bound to nothing": rf"\b\d+ (?:{NOUNS})\b",
}
CLASSES = ["note", "lead", "aside", "status", "numbers", "hint", "refusal", "facts", "kicker"]
OURS = "|".join(  # where no word comes from a write-up
    [f"//{tag}" for tag in ("label", "button", "summary", "caption")]
    + [
        f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"
        for name in [*CLASSES, "empty", "help"]
    ]
)
FILTERS = "intervenant|theme|webinaire|organisation|type|annee|avant|apres|depuis|couleur"
TYPED = re.compile(rf"\b(?:{FILTERS}):")  # told as one types it
PAGES = [
    "/",
    "/recherche",
    "/recherche?q=habitants",
    "/recherche?q=habitants&pourquoi=1&une_par_personne=1",
    "/recherche?q=habitant+balayeuse&type=verbatim",
    "/recherche?q=zzqqxx",
    "/recherche?q=zzqqxx+habitants+apres:2021&tous=1",
    "/recherche?q=coperation",
    "/recherche?q=ESS",
    "/recherche?q=%21%21",
    "/recherche?q=apres:demain",
    "/recherche?q=couleur:bleu",
    "/recherche?q=-theme:mobilite",
    "/recherche?theme=inconnu",
    "/recherche?annee=hier",
    "/recherche?apres=hier",
    "/recherche?page=0",
    "/recherche?page=999",
    "/recherche?q=" + "mot+" * 400,
    "/export.csv?page=2",
    "/panier",
    "/panier?panier=!",
    "/panier.docx",
    "/themes",
    "/intervenants",
    "/organisations",
    "/webinaires",
    "/panorama",
    "/integrer",
    "/proposer",
    "/proposer/merci",
    "/accessibilite",
    "/nulle-part",
    "/verbatim/inconnu",
    "/idee/inconnue",
    "/webinaire/inconnu",
    "/intervenant/inconnu",
    "/organisation/inconnue",
    "/theme/inconnu",
]


def faults(text: str, rules: dict[str, str]) -> list[str]:
    return [name for name, pattern in rules.items() if re.search(pattern, text)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("l'eau", "a straight apostrophe"),
        ("Quoi ?", "an ordinary space before a sign"),
        ("Quoi?", "no space before a sign"),
        ("« eau\u00a0»", "an ordinary space after «, or none"),
        ("1 mai 2021", "a day with a nought, or a first without « er »"),
        ("0\u00a0citations", "a plural after nought or one"),
        ("12\u00a0citation", "a singular after two or more"),
        ("12 citations", "a number bound to nothing"),
    ],
)
def test_each_fault_would_be_seen(text: str, fault: str) -> None:
    assert fault in faults(text, SHOWN_FAULTS)


def test_good_french_has_no_fault() -> None:
    good = (
        "Le 1er mai 2021\u00a0: «\u00a0L’eau\u202f?\u00a0», 0\u00a0citation, 1\u202f001\u00a0mots."
    )
    assert faults(good, SHOWN_FAULTS) == []


@pytest.mark.parametrize("shown", every_string(), ids=lambda one: one.place)
def test_what_we_write_is_set_in_french(shown: Shown) -> None:
    assert faults(shown.text, FAULTS) == [], shown.text


@pytest.fixture(scope="module")
def visitor(sample_site: Site) -> Iterator[FlaskClient]:
    """The sample site over its real index, whose messages a page shows."""
    with create_app(open_library(sample_site), sample_site.settings).test_client() as client:
        yield client


@pytest.mark.parametrize("address", PAGES)
def test_what_a_page_says_is_set_in_french(visitor: FlaskClient, address: str) -> None:
    tree = html.fromstring(visitor.get(address, buffered=True).get_data(as_text=True))
    for aside in tree.xpath("//kbd|//code|//pre|//script|//*[@class='words']"):
        aside.drop_tree()
    texts = [TYPED.sub("", node.text_content()) for node in tree.xpath(OURS)]
    assert texts
    found = {text: wrong for text in texts if (wrong := faults(text, SHOWN_FAULTS))}
    assert found == {}
