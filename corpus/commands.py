"""The commands of an editor: start a site, add a page, look at what is doubtful."""

import shutil
from pathlib import Path

import click

from corpus.command_line import (
    DONE,
    DONE_WITH_PROBLEMS,
    FrenchCommand,
    json_option,
    opened_site,
    print_json,
    say,
    say_problems,
    site_option,
)
from corpus.counting import counted
from corpus.draft import draft_from
from corpus.pages.extraction import Extraction, extraction_as_json, extraction_from
from corpus.pages.readers import page_from_file
from corpus.problem import CorpusError, Problem
from corpus.site import SAMPLE_SITE, SETTINGS_FILE, WRITEUPS, site_folder
from corpus.typography import slug_from

_TEMPLATES = Path(__file__).parent / "new_site"
_SHARED_LISTS = ("themes.toml", "lexique.toml")  # what centres like ours have in common
_MAX_ID = 80


@click.command("init", cls=FrenchCommand, help="Créer un site : un dossier prêt à remplir.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
def init_command(folder: Path) -> int:
    """Write the settings and the lists; nothing that exists is touched."""
    if (folder / SETTINGS_FILE).exists():
        raise CorpusError(f"« {folder} » est déjà un site ; rien n’a été changé.")
    if folder.is_file():
        raise CorpusError(f"« {folder} » est un fichier ; choisissez un autre nom.")
    (folder / WRITEUPS).mkdir(parents=True, exist_ok=True)
    sources = [*sorted(_TEMPLATES.glob("*.toml")), *(SAMPLE_SITE / name for name in _SHARED_LISTS)]
    for source in sources:
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    say(f"Site créé dans « {folder} ». Ensuite : cd {folder}, puis verbatheque add PAGE.txt")
    return DONE


@click.command("extract", cls=FrenchCommand, help="Lire une page et montrer ce qu’on y trouve.")
@click.argument("page", type=click.Path(path_type=Path), metavar="PAGE")
@json_option
def extract_command(page: Path, as_json: bool) -> int:
    """Print what a page says, without writing anything."""
    extraction = extraction_from(page_from_file(page))
    if as_json:
        print_json(extraction_as_json(extraction))
    else:
        _tell(extraction)
    return DONE_WITH_PROBLEMS if extraction.problems and not as_json else DONE


@click.command("add", cls=FrenchCommand, help="Faire d’une page un compte rendu à relire.")
@click.argument("page", type=click.Path(path_type=Path), metavar="PAGE")
@site_option
@json_option
def add_command(page: Path, folder: Path | None, as_json: bool) -> int:
    """Write a draft into the site; an existing write-up is never overwritten."""
    site = site_folder(folder)
    extraction = extraction_from(page_from_file(page))
    if not extraction.title or not (extraction.verbatims or extraction.key_ideas):
        raise CorpusError(
            f"« {page.name} » : ni titre ni citation reconnus. Vérifiez que la page est complète."
        )
    path = site / WRITEUPS / f"{_webinar_id(extraction)}.md"
    if path.exists():
        raise CorpusError(
            f"« {path.name} » existe déjà. Renommez-le ou effacez-le pour refaire le brouillon."
        )
    path.parent.mkdir(exist_ok=True)
    path.write_text(draft_from(extraction, path.stem), "utf-8")
    if as_json:
        print_json({"file": str(path), **extraction_as_json(extraction)})
    else:
        _tell(extraction)
        say(f"Brouillon à relire : {path}\nEnsuite : verbatheque build")
    return DONE_WITH_PROBLEMS if extraction.problems else DONE


def _webinar_id(extraction: Extraction) -> str:
    day = extraction.held_on or extraction.published_on
    name = slug_from(f"{day.isoformat() if day else ''} {extraction.title}")
    return name if len(name) <= _MAX_ID else name[:_MAX_ID].rpartition("-")[0]


def _tell(extraction: Extraction) -> None:
    named = sum(verbatim.speaker is not None for verbatim in extraction.verbatims)
    click.echo(extraction.title or "(sans titre)")
    click.echo(f"  tenu le {extraction.held_on or '?'}, publié le {extraction.published_on or '?'}")
    click.echo(
        f"  {counted(len(extraction.key_ideas), 'idée clé')}, "
        f"{counted(len(extraction.verbatims), 'verbatim')} dont {named} avec leur auteur, "
        f"{counted(len(extraction.speakers), 'intervenant')}"
    )
    for speaker in extraction.speakers:
        details = ", ".join(part for part in (speaker.role, speaker.organisation) if part)
        click.echo(f"    {speaker.name}{f' — {details}' if details else ''}")
    if extraction.problems:
        say(f"À vérifier ({len(extraction.problems)}) :")
        say_problems(extraction.problems)


@click.command("check", cls=FrenchCommand, help="Relire le site : ce qui manque ou paraît douteux.")
@site_option
@json_option
def check_command(folder: Path | None, as_json: bool) -> int:
    """List the problems of a site."""
    site = opened_site(folder)
    if as_json:
        print_json([_as_json(problem) for problem in site.problems])
    elif site.problems:
        say(f"{counted(len(site.problems), 'point')} à regarder :")
        say_problems(site.problems)
    else:
        verbatims = sum(len(webinar.verbatims) for webinar in site.webinars)
        webinars = counted(len(site.webinars), "webinaire")
        say(f"Rien à signaler : {webinars}, {counted(verbatims, 'verbatim')}.")
    return DONE_WITH_PROBLEMS if site.problems else DONE


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "message": problem.message,
        "line": problem.line,
        "severity": problem.severity,
        "file": problem.file,
    }
