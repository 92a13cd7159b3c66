"""The command that serves a site."""

from pathlib import Path

import click
from flask import Flask

from corpus.command_line import REFUSED, FrenchCommand, opened_site, say, site_option
from search.library import IndexMissing
from search.shelf import open_library
from web.app import create_app
from web.gunicorn_server import serve


@click.command("serve", cls=FrenchCommand, help="Servir le site sur une adresse web.")
@site_option
@click.option("--host", default="127.0.0.1", metavar="HOTE", help="Adresse (127.0.0.1).")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, metavar="PORT", help="Port (8000)."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, metavar="N", help="Processus (2)."
)
@click.option(
    "--threads", type=click.IntRange(1, 64), default=4, metavar="N", help="Fils par processus (4)."
)
def serve_command(folder: Path | None, host: str, port: int, workers: int, threads: int) -> int:
    """Serve the published index; a newly published one is taken up without a restart."""
    site = opened_site(folder)
    try:
        with open_library(site).reading():
            pass
    except IndexMissing as missing:
        say(f"Erreur : {missing}")
        return REFUSED

    def app() -> Flask:
        return create_app(open_library(site), site.settings)

    return serve(app, host, port, workers, threads)
