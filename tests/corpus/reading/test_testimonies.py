"""Testimonies among the fields above a page: each is a turn of the one who has its name."""

import pytest

from corpus.reading.blocks import BlockKind
from corpus.reading.markdown import page_from_markdown

_HEAD = """---
title: Ils passent le seuil
{key}:
  - nom: Nathalie Roux
    fonction: bénévole, jeux
    content: "Il a vu un chien, puis deux. Nous avons fait demi-tour."\t
  - nom: Luc
    content: "Il rechignait. Je lui ai lu une carte."
  - nom: Marie
    content: "Merci."
---

La maison ouvre le mardi.
"""


def turns_under(key: str) -> list[tuple[str, str]]:
    page = page_from_markdown(_HEAD.format(key=key).encode())
    return [(b.speaker, b.text) for b in page.blocks if b.kind is BlockKind.TURN]


@pytest.mark.parametrize("key", ["testimonials", "témoignages", "citations"])
def test_a_list_of_testimonies_makes_turns_with_names_and_roles(key: str) -> None:
    assert turns_under(key) == [
        (
            "Nathalie Roux (bénévole, jeux)",
            "Il a vu un chien, puis deux. Nous avons fait demi-tour.",
        ),
        ("Luc", "Il rechignait. Je lui ai lu une carte."),
    ]


@pytest.mark.parametrize("key", ["features", "equipe", "menu"])
def test_other_lists_with_names_and_words_are_no_testimonies(key: str) -> None:
    assert turns_under(key) == []


def test_a_list_one_level_down_is_read_too() -> None:
    text = "---\ntestimonials:\n  items:\n    - name: Luc\n      text: Je reviens demain.\n---\n"
    page = page_from_markdown(text.encode())
    assert [b.speaker for b in page.blocks if b.kind is BlockKind.TURN] == ["Luc"]
