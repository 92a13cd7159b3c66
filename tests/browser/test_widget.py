"""The search embedded in a page of another origin, which trusts our address and nothing else."""

import json
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from search.query import MAX_CHARACTERS
from tests.browser.widget_hosts import NOWHERE, SEARCH, page_of, partner
from web.embed.widget import VERSION, integrity, script

ENTRY = script() or b""
ENGINE = """export async function search(words, options) {
  globalThis.asked = [words, options];
  const said = { kind: "verbatim", speaker: "Ida", webinar: { id: "w", title: "Un webinaire" } };
  return { total: 1, facets: { type: [{ value: "idee", count: 1 }] }, hits: [{
    id: "i1", kind: "idee", text: "Sans serveur.", highlights: [[0, 4]],
    webinar: { id: "w", title: "Un webinaire" },
    key_idea: { number: 2 }, url: "https://citations.example/idee/i1" }],
    par_le_sens: words !== "proche" ? undefined : [
      { ...said, id: "p1", text: "Hors ligne.", via: "sens" },
      { ...said, id: "p2", text: "Sur papier.", via: "que le site invente" },
      { ...said, id: "p3", text: "En trop.", via: "sens" }] };
}"""
HEARD = """window.heard = [];
for (const name of ["question", "reponse", "choix", "recherche", "erreur"])
  addEventListener(`verbatheque-${name}`, (e) => {
    heard.push([name, e.detail.words ?? e.detail.url]);
  });"""
ENGLISH = {
    "label": "Search quotes",
    "bouton": "Search",
    "citations": "{n} quote|{n} quotes",
    "idees": "{n} idea|{n} ideas",
    "rien": "Nothing found.",
    "tout": "See the result|See all {n} results",
}


def search(site: str, more: str = "", src: str | None = None) -> str:
    return SEARCH.format(site=src or site, more=more)


@pytest.fixture(scope="module")
def host_address(site_address: str) -> Iterator[str]:
    """A partner's site, on another port."""
    site = site_address
    sealed = f' integrity="{integrity(ENTRY)}" crossorigin="anonymous"'
    wrong = f' integrity="{integrity(b"")}" crossorigin="anonymous"'
    english = search(site, f"lang=en textes='{json.dumps(ENGLISH)}'")
    english = english.replace('label="Dans leurs webinaires"', "")
    static = search(site, 'statique="@ici/donnees/"').replace(f'src="{site}"', "")
    pages = {
        "": page_of(site, search(site)),
        "sans-reponse": page_of(site, search(site, src=NOWHERE)),
        "trois": page_of(
            site,
            search(site)
            + search(site, 'theme="mobilite"')
            + search(site, 'intervenant="linh-dastugue"'),
        ),
        "epingle": page_of(site, search(site), script=f"/widget-{VERSION}.js", seal=sealed),
        "faux-sceau": page_of(site, search(site), seal=wrong),
        "ancien": page_of(site, search(site), script="/widget-0.0.1.js"),
        "anglais": page_of(site, english),
        "statique": page_of(site, static),
    }
    with partner(site, pages, {"moteur.js": ENGINE}) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        context.add_init_script(HEARD)
        yield context


@pytest.fixture
def page(context: BrowserContext, host_address: str) -> Page:
    page = context.new_page()
    page.goto(host_address)
    return page


def field(page: Page) -> Locator:
    """The field of the first widget, which the focus gives a list."""
    found = page.locator("verbatheque-recherche input[part=champ]").first
    found.focus()
    expect(found).to_have_attribute("aria-controls", "liste")
    return found


def asked(page: Page, words: str, count: int = 3) -> Locator:
    """The options that answer these words."""
    field(page).fill(words)
    options = page.get_by_role("option")
    expect(options).to_have_count(count)
    return options


def test_it_searches_from_another_site(
    context: BrowserContext, host_address: str, site_address: str
) -> None:
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(host_address)
    page.locator("[part=champ]").press_sequentially("habitants", delay=20)
    expect(page.get_by_role("option")).to_have_count(3)
    assert page.locator("mark").count() > 0
    assert complaints == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert all(url.startswith((host_address, site_address)) for url in requests), requests


def test_only_the_first_file_comes_before_the_focus(
    context: BrowserContext, host_address: str, site_address: str
) -> None:
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(host_address)
    page.wait_for_load_state("networkidle")
    assert [url for url in requests if url.startswith(site_address)] == [
        f"{site_address}/widget.js"
    ]
    field(page)
    assert f"{site_address}/widget-recherche-{VERSION}.js" in requests


def test_a_result_is_a_quote_with_who_said_it_and_where(page: Page, site_address: str) -> None:
    option = asked(page, "voiture type:verbatim").first
    expect(option.locator("[part=citation]")).to_contain_text("«\u00a0")
    assert "," in option.locator("[part=qui]").inner_text()  # a name and a role
    assert option.locator("[part=webinaire]").inner_text()
    assert option.locator("a, button, [tabindex]").count() == 0  # nothing to reach in an option
    option.click()
    page.wait_for_url(f"{site_address}/verbatim/*")


def test_the_status_counts_quotes_and_ideas(page: Page) -> None:
    asked(page, "habitants")
    status = page.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ citations, \d+ idées? clés?$"))
    field(page).fill("zzqqxx")
    expect(status).to_have_text("Aucune citation trouvée.")
    expect(page.get_by_role("listbox")).to_have_count(0)  # no empty list


def test_a_screen_reader_meets_a_combobox(page: Page) -> None:
    asked(page, "voiture type:verbatim")
    field(page).press("ArrowDown")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    named = {
        node["role"]["value"]: node for node in nodes if node.get("role") and not node["ignored"]
    }
    box = named["combobox"]
    has = {one["name"]: one["value"].get("value") for one in box["properties"]}
    targets = {one["name"]: one["value"].get("relatedNodes") for one in box["properties"]}
    assert box["name"]["value"] == "Dans leurs webinaires"
    assert (has["autocomplete"], has["hasPopup"], has["expanded"]) == ("list", "listbox", True)
    assert len(targets["activedescendant"]) == 1
    assert len(targets["controls"]) == 1
    assert named["listbox"]["name"]["value"] == "Citations et idées clés"
    options = [node for node in nodes if node.get("role", {}).get("value") == "option"]
    selected = [
        {
            one["name"]: one["value"]["value"]
            for one in node["properties"]
            if "value" in one["value"]
        }
        for node in options
    ]
    assert [one.get("selected") for one in selected] == [True, False, False]
    assert all("«" in node["name"]["value"] for node in options)
    assert "search" in named
    assert "status" in named


def active(page: Page) -> int:
    """The place of the active option, -1 when the field itself is."""
    return int(
        page.evaluate(
            """() => { const root = document.querySelector("verbatheque-recherche").shadowRoot;
              const id = root.querySelector("input").getAttribute("aria-activedescendant");
              return [...root.querySelectorAll("[role=option]")].findIndex((o) => o.id === id); }"""
        )
    )


def test_arrows_go_round_and_the_field_keeps_the_focus(page: Page) -> None:
    asked(page, "habitants")
    box = field(page)
    places = []
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "Home"]:
        box.press(key)
        places.append(active(page))
        expect(box).to_be_focused()
    assert places == [0, 1, 2, -1, 2, 1, -1]
    box.press("ArrowDown")
    box.press("End")
    assert active(page) == -1
    assert box.evaluate("box => box.selectionStart") == len("habitants")


def test_escape_closes_then_empties_then_leaves_the_page_its_own(page: Page) -> None:
    asked(page, "habitants")
    page.evaluate("addEventListener('keydown', (e) => heard.push(e.key))")
    box = field(page)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("habitants")
    box.press("ArrowDown")  # opens again
    expect(page.get_by_role("option")).to_have_count(3)
    box.press("Escape")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    box.press("Escape")
    assert page.evaluate("heard.filter((one) => one === 'Escape').length") == 1


def test_the_focus_may_go_through_the_list_and_out(page: Page) -> None:
    asked(page, "habitants")
    more = page.get_by_role("link", name=re.compile("Voir les"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    if page.get_by_role("listbox").evaluate("(list) => list.matches(':focus')"):
        page.keyboard.press("Tab")  # with large letters it scrolls: Chromium makes it a stop
    expect(more).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_click_beside_an_option_does_not_take_the_focus(page: Page) -> None:
    asked(page, "habitants")
    page.evaluate("addEventListener('verbatheque-choix', (e) => e.preventDefault())")
    page.get_by_role("option").nth(1).click()
    expect(field(page)).to_be_focused()
    assert page.evaluate("heard.at(-1)[0]") == "choix"


def test_enter_follows_the_active_option(page: Page, site_address: str) -> None:
    asked(page, "voiture type:verbatim")
    field(page).press("ArrowDown")
    field(page).press("Enter")
    page.wait_for_url(f"{site_address}/verbatim/*")


@pytest.mark.parametrize("key", ["Control+Enter", "Shift+Enter", "Meta+Enter"])
def test_a_modified_enter_opens_another_tab(page: Page, site_address: str, key: str) -> None:
    asked(page, "voiture type:verbatim")
    field(page).press("ArrowDown")
    with page.context.expect_page() as opened:
        field(page).press(key)
    assert opened.value.url.startswith((f"{site_address}/verbatim/", "about:blank"))
    expect(page.get_by_role("heading", name="Notre association")).to_be_visible()


def test_enter_without_a_choice_opens_the_full_search(page: Page, site_address: str) -> None:
    page.evaluate(
        "document.querySelector('verbatheque-recherche').setAttribute('theme', 'mobilite')"
    )
    field(page).fill("l’eau & le vélo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_address}/recherche?q=*")
    assert page.url.endswith("&theme=mobilite")
    assert page.get_by_role("combobox").input_value() == "l’eau & le vélo"


def test_back_returns_to_the_page_in_one_step(page: Page, host_address: str) -> None:
    before = page.evaluate("history.length")
    for words in ("habitants", "voiture", "eau"):
        field(page).fill(words)
        page.wait_for_timeout(250)
    assert page.evaluate("history.length") == before
    field(page).press("Enter")
    page.wait_for_url("**/recherche?q=eau")
    page.go_back()
    assert page.url == f"{host_address}/"


def test_typing_on_leaves_one_answer(page: Page) -> None:
    """The first answer is held back until the second has come: it must not replace it."""
    held: list[Route] = []
    page.route("**/api/v1/search?q=voiture&*", lambda route: held.append(route))
    box = field(page)
    with page.expect_request("**/api/v1/search?q=voiture&*"):
        box.fill("voiture")
    box.fill("zzqqxx")
    expect(page.get_by_role("status")).to_have_text("Aucune citation trouvée.")
    for route in held:
        route.abort()
    page.wait_for_timeout(300)
    assert page.get_by_role("status").inner_text() == "Aucune citation trouvée."
    assert page.get_by_role("option").count() == 0


def test_one_question_for_a_burst_of_letters(page: Page) -> None:
    questions: list[str] = []
    page.on("request", lambda request: questions.append(request.url))
    box = field(page)
    questions.clear()
    box.evaluate(  # at once: a busy machine may pause between two keys
        """(box) => [..."habitants"].forEach((letter) => {
          box.value += letter; box.dispatchEvent(new InputEvent("input", { bubbles: true })); })"""
    )
    expect(page.get_by_role("option")).to_have_count(3)
    assert len(questions) == 1


def test_what_was_typed_before_the_file_came_is_asked(page: Page) -> None:
    held: list[Route] = []
    page.route("**/widget-recherche-*", lambda route: held.append(route))
    page.locator("[part=champ]").press_sequentially("habitants")
    assert held
    for route in held:
        route.continue_()
    expect(page.get_by_role("option")).to_have_count(3)


def test_without_its_second_file_it_is_a_plain_form(page: Page, site_address: str) -> None:
    page.route("**/widget-recherche-*", lambda route: route.abort())
    page.locator("[part=champ]").fill("vélo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_address}/recherche?q=*")


def test_a_second_file_that_is_not_the_sealed_one_never_runs(page: Page, site_address: str) -> None:
    changed = (script(f"-recherche-{VERSION}") or b"") + b"\nglobalThis.heard.push('altered');"
    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
    page.route("**/widget-recherche-*", lambda route: route.fulfill(body=changed, headers=headers))
    page.locator("[part=champ]").fill("vélo")
    page.wait_for_timeout(300)
    assert page.evaluate("heard") == []
    expect(page.locator("[part=champ]")).not_to_have_attribute("aria-controls", "liste")


def test_emptying_the_field_empties_the_answer(page: Page) -> None:
    asked(page, "habitants")
    field(page).fill("")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")


def test_attributes_are_live(page: Page) -> None:
    asked(page, "voiture")
    widget = page.locator("verbatheque-recherche")
    widget.evaluate("w => w.setAttribute('max', '1')")
    expect(page.get_by_role("option")).to_have_count(1)
    widget.evaluate(
        "w => { w.setAttribute('label', 'Chercher ici'); w.setAttribute('placeholder', 'eau') }"
    )
    expect(page.get_by_label("Chercher ici")).to_have_attribute("placeholder", "eau")
    with page.expect_request("**/api/v1/search?q=voiture*&theme=mobilite&theme=emploi&*tri=date*"):
        widget.evaluate(
            "w => { w.setAttribute('theme', 'mobilite, emploi'); w.setAttribute('tri', 'date') }"
        )
    widget.evaluate("w => { w.textes = { bouton: 'Allez' } }")
    expect(page.get_by_role("button")).to_have_text("Allez")


def test_every_text_may_be_in_another_language(context: BrowserContext, host_address: str) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/anglais")
    box = page.get_by_label("Search quotes")
    box.fill("habitants")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ quotes, \d+ ideas?$"))
    expect(page.get_by_role("link")).to_have_text(re.compile(r"See all \d+ results"))
    assert page.locator("[part=tout]").first.get_attribute("lang") == "en"
    assert page.locator("[part=citation]").first.get_attribute("lang") == "fr"


def test_three_widgets_answer_for_themselves(context: BrowserContext, host_address: str) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/trois")
    fields = page.locator("[part=champ]")
    expect(fields).to_have_count(3)
    totals = []
    for place in range(3):
        fields.nth(place).fill("voiture")
        widget = page.locator("verbatheque-recherche").nth(place)
        expect(widget.get_by_role("status")).to_have_text(re.compile(r"^\d+ citation"))
        totals.append(widget.get_by_role("status").inner_text())
        expect(page.get_by_role("listbox")).to_have_count(1)  # the others are closed
    assert len(set(totals)) == 3


def test_the_page_hears_what_happens(page: Page) -> None:
    asked(page, "habitants")
    field(page).fill("a" * (MAX_CHARACTERS + 1))
    expect(page.get_by_role("status")).to_contain_text(f"{MAX_CHARACTERS} caractères")
    names = [name for name, _ in page.evaluate("heard")]
    assert names == ["question", "reponse", "question", "erreur"]
    link = page.get_by_role("link", name="Chercher sur le site")
    assert "/recherche?q=aaa" in (link.get_attribute("href") or "")


def test_no_answer_is_said_and_told_to_the_page(context: BrowserContext, host_address: str) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/sans-reponse")
    field(page).fill("vélo")
    expect(page.get_by_role("status")).to_have_text("La recherche ne répond pas.")
    expect(page.get_by_role("link", name="Chercher sur le site")).to_be_visible()
    assert ["erreur", "vélo"] in page.evaluate("heard")


def test_a_static_index_answers_instead_of_the_site(
    context: BrowserContext, host_address: str
) -> None:
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{host_address}/statique")
    page.locator("verbatheque-recherche").evaluate("w => w.setAttribute('theme', 'eau')")
    field(page).fill("serveur")
    expect(page.get_by_role("option")).to_have_text(re.compile("Sans serveur."))
    expect(page.get_by_role("status")).to_have_text("1 idée clé")
    words, options = page.evaluate("asked")
    assert (words, options["limit"], options["theme"]) == ("serveur", 3, ["eau"])
    assert not [url for url in requests if "/api/" in url]


def test_quotes_near_by_meaning_fill_the_room_left_and_say_so(
    context: BrowserContext, host_address: str
) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/statique")
    page.locator("verbatheque-recherche").evaluate("w => w.setAttribute('sens', 'oui')")
    options = asked(page, "proche")  # three are shown
    expect(options.nth(1)).to_have_text(re.compile(r"Hors ligne\.\s»\s*Proche par le sens"))
    expect(options.nth(2).locator("[part=raison]")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("1 idée clé")
    assert page.evaluate("asked[1].sens") == ["oui"]


@pytest.mark.parametrize(
    ("path", "is_defined"), [("epingle", True), ("faux-sceau", False), ("ancien", False)]
)
def test_a_page_may_pin_a_version_by_its_seal(
    context: BrowserContext, host_address: str, path: str, is_defined: bool
) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("!!customElements.get('verbatheque-recherche')") is is_defined
    kind: Literal["combobox", "searchbox"] = "combobox" if is_defined else "searchbox"
    expect(page.get_by_role(kind, name="Dans leurs webinaires")).to_be_visible()
    if is_defined:
        asked(page, "habitants")


def test_without_scripts_it_is_a_form_of_our_site(
    browser: Browser, host_address: str, site_address: str
) -> None:
    with browser.new_context(java_script_enabled=False, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(host_address)
        page.get_by_role("searchbox", name="Dans leurs webinaires").fill("voiture")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site_address}/recherche?q=voiture")


def test_words_never_become_markup(page: Page) -> None:
    attack = "<img src=x onerror=alert(1)>"
    hit = {
        "id": "x",
        "kind": "verbatim",
        "text": f"🚲🚲 {attack}",
        "highlights": [[0, 2]],
        "speaker": attack,
        "role": None,
        "webinar": {"id": "w", "title": attack},
        "key_idea": None,
    }
    page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(
            json={"total": 1, "hits": [hit]}, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    option = asked(page, "x", count=1)
    assert page.locator("mark").inner_text() == "🚲🚲"
    assert page.locator("verbatheque-recherche img").count() == 0
    assert attack in option.locator("[part=citation]").inner_text()
