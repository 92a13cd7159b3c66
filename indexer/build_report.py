"""What a build did, told to an editor or to a program."""

import sys

import click

from corpus.command_line import print_json, say, say_problems
from corpus.counting import NBSP, counted, decimal
from corpus.site import Site
from indexer.build import Summary


class ShownProgress:
    """One line that grows, when somebody is there to look at it."""

    def __init__(self, quiet: bool) -> None:
        self._shows = sys.stderr.isatty() and not quiet

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._shows:
            end = "\n" if done == total else ""
            click.echo(f"\r{step} : {done} / {total}{end}", err=True, nl=False)


def tell(summary: Summary, site: Site, seconds: float) -> None:
    """Say it in French."""
    say(_outcome(summary, seconds))
    moved = summary.webinars
    say(
        f"Webinaires : {counted(len(moved.new), 'nouveau', 'nouveaux')}, "
        f"{counted(len(moved.changed), 'modifié')}, "
        f"{counted(len(moved.unchanged), 'inchangé')}, {counted(len(moved.removed), 'retiré')}."
    )
    for movement in summary.review.movements:
        say(f"  {movement}")
    if summary.faults:
        say("Publié malgré ces requêtes témoins, parce que vous l’avez forcé :")
        say_problems(summary.faults)
    if site.problems:
        say(f"À regarder ({len(site.problems)}) :")
        say_problems(site.problems)


def _outcome(summary: Summary, seconds: float) -> str:
    generation = f"génération {summary.generation}"
    if summary.is_unchanged:
        return f"Rien de nouveau : l’index publié ({generation}) est à jour."
    if summary.is_set_aside:
        return (
            f"Le site n’a pas changé depuis le retour à la {generation}, qui reste publiée. "
            "Corrigez-le, ou publiez quand même : verbatheque build --force"
        )
    return (
        f"Index publié ({generation}) en {decimal(seconds, 1)}{NBSP}s : "
        f"{counted(summary.verbatims, 'verbatim')}, {counted(summary.ideas, 'idée clé')}."
    )


def print_summary(summary: Summary, site: Site) -> None:
    """Print it as one JSON object."""
    moved = summary.webinars
    print_json(
        {
            "generation": summary.generation,
            "verbatims": summary.verbatims,
            "key_ideas": summary.ideas,
            "new": moved.new,
            "changed": moved.changed,
            "unchanged": moved.unchanged,
            "removed": moved.removed,
            "movements": summary.review.movements,
            "faults": [str(fault) for fault in summary.faults],
            "problems": [str(problem) for problem in site.problems],
            "published": not (summary.is_unchanged or summary.is_set_aside),
        }
    )
