"""The commands of an editor: start a site, add a page, look at what is doubtful, forget."""

import shutil
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.adding.addition import Addition, addition_of
from corpus.adding.review import review_of
from corpus.extraction.extracted import Extraction, extraction_as_json
from corpus.forgetting import (
    mentions_left,
    removals_of_person,
    removals_of_verbatim,
)
from corpus.problems import CorpusError, Severity, by_severity
from corpus.proposals import proposals_naming, remove
from corpus.reading.formats import is_readable
from corpus.reading.source import Source, read_source, source_from
from corpus.site import (
    NEW_SITE,
    SAMPLE_SITE,
    SETTINGS_FILE,
    WRITEUPS,
    settings_of,
    site_folder,
    writeup_paths,
)
from corpus.typography import counted
from web.cli.options import (
    DONE,
    DONE_WITH_PROBLEMS,
    PATH,
    json_option,
    opened_site,
    print_json,
    say,
    say_problems,
    site_option,
    yes_option,
)

if TYPE_CHECKING:
    from web.bench.forgetting import Erasure

_title_option = click.option(
    "--title", "title", default="", metavar="TITRE", help="Le titre, quand la page n’en a pas."
)
_SHARED_LISTS = ("themes.toml", "lexique.toml")  # what centres like ours have in common


@click.command("init", help="Créer un site : un dossier prêt à remplir.")
@click.argument("folder", type=PATH, metavar="DOSSIER")
def init_command(folder: Path) -> int:
    """Write the settings and the lists; nothing that exists is touched."""
    if (folder / SETTINGS_FILE).exists():
        raise CorpusError(f"« {folder} » est déjà un site ; rien n’a été changé.")
    if folder.is_file():
        raise CorpusError(f"« {folder} » est un fichier ; choisissez un autre nom.")
    (folder / WRITEUPS).mkdir(parents=True, exist_ok=True)
    sources = [*sorted(NEW_SITE.glob("*.toml")), *(SAMPLE_SITE / name for name in _SHARED_LISTS)]
    for source in sources:
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    say(f"Site créé dans « {folder} ». Ensuite : cd {folder}, puis verbatheque edit")
    return DONE


@click.command("extract", help="Lire une page et montrer ce qu’on y trouve.")
@click.argument("page", type=source_from, metavar="PAGE")
@_title_option
@site_option
@json_option
def extract_command(page: Source, title: str, folder: Path | None, as_json: bool) -> int:
    """Print what a page says, without writing anything."""
    hosts = settings_of(site_folder(folder)).lecture.hotes
    extraction = read_source(page, hosts).extraction.titled(title)
    if as_json:
        print_json(extraction_as_json(extraction))
    else:
        _tell(extraction)
    return DONE_WITH_PROBLEMS if extraction.problems and not as_json else DONE


@click.command("add", help="Faire d’une page un compte rendu à relire.")
@click.argument("page", type=source_from, metavar="PAGE")
@_title_option
@yes_option
@site_option
@json_option
def add_command(page: Source, title: str, agreed: bool, folder: Path | None, as_json: bool) -> int:
    """Write a draft into the site, or show how its write-up would change; a folder: every page."""
    site = site_folder(folder)
    if isinstance(page, Path) and page.is_dir():
        if title:
            raise CorpusError("--title ne vaut que pour une page : ajoutez-la seule.")
        return _add_all(site, page, agreed, as_json)
    addition = addition_of(site, page, title)
    return tell_added(addition, write_agreed(addition, agreed), as_json)


def tell_added(addition: Addition, written: bool, as_json: bool = False) -> int:
    """Say what was written, or would be; give the exit code."""
    if as_json:
        changes = {"written": written, "diff": "" if addition.is_new else addition.diff()}
        file = {"file": str(addition.path)}
        print_json({**file, **changes, **extraction_as_json(addition.extraction)})
    elif addition.is_new:
        _tell(addition.extraction)
        say(f"Brouillon à relire : {addition.path}")
        say("Ensuite : verbatheque check, puis verbatheque build")
    elif addition.is_same:
        say(f"« {addition.path.name} » est à jour : rien n’a changé dans la page.")
    else:
        click.echo(addition.diff())
        say(f"Mis à jour : {addition.path}" if written else f"Rien n’est écrit. {_HOW_TO_AGREE}")
    return DONE if _is_settled(addition, written) else DONE_WITH_PROBLEMS


def _is_settled(addition: Addition, written: bool) -> bool:
    """Say whether nothing is left to read: no change to agree to, no doubt in what was written."""
    return addition.is_same or (written and not addition.extraction.problems)


_SEVERAL = {
    "brouillon": "brouillons",
    "inchangée": "inchangées",
    "mise à jour": "mises à jour",
    "à confirmer": "à confirmer",
    "refusée": "refusées",
}
_HOW_TO_AGREE = "Pour l’écrire, relancez la même commande avec --yes."


def write_agreed(addition: Addition, agreed: bool) -> bool:
    """Write what is new, and what changes if the editor agreed."""
    if not (addition.is_same or addition.is_new or agreed):
        return False
    addition.write()
    return not addition.is_same


def _add_all(site: Path, folder: Path, agreed: bool, as_json: bool) -> int:
    """Add every page of a folder: one that is refused never stops the others."""
    pages = [path for path in sorted(folder.iterdir()) if is_readable(path)]
    if not pages:
        raise CorpusError(f"« {folder} » ne contient aucune page d’un format lu.")
    told: list[dict[str, str]] = []
    is_settled = True
    for page in pages:
        try:
            addition = addition_of(site, page)
            written = write_agreed(addition, agreed)
            state, message = _outcome(addition, written)
            is_settled &= _is_settled(addition, written)
        except CorpusError as error:
            state, message, is_settled = "refusée", str(error), False
        told.append({"page": page.name, "state": state, "message": message})
        if not as_json:
            say(f"{page.name} : {state} — {message}")
    states = Counter(line["state"] for line in told)
    if as_json:
        print_json(told)
    else:
        sums = ", ".join(counted(n, state, _SEVERAL[state]) for state, n in states.items())
        say(f"{counted(len(pages), 'page')} : {sums}.")
        if states["à confirmer"]:
            say(_HOW_TO_AGREE)
    return DONE if is_settled else DONE_WITH_PROBLEMS


def _outcome(addition: Addition, written: bool) -> tuple[str, str]:
    found = addition.extraction
    counts = (
        f"{addition.path.name} ({counted(len(found.verbatims), 'verbatim')}, "
        f"{counted(len(found.speakers), 'intervenant')}, {counted(len(found.problems), 'doute')})"
    )
    if addition.is_new:
        return "brouillon", counts
    if addition.is_same:
        return "inchangée", counts
    return ("mise à jour" if written else "à confirmer"), counts


def _tell(extraction: Extraction) -> None:
    named = sum(verbatim.speaker is not None for verbatim in extraction.verbatims)
    click.echo(extraction.title or "(sans titre)")
    click.echo(f"  tenu le {extraction.held_on or '?'}, publié le {extraction.published_on or '?'}")
    click.echo(
        f"  {counted(len(extraction.key_ideas), 'idée clé')}, "
        f"{counted(len(extraction.verbatims), 'verbatim')} dont {named} avec leur auteur, "
        f"{counted(len(extraction.speakers), 'intervenant')}, "
        f"{counted(len(extraction.problems), 'doute')}"
    )
    for speaker in extraction.speakers:
        details = ", ".join(part for part in (speaker.role, speaker.organisation) if part)
        click.echo(f"    {speaker.name}{f' — {details}' if details else ''}")
    if extraction.problems:
        say(f"À vérifier ({len(extraction.problems)}) :")
        say_problems(extraction.problems)


@click.command("check", help="Relire le site : ce qui manque ou paraît douteux.")
@click.argument("file", required=False, type=PATH, metavar="[FICHIER]")
@site_option
@json_option
def check_command(file: Path | None, folder: Path | None, as_json: bool) -> int:
    """List the problems of a site or of one write-up, the gravest first."""
    site = opened_site(folder)
    problems = sorted((*site.problems, *review_of(site)), key=by_severity)
    if file:
        name = file.stem.casefold()
        if name not in {path.stem.casefold() for path in writeup_paths(site.folder)}:
            raise CorpusError(f"« {file.name} » n’est pas un compte rendu de ce site.")
        problems = [problem for problem in problems if Path(problem.file).stem.casefold() == name]
    if as_json:
        print_json([asdict(problem) for problem in problems])
    elif problems:
        severities = Counter(problem.severity for problem in problems)
        sums = ", ".join(counted(severities[s], s.value) for s in Severity if severities[s])
        say(f"À regarder : {sums}.")
        say_problems(problems)
    elif file:
        say(f"Rien à signaler dans « {file.name} ».")
    else:
        verbatims = sum(len(webinar.verbatims) for webinar in site.webinars)
        webinars = counted(len(site.webinars), "webinaire")
        say(f"Rien à signaler : {webinars}, {counted(verbatims, 'verbatim')}.")
    return DONE_WITH_PROBLEMS if problems else DONE


@click.command("forget", help="Effacer une personne, ou un verbatim (RGPD).")
@click.argument("name", required=False, default="", metavar='["PRÉNOM NOM"]')
@click.option("--verbatim", "verbatim_id", default="", metavar="ID", help="Un seul verbatim.")
@yes_option
@site_option
def forget_command(name: str, verbatim_id: str, agreed: bool, folder: Path | None) -> int:
    """Show what would go; with --yes, remove it and all that was made from it."""
    if bool(name) == bool(verbatim_id):
        raise CorpusError('donnez un nom ("Prénom Nom") ou --verbatim ID, l’un des deux.')
    site = site_folder(folder)
    what = f"« {name or verbatim_id} »"
    removals = removals_of_person(site, name) if name else removals_of_verbatim(site, verbatim_id)
    for removal in removals:
        click.echo(f"{removal.path.name} : {counted(len(removal.verbatims), 'verbatim')}")
        click.echo(removal.diff())
    verbatims = counted(sum(len(removal.verbatims) for removal in removals), "verbatim")
    files = counted(len(removals), "compte rendu", "comptes rendus")
    if not removals:
        say(f"{what} n’est dans aucun compte rendu. Un index ancien peut encore le contenir.")
    for place in mentions_left(site, name, removals) if name else ():
        say(f"  Le nom reste écrit ici, à corriger à la main : {place}")
    proposals = proposals_naming(site, name)
    for proposal in proposals:
        say(f"  À effacer aussi, nommée ou illisible : la proposition n° {proposal.number}.")
    if not agreed:
        say(
            f"Seraient effacés : {verbatims} dans {files}, l’index et ses anciennes versions, le "
            "cache des analyses, les copies des pages concernées. Un nouvel index est publié : le "
            "site ne s’interrompt pas. Pour effacer, relancez la même commande avec --yes."
        )
        return DONE_WITH_PROBLEMS
    # slow to import: the other commands of an editor do without
    from web.bench.forgetting import erased

    erasure = erased(site, removals, name)
    for proposal in proposals:
        remove(proposal)
    say(f"Effacé : {what}, {verbatims} dans {files}." if removals else "Comptes rendus inchangés.")
    _tell_erased(erasure)
    return DONE_WITH_PROBLEMS if erasure.refused else DONE


def _tell_erased(erasure: "Erasure") -> None:
    made = {
        counted(
            erasure.generations, "ancienne version de l’index", "anciennes versions de l’index"
        ): erasure.generations,
        "le cache des analyses": erasure.had_cache,
        f"la copie de {counted(len(erasure.pages), 'page')}": erasure.pages,
    }
    gone = [what for what, went in made.items() if went]
    say(f"Effacés aussi : {', '.join(gone)}." if gone else "Il n’y avait ni index ni cache.")
    for page in erasure.pages:
        if page and page.is_file():
            say(f"  Cette page en parle encore ; corrigez-la ou effacez-la : {page}")
    for snapshot in erasure.snapshots:
        say(f"  Cet instantané du cluster peut garder ses mots ; supprimez-le : {snapshot}")
    if erasure.refused:
        say(f"Le site s’interrompt jusqu’au prochain « verbatheque build » : {erasure.refused}")
    say(
        "Reste à effacer vous-même : vos sauvegardes, l’historique des fichiers s’il y en a un, et "
        "ce que d’autres sites ont repris (docs/integrer.md dit ce que WordPress garde)."
    )
