"""The draft record of a page."""

from corpus.adding.draft import UNTITLED, draft_from
from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text
from corpus.records import Webinar, content_id

SAID = "On apprend mieux quand on fait ensemble."


def drafted(text: str) -> Webinar:
    return draft_from(extraction_from(page_from_text(text.encode())), "w").webinar


def test_equal_texts_get_ids_told_apart() -> None:
    webinar = drafted(f"Un titre de page\n\n« {SAID} » Léa Morin\n« {SAID} » Noé Vial")
    ids = [said.id for said in webinar.verbatims]
    assert ids == [content_id("w", SAID), content_id("w", SAID, "1")]


def test_verbatims_without_an_idea_come_first() -> None:
    webinar = drafted(
        f"Un titre de page\n\nAvant tout :\n« {SAID} » Léa Morin\n1. Un\n« {SAID} » Noé Vial"
    )
    assert [said.key_idea and said.key_idea.number for said in webinar.verbatims] == [None, 1]
    assert [said.speaker.name for said in webinar.verbatims if said.speaker] == [
        "Léa Morin",
        "Noé Vial",
    ]


def test_a_page_without_title_still_makes_a_record() -> None:
    assert drafted("").title == UNTITLED
