"""The console script `verbatheque`: the commands of all packages, each imported when it is called.

Some need the French dictionary, a web server or arrays: a command waits for its own only.
"""

import sys
from collections.abc import Callable
from importlib import import_module

import click

from web.cli.options import FrenchGroup, run


def _from(module: str, name: str) -> Callable[[], click.Command]:
    def load() -> click.Command:
        command: click.Command = getattr(import_module(module), name)
        return command

    return load


def _build() -> click.Command:
    from search.golden_check import golden_review
    from web.cli.indexing import build_command

    return build_command(golden_review)


def _restore() -> click.Command:
    from web.cli.keeping import restore_command

    return restore_command(_build())


COMMANDS: dict[str, Callable[[], click.Command]] = {
    "init": _from("web.cli.editing", "init_command"),
    "add": _from("web.cli.editing", "add_command"),
    "check": _from("web.cli.editing", "check_command"),
    "build": _build,
    "verify": _from("web.cli.indexing", "verify_command"),
    "rollback": _from("web.cli.indexing", "rollback_command"),
    "search": _from("web.cli.searching", "search_command"),
    "serve": _from("web.cli.serving", "serve_command"),
    "extract": _from("web.cli.editing", "extract_command"),
    "evaluate": _from("web.cli.searching", "evaluate_command"),
    "export": _from("web.cli.exporting", "export_command"),
    "oublier": _from("web.cli.keeping", "forget_command"),
    "propositions": _from("web.cli.proposals", "proposals_command"),
    "sauvegarder": _from("web.cli.keeping", "save_command"),
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
