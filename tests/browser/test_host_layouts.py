"""The elements in the layouts of their hosts: blocks, where their column is and as wide."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response

from tests.browser.engines import Engine
from tests.browser.server import served
from tests.browser.widget_hosts import CITATION, SEARCH

SAID = "Il faut le dire avec assez de mots pour remplir plus d’une ligne. " * 4
ELEMENTS = {
    "verbatheque-recherche": SEARCH,
    "verbatheque-citation": CITATION,
}
PAGE = """<!doctype html><html lang="fr"><title>Un partenaire</title>
<script type="module" src="{site}/widget.js"></script>
<style>body {{ margin: 0 20px }} main {{ width: 900px }} aside {{ display: none }} {style}</style>
<main><aside>À côté</aside>{content}</main>"""

# From the left of a column of 900 pixels, in which a note may stand beside: where, how wide.
BESIDE = "aside { display: block; width: 200px; flex: none; height: 50px }"
LAYOUTS = {
    "flow": ("", 0, 900),
    "a narrow screen": ("main { width: 320px }", 0, 320),
    "a centred column": ("main > * { max-width: 644px; margin: 9px auto !important }", 128, 644),
    "margins": ("main > * { margin: 0 50px; padding: 0 15px; border: 1px solid }", 50, 800),
    "flex": (f"main {{ display: flex; gap: 20px }} {BESIDE}", 220, 680),
    "flex, upright": ("main { display: flex; flex-flow: column; align-items: center }", 0, 900),
    "flex, wrapped": ("main { display: flex; flex-wrap: wrap; justify-content: end }", 0, 900),
    "grid": (
        "main { display: grid; grid-template-columns: 200px 1fr; justify-items: start } "
        f"{BESIDE}",
        200,
        700,
    ),
    "columns": (
        "main { columns: 2; column-gap: 40px; column-fill: auto; height: 300px } "
        f"{BESIDE} main > :last-child {{ max-width: 400px }} aside {{ height: 300px }}",
        470,
        400,
    ),
    "a table": ("main { display: table-cell; width: 480px; min-width: 480px }", 0, 480),
    "out of the flow": ("main { position: absolute; width: 600px }", 0, 600),
    "from right to left": (
        "main { direction: rtl } main > :last-child { max-width: 600px }",
        300,
        600,
    ),
    "zoomed to 200 %": ("main { zoom: 2; width: 450px }", 0, 450),
}
PLACE = """
  const [main, element] = ["main", arguments[0]].map((name) => document.querySelector(name));
  const [column, own] = [main, element].map((one) => one.getBoundingClientRect());
  const scale = column.width / parseFloat(getComputedStyle(main).width);
  return [own.left - column.left, own.width].map((size) => Math.round(size / scale));"""


@pytest.fixture(scope="module")
def host_address(site_address: str) -> Iterator[str]:
    """A page of each element in each layout."""
    given = {"site": site_address, "id": "4c7a8abbeb", "text": SAID, "speaker": "Une personne"}

    def app_at(_address: str) -> Flask:
        app = Flask("layouts")

        @app.get("/<layout>/<element>")
        def page(layout: str, element: str) -> Response:
            content = ELEMENTS[element].format(**given, more="")
            style = LAYOUTS[layout][0]
            return Response(PAGE.format(site=site_address, style=style, content=content))

        @app.get("/favicon.ico")
        def icon() -> Response:
            return Response(status=204)

        return app

    with served(app_at) as address:
        yield address


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_element_fills_its_column(
    calm: Engine, host_address: str, layout: str, element: str
) -> None:
    calm.open(f"{host_address}/{layout}/{element}")
    # Only once its quote is checked: a page that is left while it loads a script tells an error.
    calm.until("document.querySelector(arguments[0]).shadowRoot?.querySelector('p')", element)
    assert calm.run(PLACE, element) == list(LAYOUTS[layout][1:])
