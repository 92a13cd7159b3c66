"""Feeds: what a site announces is read, and what is new becomes a draft, once."""

from pathlib import Path

import pytest

from corpus.followed import DRAFTED, KNOWN, REFUSED, followed
from corpus.following import follow
from corpus.problems import CorpusError
from corpus.reading.confined import read_confined
from corpus.reading.feeds import page_from_feed
from corpus.reading.formats import Format
from tests.calling import PAGE, call
from tests.corpus.reading.tls_site import HTML, PAGES, Site

HOST = "https://www.exemple.fr"
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Le site</title>
<link>{HOST}/</link>
<item><title>Webinaire : des vergers</title><link>{HOST}/vergers.txt</link></item>
<item><title>Une réunion</title><link> {HOST}/reunion </link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="{HOST}/"/>
<entry><title>Webinaire</title><link rel="replies" href="{HOST}/non"/>
<link rel="alternate" href="{HOST}/a"/></entry></feed>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{HOST}/webinaire-a</loc></url><url><loc>{HOST}/b</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("feed", "announced"),
    [
        (RSS, [f"{HOST}/vergers.txt Webinaire : des vergers", f"{HOST}/reunion Une réunion"]),
        (ATOM, [f"{HOST}/a Webinaire"]),
        (SITEMAP, [f"{HOST}/webinaire-a", f"{HOST}/b"]),
        (RSS.replace("</item></channel></rss>", ""), [f"{HOST}/vergers.txt Webinaire : des vergers",
                                                      f"{HOST}/reunion Une réunion"]),
    ],
)  # fmt: skip
def test_a_feed_announces_its_pages(feed: str, announced: list[str]) -> None:
    assert [block.text for block in page_from_feed(feed.encode()).blocks] == announced


BOMB = """<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss><item><title>&d;</title><link>https://www.exemple.fr/x</link></item></rss>"""
STEALER = """<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><item><title>&x;</title><link>https://www.exemple.fr/x</link></item></rss>"""


@pytest.mark.process
@pytest.mark.parametrize("feed", [BOMB, STEALER, "<a>" * 100_000])
def test_a_hostile_feed_fetches_and_swells_nothing(feed: str) -> None:
    try:
        page = read_confined(feed.encode(), Format.FEED).page
    except CorpusError:
        return
    [block] = page.blocks
    assert block.text in {f"{HOST}/x &{name};" for name in "dx"}  # as written: nothing is fetched


@pytest.mark.parametrize("text", ["rien", "<html><p>Une page</p></html>", "<rss/>"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(CorpusError):
        page_from_feed(text.encode())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that follows a feed, and the pages that it announces."""
    monkeypatch.setitem(PAGES, "/flux.xml", (200, "application/rss+xml", RSS.encode()))
    monkeypatch.setitem(PAGES, "/vergers.txt", (200, "text/plain; charset=utf-8", PAGE.encode()))
    monkeypatch.setitem(PAGES, "/reunion", (200, HTML, b"<p>Rien a citer"))
    folder = tmp_path / "site"
    call("init", folder)
    settings = '[lecture]\nhotes = ["www.exemple.fr"]\n[suivi]\nflux = ["{}/flux.xml"]\n'
    (folder / "verbatheque.toml").write_text(settings.format(HOST), "utf-8")
    return folder


@pytest.mark.process
def test_what_is_new_becomes_a_draft_once(folder: Path, site: Site) -> None:
    met, faults = follow(folder, site.network)
    assert faults == []
    assert [each.state for each in met] == [DRAFTED, REFUSED]
    [path] = (folder / "webinaires").glob("*.md")
    assert path.stem == met[0].name
    assert "source: https://www.exemple.fr/vergers.txt" in path.read_text("utf-8")
    assert follow(folder, site.network) == ([], [])
    path.unlink()
    assert follow(folder, site.network) == ([], [])
    assert [each.address for each in followed(folder)] == [f"{HOST}/reunion", f"{HOST}/vergers.txt"]


@pytest.mark.process
def test_only_what_matches_is_looked_at(folder: Path, site: Site) -> None:
    settings = folder / "verbatheque.toml"
    settings.write_text(settings.read_text("utf-8") + 'mots = ["webinaire"]\n', "utf-8")
    met, _ = follow(folder, site.network)
    assert [each.title for each in met] == ["Webinaire : des vergers"]


@pytest.mark.process
def test_a_page_that_has_a_writeup_is_never_changed(
    folder: Path, site: Site, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("add", page, "--site", folder)
    [path] = (folder / "webinaires").glob("*.md")
    before = path.read_bytes()
    other = PAGE.replace("quarante", "cent").encode()
    monkeypatch.setitem(PAGES, "/vergers.txt", (200, "text/plain; charset=utf-8", other))
    met, _ = follow(folder, site.network)
    assert [each.state for each in met] == [KNOWN, REFUSED]
    assert path.read_bytes() == before


@pytest.mark.process
@pytest.mark.parametrize(
    ("feed", "said"),
    [(f"{HOST}/absent.xml", "404"), ("https://ailleurs.exemple/x", "hotes"), ("x", "adresse")],
)
def test_a_feed_that_fails_is_told(folder: Path, site: Site, feed: str, said: str) -> None:
    settings = folder / "verbatheque.toml"
    settings.write_text(settings.read_text("utf-8").replace(f"{HOST}/flux.xml", feed), "utf-8")
    met, [fault] = follow(folder, site.network)
    assert met == []
    assert said in fault


def test_the_command_says_what_to_write_when_nothing_is_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("init", tmp_path / "site")
    assert call("follow", "--site", tmp_path / "site") == 2
    assert "[suivi]" in capsys.readouterr().err
