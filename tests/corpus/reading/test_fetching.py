"""Fetching a page over real TLS: what is read, what is sent, and the answers that are refused."""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

import pytest

from corpus.problems import CorpusError
from corpus.reading.fetching import Network, address_from, fetched
from corpus.reading.formats import Format
from corpus.reading.source import read_source
from tests.corpus.reading.tls_site import HOSTS, PUBLIC, Site, page, seen

pytestmark = pytest.mark.process  # a site over TLS, and the process that reads


def test_a_page_is_fetched_and_read(site: Site, count: Callable[[], int]) -> None:
    address = address_from("https://www.exemple.fr/page?id=3#haut")
    reading = read_source(address, HOSTS, site.network)
    extraction = reading.extraction
    assert extraction.title == "Des vergers pour tous"
    assert [(v.text, v.speaker) for v in extraction.verbatims] == [
        ("Nous avons planté quarante pommiers un dimanche de pluie.", "Ana Lu")
    ]
    assert extraction.url == reading.page.url == "https://www.exemple.fr/page?id=3"
    assert count() == 1


def test_nothing_of_the_editor_is_sent(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    seen.clear()
    page("https://www.exemple.fr/vers?/page", site.network)
    assert [path for path, _ in seen] == ["/vers?/page", "/page"]
    for _, headers in seen:
        assert sorted(headers) == ["Accept-Encoding", "Connection", "Host", "User-Agent"]
        assert headers["Host"] == "www.exemple.fr"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/page", Format.HTML),
        ("/notes.md", Format.MARKDOWN),
        ("/notes", Format.TEXT),
        ("/seance.vtt", Format.VTT),
        ("/seance.srt", Format.SRT),
        ("/page.docx", Format.WORD),
        ("/page.odt", Format.ODT),
        ("/page.pdf", Format.PDF),
        ("/telecharge.pdf", Format.PDF),
        ("/vers?/page", Format.HTML),
        ("/vers?https://autre.exemple.fr/page", Format.HTML),
    ],
)
def test_the_format_is_the_one_declared(site: Site, path: str, kind: Format) -> None:
    assert page(f"https://www.exemple.fr{path}", site.network).kind is kind


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/absente", "répond 404"),
        ("/panne", "répond 500"),
        ("/image.png", "ni une page"),
        ("/script", "ni une page"),
        ("/programme", "ni une page"),
        ("/vide", "est vide"),
        ("/pdf", "est un PDF"),
        ("/gzip", "comprimée"),
        ("/gros", "dépasse 10 Mo"),
        ("/morceaux", "dépasse 10 Mo"),
        ("/coupee", "pas arrivée entière"),
        ("/boucle", "redirige sans fin"),
    ],
)
def test_an_answer_that_is_no_page_is_refused(site: Site, path: str, said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        page(f"https://www.exemple.fr{path}", site.network)


def test_a_site_that_drips_is_left_after_the_time_given(site: Site) -> None:
    begun = time.monotonic()
    with pytest.raises(CorpusError, match="pas assez vite"):
        page("https://www.exemple.fr/goutte", site.network, seconds=0.5)
    assert time.monotonic() - begun < 15  # the page lasts for twenty seconds


def test_a_name_that_is_slow_to_resolve_is_left_too(site: Site) -> None:
    test_has_seen, resolved = Event(), Event()

    def slow(host: str) -> list[str]:
        test_has_seen.wait(60)
        resolved.set()
        return [PUBLIC]

    with pytest.raises(CorpusError, match="pas assez vite"):
        page("https://www.exemple.fr/page", replace(site.network, resolve=slow), seconds=0.2)
    assert not resolved.is_set()
    test_has_seen.set()


def test_a_certificate_of_another_site_is_refused(site: Site) -> None:
    hosts = ("tiers.exemple.fr",)
    with pytest.raises(CorpusError, match="certificat"):
        fetched(address_from("https://tiers.exemple.fr/page"), hosts, site.network)


def test_a_certificate_that_nobody_signed_is_refused(site: Site) -> None:
    network = replace(site.network, context=ssl.create_default_context())
    with pytest.raises(CorpusError, match="certificat"):
        page("https://www.exemple.fr/page", network)


def test_a_site_that_is_down_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        place = closed.getsockname()
    network = Network(lambda host: [PUBLIC], lambda ip: socket.create_connection(place, 2))
    with pytest.raises(CorpusError, match="connexion a échoué"):
        page("https://www.exemple.fr/page", network)


def test_an_unknown_name_is_told() -> None:
    def unknown(host: str) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(CorpusError, match="introuvable"):
        page("https://www.exemple.fr/page", Network(unknown))


def test_the_next_machine_of_a_name_is_tried(site: Site) -> None:
    asked: list[str] = []

    def connect(ip: str) -> socket.socket:
        asked.append(ip)
        if ":" in ip:
            raise OSError("no IPv6 here")
        return site.network.connect(ip)

    ips = ["2606:4700:4700::1111", PUBLIC]
    page(
        "https://www.exemple.fr/page", replace(site.network, resolve=lambda h: ips, connect=connect)
    )
    assert asked == ips
