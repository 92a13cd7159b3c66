"""The command that serves a site."""

import gc
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from corpus.problems import Unreachable
from corpus.settings import Settings
from corpus.site import Site, read_settings, site_folder
from corpus.typography import spaced
from indexer.encoder import installed_encoder
from indexer.generations import index_store
from indexer.lexicon import load_dictionary
from search.live_index import open_library
from web.app import create_app
from web.cli.assisting import need_tools
from web.cli.options import DONE, say, say_problems, site_option
from web.proposing import receive_proposals
from web.rate_limit import register_limits
from web.server import MAX_PROCESSES, MAX_THREADS, serve


@click.command("serve", help="Servir le site sur une adresse web.")
@site_option
@click.option("--host", default="127.0.0.1", metavar="HOTE", help="Adresse (127.0.0.1).")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    metavar="PORT",
    help="Port (8000) ; 0 : celui que le système donne.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_PROCESSES),
    metavar="N",
    help="Processus (par défaut, le réglage « processus »).",
)
@click.option(
    "--threads",
    type=click.IntRange(1, MAX_THREADS),
    metavar="N",
    help="Fils par processus (par défaut, le réglage « fils »).",
)
def serve_command(
    folder: Path | None, host: str, port: int, workers: int | None, threads: int | None
) -> int:
    """Serve the published index; a newly published one is taken up without a restart.

    Without any, the site says what to type, until one is published.
    """
    folder = site_folder(folder)
    given, problems = read_settings(folder)
    say_problems(problems)
    if given.serveur.assistants:
        need_tools()
    try:
        if index_store(Site(folder, given)).signature() is None:  # opening it fills every process
            say("Attention : l’index n’est pas encore construit. Lancez : verbatheque build")
    except Unreachable as error:
        say(f"Attention : {error}")

    load_dictionary()  # before the forks, which share what is loaded
    if encoder := installed_encoder():
        encoder.get_ready()
    gc.freeze()

    def settings() -> Settings:
        """As they are now, but for what the command line asks: read again at each reload."""
        read, _ = read_settings(folder)
        server = read.serveur
        asked = replace(server, processus=workers or server.processus, fils=threads or server.fils)
        return replace(read, serveur=asked)

    def app() -> Flask:
        shelf = open_library(Site(folder, settings()))
        shelf.watch()
        served = create_app(shelf, settings())
        register_limits(served)
        receive_proposals(served, folder)
        if settings().serveur.assistants:
            from web.assistants.endpoint import answer_assistants  # an extra, see need_tools

            answer_assistants(served, shelf, settings())
        return served

    serve(app, host, port, lambda: settings().serveur, spaced(names_told(given)))
    return DONE


def names_told(settings: Settings) -> str:
    """Where the addresses that pages give come from, and which names the site answers to."""
    hosts = ", ".join(settings.serveur.hotes)
    answered = f"aux noms {hosts}" if hosts else "à tous les noms (réglage « hotes »)"
    if settings.adresse:
        return f"Adresse publique : {settings.adresse}. Le site répond {answered}."
    return (
        "Adresse publique : celle de chaque demande (réglage « adresse »). "
        f"Le site répond {answered}."
    )
