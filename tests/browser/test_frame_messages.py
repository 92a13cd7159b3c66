"""What a page with our script believes of the messages that it receives: the least it can."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Screen
from tests.browser.framing import expect_fitted, framing, height_of, inner, until


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen(1000, 900, "light", "no-preference")


HOSTILE = [
    "NaN",
    "Infinity",
    "-Infinity",
    "-50",
    "0",
    "10001",
    "1e300",
    "'300'",
    "'300px; position: fixed'",
    "null",
    "[300]",
    "{valueOf: 300}",
    "300n",
    "undefined",
]


@pytest.mark.parametrize("height", HOSTILE)
def test_a_height_that_is_none_is_ignored(page: Page, host: str, quote: str, height: str) -> None:
    page.goto(framing(host, quote))
    expect_fitted(page)
    before = height_of(page)
    send = "parent.postMessage({type: 'verbatheque-hauteur', height: %s, id: ''}, '*')"
    inner(page).evaluate(send % height)
    page.wait_for_timeout(60)
    assert height_of(page) == before
    inner(page).evaluate(send % "333")  # the way is open: the value alone was refused
    until(page, lambda: height_of(page) == 333)


@pytest.mark.parametrize("message", ["null", "'texte'", "7", "{type: 'autre', height: 300}", "[]"])
def test_a_message_of_another_kind_is_ignored(
    page: Page, host: str, quote: str, message: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(framing(host, quote))
    expect_fitted(page)
    before = height_of(page)
    inner(page).evaluate(f"parent.postMessage({message}, '*')")
    page.wait_for_timeout(60)
    assert (height_of(page), errors) == (before, [])


TELL = "{type: 'verbatheque-hauteur', height: 777, id: ''}"


def test_only_our_frames_are_heard(page: Page, host: str, quote: str) -> None:
    page.goto(framing(host, quote, autre="1"))
    expect_fitted(page)
    before = height_of(page)
    inner(page, 1).evaluate(f"parent.postMessage({TELL}, '*')")  # another frame of the page
    page.evaluate(f"postMessage({TELL}, '*')")  # the page itself
    with page.expect_popup() as opened:
        page.evaluate("open('/ailleurs')")
    opened.value.evaluate(f"opener.postMessage({TELL}, '*')")  # another window
    page.wait_for_timeout(150)
    opened.value.close()
    assert height_of(page) == before
    assert height_of(page, 1) == 222


def test_another_sandboxed_frame_is_not_heard(page: Page, host: str, quote: str) -> None:
    """Its origin is « null », as that of ours: its address tells them apart."""
    page.goto(framing(host, quote, autre="1"))
    expect_fitted(page)
    page.locator("#strange").evaluate("f => { f.sandbox = 'allow-scripts'; f.src = '/ailleurs?' }")
    page.wait_for_timeout(200)
    strange = inner(page, 1)
    assert strange.evaluate("origin") == "null"
    strange.evaluate(f"parent.postMessage({TELL}, '*')")
    page.wait_for_timeout(100)
    assert height_of(page, 1) == 222


def test_a_frame_that_went_elsewhere_is_not_heard(page: Page, host: str, quote: str) -> None:
    page.goto(framing(host, quote, bac=""))
    expect_fitted(page)
    before = height_of(page)
    frame = inner(page)
    frame.goto(f"{host}/ailleurs")
    frame.evaluate(f"parent.postMessage({TELL}, '*')")
    page.wait_for_timeout(100)
    assert height_of(page) == before


def test_a_frame_answers_its_own_parent_only(page: Page, host: str, quote: str) -> None:
    page.goto(framing(host, quote, nu="1", autre="1"))
    inner(page)
    inner(page, 1)
    page.evaluate("heard = 0; addEventListener('message', () => heard++)")
    page.wait_for_timeout(100)
    heard = page.evaluate("heard")
    ask = "postMessage({type: 'verbatheque-mesure'}, '*')"
    inner(page, 1).evaluate(f"parent.frames[0].{ask}")
    page.wait_for_timeout(100)
    assert page.evaluate("heard") == heard
    page.evaluate(f"frames[0].{ask}")
    until(page, lambda: page.evaluate("heard") == heard + 1)


def test_a_host_knows_its_frames_by_the_names_it_gave(page: Page, host: str, quote: str) -> None:
    page.goto(framing(host, quote, nu="1"))
    page.evaluate("heard = []; addEventListener('message', ({data}) => heard.push(data))")
    page.evaluate(
        """() => { const named = document.querySelector("iframe").cloneNode();
          named.name = "premier"; document.body.append(named); }"""
    )
    until(page, lambda: page.evaluate("heard.some(({ id }) => id === 'premier')"))
    told = page.evaluate("heard.find(({ id }) => id === 'premier')")
    assert told["type"] == "verbatheque-hauteur"
    assert told["height"] > 0
