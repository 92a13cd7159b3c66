"""Links that leave the site: to a second of a replay, to words of a page, to a message."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_site import BUS, CANTINE, HOSTILE, IDEA, SAID
from web.links import citation_line, mail_link, moment_link, passage_link, webinar_mail_link

SHORT = "7rTxQmWbYd3KpLhVnZcEfG"
LONG = "0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
ADDRESS = "https://citations.exemple.fr"


@pytest.mark.parametrize(
    ("replay", "expected"),
    [
        ("https://www.youtube.com/watch?v=aB3", "https://www.youtube.com/watch?v=aB3&t=724s"),
        ("https://m.youtube.com/watch?v=aB3&t=5", "https://m.youtube.com/watch?v=aB3&t=724s"),
        ("https://www.youtube.com/live/aB3?si=x", "https://www.youtube.com/live/aB3?si=x&t=724s"),
        ("https://youtu.be/aB3#comments", "https://youtu.be/aB3?t=724s"),
        (
            "https://www.youtube-nocookie.com/embed/aB3?start=3",
            "https://www.youtube-nocookie.com/embed/aB3?start=724",
        ),
        ("https://vimeo.com/123", "https://vimeo.com/123#t=724s"),
        ("https://player.vimeo.com/video/123?h=a", "https://player.vimeo.com/video/123?h=a#t=724s"),
        ("https://www.dailymotion.com/video/x1", "https://www.dailymotion.com/video/x1?start=724"),
        ("https://dai.ly/x1", "https://dai.ly/x1?start=724"),
        (f"https://tube.exemple.fr/w/{SHORT}", f"https://tube.exemple.fr/w/{SHORT}?start=724s"),
        (
            f"https://tube.exemple.fr/videos/watch/{LONG}?start=1m",
            f"https://tube.exemple.fr/videos/watch/{LONG}?start=724s",
        ),
        (f"https://tube.exemple.fr/w/p/{SHORT}", f"https://tube.exemple.fr/w/p/{SHORT}#t=724"),
        ("https://exemple.fr/w/une-page", "https://exemple.fr/w/une-page#t=724"),
        ("https://exemple.fr/film.mp4#t=3", "https://exemple.fr/film.mp4#t=724"),
        ("https://exemple.fr/voix.mp3?v=2", "https://exemple.fr/voix.mp3?v=2#t=724"),
        ("https://exemple.fr/replay", "https://exemple.fr/replay#t=724"),
        ("https://notyoutube.com.exemple.fr/w", "https://notyoutube.com.exemple.fr/w#t=724"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_moment_is_said_as_the_player_reads_it(replay: str, expected: str) -> None:
    assert moment_link(replay, 724) == expected


PAGE = "https://exemple.fr/article"


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("Sans car, pas d’emploi.", "#:~:text=Sans%20car%2C%20pas%20d%E2%80%99emploi"),
        ("Les tiers-lieux & nous", "#:~:text=Les%20tiers%2Dlieux%20%26%20nous"),
        (
            "On a commencé par une balayeuse, une seule, et puis six mois plus tard on parlait "
            "déjà des écoles.",
            "#:~:text=On%20a%20commenc%C3%A9%20par%20une,on%20parlait%20d%C3%A9j%C3%A0%20des%20",
        ),
        ("Sans car, rien.\n\nSans emploi non plus.", "#:~:text=Sans%20car%2C%20rien,Sans%20emploi"),
        ("Ça coûte 3\u202f€ et ça vaut 12\u00a0€ au moins", "#:~:text=%C3%87a%20co%C3%BBte%203,"),
        ("Oui.", ""),
    ],
)
def test_a_passage_is_named_by_its_words(words: str, fragment: str) -> None:
    link = passage_link(PAGE, words)
    assert link.startswith(PAGE + fragment)
    assert link == PAGE or fragment


def test_a_passage_keeps_the_anchor_of_the_page() -> None:
    assert passage_link(f"{PAGE}#idee", "Deux mots") == f"{PAGE}#idee:~:text=Deux%20mots"
    assert passage_link("javascript:alert(1)", "Deux mots") == ""


@given(st.text(min_size=1, max_size=300))
def test_a_passage_names_only_words_that_were_said(words: str) -> None:
    directive = passage_link(PAGE, words).partition(":~:text=")[2]
    assert not set("-&") & set(directive)
    assert directive.count(",") <= 1
    said = " ".join(words.split(" "))
    collapsed = " ".join(said.split())
    for part in directive.split(","):
        assert unquote(part) in collapsed


def test_a_message_holds_the_quote_and_its_link() -> None:
    link = mail_link(SAID, ADDRESS)
    assert link.startswith("mailto:?subject=Une%20citation%20de%20L%C3%A9a%20Martin&body=")
    assert parse_qs(urlsplit(link).query)["body"] == [citation_line(SAID, ADDRESS)]
    assert "+" not in link


def test_a_message_survives_any_words() -> None:
    words = f"{HOSTILE}\n\n100 % & plus ? #oui"
    link = mail_link(replace(SAID, text=words), ADDRESS)
    (body,) = parse_qs(urlsplit(link).query)["body"]
    assert words.replace("\n", "\r\n") in body


def test_a_message_too_long_for_an_address_holds_the_link_only() -> None:
    link = mail_link(replace(SAID, text="très long " * 300), ADDRESS)
    assert len(link) < 2_000
    assert f"{ADDRESS}/verbatim/citation1" in unquote(link)


def test_a_key_idea_is_not_between_quotation_marks() -> None:
    assert citation_line(IDEA, ADDRESS).startswith("La cantine relie")
    assert "citation" not in unquote(mail_link(IDEA, ADDRESS).partition("&body")[0])


def test_a_line_does_without_a_day() -> None:
    undated = replace(SAID, webinar=replace(BUS, held_on=None))
    assert "webinaire «\u00a0Bouger sans voiture\u00a0». https" in citation_line(undated, ADDRESS)


def test_a_webinar_is_sent_with_its_day_and_its_page() -> None:
    link = webinar_mail_link(CANTINE, f"{ADDRESS}/")
    asked = parse_qs(urlsplit(link).query)
    assert asked["subject"] == ["Webinaire «\u00a0Du champ à la cantine\u00a0»"]
    said = "«\u00a0Du champ à la cantine\u00a0», 12 mars 2024"
    assert asked["body"] == [f"{said}\r\n{ADDRESS}/webinaire/{CANTINE.id}"]
    assert "+" not in link
