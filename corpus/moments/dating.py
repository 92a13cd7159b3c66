"""The moments of one write-up: those that are sure are written, the others shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.moments.alignment import Moment, moments_of
from corpus.moments.timing import Stretch, stretches_from, timed_words
from corpus.problems import CorpusError
from corpus.records import Webinar
from corpus.site import writeup_paths
from corpus.typography import slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.rewriting import rewritten


@dataclass(frozen=True, slots=True)
class Dating:
    """A write-up, the moments of its verbatims that had none, and what it would say."""

    path: Path
    writeup: Writeup
    webinar: Webinar
    moments: tuple[Moment, ...]

    @property
    def sure(self) -> tuple[Moment, ...]:
        """Those to write."""
        return tuple(moment for moment in self.moments if moment.is_sure)

    @property
    def doubtful(self) -> tuple[Moment, ...]:
        """Those to choose by ear, or to leave."""
        return tuple(moment for moment in self.moments if not moment.is_sure)

    def write(self) -> None:
        """Write the sure ones."""
        dated = with_moments(self.webinar, self.sure)
        self.path.write_bytes(rewritten(self.writeup, dated).text.encode("utf-8"))


def with_moments(webinar: Webinar, moments: Sequence[Moment]) -> Webinar:
    """The record with moments; one that an editor wrote stays."""
    starts = {moment.verbatim.id: moment.start for moment in moments}
    return replace(
        webinar,
        verbatims=tuple(
            replace(said, start=starts.get(said.id)) if said.start is None else said
            for said in webinar.verbatims
        ),
    )


def moments_in(webinar: Webinar, stretches: Sequence[Stretch]) -> tuple[Moment, ...]:
    """The moments of the verbatims that have none; the others say the order with them."""
    found = moments_of(webinar.verbatims, timed_words(stretches))
    return tuple(moment for moment in found if moment.verbatim.start is None)


def dating_of(site: Path, wanted: str, subtitles: Path) -> Dating:
    """Lay a write-up, by its name or its file, beside subtitles; nothing is written yet."""
    name = Path(wanted).stem if wanted.endswith(".md") else wanted
    path = next((each for each in writeup_paths(site) if each.stem == name), None)
    if path is None:
        raise CorpusError(f"« {wanted} » n’est pas un compte rendu de ce site.")
    writeup = read_writeup(path.read_text("utf-8", errors="replace"), slug_from(path.stem))
    if writeup.webinar is None:
        raise CorpusError(f"« {path.name} » n’est pas lisible : voyez verbatheque check.")
    moments = moments_in(writeup.webinar, stretches_from(subtitles))
    return Dating(path, writeup, writeup.webinar, moments)
