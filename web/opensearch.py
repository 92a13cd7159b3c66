"""The site as a search engine of the browser: its description and its suggestions."""

from flask import Blueprint, Response, json, request
from lxml.builder import ElementMaker

from corpus.counting import counted
from search.query import SearchQuery
from search.suggestions import DEFAULT_SUGGESTIONS, Completion
from web.freshness import held_or
from web.reading import current_reading, current_settings
from web.request_query import default_order
from web.search_links import address_of
from web.xml_answer import legal, xml_answer

bp = Blueprint("opensearch", __name__)

MAX_SHORT_NAME = 16  # characters, says the format
MAX_LONG_NAME = 48
MAX_DESCRIPTION = 1024
MEDIA_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})


@bp.get("/opensearch.xml")
def description() -> Response:
    settings = current_settings()
    root = settings.adresse.rstrip("/")
    described = _E.OpenSearchDescription(
        _E.ShortName(legal(short_name(settings.titre))),
        _E.LongName(legal(settings.titre[:MAX_LONG_NAME])),
        _E.Description(legal(settings.description[:MAX_DESCRIPTION])),
        _E.InputEncoding("UTF-8"),
        _E.Language("fr"),
        _E.Url(type="text/html", template=f"{root}/recherche?q={{searchTerms}}"),
        _E.Url(type=SUGGESTIONS_TYPE, template=f"{root}/suggestions?q={{searchTerms}}"),
        _E.Url(type="application/atom+xml", template=f"{root}/flux.atom?q={{searchTerms}}"),
        _E.Url(type=MEDIA_TYPE, rel="self", template=f"{root}/opensearch.xml"),
        _E.Image(f"{root}/static/favicon.svg", type="image/svg+xml"),
    )
    return xml_answer(described, MEDIA_TYPE)


def short_name(title: str) -> str:
    """The title, or its first words that hold: « Paroles de territoires » gives « Paroles »."""
    if len(title) <= MAX_SHORT_NAME:
        return title
    words = title[: MAX_SHORT_NAME + 1].rsplit(" ", 1)[0].split()
    while len(words) > 1 and len(words[-1]) <= 3:
        words.pop()
    return " ".join(words)[:MAX_SHORT_NAME]


@bp.get("/suggestions")
def suggestions() -> Response:
    """What browsers read: the text, the completions, what each finds, the address of each."""
    text = request.args.get("q", "").lstrip()

    def make() -> Response:
        groups = current_reading().suggest(text, DEFAULT_SUGGESTIONS)
        proposed = [each for group in groups for each in group.suggestions]
        content = [
            text,
            [each.label for each in proposed],
            [counted(each.count, "résultat") for each in proposed],
            [_address(each) for each in proposed],
        ]
        body = json.dumps(content, ensure_ascii=False)
        return Response(body, content_type=f"{SUGGESTIONS_TYPE}; charset=utf-8")

    return held_or(make)


def _address(proposed: Completion) -> str:
    query = SearchQuery(proposed.text, proposed.filters, default_order(proposed.text))
    return current_settings().adresse.rstrip("/") + address_of(query)
