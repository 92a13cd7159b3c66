"""Foreign expressions are marked up in their language, and never alter the text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Span
from corpus.settings import ForeignWords, Settings
from corpus.site import Site
from search.live_index import open_library
from tests.small_site import library_of, webinar_saying
from web.app import create_app
from web.typography import Piece, marked_parts, pieces_of

WORDS = ForeignWords(en=("lab", "living lab", "low-tech", "c'mon"), la=("in situ",))


def foreign(text: str) -> list[tuple[str, str]]:
    return [(p.text, p.language) for p in pieces_of(text, (), WORDS) if p.language]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un living lab, in situ.", [("living lab", "en"), ("in situ", "la")]),
        ("Living\u00a0Lab ou LAB", [("Living\u00a0Lab", "en"), ("LAB", "en")]),
        ("du low\u2011tech, c’mon", [("low\u2011tech", "en"), ("c’mon", "en")]),
        ("collaborer, des labs, un lab\u0301", []),
        ("l’in situ", [("in situ", "la")]),
        ("Rien ici.", []),
    ],
)
def test_whole_expressions_are_found_the_longest_first(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert foreign(text) == found


def test_a_mark_and_a_language_may_overlap() -> None:
    text = "Notre living lab vit."
    assert list(pieces_of(text, [Span(0, 12)], WORDS)) == [
        Piece("Notre ", True),
        Piece("living", True, "en"),
        Piece(" lab", False, "en"),
        Piece(" vit.", False),
    ]


texts = st.lists(
    st.sampled_from(["lab", "living", " ", "low-tech", "in", "situ", "œ", "🚲", "\n", "é"]),
    max_size=12,
).map("".join)
spans = st.lists(st.builds(Span, st.integers(-3, 40), st.integers(-3, 40)), max_size=4)


@given(texts, spans)
def test_no_letter_and_no_mark_is_lost(text: str, highlights: list[Span]) -> None:
    pieces = list(pieces_of(text, highlights, WORDS))
    assert "".join(piece.text for piece in pieces) == text
    marks = [bool(m) for part, m in marked_parts(text, highlights) for _ in part]
    assert [piece.is_marked for piece in pieces for _ in piece.text] == marks


def test_pages_say_the_language_of_the_words() -> None:
    text = "Un living lab <b>ouvert</b> & un fab lab."
    library = library_of(webinar_saying((text, "")))
    settings = Settings(langues=ForeignWords(en=("living lab", "fab lab")))
    client = create_app(library, settings).test_client()
    page = client.get("/recherche?q=lab").text
    assert '<span lang="en">living </span><mark lang="en">lab</mark> &lt;b&gt;' in page
    quote = re.search("<blockquote.*?</blockquote>", client.get("/verbatim/c0").text, re.DOTALL)
    assert quote
    assert quote[0].count('<span lang="en">') == 2
    bare = unescape(re.sub("<[^>]*>", "", quote[0]))
    assert bare == f"«\u00a0{text}\u00a0»"


def test_without_the_setting_nothing_is_added() -> None:
    page = create_app(library_of(), Settings()).test_client().get("/verbatim/citation1").text
    assert page.count("lang=") == 1


# What no French sentence says: a text that holds one of them is in part in another language.
COMMON_ELSEWHERE = frozenset(
    re.findall(
        r"\w+",
        "the and of with you is are was this that from they have what und der das ist nicht mit "
        "eine für los por para esto muy pero una che della sono questo gli",
    )
)


def test_no_sentence_of_another_language_is_left_unsaid(sample_site: Site) -> None:
    """8.7, over all that the sample site quotes."""
    with open_library(sample_site).reading() as reading:
        texts = [document.text for document in reading.everything()]
    unsaid = [
        (word, text)
        for text in texts
        for piece in pieces_of(text, (), sample_site.settings.langues)
        if not piece.language
        for word in re.findall(r"\w+", piece.text.lower())
        if word in COMMON_ELSEWHERE
    ]
    assert len(texts) > 200
    assert unsaid == []
