"""What is kept on the disk is what was given, in its order."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.kept import Kept, kept_webinars
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.site import SAMPLE_SITE, read_site


@given(st.lists(st.text(), max_size=9), st.integers(-10, 10), st.integers(-10, 10))
def test_values_come_back_in_their_order(values: list[str], start: int, end: int) -> None:
    kept = Kept(str, str, values)
    assert [*kept] == [*kept] == values
    assert kept[start:end] == values[start:end]
    assert [kept[place] for place in range(len(kept))] == values


def test_a_webinar_comes_back_word_for_word() -> None:
    idea, who = (
        KeyIdea("i", 1, "Une idée.", "w"),
        Speaker("Odile Fontanel", "maire", own_id="odile"),
    )
    said = (
        Verbatim("u", "Personne."),
        Verbatim("v", "L’eau «\u00a0vive\u00a0» 😀.", who, idea, 62),
    )
    whole = Webinar("w", "Titre", date(2024, 1, 2), None, "https://a.fr/", "", "Début.")
    whole = replace(whole, speakers=(who,), key_ideas=(idea,), verbatims=said)
    for webinars in (
        [whole, replace(whole, published_on=date(2025, 1, 2))],
        read_site(SAMPLE_SITE).webinars,
    ):
        assert [*kept_webinars(webinars)] == [*webinars]
