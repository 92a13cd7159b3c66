"""Addresses made to reach what is not public: each is refused, and nobody is connected to."""

import socket
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from corpus.problems import CorpusError
from corpus.reading.fetching import Network, address_from, fetched
from tests.corpus.reading.tls_site import PUBLIC, Site, page

pytestmark = pytest.mark.process  # a site over TLS waits for who comes

Trap = tuple[Network, Callable[[], int]]
FORMS = {
    "decimal": "https://2130706433/",
    "octal": "https://0177.0.0.1/",
    "octal in one": "https://017700000001/",
    "hexadecimal": "https://0x7f000001/",
    "hexadecimal parts": "https://0x7f.0x0.0x0.0x1/",
    "mixed parts": "https://127.0.0x1/",
    "short": "https://127.1/",
    "zero": "https://0/",
    "dotted": "https://127.0.0.1/",
    "dotted with a final dot": "https://127.0.0.1./",
    "leading zeros": "https://127.000.000.001/",
    "cloud metadata": "https://169.254.169.254/latest/meta-data/",
    "public number": "https://93.184.216.34/",
    "IPv6 loopback": "https://[::1]/",
    "IPv6 any": "https://[::]/",
    "IPv6 mapped": "https://[::ffff:127.0.0.1]/",
    "IPv6 zone": "https://[fe80::1%25lo]/",
    "IPv6 NAT64": "https://[64:ff9b::7f00:1]/",
    "localhost": "https://localhost/",
    "localhost in capitals": "https://LOCALHOST./",
    "one word": "https://metadata/",
    "user": "https://www.exemple.fr@127.0.0.1/",
    "user and password": "https://a:b@www.exemple.fr/",
    "empty user": "https://@www.exemple.fr/",
    "user hidden by a fragment": "https://127.0.0.1#@www.exemple.fr/",
    "user hidden by a query": "https://127.0.0.1?@www.exemple.fr/",
    "backslash": "https://127.0.0.1\\@www.exemple.fr/",
    "backslash for slash": "https:\\\\www.exemple.fr\\page",
    "tab": "https://www.exem\tple.fr/",
    "line end": "https://www.exemple.fr/\r\nHost: 127.0.0.1",
    "null byte": "https://www.exemple.fr\0.127.0.0.1/",
    "space": "https://www.exemple.fr /",
    "space before": " https://www.exemple.fr/",
    "soft hyphen": "https://www.exem\u00adple.fr/",
    "right to left": "https://www.exemple.fr/\u202ertl",
    "ideographic dots": "https://127。0。0。1/",
    "ideographic dots in a name": "https://www。exemple。fr/",
    "circled digits": "https://①②⑦.⓪.⓪.①/",
    "full width": "https://ｗｗｗ.exemple.fr/",
    "Arabic digits": "https://١٢٧.٠.٠.١/",
    "Cyrillic letter": "https://www.ехemple.fr/",
    "percent in the host": "https://www.exemple%2efr/",
    "percent number": "https://%31%32%37.0.0.1/",
    "two final dots": "https://www.exemple.fr../",
    "port": "https://www.exemple.fr:8443/",
    "port of http": "https://www.exemple.fr:80/",
    "port with a zero": "https://www.exemple.fr:0443/",
    "no port": "https://www.exemple.fr:/",
    "http": "http://www.exemple.fr/",
    "ftp": "ftp://www.exemple.fr/",
    "file": "file:///etc/passwd",
    "gopher": "gopher://127.0.0.1:70/_x",
    "data": "data:text/html,<h1>x</h1>",
    "javascript": "javascript://www.exemple.fr/%0aalert(1)",
    "websocket": "wss://www.exemple.fr/",
    "no scheme": "//www.exemple.fr/",
    "one slash": "https:/www.exemple.fr/",
    "three slashes": "https:///www.exemple.fr/",
    "no host": "https:///page",
    "a name before": "https://xwww.exemple.fr/",
    "a name below": "https://a.www.exemple.fr/",
    "a name above": "https://exemple.fr/",
    "a name after": "https://www.exemple.fr.tiers.fr/",
    "a name that shows a number": "https://127.0.0.1.nip.exemple/",
    "too long": "https://www.exemple.fr/" + "a" * 2_000,
}
LED_TO = {
    "loopback": ["127.0.0.1"],
    "private": ["192.168.0.10"],
    "metadata": ["169.254.169.254"],
    "shared": ["100.64.0.1"],
    "host service": ["168.63.129.16"],
    "multicast": ["224.0.0.1"],
    "IPv6 loopback": ["::1"],
    "mapped": ["::ffff:10.0.0.1"],
    "unique local": ["fd00:ec2::254"],
    "link local": ["fe80::1%eth0"],
    "6to4": ["2002:7f00:1::"],
    "NAT64": ["64:ff9b::a00:1"],
    "one of two is private": [PUBLIC, "10.0.0.1"],
    "none": [],
}
REDIRECTIONS = {
    "loopback": "https://127.0.0.1/",
    "IPv6": "https://[::1]/",
    "another site": "https://tiers.exemple.fr/",
    "another site, without scheme": "//tiers.exemple.fr/",
    "http": "http://www.exemple.fr/page",
    "file": "file:///etc/passwd",
    "user": "https://www.exemple.fr@127.0.0.1/",
    "port": "https://www.exemple.fr:8443/",
    "backslashes": "\\\\127.0.0.1\\",
    "tab": "https://127.0.0.1\t.exemple.fr/",
    "private by its name": "https://autre.exemple.fr/",
}


def test_the_trap_counts_a_connection(trap: Trap) -> None:
    network, arrived = trap

    def connect(ip: str) -> socket.socket:
        found = network.connect(ip)
        found.shutdown(socket.SHUT_RDWR)
        return found

    with pytest.raises(CorpusError, match="connexion a échoué"):
        page("https://www.exemple.fr/page", replace(network, connect=connect))
    assert arrived() == 1


@pytest.mark.parametrize("case", FORMS)
def test_an_odd_address_is_refused_without_a_connection(case: str, trap: Trap) -> None:
    network, arrived = trap
    with pytest.raises(CorpusError, match=r"n’est pas une adresse lue|n’est pas un site dont"):
        page(FORMS[case], network)
    assert arrived() == 0


@pytest.mark.parametrize("case", LED_TO)
def test_a_name_that_leads_inside_is_refused_without_a_connection(case: str, trap: Trap) -> None:
    network, arrived = trap
    with pytest.raises(CorpusError, match="réseau privé ou réservé"):
        page("https://www.exemple.fr/", replace(network, resolve=lambda host: LED_TO[case]))
    assert arrived() == 0


@pytest.mark.parametrize("case", REDIRECTIONS)
def test_a_redirection_that_leads_inside_is_not_followed(
    case: str, site: Site, trap: Trap, count: Callable[[], int]
) -> None:
    inside, arrived = trap

    def resolve(host: str) -> list[str]:
        return [PUBLIC] if host == "www.exemple.fr" else ["127.0.0.1"]

    def connect(ip: str) -> socket.socket:
        return (site.network if ip == PUBLIC else inside).connect(ip)

    network = replace(site.network, resolve=resolve, connect=connect)
    location = quote(REDIRECTIONS[case], safe="")
    with pytest.raises(CorpusError, match=r"adresse lue|site dont|réseau privé"):
        page(f"https://www.exemple.fr/vers?{location}", network)
    assert (count(), arrived()) == (1, 0)


def test_a_name_is_asked_once_and_the_machine_judged_is_the_one_reached(
    site: Site, count: Callable[[], int]
) -> None:
    """DNS rebinding: the second answer for the name would be this machine."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    reached: list[str] = []

    def connect(ip: str) -> socket.socket:
        reached.append(ip)
        return site.network.connect(ip)

    network = replace(site.network, resolve=lambda host: next(answers), connect=connect)
    page("https://www.exemple.fr/page", network)
    assert (reached, next(answers)) == ([PUBLIC], ["127.0.0.1"])


def test_a_name_that_rebinds_between_redirections_is_refused(
    site: Site, count: Callable[[], int]
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network = replace(site.network, resolve=lambda host: next(answers))
    with pytest.raises(CorpusError, match="réseau privé"):
        page("https://www.exemple.fr/vers?/page", network)
    assert count() == 1


def test_no_site_is_read_unless_the_settings_name_it(trap: Trap) -> None:
    network, arrived = trap
    with pytest.raises(CorpusError, match=r"hotes = \[\"www.exemple.fr\"\]"):
        fetched(address_from("https://www.exemple.fr/"), (), network)
    assert arrived() == 0
