"""The command by which an editor reads what visitors proposed, and decides."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from corpus.adding.addition import addition_of
from corpus.problems import CorpusError
from corpus.proposals import KEPT_DAYS, Proposal, proposal_of, proposals_in, purge, remove
from corpus.site import site_folder
from corpus.typography import counted
from web.cli.editing import tell_added, write_agreed
from web.cli.options import (
    DONE,
    DONE_WITH_PROBLEMS,
    json_option,
    print_json,
    say,
    site_option,
    yes_option,
)


@click.command("proposals", help="Lire ce que des visiteurs proposent.")
@click.option(
    "--draft", "drafted", type=int, metavar="N", help="En faire un brouillon, comme « add »."
)
@click.option("--title", "title", default="", metavar="TITRE", help="Le titre, avec --draft.")
@click.option("--delete", "deleted", type=int, metavar="N", help="Effacer cette proposition.")
@click.option("--delete-all", "deletes_all", is_flag=True, help="Les effacer toutes.")
@yes_option
@site_option
@json_option
def proposals_command(
    drafted: int | None,
    title: str,
    deleted: int | None,
    deletes_all: bool,
    agreed: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """List the proposals, draft one or delete; those that are too old go at each run."""
    if sum((drafted is not None, deleted is not None, deletes_all)) > 1:
        raise CorpusError("choisissez --draft, --delete ou --delete-all, l’un des trois.")
    site = site_folder(folder)
    if gone := purge(site, date.today()):
        several = "propositions de plus de {} jours effacées"
        one = "proposition de plus de {} jours effacée"
        say(f"{counted(gone, one, several).format(KEPT_DAYS)}.")
    if drafted is not None:
        return _draft(site, proposal_of(site, drafted), title, agreed)
    if deleted is not None:
        remove(proposal_of(site, deleted))
        say(f"Proposition n° {deleted} effacée.")
        return DONE
    if deletes_all:
        return _delete(proposals_in(site), agreed)
    return _list(proposals_in(site), as_json)


def _draft(site: Path, proposal: Proposal, title: str, agreed: bool) -> int:
    """Add the page as `add` does; once its write-up holds all that it says, the proposal goes."""
    number = proposal.number
    if proposal.note:
        say(f"Note du visiteur : {proposal.note}")
    if proposal.file is None:
        say(f"Cette proposition n’est qu’une adresse : {proposal.address or 'illisible'}")
        say("Ouvrez-la, copiez la page dans un fichier .txt, puis : verbatheque add PAGE.txt")
        say(f"Ensuite : verbatheque proposals --delete {number}")
        return DONE_WITH_PROBLEMS
    if proposal.address:
        say(f"Page d’origine, selon le visiteur : {proposal.address}")
    try:
        addition = addition_of(site, proposal.file, title)
    except CorpusError as error:
        how = f'Avec un titre : verbatheque proposals --draft {number} --title "…"'
        raise CorpusError(f"{error} La proposition est gardée. {how}") from error
    written = write_agreed(addition, agreed)
    code = tell_added(addition, written)
    if written or addition.is_same:
        remove(proposal)
        say(f"Proposition n° {number} effacée : le site a son compte rendu.")
    return code


def _delete(proposals: Sequence[Proposal], agreed: bool) -> int:
    told = counted(len(proposals), "proposition")
    if proposals and not agreed:
        say(f"Seraient effacées : {told}. Pour le faire, relancez la commande avec --yes.")
        return DONE_WITH_PROBLEMS
    for proposal in proposals:
        remove(proposal)
    say(f"Effacées : {told}.")
    return DONE


def _list(proposals: Sequence[Proposal], as_json: bool) -> int:
    if as_json:
        print_json([_as_json(proposal) for proposal in proposals])
    elif not proposals:
        say("Aucune proposition à lire.")
    else:
        say(f"{counted(len(proposals), 'proposition')} à lire :")
        for proposal in proposals:
            say(f"  n° {proposal.number}, {proposal.day}, {_told(proposal)}")
        say("Pour en faire un brouillon : verbatheque proposals --draft N")
        say("Pour effacer : verbatheque proposals --delete N")
    return DONE


def _told(proposal: Proposal) -> str:
    kind = proposal.file.suffix if proposal.file else "adresse seule"
    size = f", {max(1, round(proposal.size / 1000))} ko" if proposal.file else ""
    address = f", {proposal.address}" if proposal.address else ""
    return f"{kind}{size}{address}{f' — {proposal.note}' if proposal.note else ''}"


def _as_json(proposal: Proposal) -> dict[str, object]:
    return {
        "number": proposal.number,
        "date": proposal.day.isoformat(),
        "kind": proposal.file.suffix.removeprefix(".") if proposal.file else "adresse",
        "bytes": proposal.size,
        "file": str(proposal.file) if proposal.file else None,
        "address": proposal.address,
        "note": proposal.note,
    }
