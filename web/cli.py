"""The console script `verbatheque`: the commands of all packages, gathered."""

import sys

import click

from corpus.backup_commands import restore_command, save_command
from corpus.command_line import FrenchGroup, run
from corpus.commands import (
    add_command,
    check_command,
    extract_command,
    forget_command,
    init_command,
)
from corpus.proposal_commands import proposals_command
from indexer.commands import build_command, rollback_command, verify_command
from search.commands import evaluate_command, search_command
from search.golden_check import golden_review
from web.commands import serve_command
from web.export_command import export_command


@click.group(
    cls=FrenchGroup,
    options_metavar="",
    subcommand_metavar="COMMANDE [OPTIONS]",
    help="Verbathèque : retrouver ce qui s’est dit en webinaire, mot pour mot.",
)
def verbatheque() -> None:
    """The group of all commands."""


_build_command = build_command(golden_review)

for _command in (
    init_command,
    add_command,
    check_command,
    _build_command,
    verify_command,
    rollback_command,
    search_command,
    serve_command,
    extract_command,
    evaluate_command,
    export_command,
    forget_command,
    proposals_command,
    save_command,
    restore_command(_build_command),
):
    verbatheque.add_command(_command)


def main() -> None:
    """Run the command line."""
    sys.exit(run(verbatheque))


if __name__ == "__main__":
    main()
