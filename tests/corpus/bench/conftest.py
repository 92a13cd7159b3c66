"""A site with one page added, and its write-up on the bench."""

from pathlib import Path

import pytest

from corpus.adding.addition import addition_of
from corpus.bench.workbook import Workbook

PAGE = """Rencontre « Des vergers pour tous », les points-clefs

Publié le 12/03/2024

La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers, et Noé
Vial, maire de Rives.

1. On plante avant d’avoir un plan.

« Nous avons planté quarante pommiers un dimanche de pluie. Personne ne nous croyait. » Ana Lu
« Le conseil a voté la clôture sans un mot de travers ce soir-là. » Noé Vial

2. La taille se décide ensemble.

« Chacun vient avec son sécateur et repart avec des idées pour son jardin. »
Un ancien a dit que la terre se souvient de tout.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    (site / "verbatheque.toml").write_text('titre = "Essai"\n', "utf-8")
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    addition_of(site, page).write()
    return site


@pytest.fixture
def name(folder: Path) -> str:
    [path] = (folder / "webinaires").glob("*.md")
    return path.stem


@pytest.fixture
def book(folder: Path, name: str) -> Workbook:
    return Workbook.opened(folder, name)
