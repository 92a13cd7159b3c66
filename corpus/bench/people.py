"""Who is who on a site: two entries that are one person joined, two people of one name parted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.bench.changes import with_people
from corpus.files import replace_file
from corpus.problems import CorpusError
from corpus.records import Speaker, Webinar, is_id
from corpus.site import writeup_paths
from corpus.typography import slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.rewriting import rewritten


@dataclass(frozen=True, slots=True)
class Presence:
    """A person as one webinar presents them."""

    speaker: Speaker
    webinar: str
    title: str

    @property
    def key(self) -> str:
        """What tells this presence from the others."""
        return f"{self.webinar}/{self.speaker.name}"


def presences(site: Path) -> list[Presence]:
    """Everybody in every webinar, by name."""
    found = [
        Presence(speaker, webinar.id, webinar.title)
        for _, _, webinar in _webinars(site)
        for speaker in webinar.speakers
    ]
    return sorted(found, key=lambda each: (slug_from(each.speaker.name), each.webinar))


def joined(site: Path, keys: set[str]) -> int:
    """Say that several presences are one person; how many write-ups changed."""
    chosen = [each for each in presences(site) if each.key in keys]
    if len(chosen) < 2:
        raise CorpusError("choisissez au moins deux lignes qui sont la même personne.")
    own = next((each.speaker.own_id for each in chosen if each.speaker.own_id), "")
    return _with_sheet(site, keys, own or chosen[0].speaker.id)


def parted(site: Path, keys: set[str], sheet: str) -> int:
    """Say that some presences are somebody else than their name tells, under a sheet of theirs."""
    if not is_id(sheet):
        raise CorpusError("la fiche s’écrit en minuscules sans accent : jean-martin-vaux.")
    others = {each.speaker.id for each in presences(site) if each.key not in keys}
    if sheet in others or not keys:
        raise CorpusError("choisissez qui est quelqu’un d’autre, et une fiche qui ne sert pas.")
    return _with_sheet(site, keys, sheet)


def _with_sheet(site: Path, keys: set[str], sheet: str) -> int:
    def marked(webinar: Webinar) -> Webinar:
        people = {
            speaker: replace(speaker, own_id=sheet)
            for speaker in webinar.speakers
            if f"{webinar.id}/{speaker.name}" in keys
        }
        return with_people(webinar, dict(people))

    return _rewrite(site, marked)


def _rewrite(site: Path, change: Callable[[Webinar], Webinar]) -> int:
    """Change every write-up that differs then."""
    count = 0
    for path, writeup, webinar in list(_webinars(site)):
        wanted = change(webinar)
        if wanted != webinar:
            content = rewritten(writeup, wanted).text.encode("utf-8")
            replace_file(path, content, path.stat().st_mode & 0o777)
            count += 1
    return count


def _webinars(site: Path) -> Iterator[tuple[Path, Writeup, Webinar]]:
    for path in writeup_paths(site):
        webinar_id = slug_from(path.stem)
        text = path.read_text("utf-8", errors="replace")
        writeup = read_writeup(text, webinar_id) if webinar_id and "\ufffd" not in text else None
        if writeup and writeup.webinar:
            yield path, writeup, writeup.webinar
