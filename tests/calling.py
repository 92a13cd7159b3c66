"""Calling commands as an editor does, and the page that most of them are tried on."""

from pathlib import Path

from web.cli.main import verbatheque
from web.cli.options import run

PAGE = """Rencontre « Des vergers pour tous », les points-clefs

Publié le 12/03/2024

La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers, et Noé
Vial, maire de Rives.

1. On plante avant d’avoir un plan.

« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu
« Le conseil a voté la clôture sans un mot de travers ce soir-là. » Noé Vial
"""


def call(*arguments: str | Path) -> int:
    """Run a command; give its exit code."""
    return run(verbatheque, [str(argument) for argument in arguments])
