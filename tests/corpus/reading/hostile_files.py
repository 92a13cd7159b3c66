"""Files made to harm: what each holds, and what the editor is told (nothing when it is cleaned).

`{outside}` in a text is the address of a listener that nobody may reach.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.corpus.reading.pdf_files import column, file_of, packed, pdf, stream

SAID = "« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu"
ENOUGH = r"plus de \d+ (?:s de lecture|Mo de mémoire)|trop d’éléments"


@dataclass(frozen=True)
class Hostile:
    """A file: its name, its making, and a pattern of the refusal; empty when it is read."""

    name: str
    make: Callable[[], bytes]
    said: str = ""


def html(inner: str, head: str = "") -> Callable[[], bytes]:
    return lambda: f"{head}<html><body><p>{SAID}</p>{inner}</body></html>".encode()


def text(made: str) -> Callable[[], bytes]:
    return lambda: f"{made}\n{SAID}\n".encode()


def nested_zip() -> bytes:
    inner = b"\0" * 900_000
    for _ in range(5):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(10):
                archive.writestr(f"word/{n}.zip", inner)
        inner = stream.getvalue()
    return inner


def zip64_sizes() -> bytes:
    """Every size is « see the 64-bit record », and there is none."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    data = stream.getvalue()
    at = data.index(b"PK\x01\x02")
    return data[: at + 20] + b"\xff" * 8 + data[at + 28 :]


def zip_of_comment() -> bytes:
    """A directory that points before the file."""
    return b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 16 + b"\0\0"


def cues(times: str, number: int = 1) -> str:
    return f"{times}\nAna Lu : Nous avons planté.\n\n" * number


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
QUADRATIC = '<!DOCTYPE x [<!ENTITY a "' + "a" * 50_000 + '">]>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><image href="{outside}"/><text>&x;</text></svg>'
TIMES = "00:00:05.000 --> 00:00:09.000"

SHOWN = column([SAID])
LOCKED = b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32)
RUNS = (
    b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('{outside}'\\))>>"
    b"/AA<</WC<</S/Launch/F(/bin/sh)>>>>/Names<</EmbeddedFiles<</Names[(a.exe) 3 0 R]>>>>"
)
EMBEDDED = b"<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>"
ASKS = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI({outside})>>>>]"
TRAILER = b"/Encrypt 3 0 R/ID[<41><41>]"


def nested_forms(depth: int) -> bytes:
    """Forms that call each the next one twice."""
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (4 + min(at + 1, depth - 1)),
        )
        for at in range(depth)
    ]
    return pdf(SHOWN + b"/X Do", more=[b"<<>>", *forms], page=b"/Resources<</XObject<</X 4 0 R>>>>")


def packed_zeros() -> bytes:
    return zlib.compress(b"\0" * 500_000_000, 9)


def endless_tree() -> bytes:
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])


def untrue_count() -> bytes:
    return pdf(SHOWN).replace(b"/Count 1", b"/Count 999999999")


def endless_tables() -> bytes:
    data = pdf(SHOWN)
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


HOSTILE_PDF = {
    "no PDF": Hostile("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "pas un PDF"),
    "a document": Hostile("a.pdf", nested_zip, "pas un PDF"),
    "only the mark": Hostile("a.pdf", lambda: b"%PDF-1.7\n", "abîmé"),
    "cut in the middle": Hostile("a.pdf", lambda: pdf(SHOWN)[:400], "abîmé|pas de texte"),
    "cut near its end": Hostile("a.pdf", lambda: pdf(SHOWN)[:-60], "abîmé|^$"),
    "no page": Hostile("a.pdf", lambda: pdf(), "n’a pas de page"),
    "a scan": Hostile("a.pdf", lambda: pdf(b"0 0 9 9 re f"), "numérisé"),
    "a password": Hostile("a.pdf", lambda: pdf(SHOWN, more=[LOCKED], trailer=TRAILER), "passe"),
    "what it runs": Hostile(
        "a.pdf",
        lambda: pdf(SHOWN, catalogue=RUNS, more=[EMBEDDED, stream(b"MZ")], page=ASKS),
    ),
    "2,000 pages": Hostile("a.pdf", lambda: pdf(*[SHOWN] * 2_000), "2000 pages"),
    "a count that lies": Hostile("a.pdf", untrue_count, "pages|abîmé|^$"),
    "a tree that holds itself": Hostile("a.pdf", endless_tree, "abîmé|pas de texte"),
    "tables that follow themselves": Hostile("a.pdf", endless_tables, "abîmé|^$"),
    "forms that call forms": Hostile("a.pdf", lambda: nested_forms(40), ENOUGH + "|^$"),
    "forms that call themselves": Hostile("a.pdf", lambda: nested_forms(1), ENOUGH + "|^$"),
    "zeros": Hostile(
        "a.pdf", lambda: pdf(contents=[packed(b"\0" * 300_000_000)]), ENOUGH + "|numérisé"
    ),
    "zeros packed twice": Hostile(
        "a.pdf", lambda: pdf(contents=[packed(packed_zeros(), 2)]), ENOUGH + "|numérisé"
    ),
    "a million words on a page": Hostile(
        "a.pdf", lambda: pdf(SHOWN * 200_000), ENOUGH + "|trop de signes|^$"
    ),
    "a million strokes": Hostile(
        "a.pdf", lambda: pdf(SHOWN + b"0 0 m 9 9 l S\n" * 1_000_000), ENOUGH + "|^$"
    ),
    "a million saved states": Hostile(
        "a.pdf", lambda: pdf(b"q " * 3_000_000 + SHOWN), ENOUGH + "|^$"
    ),
    "a million brackets": Hostile(
        "a.pdf", lambda: pdf(b"[" * 3_000_000 + SHOWN), ENOUGH + "|numérisé|^$"
    ),
    "a page of a billion points": Hostile(
        "a.pdf", lambda: pdf(SHOWN).replace(b"595 842", b"-9e9 9e9")
    ),
    "words beyond numbers": Hostile(
        "a.pdf",
        lambda: pdf(b"BT /F1 1e38 Tf 1e38 1e38 1e38 1e38 1e38 1e38 Tm (mot) Tj ET" + SHOWN),
        "^$",
    ),
}

HOSTILE = {
    # What is not what its name says.
    "a picture as a document": Hostile("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "Word"),
    "a picture as a page": Hostile(
        "a.html", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "octets nuls"
    ),
    "a document as a page": Hostile("a.html", nested_zip, "octets nuls"),
    "a program": Hostile("a.txt", lambda: b"MZ\x90\0\3" * 99, "octets nuls"),
    "a PDF": Hostile("a.txt", lambda: b"%PDF-1.7\n1 0 obj\n", "sous un nom en .pdf"),
    "an RTF": Hostile("a.txt", lambda: b"{\\rtf1\\ansi bonjour}", "en .odt ou en .docx"),
    "a gzip": Hostile("a.md", lambda: b"\x1f\x8b\x08" + b"x" * 99, "une archive"),
    "raw zlib": Hostile("a.txt", lambda: zlib.compress(b"0" * 10_000_000), "octets nuls|^$"),
    "an RTF by name": Hostile("a.rtf", lambda: b"{\\rtf1 mot}", "en .odt ou en .docx"),
    "another suffix": Hostile("a.exe", lambda: b"MZ", "n’est pas lu"),
    "no suffix": Hostile("page", lambda: b"mots", "n’est pas lu"),
    "empty": Hostile("a.html", lambda: b"", "est vide"),
    "only spaces": Hostile("a.md", lambda: b" \n\t" * 1000, "est vide"),
    # Archives, beside those that the tests of Word documents make.
    "zips in zips": Hostile("a.docx", nested_zip, "trop grosse|lisible"),
    "sizes of 64 bits": Hostile("a.docx", zip64_sizes, "abîmée|trop grosse"),
    "a directory nowhere": Hostile("a.docx", zip_of_comment, "abîmée"),
    "macros as a document": Hostile("a.docm", lambda: b"PK\x03\x04", "n’est pas lu"),
    # Entities and what is outside.
    "a billion laughs": Hostile("a.html", html("&i;" * 99, LAUGHS)),
    "quadratic entities": Hostile("a.html", html("&a;" * 50_000, QUADRATIC)),
    "a file as an entity": Hostile(
        "a.html", html("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    ),
    "an address as an entity": Hostile(
        "a.html", html("&x;", '<!DOCTYPE x [<!ENTITY % x SYSTEM "{outside}">%x;]>')
    ),
    "a DTD outside": Hostile("a.html", html("", '<!DOCTYPE html SYSTEM "{outside}">')),
    "XHTML with a DTD": Hostile(
        "a.html", html("&x;", '<?xml version="1.0"?><!DOCTYPE html SYSTEM "{outside}">')
    ),
    "a picture that asks": Hostile("a.html", html(SVG + '<img src="{outside}">')),
    "a frame, a script, a style": Hostile(
        "a.html",
        html(
            '<iframe src="{outside}"></iframe><script src="{outside}"></script>'
            '<link rel="stylesheet" href="{outside}"><style>@import "{outside}"</style>'
        ),
    ),
    "a base and a refresh": Hostile(
        "a.html", html('<base href="{outside}"><meta http-equiv="refresh" content="0;{outside}">')
    ),
    "an inclusion": Hostile(
        "a.html",
        html('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{outside}"/>'),
    ),
    "Markdown with HTML that asks": Hostile("a.md", text("![x]({outside})\n<img src={outside}>")),
    "YAML that runs": Hostile(
        "a.md", text("---\ntitle: !!python/object/apply:os.system ['id']\n---")
    ),
    "YAML that laughs": Hostile(
        "a.md",
        text(
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
                for a, b in zip("abcdefg", "bcdefgh", strict=True)
            )
            + "---"
        ),
    ),
    "YAML without a bottom": Hostile("a.md", text("---\na: " + "[" * 50_000 + "\n---")),
    "TOML without a bottom": Hostile("a.md", text("+++\na = " + "[" * 50_000 + "\n+++")),
    # Depth and number.
    "257 levels": Hostile("a.html", html("<div>" * 257), "trop d’éléments"),
    "a million levels": Hostile("a.html", html("<b>" * 1_000_000), "trop d’éléments"),
    "a million pieces": Hostile("a.html", html("<p>x</p>" * 1_000_000), ENOUGH),
    "a million empty tags": Hostile("a.html", html("<i></i>" * 1_000_000), ENOUGH + "|^$"),
    "10 MB in an attribute": Hostile(
        "a.html", html(f'<p title="{"a" * 10_000_000}">x</p>'), "lisible|^$"
    ),
    "a million attributes": Hostile("a.html", html(f"<p {'a=1 ' * 1_000_000}>x</p>")),
    "a table of a billion columns": Hostile(
        "a.html", html("<table><tr><td colspan=1000000000 rowspan=1000000000>x</td></tr></table>")
    ),
    "a list from a billion": Hostile("a.html", html("<ol start=99999999999999999999><li>x</ol>")),
    "a comment without an end": Hostile("a.html", html("<!--" + "-" * 1_000_000)),
    "signs only": Hostile("a.html", html("<" * 1_000_000), ENOUGH + "|^$"),
    "100,000 quotation marks": Hostile("a.txt", text("« " * 100_000), ENOUGH + "|^$"),
    "a line of 2 MB": Hostile("a.txt", text("mot " * 500_000), ENOUGH + "|^$"),
    "a million lines": Hostile("a.txt", text("« mot » Ana Lu\n" * 1_000_000), ENOUGH),
    "100,000 nested quotes": Hostile("a.md", text(">" * 100_000 + " x"), ENOUGH + "|^$"),
    "100,000 brackets": Hostile("a.md", text("[" * 100_000), ENOUGH + "|^$"),
    "100,000 links": Hostile("a.md", text("[a](" * 100_000), ENOUGH + "|^$"),
    "100,000 stars": Hostile("a.md", text("*a **" * 100_000), ENOUGH + "|^$"),
    "100,000 levels of a list": Hostile(
        "a.md", text("".join("  " * n + "- x\n" for n in range(2_000))), ENOUGH + "|^$"
    ),
    "a table of 4,000 columns": Hostile(
        "a.md", text("|a" * 4_000 + "\n" + "|-" * 4_000 + "\n" + "|x" * 4_000), ENOUGH + "|^$"
    ),
    # Times.
    "a million cues": Hostile(
        "a.vtt", lambda: ("WEBVTT\n\n" + cues(TIMES, 300_000)).encode(), "trop de répliques"
    ),
    "a time below zero": Hostile(
        "a.vtt",
        lambda: ("WEBVTT\n\n" + cues("-00:00:05.000 --> -00:00:01.000")).encode(),
        "aucune|lisible",
    ),
    "a time without an end": Hostile(
        "a.vtt",
        lambda: ("WEBVTT\n\n" + cues(f"{'9' * 5_000}:00:05.000 --> 00:00:09.000")).encode(),
        "aucune|lisible|^$",
    ),
    "numbers of 10,000 digits": Hostile(
        "a.srt",
        lambda: (f"{'9' * 10_000}\n" + cues("00:00:05,000 --> 00:00:09,000")).encode(),
        "aucune|lisible|^$",
    ),
    "no signature": Hostile("a.vtt", lambda: cues(TIMES).encode(), "WEBVTT"),
    "a cue of 10 MB": Hostile(
        "a.vtt", lambda: f"WEBVTT\n\n{TIMES}\n{'mot ' * 2_500_000}\n".encode(), "démesurée"
    ),
    # Letters.
    "null bytes": Hostile("a.txt", lambda: SAID.encode() + b"\0", "octets nuls"),
    "lone surrogates": Hostile("a.txt", lambda: SAID.encode() + b"\n\xed\xa0\x80\xed\xbf\xbf"),
    "overlong UTF-8": Hostile(
        "a.html", lambda: html("")() + b"<p>\xc0\xbcscript\xc0\xbe\xe0\x80\xaf"
    ),
    "UTF-7": Hostile(
        "a.html", html("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", '<meta charset="utf-7">')
    ),
    "UTF-16": Hostile("a.html", lambda: f"<p>{SAID}</p>".encode("utf-16")),
    "half of UTF-16": Hostile("a.txt", lambda: SAID.encode("utf-16")[:-1]),
    "UTF-16 without its mark": Hostile("a.txt", lambda: SAID.encode("utf-16-le")),
    "UTF-32": Hostile("a.txt", lambda: SAID.encode("utf-32")),
    "EBCDIC": Hostile(
        "a.html",
        lambda: html("")().decode().replace("’", "'").encode("cp500", "replace"),
        "^$|lisible|vide|octets",
    ),
    "two encodings": Hostile("a.html", lambda: html("")() + "<p>été</p>".encode("latin-1") * 9),
    "bytes at random": Hostile("a.txt", lambda: bytes(range(1, 256)) * 1_000),
    "control characters": Hostile(
        "a.txt", lambda: SAID.encode() + b"\x1b]0;titre\x07\x1b[2J\x7f\x9b"
    ),
    "directions reversed": Hostile("a.txt", text("\u202e\u2066Ana Lu\u2069\u200b\ufeff")),
    "100,000 accents on a letter": Hostile("a.txt", text("e" + "\u0301" * 100_000)),
}
