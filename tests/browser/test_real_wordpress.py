"""What each role pastes in a real WordPress, without our plugin and with it.

The site is the small one, so that its quotes can be corrected and withdrawn meanwhile.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from corpus.settings import Settings
from corpus.site import DERIVED, read_site
from search.live_index import Shelf, open_library
from tests.browser.engines import needed
from tests.browser.framing import TRUE_HEIGHT, height_of, inner, until
from tests.browser.server import served
from tests.browser.wordpress_site import THEMES, WordPress, missing, wordpress
from tests.calling import call
from tests.small_site import publish
from web.app import create_app
from web.cli.options import DONE

pytestmark = pytest.mark.wordpress

ROLES = ("administrator", "editor", "author")
QUOTE = "Une cantine, c’est d’abord des gens."
CORRECTED = "Une cantine, ce sont d’abord des gens."
SAID_BY = "Léa Martin"
AROUND = "<!-- wp:paragraph --><p>Avant.</p><!-- /wp:paragraph -->\n\n{}"

# What is pasted, and what of it should be seen: a field that answers, the quote, or our frame.
ADDRESS = """<!-- wp:embed {{"url":"{0}"}} --><figure class="wp-block-embed">
<div class="wp-block-embed__wrapper">\n{0}\n</div></figure><!-- /wp:embed -->"""
HTML = "<!-- wp:html -->\n{}\n<!-- /wp:html -->"
PLUGIN = {
    "block search": '<!-- wp:verbatheque/recherche {"theme":"alimentation","max":"2"} /-->',
    "block quote": '<!-- wp:verbatheque/citation {"adresse":"SITE/verbatim/citation3"} /-->',
    "shortcode search": '[verbatheque_recherche theme="alimentation" max="2"]',
    "shortcode quote": '[verbatheque_citation adresse="SITE/verbatim/citation3"]',
}
CODES = {  # of the page /integrer
    "element search": ("code-suivi", "theme=alimentation&max=2"),
    "element quote": ("code-suivi", "quoi=citation&citation=citation3"),
    "frame search": ("code-cadre", "theme=alimentation&max=2"),
    "frame quote": ("code-cadre", "quoi=citation&citation=citation3"),
}
ADDRESSES = {
    "address search": "/recherche?q=cantine",
    "address quote": "/verbatim/citation3",
    "address theme": "/theme/alimentation",
}
WITHOUT = (*ADDRESSES, *CODES)
WITH = (*WITHOUT, *PLUGIN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The write-ups of a site that will change, with its index."""
    folder = tmp_path_factory.mktemp("citations") / "site"
    shutil.copytree(Path(__file__).parents[1] / "small", folder)
    (folder / "verbatheque.toml").touch()
    publish(read_site(folder))
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Shelf:
    return open_library(read_site(folder))


@pytest.fixture(scope="module")
def site(library: Shelf) -> Iterator[str]:
    with served(lambda address: create_app(library, Settings(adresse=address))) as address:
        yield address


@pytest.fixture(scope="module")
def host(site: str) -> Iterator[WordPress]:
    """WordPress with the plugin that the site gives, not active yet."""
    needed("WordPress", missing())
    with wordpress() as made:
        with urlopen(f"{site}/verbatheque-wordpress.zip") as archive:
            made.install(archive.read())
        yield made
        ours = [line for line in made.complaints().splitlines() if "plugins/verbatheque" in line]
        assert ours == []


def pasted(site: str, way: str) -> str:
    if way in ADDRESSES:
        return AROUND.format(ADDRESS.format(site + ADDRESSES[way]))
    if way in PLUGIN:
        return AROUND.format(PLUGIN[way].replace("SITE", site))
    form, asked = CODES[way]
    with urlopen(f"{site}/integrer?{asked}") as page:
        found = re.search(rf'<pre [^>]*id="{form}"[^>]*>(.*?)</pre>', page.read().decode(), re.S)
    assert found
    return AROUND.format(HTML.format(unescape(found[1])))


@pytest.fixture(scope="module")
def bare(host: WordPress, site: str) -> dict[tuple[str, str], str]:
    """Posts saved without the plugin: their addresses, by role and way."""
    host.show(THEMES[0], False)
    return {(r, way): host.publish(r, pasted(site, way))[0] for way in WITHOUT for r in ROLES}


@pytest.fixture(scope="module")
def equipped(
    host: WordPress, site: str, bare: dict[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Posts saved with it."""
    host.show(THEMES[0], True)
    return {(r, way): host.publish(r, pasted(site, way))[0] for way in WITH for r in ROLES}


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A page whose console must tell no error meanwhile."""
    told: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            told.append(f"{said.location['url']}: {said.text}")

    window.on("console", note)
    yield window
    window.remove_listener("console", note)
    assert told == []


BOXES = """(kind) => [...document.querySelectorAll("p")].filter((p) => p.textContent === "Avant.")
  .concat(document.querySelector(kind))
  .map((one) => [one.getBoundingClientRect().left, one.offsetWidth])"""


def expect_right(page: Page, way: str) -> None:
    """What was pasted is there, at work, and as wide as the column."""
    form, shown = way.split()
    if form in ("address", "frame"):
        kind = "iframe"
        page.locator("iframe").scroll_into_view_if_needed()
        said = page.frame_locator("iframe").get_by_text(QUOTE if shown == "quote" else "cantine")
        expect(said.first).to_be_visible()
        least = 200 if page.locator("iframe[data-secret]").count() else 0  # as WordPress bounds it
        until(page, lambda: height_of(page) == max(least, inner(page).evaluate(TRUE_HEIGHT)))
    elif shown == "search":
        kind = "verbatheque-recherche"
        page.locator(kind).get_by_role("combobox").fill("cantine")
        expect(page.locator(kind).get_by_role("option").first).to_contain_text("antine")
        expect(page.locator(kind).get_by_role("option")).to_have_count(2)
    else:
        kind = "verbatheque-citation"
        expect(page.locator(f"{kind}[etat=inchangee] blockquote")).to_contain_text(QUOTE)
    column, ours = page.evaluate(BOXES, kind)
    assert ours == column


def scripts(page: Page, site: str) -> set[str]:
    """Our scripts in the page itself."""
    return set(
        page.evaluate(
            "(site) => [...document.scripts].map((s) => s.src).filter((s) => s.startsWith(site))",
            site,
        )
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("way", WITHOUT)
def test_without_the_plugin_a_role_may_paste_what_it_is_told(
    host: WordPress, bare: dict[tuple[str, str], str], page: Page, role: str, way: str, theme: str
) -> None:
    host.show(theme, False)
    page.goto(bare[role, way])
    if role == "author" and not way.startswith("address"):
        assert page.locator("iframe, verbatheque-recherche, verbatheque-citation").count() == 0
    else:
        expect_right(page, way)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("way", WITH)
def test_with_the_plugin_all_that_each_role_pastes_is_right(
    host: WordPress,
    equipped: dict[tuple[str, str], str],
    page: Page,
    site: str,
    role: str,
    way: str,
    theme: str,
) -> None:
    host.show(theme, True)
    page.goto(equipped[role, way])
    expect_right(page, "frame " + way.split()[1] if "address" in way else way)
    is_frame = way.split()[0] in ("address", "frame")
    assert scripts(page, site) == {f"{site}/{'cadre' if is_frame else 'widget'}.js"}
    if way.startswith("address"):
        assert page.locator("iframe").get_attribute("sandbox") is None


def test_a_page_without_our_blocks_loads_no_script_of_ours(
    host: WordPress, equipped: dict[tuple[str, str], str], page: Page, site: str
) -> None:
    host.show(THEMES[0], True)
    address, _ = host.publish("author", AROUND.format("Rien."))
    page.goto(address)
    assert scripts(page, site) == set()


@pytest.fixture
def person(browser: Browser, host: WordPress) -> Iterator[Callable[[str], Page]]:
    """Somebody of a role who has signed in, and has the plugin."""
    host.show(THEMES[0], True)
    with ExitStack() as opened:

        def signed_in(role: str) -> Page:
            context = browser.new_context(viewport={"width": 1200, "height": 900})
            page = opened.enter_context(context).new_page()
            page.goto(f"{host.address}/wp-login.php")
            page.locator("#user_login").fill(role)
            page.locator("#user_pass").fill(role)
            page.locator("#wp-submit").click()
            return page

        yield signed_in


def test_an_author_quotes_in_the_editor(
    host: WordPress, site: str, person: Callable[[str], Page]
) -> None:
    """The editor speaks English, Debian has no French of its scripts; our block speaks French."""
    page = person("author")
    page.goto(f"{host.address}/wp-admin/post-new.php")
    page.get_by_role("textbox", name="Add title").fill("Un article")
    page.keyboard.press("Enter")
    page.keyboard.type("/mot pour mot")
    page.get_by_role("option", name="Citation, mot pour mot").click()
    expect(page.locator(".verbatheque-avis")).to_contain_text(
        f"collez l’adresse d’une citation de {site}"
    )
    page.get_by_label("Adresse de la citation").fill(f"{site}/verbatim/citation3")
    expect(page.locator("verbatheque-citation blockquote")).to_contain_text(QUOTE)
    page.get_by_role("button", name="Publish", exact=True).click()
    panel = page.get_by_role("region", name="Editor publish")
    panel.get_by_role("button", name="Publish", exact=True).click()
    panel.get_by_role("link", name="Un article").click()
    expect(page.locator("verbatheque-citation[etat=inchangee] blockquote")).to_contain_text(QUOTE)


def test_an_administrator_sets_the_colours(
    host: WordPress, site: str, person: Callable[[str], Page]
) -> None:
    page = person("administrator")
    page.goto(f"{host.address}/wp-admin/options-general.php?page=verbatheque")
    expect(page.get_by_label("Adresse du site")).to_have_value(site)
    page.get_by_label("Couleurs des cadres").select_option("sombres")
    page.get_by_label("Couleur des liens et du focus").fill("#802000")
    page.get_by_label("Celle du thème").uncheck()
    page.get_by_role("button", name="Enregistrer les modifications").click()
    expect(page.get_by_label("Couleurs des cadres")).to_have_value("sombres")
    post, _ = host.publish("author", pasted(site, "address search"))
    assert f"{site}/embed?q=cantine&#038;max=3&#038;couleurs=sombres" in source(post)
    post, _ = host.publish("author", pasted(site, "block quote"))
    assert "--verbatheque-accent:#802000" in source(post)
    page.get_by_role("button", name="Redemander maintenant").click()
    expect(page.get_by_role("status")).to_contain_text("est à jour")


def test_an_author_may_not_change_the_settings(
    host: WordPress, person: Callable[[str], Page]
) -> None:
    page = person("author")
    for address in ("options-general.php?page=", "admin-post.php?action=verbatheque_purge&a="):
        answer = page.goto(f"{host.address}/wp-admin/{address}verbatheque")
        assert answer
        assert answer.status == 403


def source(address: str) -> str:
    with urlopen(address) as page:
        return str(page.read(), "utf-8")


def purged(host: WordPress, library: Shelf) -> None:
    """The site takes up what was published, then WordPress asks again as it does each hour."""
    library.look()
    host.run("do_action('verbatheque_purge');")


def kept_anywhere(host: WordPress, words: str) -> int:
    """In how many rows WordPress keeps these words, but for what it lets expire by itself."""
    tables = {"posts": "post_content", "postmeta": "meta_value", "options": "option_value"}
    counts = (
        f"(SELECT COUNT(*) FROM {{$wpdb->{t}}} WHERE {column} LIKE '%{words}%')"
        for t, column in tables.items()
    )
    return int(host.run(f'global $wpdb; echo $wpdb->get_var("SELECT {" + ".join(counts)}");'))


def test_what_is_corrected_or_withdrawn_leaves_wordpress(
    host: WordPress, site: str, folder: Path, library: Shelf
) -> None:
    """Whatever way it was pasted, before the plugin or since; only an address remains."""
    host.run("foreach (get_posts(['numberposts' => -1]) as $post) wp_delete_post($post->ID, true);")
    host.show(THEMES[0], False)
    before, _ = host.publish("author", pasted(site, "address quote"))
    assert QUOTE in source(before)
    host.show(THEMES[0], True)
    pages = [host.publish("author", pasted(site, f"{w} quote"))[0] for w in ("block", "shortcode")]
    pages.append(host.publish("administrator", pasted(site, "element quote"))[0])
    feed = f"{host.address}/?feed=rss2"
    assert [QUOTE in source(page) for page in (*pages, feed)] == [True] * 4

    writeup = next((folder / "webinaires").glob("*cantine.md"))
    writeup.write_text(writeup.read_text("utf-8").replace(QUOTE, CORRECTED), "utf-8")
    publish(read_site(folder))
    purged(host, library)
    assert [CORRECTED in source(page) for page in (*pages, feed)] == [True] * 4
    assert [QUOTE in source(page) for page in (before, *pages, feed)] == [False] * 5

    index = (folder / DERIVED).rename(folder.parent / "elsewhere")
    purged(host, library)  # a site that answers nobody withdraws nothing
    with pytest.raises(HTTPError) as refused:
        source(f"{site}/api/v1/verbatims/citation3")
    refused.value.close()
    assert refused.value.code == 503
    assert [CORRECTED in source(page) for page in pages] == [True] * 3
    index.rename(folder / DERIVED)

    assert call("forget", "--verbatim", "citation3", "--yes", "--site", folder) == DONE
    publish(read_site(folder))
    purged(host, library)
    for page in (before, *pages, feed):
        assert CORRECTED not in source(page)
        assert SAID_BY not in source(page)
    assert kept_anywhere(host, CORRECTED) == kept_anywhere(host, SAID_BY) == 0
