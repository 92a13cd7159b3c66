"""The command that follows feeds: the nightly one."""

from dataclasses import asdict
from pathlib import Path

import click

from corpus.following import follow
from corpus.problems import CorpusError
from corpus.site import settings_of, site_folder
from corpus.typography import counted
from web.cli.options import DONE, DONE_WITH_PROBLEMS, json_option, print_json, say, site_option


@click.command("follow", help="Faire un brouillon de chaque page nouvelle des flux suivis.")
@site_option
@json_option
def follow_command(folder: Path | None, as_json: bool) -> int:
    """Draft what is new and matches; nothing is published."""
    site = site_folder(folder)
    if not settings_of(site).suivi.flux:
        raise CorpusError(
            "aucun flux n’est suivi : dans verbatheque.toml, table [suivi], écrivez par exemple "
            'flux = ["https://www.exemple.fr/flux.xml"]'
        )
    met, faults = follow(site)
    if as_json:
        print_json({"pages": [asdict(each) for each in met], "problems": faults})
    else:
        for each in met:
            say(f"{each.address} : {each.state}{f' — {each.message}' if each.message else ''}")
        for fault in faults:
            say(f"  {fault}")
        say(f"{counted(len(met), 'page nouvelle', 'pages nouvelles')}.")
    return DONE_WITH_PROBLEMS if met or faults else DONE
