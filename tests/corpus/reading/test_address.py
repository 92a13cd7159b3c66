"""Addresses: the one form that is read, and which machines are public."""

import pytest

from corpus.problems import CorpusError
from corpus.reading.fetching import (
    address_from,
    host_from,
    is_public,
    looks_like_address,
    require_allowed,
)

HOSTS = ("www.exemple.fr", "Bibliothèque.exemple.fr.")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://www.exemple.fr/page", "https://www.exemple.fr/page"),
        ("HTTPS://WWW.Exemple.FR", "https://www.exemple.fr/"),
        ("https://www.exemple.fr.:443/a?b=c#d", "https://www.exemple.fr/a?b=c"),
        ("https://www.exemple.fr?id=3", "https://www.exemple.fr/?id=3"),
        ("https://www.exemple.fr/été%20à", "https://www.exemple.fr/%C3%A9t%C3%A9%20%C3%A0"),
        ("https://bibliothèque.exemple.fr/", "https://xn--bibliothque-59a.exemple.fr/"),
        ("https://www.exemple.fr/@x:y/", "https://www.exemple.fr/@x:y/"),
    ],
)
def test_an_address_has_one_form(written: str, read: str) -> None:
    address = address_from(written)
    assert str(address) == read
    require_allowed(address, HOSTS)


def test_a_redirection_is_joined_to_the_page() -> None:
    page = address_from("https://www.exemple.fr/a/b?c")
    assert str(page.redirected("d?e")) == "https://www.exemple.fr/a/d?e"
    assert str(page.redirected("//ailleurs.exemple.fr/")) == "https://ailleurs.exemple.fr/"


@pytest.mark.parametrize("location", ["", "http://www.exemple.fr/", "/a b", "\\\\x.fr", "/a\tb"])
def test_a_redirection_elsewhere_than_to_an_address_is_refused(location: str) -> None:
    page = address_from("https://www.exemple.fr/a")
    if location:
        with pytest.raises(CorpusError):
            page.redirected(location)
    else:
        assert page.redirected(location) == page


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://www.exemple.fr", True),
        ("http:\\\\www.exemple.fr", True),
        ("file:///etc/passwd", True),
        ("page.html", False),
        ("/tmp/page.html", False),
        ("compte rendu: suite.txt", False),
        ("a:/b", False),
    ],
)
def test_an_address_is_told_from_a_file(text: str, is_one: bool) -> None:
    assert looks_like_address(text) is is_one


@pytest.mark.parametrize(
    "host", ["1.2.3.4", "localhost", "a..fr", "-a.fr", "a.fr..", "é" * 64 + ".fr", "a_b.fr", ""]
)
def test_what_is_no_name_of_a_site_has_no_form(host: str) -> None:
    assert host_from(host) == ""


@pytest.mark.parametrize("ip", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a01:e0a::1"])
def test_public_machines(ip: str) -> None:
    assert is_public(ip)


PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
    198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1
    2001::1 2001:10::1 2001:db8::1 2002:7f00:1::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%lo
    fec0::1 ff02::1 2606:4700:4700::1111%eth0 5f00::1 localhost 127.1 0x7f000001
"""


@pytest.mark.parametrize("ip", PRIVATE.split())
def test_machines_that_are_not_for_everybody(ip: str) -> None:
    assert not is_public(ip)
