"""What Orca says of the search, of a quote and of the widget, in Firefox: the very lines."""

from collections.abc import Iterator

import pytest

from corpus.settings import Settings
from tests.browser.engines import needed
from tests.browser.orca import Listener, missing, orca
from tests.browser.server import served
from tests.browser.widget_hosts import SEARCH, page_of, partner
from tests.small_site import library_of
from web.app import create_app

pytestmark = pytest.mark.orca


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(lambda address: create_app(library_of(), Settings(adresse=address))) as address:
        yield address


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    needed("lecteur d’écran", missing())
    with orca(tmp_path_factory.mktemp("orca")) as listener:
        yield listener


def test_one_searches_with_suggestions(listener: Listener, site: str) -> None:
    listener.browser.open(site)
    listener.hears("Chargement de Verbathèque terminé.")
    listener.press("Tab")
    listener.hears("Aller au contenu lien.")
    listener.browser.run("document.querySelector('input[name=q]').focus()")
    field = "Rechercher dans les citations liste déroulante modifiable."
    listener.hears("contenu principal", "recherche", field, "Mode focus")
    listener.type("cant")
    listener.hears("2 suggestions")
    listener.press("Down")
    listener.hears("Suggestions", "Mots", "cantine 2 résultats.")
    listener.press("Return")
    listener.hears("« cantine » – Verbathèque document web.")


def test_a_quote_is_read_whole_with_who_said_it(listener: Listener, site: str) -> None:
    listener.browser.open(f"{site}/verbatim/citation2")
    listener.hears("terminé.")
    listener.press("h")
    listener.hears("Citation de Ali Martin en-tête niveau 1.")
    listener.press("Down")
    listener.hears("bloc de citation.", "« | Le repas coûte 3 € et fait vivre. »")
    listener.press("Down")
    listener.hears("Ali Martin lien. | , maire, | commune de Vaux lien.")


def test_the_widget_says_how_many_answer_and_reads_each(listener: Listener, site: str) -> None:
    with partner(site, {"": page_of(site, SEARCH.format(site=site, more=""))}, {}) as host:
        listener.browser.open(host)
        inside = "document.querySelector('verbatheque-recherche').shadowRoot"
        listener.browser.until(f"{inside}?.querySelector('label').textContent")
        listener.hears("terminé.")
        listener.press("Tab")
        listener.hears("recherche", "Dans leurs webinaires liste déroulante modifiable.")
        listener.type("carottes")
        listener.hears("1 citation")
        listener.press("Down")
        listener.hears(
            "Citations et idées clés Liste à 1 élément",
            "« On épluche trente kilos de carottes à 6 h. » Léa Martin, cuisinière — Du champ",
        )
        listener.press("Up")
        listener.hears("carottes.")
