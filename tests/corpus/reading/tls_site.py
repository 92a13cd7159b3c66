"""A web site on this machine, over TLS, whose every page is an answer of its own."""

import gzip
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from corpus.reading.fetching import FetchedPage, Network, address_from, fetched

HOSTS = ("www.exemple.fr", "autre.exemple.fr")
PUBLIC = "93.184.216.34"
PAGE = """<html><head><title>Des vergers pour tous</title>
<link rel="canonical" href="https://ailleurs.exemple.fr/vergers"></head><body>
<h1>Des vergers pour tous</h1><p>Avec Ana Lu, directrice de l’association Les Pommiers.</p>
<p>« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu</p></body></html>"""
HTML = "text/html; charset=utf-8"


class Answers(BaseHTTPRequestHandler):
    """What the pages of the server answer; « /vers?… » redirects there."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        seen.append((self.path, dict(self.headers)))
        path, _, query = self.path.partition("?")
        if path == "/vers":
            self._send(302, "", b"", Location=unquote(query))
        elif path == "/boucle":
            self._send(302, "", b"", Location="/boucle")
        elif path == "/goutte":
            self._drip()
        elif path == "/coupee":
            self._send(200, HTML, b"<p>", length=10_000)
            self.close_connection = True
        elif path == "/morceaux":
            self._chunks()
        else:
            self._send(*PAGES.get(path, (404, HTML, b"<p>Rien")))

    def _send(
        self, status: int, kind: str, body: bytes, length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Set-Cookie", "suivi=1")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if self.path == "/gzip":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(200):
            self.wfile.write(f"X-{n}: a\r\n".encode())
            self.wfile.flush()
            time.sleep(0.1)

    def _chunks(self) -> None:
        """Eleven megabytes whose size is never told."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        self.wfile.write(b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(11):
            self.wfile.write(b"%x\r\n%s\r\n" % (1_000_000, b" " * 1_000_000))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGES: dict[str, tuple[int, str, bytes]] = {
    "/page": (200, HTML, PAGE.encode()),
    "/notes.md": (200, "text/plain", b"# Un titre"),
    "/notes": (200, "text/plain; charset=utf-8", b"Un titre"),
    "/seance.vtt": (200, "text/vtt", b"WEBVTT\n"),
    "/seance.srt": (200, "application/octet-stream", b"1\n"),
    "/page.docx": (200, WORD, b"PK\x03\x04"),
    "/page.odt": (200, "application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "/page.pdf": (200, "application/pdf", b"%PDF-1.7"),
    "/telecharge.pdf": (200, "application/octet-stream", b"%PDF-1.7"),
    "/image.png": (200, "image/png", b"\x89PNG"),
    "/programme": (200, "application/octet-stream", b"MZ"),
    "/script": (200, "application/javascript", b"alert(1)"),
    "/vide": (200, HTML, b" "),
    "/pdf": (200, HTML, b"%PDF-1.7"),
    "/gzip": (200, HTML, gzip.compress(b"<p>" * 1_000_000)),
    "/gros": (200, HTML, b" " * 10_000_001),
    "/panne": (500, HTML, b"<p>Panne"),
}
seen: list[tuple[str, dict[str, str]]] = []


class TlsServer(ThreadingHTTPServer):
    """Counts its connections."""

    daemon_threads = True
    connections = 0

    def get_request(self) -> tuple[socket.socket, str]:
        found, place = super().get_request()
        self.connections += 1
        return found, place

    def handle_error(self, request: object, place: object) -> None:
        """A client that leaves is what these tests are about."""


@dataclass(frozen=True)
class Site:
    """A server on this machine, and the network where a public name leads to it."""

    server: TlsServer
    network: Network


def certificate(folder: Path) -> Path:
    """A certificate and its key, made for this run only."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    path = folder / "site.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    more = ["-subj", "/CN=www.exemple.fr", "-addext", f"subjectAltName={names}"]
    places = ["-keyout", str(path), "-out", str(folder / "crt")]
    subprocess.run([*command.split(), *more, *places], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "crt").read_bytes())
    return path


def page(text: str, network: Network, seconds: float = 10) -> FetchedPage:
    return fetched(address_from(text), HOSTS, network, seconds)
