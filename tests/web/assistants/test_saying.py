"""The small print of « was this said? »: what is a difference, and what is none."""

import pytest

from corpus.problems import Refused
from search.answer import Document, WebinarReference
from web.assistants.saying import MOST_CHARACTERS, Difference, Saying, Sayings


def said(id: str, text: str) -> Document:
    webinar = WebinarReference("w", "W", None, "", "")
    return Document(id, "verbatim", text, "", "", "", "", webinar, None, None, ())


SAYINGS = Sayings(
    [
        said("a", "Une cantine, c’est d’abord des gens : 50 % d’ici, « pas d’ailleurs »…"),
        said("b", "Oui."),
        said("c", "On a recruté dix personnes, toutes d’ici."),
        said("d", "On a recruté dix personnes, toutes d’ici."),
    ]
)


def ids(saying: Saying) -> list[str]:
    return [match.document.id for match in saying.matches]


@pytest.mark.parametrize(
    "text",
    [
        "Une cantine, c'est d'abord des gens: 50 % d'ici, \"pas d'ailleurs\"...",
        "« Une cantine, c’est d’abord des gens : 50% d’ici, “pas d’ailleurs”… »",
        "Une can\u00adtine,\u200b c’est d’abord\ndes   gens : 50 % d’ici, « pas d’ailleurs »…",
    ],
)
def test_what_pages_do_to_a_text_is_no_difference(text: str) -> None:
    saying = SAYINGS.check(text)
    assert (saying.verdict, ids(saying)) == ("found", ["a"])


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        ("on a recruté dix personnes, toutes d’ici.", [("On", "on")]),
        ("On a recruté dix personnes, toutes d’ici !", [(".", "!")]),
        ("On a recrute dix personnes, toutes d’ici.", [("recruté", "recrute")]),
        ("On a recruté dix personnes toutes d’ici.", [(",", "")]),
        ("On a recruté dix personnes", [(", toutes d’ici.", "")]),
        ("On a recruté vingt personnes, toutes d’ici.", [("dix", "vingt")]),
        ("On a recruté dix personnes, presque toutes d’ici.", [("", "presque")]),
    ],
)
def test_every_other_sign_is_one(text: str, differences: list[tuple[str, str]]) -> None:
    saying = SAYINGS.check(text)
    assert (saying.verdict, ids(saying)) == ("different", ["c", "d"])
    assert saying.matches[0].differences == tuple(Difference(*each) for each in differences)


def test_words_said_twice_are_found_twice() -> None:
    assert ids(SAYINGS.check("On a recruté dix personnes, toutes d’ici.")) == ["c", "d"]


def test_one_word_may_be_a_quote() -> None:
    assert SAYINGS.check("oui.").verdict == "different"
    assert SAYINGS.check("Oui.").verdict == "found"
    assert SAYINGS.check("Non.").verdict == "never"


@pytest.mark.parametrize("text", ["", " ?! ", "a" * (MOST_CHARACTERS + 1)])
def test_what_cannot_be_checked_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        SAYINGS.check(text)


def test_nothing_was_said_where_there_is_no_quote() -> None:
    assert Sayings([]).check("On a recruté dix personnes.") == Saying("never")
