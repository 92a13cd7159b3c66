"""The command that gives the published index away: lines for programs, or files for a host."""

import json
from pathlib import Path

import click

from corpus.site import Site
from corpus.typography import counted
from search.answer import document_as_json
from search.live_index import open_library
from web.cli.options import DONE, PATH, json_option, opened_site, say, site_option
from web.static_export import export_static, require_ours


@click.command(
    "export",
    help="Donner l’index publié : lignes JSON, ou recherche sans serveur.",
)
@site_option
@json_option
@click.option(
    "--static",
    "target",
    type=PATH,
    metavar="DOSSIER",
    help="Écrire dans ce dossier une recherche qui se passe de serveur.",
)
def export_command(folder: Path | None, as_json: bool, target: Path | None) -> int:
    """Print every record of the published index, or write what answers without a server."""
    if as_json == (target is not None):
        raise click.UsageError(
            "ajoutez --json (une ligne JSON par texte) ou --static DOSSIER "
            "(une recherche sans serveur), l’un ou l’autre."
        )
    site = opened_site(folder)
    if target:
        _write_static(site, target)
    else:
        _print_lines(site)
    return DONE


def _print_lines(site: Site) -> None:
    with open_library(site).reading() as reading:
        for document in reading.everything():
            line = document_as_json(document, site.settings.root)
            click.echo(json.dumps(line, ensure_ascii=False))


def _write_static(site: Site, target: Path) -> None:
    require_ours(target)
    with open_library(site).reading() as reading:
        static = reading.static_index()
    size = export_static(static, site.settings, target)
    texts = counted(len(static.documents), "texte")
    say(f"{texts} dans « {target} » ({size / 1000:.0f} ko). Lisez LISEZMOI.txt pour le déposer.")
    say("Ce qui sera corrigé ou oublié ensuite n’y changera qu’au prochain export.")
