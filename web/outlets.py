"""The ways out of the site: citations, pictures, exports, feeds, and what tells others of them."""

from flask import Flask

from web import citation_files, exports, feed, opensearch, picture_files, sitemap
from web.linked_data import linked_data
from web.links import mail_link, passage_link, webinar_mail_link
from web.pictures.card import WIDE


def open_to(app: Flask) -> None:
    """Add them to the application, and to its templates the links that lead to them."""
    for outlet in (citation_files, exports, feed, opensearch, picture_files, sitemap):
        app.register_blueprint(outlet.bp)
    app.jinja_env.globals.update(
        export_address=exports.export_address,
        feed_address=feed.feed_address,
        has_png=picture_files.has_png,
        linked_data=linked_data,
        mail_link=mail_link,
        max_exported=exports.MAX_ROWS,
        passage_link=passage_link,
        webinar_mail_link=webinar_mail_link,
        picture_format=WIDE,
        written_forms=citation_files.written_forms,
    )
