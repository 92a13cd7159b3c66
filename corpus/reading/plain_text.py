"""From the bytes of a page to its letters; and the reader of plain text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from encodings import normalize_encoding
from encodings.aliases import aliases

from corpus.problems import Problem
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.typography import counted

_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 4096  # bytes
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_USUAL = "cp1252"
_ENCODINGS = frozenset(["cp1252", "iso8859_15", "mac_roman"])
# Signs without width or sound: where a line may break, and marks of byte order left inside.
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF])
_FRENCH = re.compile("[àâçèéêëîïôùûœÀÇÈÉÊ«»’…]")
_LOOKED_AT = 1_000_000  # bytes
# UTF-8 read as windows-1252 (« Ã© » for « é »), or letters that nothing could read.
_GARBLED = re.compile(
    "Ã[\u00a0-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u00a0-¿™œ“”˜¦]|Â[\u00a0«»°]|Å“|\ufffd+"
)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def is_text(data: bytes) -> bool:
    """Say whether the bytes may be words: a null byte is none, save in a wide encoding."""
    return b"\0" not in data or _wide_encoding(data) is not None


def decoded(data: bytes, declared: bytes = b"") -> str:
    """UTF-8 or a wide encoding where the bytes show it; else the one declared, or windows-1252."""
    return _decoded(data, declared).translate(INVISIBLE)


def words_of(text: str) -> str:
    """The words as a browser shows them: runs of spaces are one, the unbreakable ones stay."""
    return _SPACES.sub(" ", _CONTROL.sub("", text.translate(INVISIBLE))).strip(" ")


def html_text(data: bytes) -> str:
    """Decode a page that may declare its encoding among its first tags, rightly or not."""
    found = _CHARSET.search(data[:_SAMPLE])
    return decoded(data, found[1] if found else b"")


def _decoded(data: bytes, declared: bytes) -> str:
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8-sig", errors="replace")
    written = normalize_encoding(declared.decode("ascii", errors="replace").lower())
    # The table of names, not the machinery: that would load any codec of the page's choice.
    name = aliases.get(written, written)
    # Browsers read « iso-8859-1 » as windows-1252 too; other names are not those of French pages.
    # Five bytes mean nothing in windows-1252; one of them must not lose the page.
    return data.decode(name if name in _ENCODINGS else _likely(data), errors="replace")


def _likely(data: bytes) -> str:
    """Old files of a Mac say nothing of themselves: what gives more French letters is right."""
    counts = {
        name: len(_FRENCH.findall(data[:_LOOKED_AT].decode(name, errors="replace")))
        for name in (_USUAL, "mac_roman")
    }
    return max(counts, key=lambda name: counts[name])


def garbled(texts: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """One problem for all the lines whose letters were read, or written, in a wrong encoding."""
    lines = [(line, found[0]) for line, text in texts if (found := _GARBLED.search(text))]
    if lines:
        message = (
            f"{counted(len(lines), 'passage')} aux lettres abîmées (« {lines[0][1]} »)\u00a0: le "
            "fichier n’est pas dans le bon encodage\u00a0; enregistrez l’original à nouveau en "
            "UTF-8, puis relisez ces passages."
        )
        yield Problem("encodage", message, lines[0][0])


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by the null beside each letter of a European text."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked:
        return marked
    sample = data[:_SAMPLE] if len(data) % 2 == 0 else b""  # a letter takes two bytes
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd > 0.7 * half and not even:
        return "utf-16-le"
    if half and even > 0.7 * half and not odd:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """A few broken bytes do not make a page another encoding."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 4 < sum(c > "\x7f" for c in text)


_LINE_END = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"(?:[•·▪◦‣●○■➢→►▸✔✓❖]\s*|[-*–]\s+)(?=\S)")


def page_from_text(data: bytes) -> Page:
    """One block a line, with its number; words are kept as they are, bullets and outer spaces go.

    A control character (a tab, mostly) becomes one space: a record cannot hold it.
    """
    blocks = []
    text = decoded(data)
    spaces = {ord(c): " " for c in set(text) if unicodedata.category(c) == "Cc"}
    for number, line in enumerate(_LINE_END.split(text), start=1):
        words = line.translate(spaces).strip()
        bullet = BULLET.match(words)
        if bullet:
            blocks.append(Block(BlockKind.LIST_ITEM, words[bullet.end() :], number))
        elif words:
            blocks.append(Block(BlockKind.PARAGRAPH, words, number))
    return Page(tuple(blocks))
