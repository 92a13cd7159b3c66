"""Pages of a partner that frame ours, and what is read of these frames."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

from playwright.sync_api import Frame, Locator, Page, TimeoutError

TRUE_HEIGHT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


def framing(host: str, *frames: str, **more: str) -> str:
    pairs = [*(("cadre", frame) for frame in frames), *more.items()]
    return f"{host}/cadres?{urlencode(pairs)}"


def inner(page: Page, place: int = 0) -> Frame:
    """The page in a frame, once it is there."""
    frame = page.locator("iframe").nth(place).element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def send(field: Locator) -> None:
    """Press Enter in a frame whose page goes away for its answer.

    Of fifty such keys Chromium acknowledges forty-nine: the process that would is gone with the
    page. What is asked of the answer tells whether the key was heard.
    """
    with suppress(TimeoutError):
        field.press("Enter", timeout=3_000)


def height_of(page: Page, place: int = 0) -> float:
    box = page.locator("iframe").nth(place).evaluate("f => f.clientHeight")
    return float(box)


def expect_fitted(page: Page, place: int = 0) -> None:
    """The frame is as high as the page in it, to a pixel."""
    frame = inner(page, place)
    until(page, lambda: height_of(page, place) == frame.evaluate(TRUE_HEIGHT))


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what no script of the page may look at: its policy forbids to evaluate text."""
    for _ in range(60):
        if is_so():
            return
        page.wait_for_timeout(50)
    assert is_so()
