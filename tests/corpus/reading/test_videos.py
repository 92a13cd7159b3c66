"""The recording of a webinar is told from the other addresses of a page."""

import pytest

from corpus.reading.declared import Sign, VideoLink, is_video, replay_among, watch_address
from corpus.reading.html import page_from_html

WATCH = "https://www.youtube.com/watch?v=abc_DEF-123"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/embed/abc_DEF-123?rel=0&autoplay=1", WATCH),
        ("//www.youtube-nocookie.com/embed/abc_DEF-123", WATCH),
        ("https://www.youtube.com/watch?v=abc_DEF-123&feature=youtu.be&utm_source=x", WATCH),
        ("https://youtu.be/abc_DEF-123?si=Zz", "https://youtu.be/abc_DEF-123"),
        ("https://youtu.be/abc_DEF-123?t=62", "https://youtu.be/abc_DEF-123?t=62"),
        ("https://player.vimeo.com/video/5551?h=ab12&dnt=1", "https://vimeo.com/5551/ab12"),
        ("https://player.vimeo.com/video/5551", "https://vimeo.com/5551"),
        (
            "https://www.dailymotion.com/embed/video/x8abc?mute=1",
            "https://www.dailymotion.com/video/x8abc",
        ),
        (
            "https://geo.dailymotion.com/player.html?video=x8abc",
            "https://www.dailymotion.com/video/x8abc",
        ),
        (
            "https://tube.exemple.example/videos/embed/1f2e3d4c-aaaa?title=0",
            "https://tube.exemple.example/w/1f2e3d4c-aaaa",
        ),
        (f"https://www.google.com/url?q={WATCH.replace('?', '%3F')}&sa=D", WATCH),
        ("https://exemple.example/a.mp4?fbclid=1&x=2", "https://exemple.example/a.mp4?x=2"),
        ("https://[cassé", "https://[cassé"),
    ],
)
def test_a_player_leads_to_the_page_where_one_watches(url: str, expected: str) -> None:
    assert watch_address(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (WATCH, True),
        ("https://exemple.example/film.webm", True),
        ("https://tube.exemple.example/w/9kPq2eauXYZ", True),
        ("https://www.youtube.com/@chaine", False),
        ("https://vimeo.com/about", False),
        ("https://exemple.example/article", False),
    ],
)
def test_a_video_is_known_by_its_address(url: str, expected: bool) -> None:
    assert is_video(url) is expected


def test_words_come_before_players_and_two_equals_are_a_doubt() -> None:
    first, other = "https://vimeo.com/1", "https://vimeo.com/2"
    said, shown = VideoLink(first, Sign.SAID), VideoLink(other, Sign.SHOWN)
    assert replay_among([shown, said]) == (first, ())
    url, problems = replay_among([shown, VideoLink(first, Sign.SHOWN)])
    assert (url, [p.code for p in problems]) == (other, ["replay"])
    assert replay_among([]) == ("", ())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<p><a href="{WATCH}">Revoir le webinaire</a></p>', WATCH),
        ('<p>Le replay est <a href="https://exemple.example/r">ici</a>.</p>', "exemple.example/r"),
        (
            '<div>Replay</div><div><a href="https://exemple.example/r">Lien</a></div>',
            "https://exemple.example/r",
        ),
        ('<iframe src="//www.youtube.com/embed/abc_DEF-123"></iframe>', WATCH),
        ('<iframe data-src="https://www.youtube.com/embed/abc_DEF-123"></iframe>', WATCH),
        ('<video><source src="https://exemple.example/a.mp4"></video>', "/a.mp4"),
        (
            '<script type="application/ld+json">{"@type": "VideoObject", "embedUrl": '
            '"https://www.youtube.com/embed/abc_DEF-123"}</script>',
            WATCH,
        ),
        ('<iframe src="https://www.exemple.example/carte"></iframe>', ""),
        ('<a href="https://www.facebook.com/sharer?u=replay">Revoir</a>', ""),
        ('<footer><a href="https://www.youtube.com/@nous">Nos vidéos</a></footer>', ""),
    ],
)
def test_the_recording_of_a_page_is_found(body: str, expected: str) -> None:
    html = f"<html><body><h1>Un titre de page</h1>{body}<p>Des mots.</p></body></html>"
    found = page_from_html(html.encode()).replay_url
    assert found.endswith(expected) if expected else not found
