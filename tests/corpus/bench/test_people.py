"""Two entries that are one person, and two people of one name."""

from pathlib import Path

import pytest

from corpus.bench.people import joined, parted, presences
from corpus.problems import CorpusError
from corpus.site import read_site

WRITEUP = """---
titre: {title}
date: 2024-03-0{day}
intervenants:
  - nom: {name}
    fonction: {role}
---

<!-- à moi -->
> Des mots du jour {day}, assez longs.
> — {name} {{#a{day}}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "webinaires").mkdir()
    people = [("Jean Martin", "maire"), ("Jean Martin", "apiculteur"), ("J. Martin", "maire")]
    for day, (name, role) in enumerate(people, 1):
        text = WRITEUP.format(title=f"Jour {day}", day=day, name=name, role=role)
        (tmp_path / "webinaires" / f"jour-{day}.md").write_text(text, "utf-8")
    return tmp_path


def ids(site: Path) -> list[str]:
    return [webinar.speakers[0].id for webinar in read_site(site).webinars]


def test_two_entries_become_one_person_and_nothing_else_changes(site: Path) -> None:
    before = (site / "webinaires" / "jour-3.md").read_text("utf-8")
    assert joined(site, {"jour-1/Jean Martin", "jour-3/J. Martin"}) == 2
    assert ids(site)[0] == ids(site)[2]
    after = (site / "webinaires" / "jour-3.md").read_text("utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        f"    fiche: {ids(site)[0]}"
    ]


def test_a_homonym_gets_a_page_of_its_own(site: Path) -> None:
    assert parted(site, {"jour-2/Jean Martin"}, "jean-martin-ruches") == 1
    assert ids(site)[:2] == ["jean-martin", "jean-martin-ruches"]
    assert presences(site)[0].speaker.name == "J. Martin"


@pytest.mark.parametrize("sheet", ["", "Pas Une Fiche", "jean-martin"])
def test_a_sheet_that_serves_or_is_none_is_refused(site: Path, sheet: str) -> None:
    with pytest.raises(CorpusError):
        parted(site, {"jour-2/Jean Martin"}, sheet)


def test_one_line_is_not_joined_to_itself(site: Path) -> None:
    with pytest.raises(CorpusError):
        joined(site, {"jour-1/Jean Martin"})
