"""What the browser loads: its weight and its contrasts."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
STYLES = (WEB / "static" / "site.css").read_text("utf-8")
FRAME_STYLES = (WEB / "static" / "embed.css").read_text("utf-8")
FRAME_FILES = {WEB / "static" / name for name in ("embed.css", "embed.js", "cadre.js")}
WIDGET = (WEB / "static" / "widget.js").read_text("utf-8")

PAIRS = [  # text colour, ground, least ratio
    ("ink", "paper", 7),
    ("ink", "wash", 7),
    ("soft", "paper", 4.5),
    ("soft", "wash", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "wash", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-mark", "mark", 4.5),
    ("edge", "paper", 3),
]


def test_the_sheet_and_the_widget_are_light() -> None:
    assert len(STYLES.encode()) < 22_000
    assert len(gzip.compress(WIDGET.encode(), 9)) < 4_000


def test_all_that_a_page_may_load_is_light() -> None:
    """What other sites load apart: the widget, the frames and the exports have their budgets."""
    static = WEB / "static"
    ours = {*static.glob("*.css"), *static.glob("*.js")}
    elsewhere = {*static.glob("widget*.js"), *static.glob("moteur*.js"), *FRAME_FILES}
    assert zipped(ours - elsewhere) < 12_000


def test_a_frame_loads_little() -> None:
    assert zipped(WEB / "static" / name for name in ("embed.css", "embed.js")) < 3_000
    assert zipped([WEB / "static" / "cadre.js"]) < 800


def zipped(files: Iterable[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_frames_have_the_colours_of_the_site() -> None:
    pattern = r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);"
    framed = {name: pair for name, *pair in re.findall(pattern, FRAME_STYLES)}
    light, dark = colours("light"), colours("dark")
    assert framed == {name: [light[name], dark[name]] for name in light}


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme: dark ones replace some of the light ones."""
    blocks = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in _roots()]
    return blocks[0] if scheme == "light" else blocks[0] | blocks[1]


def _roots() -> list[str]:
    return re.findall(r":root \{(.*?)\}", STYLES, re.DOTALL)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_contrast_is_enough(scheme: str, text: str, ground: str, least: float) -> None:
    named = colours(scheme)
    assert contrast(named[text], named[ground]) >= least


def test_colours_are_named_in_one_place() -> None:
    screen = STYLES.split("@media print")[0]
    rest = re.sub(r":root \{.*?\}", "", screen, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b", rest)
