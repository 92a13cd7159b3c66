"""The page the project started from, read where it stands beside the repository."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.adding.draft import draft_from
from corpus.extraction.extracted import Extraction, extraction_as_json
from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text

SEED = Path(__file__).parents[4] / "shared" / "seed" / "webinaire-cooperation-locale.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed page is not in the repository")

QUOTED_LINE = re.compile(r"""^["“]\s*(?P<text>.+?)\s*["”]\s*(?P<speaker>\w+ \w+)$""", re.MULTILINE)
COUNTS = {"Jacques Breillat": 8, "Lucile Aigron": 7, "Elodie Lang": 4, "Maxime Roby": 2}


@pytest.fixture(scope="module")
def source() -> str:
    return SEED.read_text("utf-8")


@pytest.fixture(scope="module")
def page() -> Extraction:
    return extraction_from(page_from_text(SEED.read_bytes()))


def expected(source: str) -> list[tuple[str, str, int]]:
    parts = re.split(r"^(\d)\. .*$", source, flags=re.MULTILINE)[1:]
    return [
        (found["text"], found["speaker"], int(number))
        for number, body in zip(parts[::2], parts[1::2], strict=True)
        for found in QUOTED_LINE.finditer(body)
    ]


def test_every_verbatim_is_word_for_word_with_its_speaker_and_idea(
    page: Extraction, source: str
) -> None:
    assert [(v.text, v.speaker, v.key_idea) for v in page.verbatims] == expected(source)
    assert len(page.verbatims) == 21
    assert Counter(v.speaker for v in page.verbatims) == COUNTS
    assert all(v.text in source.splitlines()[v.line - 1] for v in page.verbatims)


def test_the_head_is_read(page: Extraction, source: str) -> None:
    assert page.title == source.splitlines()[5]
    assert page.held_on == date(2021, 5, 4)
    assert page.published_on == date(2021, 5, 9)
    assert [idea.number for idea in page.key_ideas] == [1, 2, 3, 4, 5, 6]
    assert all(f"{idea.number}. {idea.text}" in source for idea in page.key_ideas)


def test_the_four_people_are_known_with_role_and_organisation(page: Extraction) -> None:
    people = {s.name: (s.role.casefold(), s.organisation) for s in page.speakers}
    assert people == {
        "Jacques Breillat": ("maire", "Castillon-la-Bataille"),
        "Maxime Roby": (
            "chef de projet territorial",
            "pôle d'équilibre territorial et rural (PETR) Monts et Barrage",
        ),
        "Elodie Lang": ("coordinatrice", "tiers-lieu l’Escalier"),
        "Lucile Aigron": ("directrice", "coopérative des tiers-lieux"),
    }


def test_nothing_of_the_contact_person_comes_out(page: Extraction) -> None:
    printed = json.dumps(extraction_as_json(page), ensure_ascii=False) + repr(page)
    assert not any(part in printed for part in ("Rochard", "06 31", "@"))


def test_nothing_is_doubtful(page: Extraction) -> None:
    assert page.problems == ()


def test_it_makes_a_record(page: Extraction) -> None:
    assert len(draft_from(page, "cooperation-locale").webinar.verbatims) == 21
