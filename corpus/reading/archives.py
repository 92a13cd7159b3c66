"""The guard before an archive from outside is read: its sizes, its names and its XML.

Nothing is ever unpacked to disk. What is declared is judged first, then what is really read.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from corpus.problems import CorpusError

MAX_ENTRIES = 2_000
MAX_BYTES = 200_000_000
MAX_RATIO = 100
MAX_XML = 30_000_000  # bytes: a tree in memory takes some ten times as much
_SMALL = 1_000_000  # bytes: below, even a high ratio is harmless (blank pages compress well)
_CHUNK = 1 << 20
_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def require_safe_archive(data: bytes, expected: str = "une archive") -> None:
    """Raise `CorpusError` unless the archive is small, well named and free of DTDs.

    `expected` is what the name of the file said it was.
    """
    if not data.startswith(_MAGIC):
        raise CorpusError(f"ce fichier n’est pas {expected} malgré son nom.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _judge_names(archive.infolist())
            _judge_sizes(archive.infolist(), len(data))
            _judge_contents(archive, len(data))
    except _BROKEN as error:
        raise CorpusError(
            "cette archive est abîmée : enregistrez à nouveau le document."
        ) from error


def _judge_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise CorpusError(f"cette archive contient plus de {MAX_ENTRIES} fichiers : refusée.")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise CorpusError("cette archive contient deux fois le même fichier : refusée.")
    for entry in entries:
        # `filename` stops at a null byte and has its slashes turned: judge what was written.
        name = entry.orig_filename.replace("\\", "/")
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
            raise CorpusError("cette archive contient un chemin interdit : refusée.")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise CorpusError("cette archive contient un lien symbolique : refusée.")
        if entry.flag_bits & _ENCRYPTED:
            raise CorpusError("ce document est protégé par un mot de passe : ôtez-le d’abord.")


def _judge_sizes(entries: list[zipfile.ZipInfo], received: int) -> None:
    declared = sum(entry.file_size for entry in entries)
    if declared > MAX_BYTES or (declared > _SMALL and declared > received * MAX_RATIO):
        raise _too_big()
    for entry in entries:
        if entry.file_size > max(_SMALL, entry.compress_size * MAX_RATIO):
            raise _too_big()


def _judge_contents(archive: zipfile.ZipFile, received: int) -> None:
    """Count what comes out, whatever was declared, and look at every piece of XML."""
    read = xml = 0
    for entry in archive.infolist():
        tail, is_xml = b"", False
        for at, chunk in enumerate(_chunks(archive, entry)):
            read += len(chunk)
            if read > MAX_BYTES or (read > _SMALL and read > received * MAX_RATIO):
                raise _too_big()
            if at == 0:
                is_xml = _looks_like_xml(chunk)
                _judge_encoding(chunk)
            if not is_xml:
                continue
            xml += len(chunk)
            if xml > MAX_XML:
                raise _too_big()
            # Without its null bytes, UTF-16 reads as ASCII.
            bare = tail + chunk.replace(b"\0", b"")
            if _DTD.search(bare):
                raise CorpusError("ce document déclare une DTD ou des entités XML : refusé.")
            tail = bare[-32:]


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _looks_like_xml(start: bytes) -> bool:
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _judge_encoding(start: bytes) -> None:
    """An encoding that hides « <!DOCTYPE » (UTF-7, EBCDIC) is no encoding of a document."""
    found = _ENCODING.search(start[:1000].replace(b"\0", b""))
    ebcdic = start.startswith("<?xml".encode("cp500"))
    if ebcdic or (found and found[1].lower() not in _ENCODINGS):
        raise CorpusError("ce document a un encodage inattendu : enregistrez-le à nouveau.")


def _too_big() -> CorpusError:
    limit = MAX_BYTES // 1_000_000
    return CorpusError(f"cette archive est trop grosse une fois ouverte (limite {limit} Mo).")
