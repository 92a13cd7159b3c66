"""The Flask application: given where readings are had and the settings of a site."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.settings import Settings
from corpus.typography import counted, decimal, number, slug_from
from search.views import Library
from web import api, basket, exports, feeds, openapi, pages, proposing
from web.access_log import register_journal
from web.basket import Basket, basket_address, carry_on, page_with, shown_basket
from web.cite import downloads
from web.cite.card import WIDE
from web.cite.forms import linked_data
from web.embed import chooser, frames, oembed, widget
from web.errors import register_errors
from web.headers import secure, share
from web.links import (
    citation_line,
    mail_link,
    moment_link,
    passage_link,
    safe_link,
    webinar_mail_link,
)
from web.page_cache import RecentPages
from web.reading import close_reading
from web.typography import (
    asked,
    clock,
    date_in_words,
    paragraphs,
    percent,
    pieces_of,
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
    app.register_blueprint(api.lists)
    app.register_blueprint(openapi.bp)
    app.register_blueprint(widget.bp)
    app.register_blueprint(chooser.bp)
    app.register_blueprint(frames.bp)
    app.register_blueprint(oembed.bp)
    app.register_blueprint(basket.bp)
    app.register_blueprint(proposing.bp)
    app.url_defaults(carry_on)
    _prepare_templates(app, settings)
    open_to(app)
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


def open_to(app: Flask) -> None:
    """Add them to the application, and to its templates the links that lead to them."""
    for outlet in (
        downloads.bp,
        exports.bp,
        feeds.atom,
        feeds.browser,
        downloads.pictures,
        feeds.sitemap,
    ):
        app.register_blueprint(outlet)
    app.jinja_env.globals.update(
        export_address=exports.export_address,
        feed_address=feeds.feed_address,
        has_png=downloads.has_png,
        linked_data=linked_data,
        mail_link=mail_link,
        max_exported=exports.MAX_ROWS,
        passage_link=passage_link,
        webinar_mail_link=webinar_mail_link,
        picture_format=WIDE,
        written_forms=downloads.written_forms,
    )
