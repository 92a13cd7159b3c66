"""The Flask application: given where readings are had and the settings of a site."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.counting import counted, decimal, number
from corpus.settings import Settings
from corpus.typography import slug_from
from search.library import Library
from web import (
    api,
    api_lists,
    basket_pages,
    embedding,
    frames,
    oembed,
    openapi,
    outlets,
    pages,
    proposing,
    widget,
)
from web.basket import Basket, basket_address, carry_on, page_with, shown_basket
from web.errors import register_errors
from web.foreign_words import pieces_of
from web.headers import secure, share
from web.journal import register_journal
from web.links import citation_line, moment_link, safe_link
from web.reading import close_reading
from web.recent_pages import RecentPages
from web.typography import (
    asked,
    clock,
    date_in_words,
    paragraphs,
    percent,
    quoted,
    reading_time,
)

MAX_BODY = 64 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # a monitor on the machine itself
STATIC_AGE = 3600  # seconds; the address of a file changes with its content

FILTERS: dict[str, Callable[..., object]] = {
    "asked": asked,
    "clock": clock,
    "counted": counted,
    "date_in_words": date_in_words,
    "decimal": decimal,
    "number": number,
    "paragraphs": paragraphs,
    "percent": percent,
    "quoted": quoted,
    "reading_time": reading_time,
    "safe_link": safe_link,
    "slug": slug_from,
}


def create_app(library: Library, settings: Settings) -> Flask:
    """Make the application; nothing is opened before a page needs it."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, SEND_FILE_MAX_AGE_DEFAULT=STATIC_AGE)
    app.url_map.strict_slashes = False
    app.extensions["library"] = library
    app.extensions["settings"] = settings
    app.extensions["recent_pages"] = RecentPages()
    app.teardown_appcontext(close_reading)
    register_journal(app)
    app.after_request(share)
    app.after_request(secure)
    _know_the_way_here(app, settings)
    register_errors(app)
    app.register_blueprint(pages.bp)
    app.register_blueprint(api.bp)
    app.register_blueprint(api_lists.bp)
    app.register_blueprint(openapi.bp)
    app.register_blueprint(widget.bp)
    app.register_blueprint(embedding.bp)
    app.register_blueprint(frames.bp)
    app.register_blueprint(oembed.bp)
    app.register_blueprint(basket_pages.bp)
    app.register_blueprint(proposing.bp)
    app.url_defaults(carry_on)
    _prepare_templates(app, settings)
    outlets.open_to(app)
    return app


def _know_the_way_here(app: Flask, settings: Settings) -> None:
    """Believe the proxies that were declared, and answer to our own names only."""
    server = settings.serveur
    if server.relais:
        fixed = ProxyFix(app.wsgi_app, x_for=server.relais, x_proto=server.relais)
        app.wsgi_app = fixed  # type: ignore[method-assign]
    if server.hotes:
        own = urlsplit(settings.adresse).hostname or ""
        app.config["TRUSTED_HOSTS"] = [*server.hotes, *filter(None, [own]), *LOOPBACK]


def _prepare_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=asset,
        discoveries=oembed.discoveries,
        frame_sandbox=frames.SANDBOX,
        basket_address=basket_address,
        empty_basket=Basket(),
        page_with=page_with,
        shown_basket=shown_basket,
        citation_line=citation_line,
        pieces_of=partial(pieces_of, words=settings.langues),
        moment_link=moment_link,
        site=settings,
    )


def asset(name: str) -> str:
    """The address of one of our static files, which changes when the file does."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return sha256(content).hexdigest()[:8]
