"""The command that opens the editor's bench."""

import webbrowser
from pathlib import Path
from threading import Thread, Timer

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from corpus.problems import CorpusError
from corpus.site import site_folder
from web.app import create_app
from web.bench.app import create_bench
from web.bench.guard import Keys
from web.bench.preview import Preview
from web.cli.options import DONE, say, site_option

_HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: its address is a secret."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


@click.command("edit", help="Ouvrir l’établi dans le navigateur : ajouter, relire, publier.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="Port (par défaut, celui que le système donne).",
)
@click.option("--no-browser", is_flag=True, help="Ne pas ouvrir le navigateur.")
@site_option
def edit_command(port: int, no_browser: bool, folder: Path | None) -> int:
    """Serve one editor on this machine; the first line printed is the address."""
    site = site_folder(folder)
    try:
        server = make_server(_HOST, port, _waiting, threaded=True, request_handler=_Quiet)
    except SystemExit as error:
        raise CorpusError(f"le port {port} est déjà pris : choisissez-en un autre.") from error
    keys = Keys.of_port(server.server_port)
    public = make_server(_HOST, 0, Preview(site, create_app), threaded=True, request_handler=_Quiet)
    Thread(target=public.serve_forever, daemon=True).start()
    server.app = create_bench(site, keys, f"http://{_HOST}:{public.server_port}/")
    address = f"http://{_HOST}:{server.server_port}/{keys.token}/"
    click.echo(address)
    say("Cette adresse est secrète et ne sert que sur cette machine (Ctrl-C : fin).")
    if not no_browser:
        Timer(0.3, webbrowser.open, [address]).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("L’établi est fermé. Ce qui n’était pas enregistré attend la prochaine ouverture.")
    finally:
        server.server_close()
        public.server_close()
    return DONE


def _waiting(environ: object, start_response: object) -> list[bytes]:
    return []
