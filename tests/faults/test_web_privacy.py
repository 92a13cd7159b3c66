"""F25: nothing that a visitor sends, nor a whole address, is in any log."""

import socket
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.faults.serving import served

pytestmark = pytest.mark.model

# Twenty things that tell who one is or what one looks for.
SECRETS = [
    *(f"jeanne.fictive{n}@exemple.fr" for n in range(5)),
    *(f"198.51.100.{n}" for n in (17, 42, 99, 203)),
    *("2001:db8:aa:bb:cc:dd:ee:ff", "2001:db8:1:2:3::77"),
    *("06 12 34 56 78", "ma maladie rare", "divorce", "licenciement économique", "syndicat"),
    *("MotDePasse123", "jeton-abcdef0123456789", "numéro 1 85 05 78 006 084", "préfecture"),
]
# Where a secret may be put: in the address, in a path, in headers, in a broken request.
ADDRESSES = [
    *("/recherche?q={}", "/api/v1/search?q={}", "/api/v1/suggest?q={}", "/recherche?tri={}"),
    *("/recherche?theme={}&page=99", "/verbatim/{}", "/{}", "/theme/{}", "/api/v1/verbatims/{}"),
]


def test_f25_no_log_tells_who_asked_or_what(few_webinars: Path) -> None:
    assert len(SECRETS) == 20
    settings = few_webinars / "verbatheque.toml"
    settings.write_text(settings.read_text("utf-8") + "relais = 1\n", "utf-8")
    with served(few_webinars, "--workers", "1") as server:
        for secret in SECRETS:
            for address in ADDRESSES:
                _ask(server.address + address.format(quote(secret, safe="")), secret)
            _send_raw(server.port, secret)
        logged = server.logged()
    assert logged.count('"requete"') >= len(SECRETS) * len(ADDRESSES)
    assert [s for s in SECRETS if s in logged or quote(s, safe="") in logged] == []
    assert [word for word in ("exemple.fr", "127.0.0.1", "maladie") if word in logged] == []
    assert '"network": "198.51.100.0/24"' in logged
    assert "2001:db8:aa::/48" in logged


def _ask(address: str, secret: str) -> None:
    headers = {
        "X-Forwarded-For": secret if secret[0] in "12" else "203.0.113.5",
        "User-Agent": quote(secret),
        "Referer": f"https://ailleurs.exemple/{quote(secret)}",
        "Cookie": f"a={quote(secret)}",
    }
    try:
        with urlopen(Request(address, headers=headers)) as answer:
            answer.read()
    except HTTPError as refusal:
        refusal.close()
    except OSError:
        pass


def _send_raw(port: int, secret: str) -> None:
    """Requests that gunicorn refuses before the application."""
    typed = secret.encode()
    for sent in (
        b"GET /%b HTTP/1.1\r\nHost: x\r\n\r\n" % typed,
        b"%b / HTTP/1.1\r\nHost: x\r\n\r\n" % typed,
        b"GET / HTTP/1.1\r\nHost: x\r\n%b\r\n\r\n" % typed,
        b"GET /?q=%b HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" % quote(secret).encode(),
        b"GET /?q=%b%b HTTP/1.1\r\nHost: x\r\n\r\n" % (quote(secret).encode(), b"a" * 9_000),
    ):
        with socket.create_connection(("127.0.0.1", port)) as client, suppress(OSError):
            client.sendall(sent)
            client.recv(4096)
