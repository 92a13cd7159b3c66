"""The command that asks the published index."""

import textwrap
from pathlib import Path

import click

from corpus.command_line import (
    DONE,
    REFUSED,
    FrenchCommand,
    json_option,
    opened_site,
    print_json,
    say,
    site_option,
)
from corpus.counting import counted
from corpus.records import Span
from search.answer import Answer, Hit, Order, answer_as_json
from search.library import IndexMissing
from search.query import PAGE_SIZE, QueryRefused, SearchQuery
from search.shelf import open_library

_MAX_LIMIT = 1000


@click.command("search", cls=FrenchCommand, help="Chercher des citations dans l’index publié.")
@click.argument("words", nargs=-1, metavar="MOTS...")
@site_option
@click.option(
    "--limit",
    type=click.IntRange(1, _MAX_LIMIT),
    default=PAGE_SIZE,
    metavar="N",
    help=f"Nombre de résultats ({PAGE_SIZE} par défaut).",
)
@click.option(
    "--tri",
    "order",
    type=click.Choice(["themes", "pertinence", "date"]),
    default="themes",
    metavar="ORDRE",
    help="themes (par défaut), pertinence ou date.",
)
@json_option
def search_command(
    words: tuple[str, ...], folder: Path | None, limit: int, order: Order, as_json: bool
) -> int:
    """Answer from the index, never loading the French model."""
    site = opened_site(folder)
    query = SearchQuery(" ".join(words), order=order, size=limit)
    try:
        with open_library(site).reading() as reading:
            answer = reading.search(query)
    except (IndexMissing, QueryRefused) as refusal:
        say(f"Erreur : {refusal}")
        return REFUSED
    if as_json:
        print_json(answer_as_json(answer, site.settings.adresse))
    else:
        _print(answer)
    return DONE


def _print(answer: Answer) -> None:
    for note in answer.notes:
        say(note)
    click.echo(f"{counted(answer.total, 'résultat')} en {answer.took_ms:.0f} ms")
    for group in answer.groups:
        click.echo("\n" + click.style(group.label, bold=True))
        for hit in group.hits:
            _print_hit(hit)


def _print_hit(hit: Hit) -> None:
    document = hit.document
    marked = _marked(document.text, hit.highlights)
    quote = f"« {marked} »" if document.kind == "verbatim" else marked
    click.echo(textwrap.fill(quote, 96, initial_indent="  ", subsequent_indent="    "))
    who = ", ".join(part for part in (document.speaker, document.role) if part) or "Idée clé"
    held_on = document.webinar.held_on
    when = f" ({held_on.isoformat()})" if held_on else ""
    click.echo(f"    — {who} · {document.webinar.title}{when} · {document.id}")


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    for span in reversed(spans):
        found = click.style(text[span.start : span.end], underline=True)
        text = text[: span.start] + found + text[span.end :]
    return text
