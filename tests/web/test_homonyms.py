"""Two people of one name, from the write-ups to the pages: never mixed, told from each other."""

import re
import shutil
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.site import DERIVED, SAMPLE_SITE, read_site
from indexer.build import build
from search.live_index import Shelf, open_library
from search.query import SearchQuery
from web.app import create_app
from web.pages import by_letter

pytestmark = pytest.mark.model

WRITEUP = """---
titre: Le fournil
date: 2024-03-12
intervenants:
  - nom: {name}
    fonction: boulanger
    organisation: Le Bon Pain
    fiche: le-boulanger
  - nom: {name} (Rives)
    fonction: apprenti
---

> Le levain de seigle attend minuit pour lever.
> — {name}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Shelf]:
    """A speaker of the sample site, by id and name, who now has a homonym; their library."""
    folder = tmp_path_factory.mktemp("homonymes")
    shutil.copytree(SAMPLE_SITE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(DERIVED))
    speaker = next(s for w in read_site(folder).webinars for s in w.speakers if s.organisation)
    path = Path(folder) / "webinaires" / "2024-03-12-fournil.md"
    path.write_text(WRITEUP.format(name=speaker.name), "utf-8")
    site = read_site(folder)
    build(site)
    return speaker.id, speaker.name, open_library(site)


def test_each_has_a_page_of_their_own_words(known: tuple[str, str, Shelf]) -> None:
    first, name, library = known
    with library.reading() as reading:
        one, other = reading.speaker(first), reading.speaker("le-boulanger")
        assert one
        assert other
        assert one.name == other.name == name
        assert [said.text for said in other.verbatims] == [
            "Le levain de seigle attend minuit pour lever."
        ]
        assert not {said.id for said in one.verbatims} & {said.id for said in other.verbatims}
        assert [role.speaker_id for role in one.homonyms] == ["le-boulanger", f"{first}-rives"]
        assert {role.speaker_id for role in other.homonyms} == {first, f"{first}-rives"}
        assert one.homonyms[0].organisation == "Le Bon Pain"


def test_a_typed_name_finds_both_and_an_id_finds_one(known: tuple[str, str, Shelf]) -> None:
    first, name, library = known
    with library.reading() as reading:

        def speakers(query: str) -> set[str]:
            hits = reading.search(SearchQuery(query, size=50)).hits
            return {hit.document.speaker_id for hit in hits}

        assert speakers(f'intervenant:"{name}"') == {first, "le-boulanger"}
        assert speakers(f"intervenant:{first}") == {first}
        assert speakers("intervenant:le-boulanger") == {"le-boulanger"}


def test_lists_tell_them_apart_under_one_letter(known: tuple[str, str, Shelf]) -> None:
    first, name, library = known
    with library.reading() as reading:
        entries = reading.overview().speakers
    labels = {entry.id: entry.label for entry in entries}
    assert labels["le-boulanger"] == f"{name} (Le Bon Pain)"
    assert re.fullmatch(rf"{re.escape(name)} \(.+\)", labels[first])
    letters = [
        letter
        for letter, members in by_letter(entries)
        if {first, "le-boulanger"} & {member.id for member in members}
    ]
    assert letters == [name.rpartition(" ")[2][0].upper()]


def test_the_page_warns_of_the_other(known: tuple[str, str, Shelf]) -> None:
    first, name, library = known
    client = create_app(library, Settings()).test_client()
    page = client.get(f"/intervenant/{first}", buffered=True).text
    link = f'<a href="/intervenant/le-boulanger">{name}</a> (boulanger, Le Bon Pain)'
    assert f"À ne pas confondre avec {link} et " in page
    assert "(Rives)</a> (apprenti).</p>" in page
    with library.reading() as reading:
        alone = next(
            e.id for e in reading.overview().speakers if e.id not in {first, "le-boulanger"}
        )
    assert "À ne pas confondre" not in client.get(f"/intervenant/{alone}", buffered=True).text
