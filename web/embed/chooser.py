"""The page where one chooses what to embed, sees it at work, and copies its code."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from search.answer import Document
from search.query import QueryRefused
from search.views import Overview
from web.embed.embedded import Embedded, colours_from, quote_at, search_at, webinar_at
from web.embed.widget import integrity, newest_release, released, whole_weight
from web.headers import CONTENT_SECURITY_POLICY
from web.reading import current_reading, published, published_webinar
from web.typography import NBSP, quoted

bp = Blueprint("embedding", __name__)

ATTRIBUTES = ("theme", "intervenant", "webinaire", "max", "tri", "sens", "label", "placeholder")


@dataclass(frozen=True, slots=True)
class Choice:
    """What one chose to embed: a quote, or a search with the attributes of its element."""

    embedded: Embedded
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> Document | None:
        """The quote, when it is one."""
        return self.embedded.said


@bp.get("/integrer")
def page() -> Response:
    try:
        choice, refusal = choice_from(request.args), ""
    except QueryRefused as refused:  # said above the form, which keeps what was filled in
        choice, refusal = choice_from(MultiDict()), str(refused)
    response = make_response(
        render_template(
            "embedding.html",
            choice=choice,
            refusal=refusal,
            lists=_lists(current_reading().overview()),
            asked=request.args,
            pinned=pinned(),
            weight=whole_weight(),
        )
    )
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


def choice_from(arguments: MultiDict[str, str]) -> Choice:
    """Read the form; raise `QueryRefused` when it asks for what cannot be embedded."""
    if arguments.get("quoi") == "citation":
        said = published(_quote_id(arguments.get("citation", "")), "verbatim")
        return Choice(_coloured(quote_at(said), arguments))
    asked = {name: arguments.get(name, "").strip() for name in (*ATTRIBUTES, "couleurs")}
    given = {name: value for name, value in asked.items() if value}
    attributes = tuple((name, value) for name, value in given.items() if name in ATTRIBUTES)
    return Choice(_embedded(given), attributes)


def _embedded(given: dict[str, str]) -> Embedded:
    """A webinar alone has a page of its own, which is a better address to paste."""
    embedded = search_at(urlencode(given))
    if given.keys() - {"couleurs"} == {"webinaire"}:
        webinar = published_webinar(given["webinaire"]).webinar
        return replace(webinar_at(webinar), frame=embedded.frame)
    return embedded


def _coloured(embedded: Embedded, arguments: MultiDict[str, str]) -> Embedded:
    colours = colours_from(arguments)
    return replace(embedded, frame=f"{embedded.frame}?couleurs={colours}") if colours else embedded


def _quote_id(address: str) -> str:
    """The id at the end of the address of a quote, or the id itself."""
    found = re.split("[?#]", address.strip())[0].rstrip("/").rsplit("/", 1)[-1]
    said = current_reading().document(found) if found else None
    if said is None or said.kind != "verbatim":
        given = quoted(address[:100]) if address else "Le champ est vide"
        raise QueryRefused(
            f"{given}{NBSP}: ce n’est pas l’adresse d’une citation de ce site. Ouvrez la page de "
            "la citation et copiez son adresse."
        )
    return said.id


def _lists(overview: Overview) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """The choices of each list of the form."""
    webinars = [(entry.webinar.id, entry.webinar.title) for entry in overview.webinars]
    return {
        "theme": ("Thème", [(entry.id, entry.label) for entry in overview.themes]),
        "intervenant": ("Intervenant·e", [(one.id, one.label) for one in overview.speakers]),
        "webinaire": ("Webinaire", webinars),
    }


def pinned() -> tuple[str, str] | None:
    """The address of the latest version that will not change, and the digest browsers check."""
    version = newest_release()
    content = released(f"-{version}")
    return (f"/widget-{version}.js", integrity(content)) if content else None
