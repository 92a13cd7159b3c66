"""The criteria of web/accessibility.py that a machine can check, and what WCAG 2.2 adds to them."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Screen
from tests.browser.page_kinds import KINDS

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => (one.open = true))"
# Of radio buttons, Tab reaches the one that is chosen; arrows go to the others.
FOCUSABLE = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((it) => it.type !== "hidden" && (it.type !== "radio" || it.checked) && it.tabIndex >= 0
    && it.checkVisibility())"""
INNER = 12  # what widgets, frames and regions that scroll may hold


@pytest.fixture(scope="module", params=KINDS)
def opened(
    request: pytest.FixtureRequest, screen: Screen, site_address: str, addresses: dict[str, str]
) -> Page:
    page = screen(1280, 800, "light", "reduce")
    page.goto(site_address + addresses[request.param])
    page.evaluate(OPEN_ALL)
    return page


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen(1280, 800, "light", "no-preference")


def test_a_frame_has_a_title(opened: Page) -> None:
    """On the page, and in the code that other sites are given to copy."""
    untitled = opened.evaluate(
        """() => [...document.querySelectorAll("iframe:not([title])")].map((it) => it.outerHTML)
          .concat([...document.querySelectorAll("pre, code, textarea")]
            .flatMap((it) => (it.value ?? it.textContent).match(/<iframe[^>]*>/g) ?? [])
            .filter((tag) => !/ title=/.test(tag)))"""
    )
    assert untitled == []


def test_the_title_of_the_frame_says_what_it_holds(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/integrer")
    assert page.locator("iframe").get_attribute("title") == "Rechercher une citation"
    quote = page.request.get(f"{site_address}/api/v1/search?type=verbatim").json()["hits"][0]
    page.goto(
        f"{site_address}/integrer?quoi=citation&citation={site_address}/verbatim/{quote['id']}"
    )
    title = page.locator("iframe").get_attribute("title")
    assert title is not None
    assert quote["speaker"] in title


def test_a_link_says_where_it_leads(opened: Page) -> None:
    """No name is empty or vague; links of one name and sentence, in one part, lead to one place."""
    links = opened.evaluate(
        """() => [...document.querySelectorAll("a[href]")].map((it) => [
          it.getAttribute("aria-label") ?? it.textContent,
          it.closest("p, li, td, dd, h2, h3")?.textContent,
          it.closest("section, nav, aside")?.querySelector("h2, h3")?.textContent]
          .map((text) => (text ?? "").replace(/\\s+/g, " ").trim())
          .concat(it.href.baseVal ?? it.href))"""
    )
    places: dict[tuple[str, str, str], set[str]] = {}
    for name, sentence, part, place in links:
        assert name
        assert name.lower() not in {"ici", "cliquez ici", "lire la suite", "en savoir plus", "lien"}
        places.setdefault((name, sentence, part), set()).add(place)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_headings_and_landmarks_give_the_plan(opened: Page) -> None:
    levels = opened.evaluate(
        "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((it) => +it.tagName[1])"
    )
    assert levels.count(1) == 1
    levels = levels[levels.index(1) :]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    for landmark in ("banner", "main", "contentinfo", "search"):
        assert opened.get_by_role(landmark).count() >= 1, landmark
    assert opened.locator("a.skip[href='#contenu']").count() == 1


def test_lists_hold_items_only(opened: Page) -> None:
    wrong = """[...document.querySelectorAll("ul, ol")]
      .filter((it) => !it.children.length || [...it.children].some((one) => one.tagName !== "LI"))
      .map((it) => it.outerHTML.slice(0, 120))"""
    assert opened.evaluate(wrong) == []


def test_what_was_said_is_a_quotation(opened: Page) -> None:
    """The words of people stand in a `blockquote`, or in the sentence of a citation or a list."""
    outside = """[...document.querySelectorAll(".quote, article.verbatim .words")]
      .filter((it) => !it.closest("blockquote, q")).length"""
    assert opened.evaluate(outside) == 0


def test_fields_and_buttons_have_names(opened: Page) -> None:
    unnamed = opened.evaluate(
        """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
          .filter((it) => ![...it.labels].some((label) => label.textContent.trim()))
          .concat([...document.querySelectorAll("button")].filter((it) => !it.textContent.trim()))
          .map((it) => it.outerHTML.slice(0, 120))"""
    )
    assert unnamed == []


def test_a_label_says_what_its_field_takes(opened: Page) -> None:
    """11.2: words that name one thing, alone of their form, and shown (or the only field there)."""
    labels = opened.evaluate(
        """() => [...document.querySelectorAll("form, [role=radiogroup]")].flatMap((form, at) =>
          [...form.querySelectorAll("input:not([type=hidden]), textarea, select")]
            .filter((it) => !it.closest("form .trap"))
            .map((it) => [at, [...it.labels].map((one) => one.textContent.trim()).join(" ")]))"""
    )
    assert len({(form, label) for form, label in labels}) == len(labels), labels
    vague = {"champ", "texte", "valeur", "saisie", "option", "choix", "recherche", "nom"}
    assert [label for _, label in labels if len(label) < 3 or label.lower() in vague] == []


def test_the_keyboard_reaches_all_in_order_and_leaves(opened: Page) -> None:
    """Each focusable element, once, in the order of the page; then the first again: no trap."""
    for frame in opened.locator("iframe").all():  # it comes when it is near, and keys wait for it
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("body > *").first.wait_for()
    opened.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    opened.evaluate(f"() => {{ {FOCUSABLE}.forEach((it, at) => (it.dataset.at = at)); }}")
    count = opened.evaluate(f"{FOCUSABLE}.length")
    reached: list[int] = []
    while reached.count(0) < 2 and len(reached) <= count:
        at = None
        for _ in range(INNER):
            opened.keyboard.press("Tab")
            at = opened.evaluate("document.activeElement.dataset.at")
            if at is not None:
                break
        assert at is not None, f"nothing more is reached after {reached}"
        reached.append(int(at))
    assert reached == [*range(count), 0]


def test_the_focus_is_never_under_something(opened: Page) -> None:
    """WCAG 2.4.11: what has the focus is seen, at least in part."""
    hidden = opened.evaluate(
        f"""() => {FOCUSABLE}.filter((it) => {{ it.focus();
          const box = it.getClientRects()[0];
          return ![2, box.height / 2, box.height - 2].some((down) => {{
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + down);
            return top && (it.contains(top) || top.contains(it)); }}); }})
          .map((it) => it.outerHTML.slice(0, 120))"""
    )
    assert hidden == []


def test_no_window_opens_unasked(opened: Page) -> None:
    assert opened.locator("[target]:not([target=_self])").count() == 0
    assert len(opened.context.pages) == 1


def test_each_page_has_a_title_of_its_own(
    page: Page, site_address: str, addresses: dict[str, str]
) -> None:
    titles: dict[str, str] = {}
    for kind in KINDS:
        page.goto(site_address + addresses[kind])
        titles[kind] = page.title()
        assert page.evaluate("document.documentElement.lang") == "fr"
    same_words = {"each", "explained"}  # the same search, shown in another way
    told = [title for kind, title in titles.items() if kind not in same_words]
    assert all(told)
    assert len(set(told)) == len(told), titles


def test_what_shows_on_hover_or_focus_can_be_sent_away(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/")
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_be_focused()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_open_suggestions_hold_nobody(page: Page, site_address: str, key: str) -> None:
    page.goto(f"{site_address}/")
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press(key)
    expect(field).not_to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_mistake_in_the_form_is_said_in_words(page: Page, site_address: str) -> None:
    """The fault first, what to do, a link to the field; the title says it too."""
    page.goto(f"{site_address}/proposer")
    page.get_by_role("button", name="Envoyer la proposition").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Rien n’a été envoyé")
    assert len(alert.inner_text()) > len("Rien n’a été envoyé. Corrigez le formulaire.")
    assert page.title().startswith("Envoi refusé")
    alert.get_by_role("link", name="le formulaire").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form.proposal') !== null")


def test_a_field_says_beforehand_what_it_takes(page: Page, site_address: str) -> None:
    """11.10: each field that wants a form of its own says it before, bound to the field."""
    page.goto(f"{site_address}/proposer")
    for label in ("Fichier", "Adresse de la page d’origine", "Note pour l’éditeur, facultative"):
        field = page.get_by_label(label, exact=True)
        hint = page.locator(f"#{field.get_attribute('aria-describedby')}")
        assert hint.inner_text()


def test_the_copy_is_made_and_said_by_the_keyboard(
    browser: Browser, site_address: str, addresses: dict[str, str]
) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(site_address + addresses["verbatim"])
        button = page.get_by_role("button", name="Copier la citation", exact=True)
        while not button.evaluate("(it) => it === document.activeElement"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_text("Citation copiée")).to_be_visible()
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert page.locator(".said .words").inner_text() in copied


@pytest.mark.parametrize("width", [1280, 320])
def test_forced_colours_keep_the_focus_and_the_marks(
    browser: Browser, site_address: str, width: int
) -> None:
    with browser.new_context(
        forced_colors="active", viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        page.goto(f"{site_address}/recherche?q=habitants")
        page.get_by_role("button", name="Rechercher").focus()
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"
        mark, paper = page.evaluate(
            """() => [document.querySelector("mark"), document.body]
              .map((it) => getComputedStyle(it).backgroundColor)"""
        )
        assert mark != paper


def test_doubled_text_loses_nothing(page: Page, site_address: str) -> None:
    """WCAG 1.4.4: at 200 % no text is cut by its own box."""
    page.goto(f"{site_address}/recherche?q=habitants")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    cut = """[...document.querySelectorAll("main :is(a, p, h1, h2, li, button)")]
      .filter((it) => it.checkVisibility() && !it.closest(".unseen"))
      .filter((it) => getComputedStyle(it).overflow !== "visible")
      .filter((it) => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
      .map((it) => it.outerHTML.slice(0, 120))"""
    assert page.evaluate(cut) == []


def test_a_still_page_for_whoever_asks(browser: Browser, site_address: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{site_address}/recherche?q=habitants")
        moving = """[...document.querySelectorAll("*")].filter((it) => {
          const { transitionDuration, animationName } = getComputedStyle(it);
          return animationName !== "none" || parseFloat(transitionDuration) > 0; }).length"""
        assert page.evaluate(moving) == 0
