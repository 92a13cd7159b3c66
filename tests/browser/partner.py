"""A site of somebody else, on another port, that shows our frames in several ways."""

from collections.abc import Callable
from html import escape
from urllib.request import urlopen

from flask import Flask, Response, json, request

from tests.web.wordpress import discovered, filtered

SANDBOX = "allow-scripts allow-popups allow-forms"
SECRET = "aZ09aZ09aZ"

# What the script of WordPress does with the messages of its frames, in our own words: it shows
# them at their first word, keeps heights between two bounds, and follows links to their own site.
WORDPRESS_SCRIPT = """
const frames = () => [...document.querySelectorAll("iframe[data-secret]")];
addEventListener("message", ({ data, source }) => {
  if (!data || typeof data.secret !== "string" || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const quote of document.querySelectorAll("blockquote[data-secret]")) {
    if (quote.dataset.secret === data.secret) quote.style.display = "none";
  }
  const frame = frames().find((one) => one.contentWindow === source);
  if (!frame || frame.dataset.secret !== data.secret) return;
  frame.removeAttribute("style");
  if (data.message === "height") {
    frame.height = Math.max(200, Math.min(1000, parseInt(data.value, 10) || 0));
  } else if (data.message === "link") {
    const target = new URL(data.value);
    const isOwn = target.host === new URL(frame.src).host && /^https?:$/.test(target.protocol);
    if (isOwn && document.activeElement === frame) window.top.location.href = target.href;
  }
});
addEventListener("load", () => {
  for (const frame of frames()) {
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }
});
"""


def partner(site_of: Callable[[], str]) -> Flask:
    """The application; its pages trust our address, which may be known later, and nothing else."""
    app = Flask("partner")

    @app.get("/cadres")
    def framing() -> Response:
        """Frames of the addresses `cadre`, in the sandbox `bac`, with our script unless `nu`."""
        site = site_of()
        sandbox = request.args.get("bac", SANDBOX)
        frames = "".join(
            f'<iframe src="{escape(site + address)}" title="Cadre" width="600" height="222"'
            f"{f' sandbox={json.dumps(sandbox)}' if sandbox else ''}></iframe>"
            for address in request.args.getlist("cadre")
        )
        script = "" if "nu" in request.args else f'<script src="{site}/cadre.js"></script>'
        strange = '<iframe id="strange" src="/ailleurs" title="Autre" height="222"></iframe>'
        return _page(site, f"{script}{frames}{strange if 'autre' in request.args else ''}")

    @app.get("/ailleurs")
    def elsewhere() -> Response:
        return _page(site_of(), "<p>Une autre page</p>")

    @app.get("/article")
    def article() -> Response:
        """The address `adresse` pasted in a post: found, asked and filtered as WordPress does."""
        site = site_of()
        with urlopen(site + request.args["adresse"]) as page:
            address = discovered(page.read().decode())["application/json+oembed"]
        with urlopen(address) as answer:
            post = filtered(json.loads(answer.read())["html"], SECRET)
        return _page(site, f'{post}<script src="/wp-embed.js"></script>')

    @app.get("/wp-embed.js")
    def script() -> Response:
        return Response(WORDPRESS_SCRIPT, mimetype="text/javascript")

    return app


def _page(site: str, content: str) -> Response:
    body = (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Un partenaire</title>'
        f"<h1>Notre association</h1>{content}</html>"
    )
    response = Response(body, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' {site}; frame-src 'self' {site}; "
        "style-src 'unsafe-inline'"  # the style with which WordPress hides its frames
    )
    return response
