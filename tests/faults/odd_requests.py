"""Requests that no browser sends: a fixed list, then mutations of it."""

import random
from collections.abc import Iterator

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
OK, ANY = {200}, {200, 400, 404, 405, 413, 414, 417, 431}  # ANY: what a mutation may give
BAD = {400}
LONG = b"a" * 9_000

# The bytes that are sent, and the statuses of which the first answer must have one.
Odd = tuple[bytes, set[int]]


def _get(target: bytes, *headers: bytes, method: bytes = b"GET") -> bytes:
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: x", *headers, b"Connection: close"]
    return b"\r\n".join([*lines, b"", b""])


METHODS = [
    (_get(b"/", method=method), {405})
    for method in (
        *(b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"PROPFIND", b"MKCOL", b"LOCK"),
        *(b"TRACK", b"DEBUG", b"PURGE", b"SEARCH", b"QUERY", b"FOOBAR", b"CONNECT"),
    )
] + [
    (_get(b"/", method=b"OPTIONS"), OK),
    (_get(b"/", method=b"HEAD"), OK),
    (_get(b"/", method=b"get"), BAD),
    (_get(b"/", method=b"G(T"), BAD),
    (_get(b"/", method=b"A" * 5_000), BAD),
    (_get(b"*", method=b"OPTIONS"), {200, 400, 404, 405}),
]
PATHS = [
    (_get(target), {404})
    for target in (
        *(b"/../../etc/passwd", b"/static/x/../app.py", b"/static/..%2fapp.py", b"/..%252fx"),
        *(b"/static/%2e%2e/%2e%2e/pyproject.toml", b"/static/....//....//etc/passwd"),
        *(b"/static/site.css%00.png", b"/verbatim/%00", b"/.git/config"),
        *(b"/.env", b"/wp-login.php", b"/verbatim/..%5c..%5cx", b"/%c0%ae%c0%ae/", b"/%ff%fe"),
        *(b"/verbatim/" + b"a" * 4_000, b"/theme/%F0%9F%9A%B2", b"/api/v1/verbatims/%E0%80%80"),
        *(b"/static/", b"/static", b"/;/x", b"/verbatim/%0d%0aSet-Cookie:x=1", b"/console"),
    )
] + [
    (_get(b"//"), {200, 308, 404}),
    (_get(b"/static//etc/passwd"), {308, 404}),
    (_get(b"/./"), {200, 404}),
    (_get(b"http://ailleurs.exemple/"), OK),
    (_get(b"http://ailleurs.exemple/rien"), {404}),
    (_get(b"/recherche?" + b"&".join(b"q=%d" % n for n in range(800))), OK),
    (_get(b"/recherche?q=%"), OK),
    (_get(b"/recherche?q=%zz%ff%fe"), OK),
    (_get(b"/recherche?q[]=a&q[b]=c"), OK),
    (_get(b"/recherche?%00=%00&&&==&q"), OK),
    (_get(b"/recherche?page=99999999999999999999"), BAD),
    (_get(b"/recherche?page=-1"), BAD),
    (_get(b"/recherche?page=1e3"), BAD),
    (_get("/recherche?page=٣".encode()), BAD),
    (_get(b"/recherche?" + b"&".join(b"theme=%d" % n for n in range(50))), BAD),
    (_get(b"/api/v1/search?limit=1000000"), BAD),
    (_get(b"/api/v1/suggest?q=" + b"a" * 5_000), BAD),
]
SIZES = [
    (_get(b"/" + LONG), BAD),
    (_get(b"/recherche?q=" + LONG), BAD),
    (_get(b"/api/v1/search?q=" + LONG), BAD),
    (_get(b"/recherche?q=" + b"a" * 1_000_000), BAD),
    (_get(b"/api/v1/search?q=" + b"a" * 1_000_000), BAD),
    (_get(b"/", b"X-Long: " + LONG), {431}),
    (_get(b"/", b"Cookie: " + b"a=b; " * 5_000), {431}),
    (_get(b"/", *(b"X-%d: 1" % n for n in range(200))), {431}),
    (_get(b"/", *(b"X-%d: " % n + b"a" * 4_000 for n in range(60))), {431}),
    (_get(b"/", b"Content-Length: 99999999", method=b"POST"), {413}),
    (_get(b"/", b"Content-Length: 70000"), {413}),
    (_get(b"/recherche?q=" + b"%C3%A9" * 2_000), BAD),
]
HEADERS = [
    (_get(b"/", header), OK)
    for header in (
        *(b"Range: bytes=0-10", b"Range: bytes=-1", b"Range: bytes=9-1,2-3,4-5", b"Range: x=1"),
        *(b"If-None-Match: " + b'"a",' * 500, b"If-Modified-Since: hier", b"If-Range: x"),
        *(b"Accept-Encoding: gzip;q=99, br;q=-1, *;q=x", b"Accept: ;;;,,,q=q=q", b"Accept: */*"),
        *(b"Accept-Charset: klingon", b"Accept-Language: " + b"fr-" * 500, b"Cookie: a=b; ;;=;="),
        *(b"Authorization: Basic !!!", b"Content-Type: multipart/form-data", b"User-Agent: "),
        *(b"Content-Type: application/x-www-form-urlencoded; charset=utf-7", b"Upgrade: h2c"),
        *(b"X-Forwarded-For: ' OR 1=1 --", b"X-Forwarded-Host: ailleurs.exemple", b"TE: trailers"),
        *(b"X-Original-URL: /admin", b"X-HTTP-Method-Override: DELETE", b"Referer: \xff\xfe"),
        *(b"Host_: y", b"Expect: 100-continue", b"Date: \xe9", b"X-Forwarded-Proto: https"),
    )
]
BROKEN = [
    (b"\r\n\r\n\r\n\r\n", BAD),
    (b"GET\r\n\r\n", BAD),
    (b"GET /\r\n\r\n", BAD),
    (b"GET / HTTP/9.9\r\n\r\n", BAD),
    (b"GET / HTTP/1.1 x\r\nHost: x\r\n\r\n", BAD),
    (b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", BAD),
    (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", BAD),
    (b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n", BAD),
    (b"GET / HTTP/1.1\nHost: x\n\n", BAD),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", BAD),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 405}),
    (b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n\r\n", BAD),
    (GET + b"X\r\n\r\n", BAD),
    (GET + b": x\r\n\r\n", BAD),
    (GET + b"X : x\r\n\r\n", BAD),
    (GET + b"X: a\r\n b\r\n\r\n", BAD),
    (GET + b"X: a\x00b\r\n\r\n", BAD),
    (GET + b"X\xff: a\r\n\r\n", BAD),
    (GET + b"Host: y\r\n\r\n", BAD),
    (GET + b"Expect: 200-ok\r\n\r\n", {417}),
    (b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", {200, 400}),
    (b"GET / HTTP/1.0\r\n\r\n", OK),
]
# What one server reads as one request, and another as two.
SMUGGLED = [
    (b"POST / HTTP/1.1\r\nHost: x\r\n" + body, statuses)
    for body, statuses in (
        (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", BAD),
        (b"Content-Length: 5, 5\r\n\r\nabcde", BAD),
        (b"Content-Length: +5\r\n\r\nabcde", BAD),
        (b"Content-Length: -1\r\n\r\n", BAD),
        (b"Content-Length: 0x5\r\n\r\nabcde", BAD),
        (
            b"Content-Length:5\r\nTransfer-Encoding:chunked\r\n\r\n0\r\n\r\nGET / HTTP/1\r\n\r\n",
            BAD,
        ),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", BAD),
        (b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", BAD),
        (b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", BAD),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", {400, 405}),
        (
            b"Transfer-Encoding: chunked\r\n\r\n5;" + b"a" * 100 + b"\r\nabcde\r\n0\r\n\r\n",
            {400, 405},
        ),
        (b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 405}),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {405}),
        (b"Content-Length: 4\r\n\r\nGET /rien HTTP/1.1\r\nHost: x\r\n\r\n", {405}),
    )
]
FIXED: list[Odd] = [*METHODS, *PATHS, *SIZES, *HEADERS, *BROKEN, *SMUGGLED]


def mutations(count: int, seed: int = 14) -> Iterator[Odd]:
    """Odd requests with bytes changed, doubled or taken out; each still ends as a head does."""
    draw = random.Random(seed)
    short = [sent for sent, _ in FIXED if len(sent) < 12_000]
    for _ in range(count):
        sent = bytearray(draw.choice(short))
        for _ in range(draw.randint(1, 6)):
            place = draw.randrange(len(sent))
            match draw.randrange(4):
                case 0:
                    sent[place] = draw.randrange(256)
                case 1:
                    sent[place:place] = draw.choice([b"\r\n", b"\x00", b"%", b"\xc3", b":", b" "])
                case 2:
                    del sent[place : place + draw.randint(1, 8)]
                case _:
                    sent[place:place] = sent[place : place + 40]
            sent = sent or bytearray(b"x")
        yield bytes(sent) + b"\r\n\r\n", ANY | {304, 308, 403, 505}
