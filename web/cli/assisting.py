"""The command that answers an AI assistant."""

from importlib.util import find_spec
from pathlib import Path

import click

from corpus.problems import Refused
from corpus.site import site_folder
from web.cli.options import DONE, opened_site, site_option


def need_tools() -> None:
    """Raise `Refused`, which says what to install, without the extra."""
    if find_spec("mcp") is None:
        raise Refused(
            "il manque ce qui répond aux assistants. Lancez : "
            "pip install --require-hashes -r requirements-mcp.txt"
        )


@click.command("mcp", help="Répondre à un assistant d’IA qui lance cette commande (MCP).")
@site_option
def mcp_command(folder: Path | None) -> int:
    """Answer on the pipes of the program that started us; another index is taken up meanwhile."""
    need_tools()
    from search.live_index import open_library
    from web.assistants.tools import serve_at_the_keyboard

    site = opened_site(site_folder(folder))
    library = open_library(site)
    library.watch()
    serve_at_the_keyboard(library, site.settings)
    return DONE
