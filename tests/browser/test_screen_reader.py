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


def expect_said(said: str, *lines: str) -> None:
    """These lines were said, in this order; others may stand between."""
    place = 0
    for line in lines:
        place = said.find(line, place)
        assert place >= 0, f"« {line} » n’est pas dit, ou pas à sa place : {said}"
        place += len(line)


def test_one_searches_with_suggestions(listener: Listener, site: str) -> None:
    expect_said(listener.opened(site), "Chargement de Verbathèque terminé.")
    expect_said(listener.press("Tab"), "Aller au contenu lien.")
    listener.browser.run("document.querySelector('input[name=q]').focus()")
    field = "Rechercher dans les citations liste déroulante modifiable."
    expect_said(listener.said(), "contenu principal", "recherche", field, "Mode focus")
    listener.type("cant", "document.querySelector('[role=option]')")
    expect_said(listener.said(), "2 suggestions")
    expect_said(listener.press("Down"), "Suggestions", "Mots", "cantine 2 résultats.")
    expect_said(listener.press("Return"), "« cantine » – Verbathèque document web.")


def test_a_quote_is_read_whole_with_who_said_it(listener: Listener, site: str) -> None:
    listener.opened(f"{site}/verbatim/citation2")
    expect_said(listener.press("h"), "Citation de Ali Martin en-tête niveau 1.")
    quote = "« | Le repas coûte 3 € et fait vivre. »"
    expect_said(listener.press("Down"), "bloc de citation.", quote)
    expect_said(listener.press("Down"), "Ali Martin lien. | , maire, | commune de Vaux lien.")


def test_the_widget_says_how_many_answer_and_reads_each(listener: Listener, site: str) -> None:
    with partner(site, {"": page_of(site, SEARCH.format(site=site, more=""))}, {}) as host:
        listener.opened(host)
        inside = "document.querySelector('verbatheque-recherche').shadowRoot"
        listener.browser.until(f"{inside}?.querySelector('label').textContent")
        field = ("Dans leurs webinaires", "liste déroulante modifiable.")  # it grows at the focus
        expect_said(listener.press("Tab"), "recherche", *field)
        listener.type("carottes", f"{inside}.querySelector('[role=option]')")
        expect_said(listener.said(), "1 citation")
        expect_said(
            listener.press("Down"),
            "Citations et idées clés Liste à 1 élément",
            "« On épluche trente kilos de carottes à 6 h. » Léa Martin, cuisinière — Du champ",
        )
        expect_said(listener.press("Up"), "carottes.")
