"""The editor's bench in a real browser: from a page to the published quote."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from corpus.bench.workbook import Workbook
from tests.browser.server import served
from tests.browser.test_accessibility import violations
from tests.calling import call
from web.bench.app import create_bench
from web.bench.guard import Keys

TEXT = """Rencontre « Des haies pour demain », les points-clefs

Publié le 12/03/2024

La rencontre du 5 mars 2024 a réuni Ida Roc, directrice de l’association Les Haies, et Max
Orly, maire de Vaux.

1. On plante avec les voisins.

« Nous avons planté deux kilomètres de haies en trois dimanches de pluie. » Ida Roc
« Le conseil a voté la clôture sans un mot de travers. Personne ne s’y attendait. » Max Orly

2. La taille se décide ensemble.

« Chacun vient avec son sécateur et repart avec des idées pour son jardin. »
Un ancien a dit que la terre se souvient de tout ce qu’on lui fait.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    call("init", site)
    return site


@pytest.fixture
def bench(folder: Path) -> Iterator[str]:
    keys: list[Keys] = []

    def app(address: str) -> Flask:
        keys.append(Keys.of_port(int(address.rpartition(":")[2])))
        return create_bench(folder, keys[0])

    with served(app) as address:
        yield f"{address}/{keys[0].token}/"


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide light", "narrow dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        yield page
        assert all(url.startswith("http://127.0.0.1:") for url in asked)
        assert faults == []


def add(page: Page, bench: str, text: str = TEXT) -> None:
    page.goto(f"{bench}ajouter")
    page.get_by_label("Ou le texte de la page").fill(text)
    page.get_by_role("button", name="Lire la page").click()
    page.locator(".sheet").wait_for()


def select_words(page: Page, words: str) -> None:
    """Select words of the page as a hand with a mouse would."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector(".sheet"), 4);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            document.querySelector(".sheet").focus();
            getSelection().setBaseAndExtent(
              walker.currentNode, at, walker.currentNode, at + words.length);
            return;
          }
          throw new Error(words);
        }""",
        words,
    )


@pytest.mark.model
@pytest.mark.process
def test_a_page_becomes_a_published_quote(page: Page, bench: str, folder: Path) -> None:
    add(page, bench)
    expect(page.locator(".one")).to_have_count(3)
    # somebody of the page said it
    doubt = page.locator(".doubts li", has_text="personne").first
    doubt.locator(".to-place").click()
    expect(page.locator(".sheet mark.shown")).to_have_text(
        "Chacun vient avec son sécateur et repart avec des idées pour son jardin."
    )
    card = page.locator(".one.shown")
    card.get_by_label("Qui l’a dit").select_option("Max Orly")
    expect(page.get_by_role("status")).to_contain_text("Max Orly")
    # words of the page are one more
    select_words(page, "la terre se souvient de tout")
    page.get_by_role("button", name="Marquer comme verbatim").click()
    expect(page.locator(".one")).to_have_count(4)
    card = page.locator(".one", has_text="la terre se souvient")
    card.get_by_label("Qui l’a dit").select_option("\0new")
    card.get_by_label("Nom de la personne").fill("Un Ancien")
    card.get_by_label("Nom de la personne").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Un Ancien")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("button", name="Enregistré")).to_be_disabled()
    [path] = (folder / "webinaires").glob("*.md")
    assert "> la terre se souvient de tout\n> — Un Ancien" in path.read_text("utf-8")
    assert violations(page) == []
    page.get_by_role("link", name="Publier").last.click()
    page.locator("main .actions").get_by_role("button", name="Publier").click()
    expect(page.locator("div.note")).to_contain_text("publiée", timeout=90_000)
    assert call("search", "terre souvient", "--site", folder) == 0


RECAP = """Atelier « Les cours d’école respirent » : ce qu’on en retient

Mis en ligne le 9 avril 2025

Le 3 avril 2025, l’atelier a réuni Nora Vasseur, paysagiste, et Télio Marchand, directeur d’école
à Quincy-le-Bas.

Idée clé n°1 – L’ombre avant les jeux

« Nous avons ôté le bitume au pied des trois tilleuls, et la cour a perdu six degrés », dit Nora
Vasseur.

« Les enfants ont choisi les bancs. Personne ne les a plus jamais abîmés. » (Télio Marchand)
"""


@pytest.mark.model
@pytest.mark.process
def test_five_clicks_lead_from_a_page_to_its_quotes_on_the_site(
    browser: Browser, bench: str, folder: Path, tmp_path: Path
) -> None:
    """A click is counted wherever it lands; a page is read by a person between two of them."""
    file = tmp_path / "cours.txt"
    file.write_text(RECAP, "utf-8")
    with browser.new_context() as context:
        clicks: list[str] = []
        context.expose_function("clicked", lambda what: clicks.append(what))
        context.add_init_script(
            "addEventListener('click', ({ target }) => clicked(target.outerHTML), true)"
        )
        page = context.new_page()
        page.goto(bench)
        page.locator("main").get_by_role("link", name="Ajouter un webinaire").click()
        with page.expect_file_chooser() as chooser:
            page.get_by_label("Un fichier").click()
        chooser.value.set_files(file)
        page.locator(".one").first.wait_for()
        page.locator(".bar-of-acts").get_by_role("link", name="Publier").click()
        page.locator("main .actions").get_by_role("button", name="Publier").click()
        expect(page.locator("div.note")).to_contain_text("publiée", timeout=90_000)
        assert len(clicks) <= 5, clicks
    assert call("search", "tilleuls", "--site", folder) == 0


def test_a_doubt_that_is_answered_brings_the_next(page: Page, bench: str) -> None:
    lines = "\n".join(f"« Cette année, la parcelle numéro {n} a donné. »" for n in range(3))
    add(page, bench, f"{TEXT}\n3. On récolte.\n\n{lines}\n")
    rows = page.locator(".doubts li", has_text="parcelle")
    count = page.locator(".doubts li").count()
    first, second = (rows.nth(n).locator(".said-words").inner_text() for n in (0, 1))
    assert first != second
    rows.first.get_by_role("button", name="Laisser sans nom").click()
    expect(page.locator(".doubts li")).to_have_count(count - 1)
    expect(page.locator(".doubts .choices button:focus")).to_have_count(1)
    expect(page.locator(".one.shown blockquote")).to_have_text(second.strip("«\u00a0»"))
    expect(page.locator(".sheet mark.shown")).to_have_text(second.strip("«\u00a0»"))


def test_publishing_saves_first(page: Page, bench: str, folder: Path) -> None:
    add(page, bench)
    page.locator(".one").first.get_by_label("Qui l’a dit").select_option("Max Orly")
    expect(page.get_by_role("button", name="Enregistrer")).to_be_enabled()
    page.locator(".bar-of-acts").get_by_role("link", name="Publier").click()
    expect(page.locator("h1")).to_have_text("Publier")
    [path] = (folder / "webinaires").glob("*.md")
    assert "> — Max Orly" in path.read_text("utf-8").partition("## 2")[0].partition("Personne")[0]


LISTS = ("themes", "sigles", "synonymes", "requetes", "personnes", "personnes?oublier=Ida+Roc")
PAGES = ("", "ajouter", *(f"listes/{name}" for name in LISTS), "reglages/", "publier/")


def test_every_page_of_the_bench_is_accessible(page: Page, bench: str) -> None:
    add(page, bench)
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for path in PAGES:
        page.goto(bench + path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_gestures_are_undone_and_two_tabs_agree(page: Page, bench: str, folder: Path) -> None:
    add(page, bench)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".one").first.wait_for()
    page.locator(".one input[type=checkbox]").nth(0).check()
    page.locator(".one input[type=checkbox]").nth(2).check()
    page.get_by_label("Les donner à").select_option("Max Orly")
    expect(other.locator(".one").nth(2).get_by_label("Qui l’a dit")).to_have_value("Max Orly")
    select_words(page, "Personne ne s’y attendait.")
    page.evaluate("getSelection().collapseToStart()")
    page.get_by_role("button", name="Couper ici").click()
    expect(page.locator(".one")).to_have_count(4)
    card = page.locator(".one").nth(1)
    card.get_by_text("Plus").click()
    card.get_by_role("button", name="Joindre au suivant").click()
    expect(page.locator(".one")).to_have_count(3)
    for _ in range(3):
        page.locator("h1").focus()
        page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Enregistré")).to_be_visible()
    expect(page.locator(".one").nth(2).get_by_label("Qui l’a dit")).to_have_value("")
    [path] = (folder / "webinaires").glob("*.md")
    assert Workbook.opened(folder, path.stem).text == path.read_text("utf-8")


def test_nothing_is_typed_into_the_page_or_a_quote(page: Page, bench: str) -> None:
    add(page, bench)
    before = page.locator(".sheet").inner_text()
    page.locator(".sheet p", has_text="Personne").click()
    page.keyboard.type("autre chose")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+x")
    assert page.locator(".sheet").inner_text() == before
    assert page.locator(".one blockquote[contenteditable]").count() == 0


def test_a_file_changed_elsewhere_gives_the_choice(page: Page, bench: str, folder: Path) -> None:
    add(page, bench)
    page.locator(".one").first.get_by_label("Qui l’a dit").select_option("Max Orly")
    expect(page.get_by_role("button", name="Enregistrer")).to_be_enabled()
    [path] = (folder / "webinaires").glob("*.md")
    path.write_text(path.read_text("utf-8") + "\n<!-- ailleurs -->\n", "utf-8")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".conflict")).to_contain_text("ailleurs")
    assert violations(page) == []
    page.get_by_role("button", name="Prendre celle du disque").click()
    expect(page.locator(".one").first.get_by_label("Qui l’a dit")).to_have_value("Ida Roc")
    page.get_by_role("button", name="Défaire").click()
    expect(page.locator(".one").first.get_by_label("Qui l’a dit")).to_have_value("Max Orly")


def test_a_journey_by_keyboard_marks_names_and_saves(page: Page, bench: str, folder: Path) -> None:
    add(page, bench)
    reach(page, ".sheet")
    for _ in range(200):  # to the line of the page, with the arrows of the caret alone
        page.keyboard.press("ArrowDown")
        line = page.evaluate("getSelection().anchorNode.parentElement.closest('p').innerText")
        if "Un ancien a dit" in line:
            break
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Enter")
    expect(page.locator(".one")).to_have_count(4)
    expect(page.locator(".one select:focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("1\u00a0verbatim")
    expect(page.locator(".one.shown select:focus")).not_to_have_value("")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="Enregistré")).to_be_visible()
    [path] = (folder / "webinaires").glob("*.md")
    assert "> Un ancien a dit" in path.read_text("utf-8")


def reach(page: Page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"« {wanted} » cannot be reached with Tab")


def test_a_hostile_page_runs_nothing(page: Page, bench: str) -> None:
    page.add_init_script("window.alert = () => { throw new Error('ran') }")
    hostile = TEXT.replace(
        "planté", '<script>alert(1)</script><img src="http://ailleurs.exemple/x" onerror=alert(2)>'
    )
    add(page, bench, hostile)
    assert page.locator(".sheet img, .sheet script, .one img, .one script").count() == 0
    assert "onerror=alert(2)" in page.locator(".sheet").inner_text()


def test_the_scripts_are_light() -> None:
    import gzip

    static = Path(__file__).parents[2] / "web" / "bench" / "static"
    assert sum(len(gzip.compress(p.read_bytes())) for p in static.glob("*.js")) <= 40_000
    assert shutil.which("chromium") is not None
