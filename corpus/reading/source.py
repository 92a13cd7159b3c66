"""Where a page comes from, a file or an address, and what it says once read under limits."""

import errno
import os
import stat
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.extraction.extracted import Reading
from corpus.problems import CorpusError
from corpus.reading.confined import read_confined
from corpus.reading.fetching import Address, Network, address_from, fetched, looks_like_address
from corpus.reading.formats import Format, format_of_name, require_plausible

MAX_BYTES = 20_000_000
# A link would lead out of the folder that was given; a pipe would be waited for without an end.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def bytes_of_file(path: Path) -> tuple[bytes, Format]:
    """What a file holds and its format; raise `CorpusError` when it is no page."""
    kind = format_of_name(path.name)
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _missing(path)
        if status.st_size > MAX_BYTES:
            raise _too_big(path)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:  # it grew meanwhile
        raise _too_big(path)
    require_plausible(data, kind, path.name)
    return data, kind


def _refused(path: Path, error: OSError | ValueError) -> CorpusError:
    cause = error.errno if isinstance(error, OSError) else None
    if cause == errno.ELOOP:
        return CorpusError(f"« {path.name} » est un lien : donnez le fichier lui-même.")
    if cause in {errno.EACCES, errno.EPERM}:
        return CorpusError(f"« {path} » : accès refusé. Demandez le droit de lire ce fichier.")
    return _missing(path)


def _too_big(path: Path) -> CorpusError:
    return CorpusError(
        f"« {path.name} » dépasse {MAX_BYTES // 1_000_000} Mo : "
        "copiez-en le texte utile dans un fichier .txt."
    )


def _missing(path: Path) -> CorpusError:
    return CorpusError(f"« {path} » n’existe pas ou n’est pas un fichier.")


Source = Path | Address


def source_from(text: str) -> Source:
    """Read what an editor typed."""
    return address_from(text) if looks_like_address(text) else Path(text)


def read_source(
    source: Source, hosts: Iterable[str] = (), network: Network | None = None
) -> Reading:
    """A page and what it says; the address that gave it is its own, whatever it declares."""
    if isinstance(source, Path):
        return _named(source, *bytes_of_file(source))
    found = fetched(source, hosts, network)
    reading = _named(source, found.data, found.kind)
    url = str(found.address)
    return Reading(replace(reading.page, url=url), replace(reading.extraction, url=url))


def _named(source: Source, data: bytes, kind: Format) -> Reading:
    try:
        return read_confined(data, kind)
    except CorpusError as error:
        raise CorpusError(f"« {source.name} » : {error}") from error
