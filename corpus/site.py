"""A site is a folder: its settings, its write-ups, and the three lists an editor keeps."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.homonyms import name_problems
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
    webinars: tuple[Webinar, ...] = ()
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


def read_site(folder: Path) -> Site:
    """Read the whole folder, in the order of file names; faults become problems."""
    problems: list[Problem] = []
    tables = {}
    for name in TABLES:
        log = ProblemLog(name)
        tables[name] = (_table(folder / name, log), log)
    settings, faults = settings_from(tables[SETTINGS_FILE][0], SETTINGS_FILE)
    themes = themes_from(*tables["themes.toml"])
    vocabulary = vocabulary_from(*tables["lexique.toml"])
    golden = golden_queries_from(*tables["requetes.toml"])
    webinars = _webinars(folder, problems)
    problems = [*faults, *(p for _, log in tables.values() for p in log.problems), *problems]
    return Site(folder, settings, themes, vocabulary, golden, tuple(webinars), tuple(problems))


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


def _webinars(folder: Path, problems: list[Problem]) -> list[Webinar]:
    webinars: list[Webinar] = []
    taken: set[str] = set()
    for path in writeup_paths(folder):
        log = ProblemLog(f"{WRITEUPS}/{path.name}")
        writeup = _writeup(path, log)
        if writeup and writeup.webinar:
            webinars.append(_with_own_ids(writeup.webinar, writeup.places, taken, log))
            taken.update(part.id for part in webinars[-1].parts)
        problems.extend(log.problems)
    problems.extend(name_problems(webinars, WRITEUPS))
    return webinars


def _writeup(path: Path, log: ProblemLog) -> Writeup | None:
    webinar_id = slug_from(path.stem)
    if not webinar_id:
        log.error("nom", "le nom du fichier doit contenir des lettres ou des chiffres.")
        return None
    try:
        writeup = read_writeup(path.read_text("utf-8"), webinar_id, log.file)
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
