"""The commands that make the index, go back to an earlier one, and verify what is kept."""

import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import sleep

import click

from corpus.problems import CorpusError
from corpus.site import DERIVED, Site, read_site, site_folder, writeup_paths
from corpus.typography import NBSP, counted, decimal
from corpus.writeups.known import known_writeups
from indexer.build import BuildRefused, Summary, build
from indexer.french import ModelMissing
from indexer.generations import BuildRunning, index_store
from indexer.history import KeptGeneration, StoreReport, report_on, roll_back
from indexer.spreading import tagging_by
from indexer.tagging import Tagging
from search.golden_check import golden_review
from web.cli.options import (
    BUILD_RUNNING,
    DONE,
    DONE_WITH_PROBLEMS,
    REFUSED,
    json_option,
    opened_site,
    print_json,
    say,
    say_problems,
    site_option,
)

_EVERY = 1.0  # seconds between two looks

State = dict[str, tuple[int, int]]  # a file to its time and size


def changes(site: Site) -> Iterator[None]:
    """Yield at once, then each time that files changed and have been still for one look."""
    seen: State = {}
    last = _files_state(site)
    while True:
        if last != seen:
            seen = last
            yield
        sleep(_EVERY)
        state = _files_state(site)
        while state != last:  # an editor is still saving
            last = state
            sleep(_EVERY)
            state = _files_state(site)


def _files_state(site: Site) -> State:
    state: State = {}
    for path in [*writeup_paths(site.folder), *sorted(site.folder.glob("*.toml"))]:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        state[str(path)] = (found.st_mtime_ns, found.st_size)
    return state


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
    say(_meaning(summary))
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


def _meaning(summary: Summary) -> str:
    if summary.encoder:
        return f"Recherche par le sens : oui ({summary.encoder})."
    return "Recherche par le sens : non. Pour l’avoir, installez verbatheque[sens]."


def print_summary(summary: Summary, site: Site) -> None:
    """Print it as one JSON object."""
    print_json(
        {
            "generation": summary.generation,
            "verbatims": summary.verbatims,
            "key_ideas": summary.ideas,
            **asdict(summary.webinars),
            "movements": summary.review.movements,
            "faults": [str(fault) for fault in summary.faults],
            "problems": [str(problem) for problem in site.problems],
            "encoder": summary.encoder or None,
            "published": not (summary.is_unchanged or summary.is_set_aside),
        }
    )


@click.command("build", help="Construire l’index et le publier.")
@site_option
@click.option("--force", is_flag=True, help="Reconstruire et publier quoi qu’il arrive.")
@click.option("--watch", is_flag=True, help="Reconstruire à chaque changement (Ctrl-C : fin).")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1),
    default=1,
    help="Analyser le français dans N processus de cette machine.",
)
@click.option(
    "--scheduler",
    metavar="ADRESSE",
    default="",
    help="L’analyser chez les ouvriers d’un répartiteur Dask (tcp://…, tls://…).",
)
@json_option
def build_command(
    folder: Path | None, force: bool, watch: bool, workers: int, scheduler: str, as_json: bool
) -> int:
    """Build once, or at each change; the new index is asked the golden queries of the site."""
    builds = _build_at_each_change if watch else _build_once
    return builds(folder, force, as_json, tagging_by(workers, scheduler))


def _build_once(folder: Path | None, force: bool, as_json: bool, tagging: Tagging) -> int:
    where = site_folder(folder)
    with known_writeups(where / DERIVED) as known:
        site = read_site(where, known)
    began, progress = time.perf_counter(), ShownProgress(as_json)
    try:
        summary = build(site, force=force, check=golden_review, progress=progress, tagging=tagging)
    except BuildRunning as running:
        say(str(running))
        return BUILD_RUNNING
    except BuildRefused as refusal:
        say(f"L’index n’a pas été publié, l’ancien reste en place :\n{refusal}")
        return REFUSED
    except (ModelMissing, PermissionError) as error:
        say(f"Erreur : {_cause(error)}")
        return REFUSED
    if as_json:
        print_summary(summary, site)
    else:
        tell(summary, site, time.perf_counter() - began)
    return DONE_WITH_PROBLEMS if site.problems or summary.faults else DONE


def _cause(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"impossible d’écrire dans « {error.filename} ». Créez un site : verbatheque init"
    return f"{error}."


def _build_at_each_change(folder: Path | None, force: bool, as_json: bool, tagging: Tagging) -> int:
    """Nothing that one build meets ends the watch; a build that found the lock taken is retried."""
    site = opened_site(folder)
    say(f"Je regarde « {site.folder} » et je reconstruis à chaque changement (Ctrl-C : fin).")
    try:
        for _ in changes(site):
            try:
                while _build_once(folder, force, as_json, tagging) == BUILD_RUNNING:
                    sleep(1)
            except (CorpusError, OSError) as error:
                say(f"Erreur : {error}\nJ’attends un autre changement.")
    except KeyboardInterrupt:
        say("Fin de la surveillance.")
    return DONE


@click.command("rollback", help="Revenir à une génération plus ancienne.")
@click.argument("number", metavar="[NUMÉRO]", type=click.IntRange(min=1), required=False)
@site_option
@json_option
def rollback_command(number: int | None, folder: Path | None, as_json: bool) -> int:
    """Publish an earlier generation."""
    store = index_store(opened_site(folder))
    left = store.pointer()
    try:
        with store.lock():
            chosen = roll_back(store, number)
    except BuildRunning as running:
        say(str(running))
        return BUILD_RUNNING
    manifest = chosen.manifest
    if as_json:
        print_json({"generation": manifest.generation, "left": left.generation if left else None})
        return DONE
    say(
        f"La génération {manifest.generation} est publiée ({_made(manifest.built_at)}, "
        f"{manifest.facts['documents']} textes)."
    )
    if left:
        say(
            f"La génération {left.generation} reste gardée ; pour y revenir : "
            f"verbatheque rollback {left.generation}. build ne la republiera pas tant que le "
            "site ne change pas."
        )
    return DONE


def _made(built_at: str) -> str:
    return f"construite le {built_at[:10]} à {built_at[11:16]} UTC"


@click.command("verify", help="Relire tout ce qui est gardé de l’index.")
@site_option
@json_option
def verify_command(folder: Path | None, as_json: bool) -> int:
    """Read every kept generation against its manifest."""
    report = report_on(index_store(opened_site(folder)))
    if as_json:
        print_json(_report_as_json(report))
    else:
        _tell_report(report)
    if report.serves is None:
        return REFUSED
    return DONE if report.is_sound else DONE_WITH_PROBLEMS


def _tell_report(report: StoreReport) -> None:
    for kept in report.generations:
        say(f"Génération {kept.number}{_role(kept, report)} : {_state(kept)}")
    if report.serves is None:
        say("Aucune génération ne peut servir. Lancez : verbatheque build")
    elif report.serves != report.pointed:
        say(
            f"La génération publiée ne peut pas servir ; la {report.serves} répond à sa place. "
            "Lancez : verbatheque build"
        )
    elif not report.is_sound:
        say("La génération publiée est intacte. Pour effacer les autres : verbatheque build")


def _state(kept: KeptGeneration) -> str:
    if kept.fault:
        return f"endommagée : {kept.fault}."
    return f"intacte, mais : {kept.obstacle}" if kept.obstacle else "intacte."


def _role(kept: KeptGeneration, report: StoreReport) -> str:
    made = f", {_made(kept.manifest.built_at)}" if kept.manifest else ""
    return f" (publiée{made})" if kept.number == report.pointed else f" (gardée{made})"


def _report_as_json(report: StoreReport) -> dict[str, object]:
    return {
        "sound": report.is_sound,
        "published": report.pointed,
        "serves": report.serves,
        "generations": [
            {
                "generation": kept.number,
                "built_at": kept.manifest.built_at if kept.manifest else None,
                "documents": kept.manifest.facts.get("documents") if kept.manifest else None,
                "fault": kept.fault,
                "obstacle": kept.obstacle,
            }
            for kept in report.generations
        ],
    }
