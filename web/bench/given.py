"""What an editor gives to be read: kept while something about it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from corpus.problems import CorpusError
from corpus.reading.source import Source, source_from
from corpus.typography import slug_from


@dataclass(frozen=True, slots=True)
class Given:
    """What the editor gave: a file or a text, with its name, or an address."""

    name: str = ""
    data: bytes = b""
    address: str = ""

    @contextmanager
    def source(self) -> Iterator[Source]:
        """It as the reader wants it."""
        if self.name:
            with file_of(self.name, self.data) as path:
                yield path
            return
        source = source_from(self.address)
        if isinstance(source, Path):
            raise CorpusError("une adresse commence par https://")
        yield source


@contextmanager
def file_of(name: str, data: bytes) -> Iterator[Path]:
    """What was sent, as a file of this name for a moment."""
    given = PurePath(name)
    with TemporaryDirectory(prefix="verbatheque-") as folder:
        path = Path(folder) / f"{slug_from(given.stem) or 'page'}{given.suffix}"
        path.write_bytes(data)
        yield path
