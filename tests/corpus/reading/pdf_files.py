"""A small writer of PDF documents, sound or made to harm; all that they say is invented."""

import zlib
from collections.abc import Iterable, Sequence

LEADING = 14
TOP = 780
FONTS = {"F1": b"Helvetica", "F2": b"Helvetica-Bold", "F3": b"Helvetica-Oblique"}


def said(text: str, x: float, y: float, size: float = 11, font: str = "F1") -> bytes:
    """The order that shows words at a place of the page, in points from its lower left corner."""
    shown = (
        text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + shown + b") Tj ET\n"


def run(*pieces: tuple[str, float, float], x: float = 60, y: float = TOP) -> bytes:
    """Words that follow each other on a line, each with its size and how far it is raised."""
    shown = b"".join(
        b"/F1 %g Tf %g Ts (%s) Tj " % (size, rise, text.encode("cp1252"))
        for text, size, rise in pieces
    )
    return b"BT 1 0 0 1 %g %g Tm " % (x, y) + shown + b"0 Ts ET\n"


def column(
    lines: Iterable[str], x: float = 60, top: float = TOP, size: float = 11, font: str = "F1"
) -> bytes:
    """Lines one under the other; an empty one leaves a space."""
    return b"".join(
        said(text, x, top - at * LEADING, size, font) for at, text in enumerate(lines) if text
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def packed(data: bytes, times: int = 1) -> bytes:
    """A compressed stream, as often as asked."""
    filters = b"/Filter[%s]" % (b"/FlateDecode" * times)
    for _ in range(times):
        data = zlib.compress(data)
    return stream(data, filters)


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The file of numbered objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return data + head + table + end + b"startxref\n%d\n%%%%EOF\n" % len(data)


def pdf(
    *pages: bytes,
    catalogue: bytes = b"",
    page: bytes = b"",
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
    contents: Sequence[bytes] = (),
) -> bytes:
    """A document of these pages; `more` are objects that follow them, from the third one on."""
    fonts = b"".join(
        b"/%s<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % (k.encode(), name)
        for k, name in FONTS.items()
    )
    first = 3 + len(more)
    shown = [*contents, *(packed(each) for each in pages)]
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(shown)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(shown), kids),
        *more,
    ]
    for at, content in enumerate(shown):
        entries = b"/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<<%s>>>>%s" % (fonts, page)
        place = first + 2 * at + 1
        objects += [b"<</Type/Page%s/Contents %d 0 R>>" % (entries, place), content]
    return file_of(objects, trailer)
