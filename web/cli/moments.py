"""The command that finds when each verbatim was said in the replay."""

from pathlib import Path
from typing import Any

import click

from corpus.moments.alignment import Moment
from corpus.moments.dating import Dating, dating_of
from corpus.site import site_folder
from corpus.typography import counted
from corpus.writeups.writing import moment_from
from web.cli.options import (
    DONE,
    DONE_WITH_PROBLEMS,
    PATH,
    json_option,
    print_json,
    say,
    site_option,
    yes_option,
)

_SHOWN = 60  # characters of a verbatim


@click.command("moments", help="Trouver à quelle seconde de la vidéo chaque verbatim est dit.")
@click.argument("webinar", metavar="WEBINAIRE")
@click.argument("subtitles", type=PATH, metavar="SOUS-TITRES")
@yes_option
@site_option
@json_option
def moments_command(
    webinar: str, subtitles: Path, agreed: bool, folder: Path | None, as_json: bool
) -> int:
    """Show the moments that are found; with --yes, write those that are sure."""
    dating = dating_of(site_folder(folder), webinar, subtitles)
    if agreed:
        dating.write()
    if as_json:
        print_json([_as_json(moment) for moment in dating.moments])
    else:
        _tell(dating, agreed)
    is_settled = not dating.doubtful and (agreed or not dating.sure)
    return DONE if is_settled else DONE_WITH_PROBLEMS


def _tell(dating: Dating, agreed: bool) -> None:
    for moment in dating.sure:
        click.echo(f"  {moment_from(moment.start or 0)}  {_shown(moment)}")
    for moment in dating.doubtful:
        found = ", ".join(moment_from(int(each.start)) for each in moment.candidates)
        click.echo(f"  ?  {_shown(moment)} ({f'peut-être {found}' if found else 'introuvable'})")
    kept = len(dating.webinar.verbatims) - len(dating.moments)
    sure, doubtful = len(dating.sure), len(dating.doubtful)
    told = counted(sure, "moment trouvé", "moments trouvés")
    say(f"{told}, {counted(doubtful, 'douteux', 'douteux')}, {counted(kept, 'déjà écrit')}.")
    if agreed:
        say(f"Écrits dans {dating.path.name} ; les douteux se choisissent à l’oreille.")
    elif sure:
        say("Rien n’est écrit. Pour écrire les moments trouvés, relancez avec --yes.")


def _shown(moment: Moment) -> str:
    text = " ".join(moment.verbatim.text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _as_json(moment: Moment) -> dict[str, Any]:
    return {
        "verbatim": moment.verbatim.id,
        "start": moment.start if moment.is_sure else None,
        "candidates": [
            {"start": int(each.start), "score": round(each.score, 1)} for each in moment.candidates
        ],
    }
