"""What all commands share: French help and faults, the site they work on, exit codes."""

import errno
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from corpus.problems import Problem, Refused
from corpus.site import Site, read_site, site_folder
from corpus.typography import spaced

DONE, DONE_WITH_PROBLEMS, REFUSED, BUILD_RUNNING = 0, 1, 2, 3

_FRENCH = {"Commands": "Commandes", "Show this message and exit.": "Afficher cette aide."}


class _FrenchFormatter(click.HelpFormatter):
    """Help without the English of click, and with the space that French puts before a colon."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Usage : ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{_FRENCH.get(heading, heading)} ")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        french = [(term, _FRENCH.get(text, text)) for term, text in rows]
        super().write_dl(french, col_max, col_spacing)


class FrenchContext(click.Context):
    """What a command is called in, for help in French."""

    formatter_class = _FrenchFormatter


PATH = click.Path(path_type=Path)

site_option = click.option(
    "--site",
    "folder",
    type=PATH,
    metavar="DOSSIER",
    help="Le dossier du site (par défaut : le dossier courant, sinon le site d’exemple).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Répondre en JSON, pour un programme."
)
yes_option = click.option("--yes", "agreed", is_flag=True, help="Faire ce qui est montré.")


def opened_site(folder: Path | None) -> Site:
    """Read the site a command works on."""
    return read_site(site_folder(folder))


def say(message: str) -> None:
    """Tell the person at the keyboard; never mixed with JSON."""
    click.echo(spaced(message), err=True)


def print_json(value: Any) -> None:
    """Print one object for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_problems(problems: Iterable[Problem]) -> None:
    """List what an editor should look at."""
    for problem in problems:
        say(f"  {problem.severity} — {problem}")


def run(group: click.Group, arguments: list[str] | None = None) -> int:
    """Run a command line; every refusal is one French sentence on the error output."""
    try:
        code = group.main(args=arguments, prog_name="verbatheque", standalone_mode=False)
    except click.UsageError as error:
        say(f"Erreur : {_sentence(error)}")
        if error.ctx:
            say(f"Aide : {error.ctx.command_path} --help")
        return REFUSED
    except click.Abort:
        say("Interrompu.")
        return REFUSED
    except Refused as error:
        say(f"Erreur : {error}")
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        if error.filename is None:
            raise
        say(f"Erreur : {_refused_file(error)}")
        return REFUSED
    return code if isinstance(code, int) else DONE


def _refused_file(error: OSError) -> str:
    """Say in French what the system refuses: a file that is missing, protected, a folder…"""
    cause = {
        errno.EACCES: "accès refusé",
        errno.EROFS: "accès refusé",
        errno.ENOENT: "dossier ou fichier introuvable",
        errno.ENOSPC: "plus de place sur le disque",
    }.get(error.errno or 0, error.strerror)
    return f"impossible de lire ou d’écrire « {error.filename} » : {cause}."


def _sentence(error: click.UsageError) -> str:
    """Say in French what click says in English."""
    if isinstance(error, click.NoSuchOption):
        near = f" Vouliez-vous dire {error.possibilities[0]} ?" if error.possibilities else ""
        return f"option inconnue {error.option_name}.{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "un argument"
        return f"il manque {name}."
    if isinstance(error, click.BadOptionUsage):
        return f"l’option {error.option_name} attend une valeur."
    if isinstance(error, click.BadParameter) and error.param:
        return f"valeur incorrecte pour {error.param.opts[0]}.{_expected(error.param.type)}"
    if error.message.startswith("Got unexpected extra argument"):
        return "argument en trop. Mettez entre guillemets ce qui contient des espaces."
    return error.message


def _expected(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.Choice):
        return f" Valeurs possibles : {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        return f" Un nombre entier entre {kind.min} et {kind.max} est attendu."
    if isinstance(kind, click.Path):
        return " Ce fichier n’existe pas ou ne peut pas être lu."
    return ""
