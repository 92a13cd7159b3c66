"""The Flask application: given where readings are had and the settings of a site."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.settings import Settings
from corpus.typography import counted, decimal, in_sentence, number, slug_from, spaced
from search.live_index import Shelf
from web import api, basket_files, exports, feeds, openapi, pages, proposing
from web.access_log import register_journal
from web.addresses import (
    asset,
    discoveries,
    export_address,
    feed_address,
    other_view,
    page_with,
    remembered_addresses,
)
from web.basket import Basket, basket_address, shown_basket
from web.cite import downloads
from web.cite.card import WIDE
from web.cite.forms import linked_data
from web.embed import chooser, frames, widget, wordpress
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
from web.settings import current_settings
from web.typography import (
    asked,
    clock,
    date_in_words,
    found_in_words,
    paragraphs,
    percent,
    pieces_of,
    quoted,
    reading_time,
)

MAX_BODY = 64 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # a monitor on the machine itself
STATIC_AGE = 3600  # seconds; the address of a file changes with its content

BLUEPRINTS = (
    *(basket_files, pages, proposing, api, openapi, exports, feeds, downloads),
    *(widget, chooser, frames, wordpress),
)
FILTERS: dict[str, Callable[..., object]] = {
    "asked": asked,
    "clock": clock,
    "counted": counted,
    "date_in_words": date_in_words,
    "decimal": decimal,
    "found_in_words": found_in_words,
    "in_sentence": in_sentence,
    "number": number,
    "paragraphs": paragraphs,
    "percent": percent,
    "quoted": quoted,
    "reading_time": reading_time,
    "safe_link": safe_link,
    "slug": slug_from,
    "spaced": spaced,
}


def create_app(library: Shelf, settings: Settings) -> Flask:
    """Make the application; nothing is opened before a page needs it."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, SEND_FILE_MAX_AGE_DEFAULT=STATIC_AGE)
    app.url_map.strict_slashes = False
    app.extensions["address"] = remembered_addresses(app)
    app.extensions["library"] = library
    app.extensions["settings"] = settings
    app.extensions["recent_pages"] = RecentPages()
    app.teardown_appcontext(close_reading)
    for module in BLUEPRINTS:  # before what may refuse: an error page carries the basket on too
        app.register_blueprint(module.bp)
    register_journal(app)
    app.after_request(share)
    app.after_request(secure)
    _know_the_way_here(app, settings)
    register_errors(app)
    _prepare_templates(app, settings)
    return app


def _know_the_way_here(app: Flask, settings: Settings) -> None:
    """Believe the proxies that were declared, and answer to our own names only."""
    server = settings.serveur
    if server.relais:
        named = server.relais if server.hotes else 0  # else any visitor could name the site
        fixed = ProxyFix(app.wsgi_app, server.relais, server.relais, named)
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
        basket_address=basket_address,
        citation_line=citation_line,
        discoveries=discoveries,
        empty_basket=Basket(),
        export_address=export_address,
        feed_address=feed_address,
        frame_sandbox=frames.SANDBOX,
        has_png=downloads.has_png,
        linked_data=linked_data,
        mail_link=mail_link,
        max_exported=exports.MAX_ROWS,
        moment_link=moment_link,
        other_view=other_view,
        page_with=page_with,
        passage_link=passage_link,
        picture_format=WIDE,
        url_for=app.extensions["address"],
        pieces_of=partial(pieces_of, words=settings.langues),
        shown_basket=shown_basket,
        site=LocalProxy(current_settings),
        webinar_mail_link=webinar_mail_link,
        written_forms=downloads.written_forms,
    )
