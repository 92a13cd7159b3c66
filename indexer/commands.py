"""The command that makes the index."""

import sys
import time
from pathlib import Path

import click

from corpus.command_line import (
    BUILD_RUNNING,
    DONE,
    DONE_WITH_PROBLEMS,
    REFUSED,
    FrenchCommand,
    json_option,
    opened_site,
    print_json,
    say,
    say_problems,
    site_option,
)
from corpus.counting import counted
from corpus.site import Site
from indexer.build import BuildRefused, Check, Summary, build
from indexer.french import ModelMissing
from indexer.generations import BuildRunning


def build_command(check: Check) -> click.Command:
    """The `build` command; `check` asks the new index the golden queries of the site."""

    @click.command("build", cls=FrenchCommand, help="Construire l’index et le publier.")
    @site_option
    @click.option("--force", is_flag=True, help="Reconstruire et publier quoi qu’il arrive.")
    @json_option
    def command(folder: Path | None, force: bool, as_json: bool) -> int:
        site = opened_site(folder)
        began = time.perf_counter()
        try:
            summary = build(site, force=force, check=check, progress=_Progress(as_json))
        except BuildRunning:
            say("Une autre construction est en cours : attendez qu’elle finisse.")
            return BUILD_RUNNING
        except BuildRefused as refusal:
            say(f"L’index n’a pas été publié, l’ancien reste en place :\n{refusal}")
            return REFUSED
        except (ModelMissing, PermissionError) as error:
            say(f"Erreur : {_cause(error)}")
            return REFUSED
        _tell(summary, site, time.perf_counter() - began, as_json)
        return DONE_WITH_PROBLEMS if site.problems or summary.faults else DONE

    return command


def _cause(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"impossible d’écrire dans « {error.filename} ». Créez un site : verbatheque init"
    return f"{error}."


class _Progress:
    """One line that grows, when somebody is there to look at it."""

    def __init__(self, quiet: bool) -> None:
        self._shows = sys.stderr.isatty() and not quiet

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._shows:
            end = "\n" if done == total else ""
            click.echo(f"\r{step} : {done} / {total}{end}", err=True, nl=False)


def _tell(summary: Summary, site: Site, seconds: float, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(summary, site))
        return
    if summary.is_unchanged:
        say(f"Rien de nouveau : l’index publié (génération {summary.generation}) est à jour.")
    else:
        say(
            f"Index publié (génération {summary.generation}) en {seconds:.1f} s : "
            f"{counted(summary.verbatims, 'verbatim')}, {counted(summary.ideas, 'idée clé')}."
        )
    say(
        f"Webinaires : {counted(len(summary.new), 'nouveau', 'nouveaux')}, "
        f"{counted(len(summary.changed), 'modifié')}, "
        f"{counted(len(summary.unchanged), 'inchangé')}, {counted(len(summary.removed), 'retiré')}."
    )
    for movement in summary.movements:
        say(f"  {movement}")
    if summary.faults:
        say("Publié malgré ces requêtes témoins, parce que vous l’avez forcé :")
        say_problems(summary.faults)
    if site.problems:
        say(f"À regarder ({len(site.problems)}) :")
        say_problems(site.problems)


def _as_json(summary: Summary, site: Site) -> dict[str, object]:
    return {
        "generation": summary.generation,
        "verbatims": summary.verbatims,
        "key_ideas": summary.ideas,
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "removed": summary.removed,
        "movements": summary.movements,
        "faults": [str(fault) for fault in summary.faults],
        "problems": [str(problem) for problem in site.problems],
    }
