"""Partners' pages on another origin, each with a style of its own, that trust our address only."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response

from tests.browser.server import served

NOWHERE = "http://127.0.0.1:9"  # a port that nobody serves

STYLES = {
    "simple": "body { max-width: 40rem; margin: 2rem auto; }",
    "wordpress": """
      body { margin: 0; font: 20px/1.7 Georgia, serif; color: #28303d; background: #d1e4dd; }
      main { max-width: 38rem; margin: 0 auto; padding: 30px; background: #fff; }
      h1, h2 { font-weight: 300; } a { color: #28303d; }
      input, button { border: 3px solid #39414d; padding: 10px; border-radius: 0; width: 100%;
        text-transform: uppercase; } button { background: #28303d; color: #d1e4dd; }
      label { font-size: 14px; } form { margin: 40px; } p, ul, ol { margin: 0 0 30px; }
      blockquote { border-left: 2px solid; padding: 0 0 0 20px; margin: 30px 0; }
      mark { color: red; }""",
    "sombre": """
      body { max-width: 40rem; margin: 2rem auto; font-family: system-ui; color: #e8e6e3;
        background: #14181d; } a { color: #9ecbff; }""",
    "hostile": """
      * { all: unset !important; }
      head, title, script { display: none !important; }
      div, input, form, label { visibility: hidden !important; opacity: 0 !important; }""",
}

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Un partenaire</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/{style}.css">
<script type="module" src="{script}"{seal}></script></head>
<body><main><h1>Notre association</h1>
{content}
<p id="suite">La suite de la page.</p></main></body></html>"""

SEARCH = """<verbatheque-recherche src="{site}" max="3" label="Dans leurs webinaires" {more}>
  <form action="{site}/recherche" role="search"><label>Dans leurs webinaires
  <input name="q" type="search"></label> <button>Rechercher</button></form>
</verbatheque-recherche>"""

CITATION = """<verbatheque-citation src="{site}/verbatim/{id}">
  <blockquote cite="{site}/verbatim/{id}"><p>« {text} »</p></blockquote>
  <p><cite><a href="{site}/verbatim/{id}">{speaker}</a></cite></p>
</verbatheque-citation>"""


def policy_for(*origins: str) -> str:
    """What a severe page allows: nothing, but its own style sheet and these origins."""
    trusted = " ".join(origins)
    return (
        f"default-src 'none'; style-src 'self'; script-src {trusted}; connect-src {trusted}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def page_of(
    site: str, content: str, style: str = "simple", script: str = "", seal: str = ""
) -> str:
    """A page of a partner."""
    address = f"{site}{script or '/widget.js'}"
    return PAGE.format(style=style, script=address, seal=seal, content=content)


@contextmanager
def partner(site: str, pages: dict[str, str], scripts: dict[str, str]) -> Iterator[str]:
    """Serve pages, style sheets and a few scripts on a port of its own."""

    def app_at(address: str) -> Flask:
        app = Flask("partner")

        @app.get("/<style>.css")
        def sheet(style: str) -> Response:
            return Response(STYLES[style], mimetype="text/css")

        @app.get("/", defaults={"name": ""})
        @app.get("/<name>")
        def page(name: str) -> Response:
            response = Response(pages[name].replace("@ici", address), mimetype="text/html")
            policy = policy_for(site, address, NOWHERE)
            response.headers["Content-Security-Policy"] = policy
            return response

        @app.get("/favicon.ico")
        def icon() -> Response:
            return Response(status=204)

        @app.get("/donnees/<name>")
        def engine(name: str) -> Response:
            return Response(scripts[name], mimetype="text/javascript")

        return app

    with served(app_at) as address:
        yield address
