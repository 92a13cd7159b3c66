"""The command that asks the published index."""

import json
import textwrap
from pathlib import Path

import click

from corpus.records import Span
from corpus.typography import NBSP, counted, spaced
from search.answer import Answer, Hit, answer_as_json
from search.evaluation import evaluated
from search.explanation import explanation_lines
from search.live_index import open_library
from search.query import PAGE_SIZE, Order, SearchQuery
from web.cli.options import (
    DONE,
    PATH,
    json_option,
    opened_site,
    print_json,
    say,
    site_option,
)

_MAX_LIMIT = 1000


@click.command("search", help="Chercher des citations dans l’index publié.")
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
    "--sort",
    "order",
    type=click.Choice(["themes", "pertinence", "date", "sens"]),
    default="themes",
    metavar="ORDRE",
    help="themes (par défaut), pertinence, date ou sens (dans une adresse : tri).",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Dire pourquoi chaque résultat est là (dans une adresse : pourquoi=1).",
)
@json_option
def search_command(
    words: tuple[str, ...],
    folder: Path | None,
    limit: int,
    order: Order,
    explain: bool,
    as_json: bool,
) -> int:
    """Answer from the index, never loading the French model."""
    site = opened_site(folder)
    query = SearchQuery(" ".join(words), order=order, size=limit, explain=explain)
    with open_library(site).reading() as reading:
        answer = reading.search(query)
    if as_json:
        print_json(answer_as_json(answer, site.settings.root))
    else:
        _print(answer)
    return DONE


def _print(answer: Answer) -> None:
    for note in answer.notes:
        say(note)
    click.echo(f"{counted(answer.total, 'résultat')} en {answer.took_ms:.0f}{NBSP}ms")
    if answer.suggestion:
        meant = answer.suggestion
        say(f"Vouliez-vous dire « {meant.query} » ? ({counted(meant.total, 'résultat')})")
    for shorter in answer.without:
        dropped = " », « ".join(shorter.dropped)
        say(spaced(f"Sans « {dropped} » : {counted(shorter.total, 'résultat')}"))
    for group in answer.groups:
        click.echo("\n" + click.style(group.label, bold=True))
        for hit in group.hits:
            _print_hit(hit)
    if answer.near:
        click.echo("\n" + click.style("Proches par le sens", bold=True))
        for hit in answer.near:
            _print_hit(hit)


def _print_hit(hit: Hit) -> None:
    document = hit.document
    marked = _marked(document.text, hit.highlights)
    quote = f"« {marked} »" if document.kind == "verbatim" else marked
    click.echo(textwrap.fill(quote, 96, initial_indent="  ", subsequent_indent="    "))
    nobody = "Une personne non nommée" if document.kind == "verbatim" else "Idée clé"
    who = ", ".join(part for part in (document.speaker, document.role) if part) or nobody
    held_on = document.webinar.held_on
    when = f" ({held_on.isoformat()})" if held_on else ""
    click.echo(f"    — {who} · {document.webinar.title}{when} · {document.id}")
    if hit.explanation:
        for line in explanation_lines(hit.explanation):
            click.echo(
                textwrap.fill(spaced(line), 96, initial_indent=" " * 6, subsequent_indent=" " * 8)
            )


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    for span in reversed(spans):
        found = click.style(text[span.start : span.end], underline=True)
        text = text[: span.start] + found + text[span.end :]
    return text


@click.command("evaluate", help="Mesurer la recherche sur une collection jugée.")
@click.argument("collection", type=PATH, metavar="DOSSIER")
@click.option("--split", default="dev", metavar="PARTIE", help="qrels/PARTIE.tsv (dev).")
@click.option(
    "--run",
    "run_file",
    type=PATH,
    metavar="FICHIER",
    help="Écrire aussi les 100 premiers documents de chaque requête.",
)
@json_option
def evaluate_command(collection: Path, split: str, run_file: Path | None, as_json: bool) -> int:
    """Index a BEIR or themes folder with the real chain and print its measures."""
    measures, run = evaluated(collection, split)
    if run_file:
        run_file.write_text(json.dumps(run, ensure_ascii=False), "utf-8")
    if as_json:
        print_json(measures)
    else:
        for name, value in measures.items():
            click.echo(f"{name:<12}{value:g}")
    return DONE
