"""The console script `verbatheque`: the commands of all packages, each imported when it is called.

Some need the French dictionary, a web server or arrays: a command waits for its own only.
"""

import sys
from collections.abc import Callable
from importlib import import_module

import click

from corpus.command_line import FrenchGroup, run


def _from(module: str, name: str) -> Callable[[], click.Command]:
    def load() -> click.Command:
        command: click.Command = getattr(import_module(module), name)
        return command

    return load


def _build() -> click.Command:
    from indexer.commands import build_command
    from search.golden_check import golden_review

    return build_command(golden_review)


def _restore() -> click.Command:
    from corpus.backup_commands import restore_command

    return restore_command(_build())


COMMANDS: dict[str, Callable[[], click.Command]] = {
    "init": _from("corpus.commands", "init_command"),
    "add": _from("corpus.commands", "add_command"),
    "check": _from("corpus.commands", "check_command"),
    "build": _build,
    "verify": _from("indexer.commands", "verify_command"),
    "rollback": _from("indexer.commands", "rollback_command"),
    "search": _from("search.commands", "search_command"),
    "serve": _from("web.commands", "serve_command"),
    "extract": _from("corpus.commands", "extract_command"),
    "evaluate": _from("search.commands", "evaluate_command"),
    "export": _from("web.export_command", "export_command"),
    "oublier": _from("corpus.commands", "forget_command"),
    "propositions": _from("corpus.proposal_commands", "proposals_command"),
    "sauvegarder": _from("corpus.backup_commands", "save_command"),
    "restaurer": _restore,
}


class _OnDemand(FrenchGroup):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return COMMANDS[cmd_name]() if cmd_name in COMMANDS else None


@click.group(
    cls=_OnDemand,
    options_metavar="",
    subcommand_metavar="COMMANDE [OPTIONS]",
    help="Verbathèque : retrouver ce qui s’est dit en webinaire, mot pour mot.",
)
def verbatheque() -> None:
    """The group of all commands."""


def main() -> None:
    """Run the command line."""
    sys.exit(run(verbatheque))


if __name__ == "__main__":
    main()
