"""Where a page comes from, a file or an address, and what it says once read under limits."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.pages.address import Address, address_from, looks_like_address
from corpus.pages.confined import read_confined
from corpus.pages.extracted import Reading
from corpus.pages.fetching import Network, fetched
from corpus.pages.formats import Format
from corpus.pages.page_file import bytes_of_file
from corpus.problem import CorpusError

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
