"""The settings that an editor chooses, as a form; those of the server stay in their file."""

import tomllib
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bench.tables import Value, with_values
from corpus.problems import CorpusError
from corpus.settings import Settings, settings_from
from corpus.site import SETTINGS_FILE, settings_of
from web.bench.desk import current_desk, rewrite

bp = Blueprint("settings", __name__, url_prefix="/reglages")


@dataclass(frozen=True, slots=True)
class Field:
    """A setting: the section of its file, its key, what it is called, what it is for."""

    section: str
    key: str
    label: str
    hint: str = ""

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"{self.section}.{self.key}" if self.section else self.key

    def value(self, settings: Settings) -> Value:
        """What it is now."""
        table = getattr(settings, self.section) if self.section else settings
        found: Value = getattr(table, self.key)
        return found

    def sent(self, now: Value) -> Value:
        """What the form says."""
        text = request.form.get(self.name, "")
        if isinstance(now, bool):
            return bool(text)
        if isinstance(now, tuple):
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        return " ".join(text.split())


GROUPS = {
    "Le site": (
        Field("", "titre", "Nom du site"),
        Field("", "organisation", "Organisation", "Affichée au bas des pages."),
        Field("", "description", "Présentation du site, en une phrase"),
        Field("", "adresse", "Adresse publique", "Par exemple https://citations.exemple.fr."),
        Field("", "avertissement", "Bandeau", "Affiché en haut de toutes les pages."),
        Field("", "licence", "Licence", "Son nom, ou son adresse."),
    ),
    "Les pages": (
        Field(
            *("lecture", "hotes", "Sites permis"),
            "L’établi ne lit une adresse que sur ces sites. Un par ligne\u00a0: www.exemple.fr.",
        ),
        Field(
            *("suivi", "flux", "Flux suivis"),
            "Leurs pages nouvelles attendent à l’accueil. Une adresse par ligne (RSS, Atom ou plan "
            "du site), sur un site permis.",
        ),
        Field(
            *("suivi", "mots", "Mots attendus"),
            "Seulement les pages dont le titre ou l’adresse contient l’un de ces mots. Un par "
            "ligne\u00a0; toutes les pages, si rien n’est écrit.",
        ),
    ),
    "Les visiteurs": (
        Field("propositions", "ouvertes", "Les visiteurs peuvent proposer une page"),
        Field("propositions", "contact", "Où écrire", "Une adresse web ou postale."),
        Field(
            *("integration", "sites", "Sites qui peuvent montrer la recherche"),
            "Un par ligne\u00a0: https://www.exemple.fr. Tous, si rien n’est écrit.",
        ),
    ),
}


@bp.get("/")
def page() -> str:
    """All that can be chosen, and what is."""
    settings = settings_of(current_desk().folder)
    return render_template("bench/settings.html", groups=GROUPS, settings=settings)


@bp.post("/")
def keep() -> Response:
    """Write what differs; what the site could not use is refused with its reason."""
    settings = settings_of(current_desk().folder)
    changed: dict[str, dict[str, Value]] = {}
    for field in (field for group in GROUPS.values() for field in group):
        now = field.value(settings)
        if (wanted := field.sent(now)) != now:
            changed.setdefault(field.section, {})[field.key] = wanted

    def change(text: str) -> str:
        then = text
        for section, values in changed.items():
            then = with_values(then, section, values)
        return _sound(text, then)

    if changed:
        rewrite(SETTINGS_FILE, change)
    return redirect(url_for("settings.page", garde="oui"))


def _sound(before: str, after: str) -> str:
    known = set(settings_from(tomllib.loads(before), "")[1])
    for problem in settings_from(tomllib.loads(after), "")[1]:
        if problem not in known:
            raise CorpusError(problem.message)
    return after


def allow(host: str) -> None:
    """One more site whose pages may be read."""
    hosts = settings_of(current_desk().folder).lecture.hotes
    if host not in hosts:
        values: dict[str, Value] = {"hotes": (*hosts, host)}
        rewrite(SETTINGS_FILE, lambda text: _sound(text, with_values(text, "lecture", values)))
