"""The console script `verbatheque`: the commands of all packages, each imported when it is called.

Some need the French dictionary, a web server or arrays: a command waits for its own only.
"""

import sys
from importlib import import_module

import click

from web.cli.options import FrenchContext, run

COMMANDS = {  # the module of each, in the order of the help
    "init": "editing",
    "edit": "bench",
    "add": "editing",
    "moments": "moments",
    "follow": "following",
    "check": "editing",
    "build": "indexing",
    "verify": "indexing",
    "rollback": "indexing",
    "search": "searching",
    "serve": "serving",
    "mcp": "assisting",
    "extract": "editing",
    "evaluate": "searching",
    "export": "exporting",
    "forget": "editing",
    "proposals": "proposals",
    "backup": "keeping",
    "restore": "keeping",
}
FORMER = {  # what commands and options were called: taken for good, never shown
    "oublier": "forget",
    "propositions": "proposals",
    "sauvegarder": "backup",
    "restaurer": "restore",
    "oui": "yes",
    "titre": "title",
    "tri": "sort",
    "statique": "static",
    "lire": "draft",
    "effacer": "delete",
    "effacer-tout": "delete-all",
}


def command_named(name: str) -> click.Command:
    """Import a command: its name tells that of its function."""
    command: click.Command = getattr(import_module(f"web.cli.{COMMANDS[name]}"), f"{name}_command")
    command.context_class = FrenchContext
    return command


class _OnDemand(click.Group):
    context_class = FrenchContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command_named(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            known = ", ".join(COMMANDS)
            message = f"commande inconnue « {error.command_name} ». Commandes : {known}."
            raise click.UsageError(message, ctx) from error


@click.group(
    cls=_OnDemand,
    context_settings={"token_normalize_func": lambda word: FORMER.get(word, word)},
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
