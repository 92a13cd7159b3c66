"""A site is a folder: its settings, its write-ups, and the three lists an editor keeps."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from corpus.homonyms import name_problems
from corpus.kept import kept_webinars
from corpus.lists import (
    GoldenQuery,
    Theme,
    Vocabulary,
    golden_queries_from,
    themes_from,
    vocabulary_from,
)
from corpus.problems import CorpusError, Problem, ProblemLog
from corpus.records import Webinar, fresh_id, with_ids
from corpus.settings import Settings, settings_from
from corpus.typography import slug_from
from corpus.writeups.known import KnownWriteups
from corpus.writeups.reading import Place, Writeup, read_writeup

SETTINGS_FILE = "verbatheque.toml"
TABLES = (SETTINGS_FILE, "themes.toml", "lexique.toml", "requetes.toml")
WRITEUPS = "webinaires"
DERIVED = ".verbatheque"
SAMPLE_SITE = Path(__file__).parent / "samples"
NEW_SITE = Path(__file__).parent / "new_site"  # the files a new site begins with


@dataclass(frozen=True, slots=True)
class Site:
    """All that a folder says; what could not be read is in `problems`."""

    folder: Path
    settings: Settings = field(default_factory=Settings)
    themes: tuple[Theme, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    golden: tuple[GoldenQuery, ...] = ()
    webinars: Sequence[Webinar] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def derived(self) -> Path:
        """Where the index and the caches live; disposable."""
        return self.folder / DERIVED


def site_folder(asked: Path | None) -> Path:
    """The folder of the site: the one asked for, the current one, else the sample site."""
    if asked is None:
        return Path() if (Path() / SETTINGS_FILE).is_file() else SAMPLE_SITE
    if not (asked / SETTINGS_FILE).is_file():
        raise CorpusError(
            f"« {asked} » n’est pas un site : il y manque {SETTINGS_FILE}. "
            f"Pour en créer un : verbatheque init {asked}"
        )
    return asked


def read_site(folder: Path, known: KnownWriteups | None = None) -> Site:
    """Read the whole folder, in the order of file names; faults become problems.

    A file that is `known` is not read again.

    What a cluster serves may be larger than the memory of this machine.
    """
    problems: list[Problem] = []
    tables = {}
    for name in TABLES:
        log = ProblemLog(name)
        tables[name] = (_table(folder / name, log), log)
    settings, faults = settings_from(tables[SETTINGS_FILE][0], SETTINGS_FILE)
    themes = themes_from(*tables["themes.toml"])
    vocabulary = vocabulary_from(*tables["lexique.toml"])
    golden = golden_queries_from(*tables["requetes.toml"])
    holding = kept_webinars if settings.moteur.is_cluster else tuple[Webinar, ...]
    webinars: Sequence[Webinar] = holding(_webinars(folder, problems, known))
    problems.extend(name_problems(webinars, WRITEUPS))
    problems = [*faults, *(p for _, log in tables.values() for p in log.problems), *problems]
    return Site(folder, settings, themes, vocabulary, golden, webinars, tuple(problems))


def settings_of(folder: Path) -> Settings:
    """The settings alone, where the rest of the site is not needed."""
    return read_settings(folder)[0]


def read_settings(folder: Path) -> tuple[Settings, list[Problem]]:
    """Read the settings alone: no write-up is opened."""
    log = ProblemLog(SETTINGS_FILE)
    settings, faults = settings_from(_table(folder / SETTINGS_FILE, log), SETTINGS_FILE)
    return settings, [*log.problems, *faults]


def _table(path: Path, log: ProblemLog) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        log.error("encodage", "le fichier n’est pas en UTF-8 ; enregistrez-le en UTF-8.")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        message = (
            "le fichier n’est pas lisible : guillemet, crochet ou « = » manquant ? "
            "À gauche de « = », un mot accentué se met entre guillemets."
        )
        log.error("toml", message, int(line[1]) if line else None)
    return {}


def writeup_paths(folder: Path) -> list[Path]:
    """The write-ups of a site, in the order of their names."""
    return sorted(path for path in (folder / WRITEUPS).glob("*.md") if path.is_file())


def _webinars(
    folder: Path, problems: list[Problem], known: KnownWriteups | None
) -> Iterator[Webinar]:
    taken: set[str] = set()
    for path in writeup_paths(folder):
        content, log = path.read_bytes(), ProblemLog(f"{WRITEUPS}/{path.name}")
        told = known.told(path.name, content) if known else None
        if told and taken.isdisjoint(part.id for part in told[0].parts):
            webinar: Webinar | None = told[0]
            log.problems.extend(told[1])
        else:
            webinar = _webinar(path, content, taken, log, known)
        if webinar:
            taken.update(part.id for part in webinar.parts)
            yield webinar
        problems.extend(log.problems)


def _webinar(
    path: Path, content: bytes, taken: set[str], log: ProblemLog, known: KnownWriteups | None
) -> Webinar | None:
    writeup = _writeup(path, content, log)
    if not writeup or not writeup.webinar:
        return None
    if known:
        known.learn(path.name, content, writeup.webinar, log.problems)
    return _with_own_ids(writeup.webinar, writeup.places, taken, log)


def _writeup(path: Path, content: bytes, log: ProblemLog) -> Writeup | None:
    webinar_id = slug_from(path.stem)
    if not webinar_id:
        log.error("nom", "le nom du fichier doit contenir des lettres ou des chiffres.")
        return None
    try:
        text = StringIO(content.decode("utf-8"), newline=None).read()
        writeup = read_writeup(text, webinar_id, log.file)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        log.error("encodage", "le fichier n’est pas en UTF-8 ; enregistrez-le en UTF-8.", line)
        return None
    log.problems.extend(writeup.problems)
    return writeup


def _with_own_ids(
    webinar: Webinar, places: Mapping[str, Place], taken: set[str], log: ProblemLog
) -> Webinar:
    """Give another id to what shares one with an earlier webinar: both stay findable."""
    ids = {part.id for part in webinar.parts}
    clashes = sorted(ids & taken)
    if not clashes:
        return webinar
    for clash in clashes:
        message = (
            f"l’identifiant « {clash} » sert déjà dans un autre webinaire ; un autre est calculé. "
            "Effacez-le ici pour en avoir un à vous."
        )
        log.error("id-double", message, places[clash].first)
    taken = taken | ids
    fresh: dict[str, str] = {}
    for part in webinar.parts:
        if part.id in clashes:
            fresh[part.id] = fresh_id(webinar.id, part.text, taken)
            taken.add(fresh[part.id])
    return with_ids(webinar, fresh)
