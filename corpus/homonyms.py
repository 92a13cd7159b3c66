"""Who is who: two people of one name, one person of two spellings, and how to tell them apart."""

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.problems import Problem, Severity
from corpus.records import Speaker, Webinar
from corpus.typography import fold, slug_from

Met = tuple[Speaker, str]  # and the id of the webinar


def name_problems(webinars: Iterable[Webinar], file: str) -> Iterator[Problem]:
    """The doubts on people who share a page; a « fiche » answers them, and is not doubted."""
    by_id: dict[str, dict[Speaker, str]] = {}
    for webinar in webinars:
        for speaker in webinar.speakers:
            if not speaker.own_id:
                by_id.setdefault(speaker.id, {}).setdefault(speaker, webinar.id)
    for met in (list(speakers.items()) for speakers in by_id.values()):
        names = Counter(speaker.name for speaker, _ in met)
        if len(names) > 1:
            listed = ", ".join(f"« {name} »" for name in sorted(names))
            message = f"même personne ? {listed} : gardez une seule orthographe."
            yield Problem("orthographe-nom", message, file=file)
        for other in met[1:]:
            if _differ(met[0][0], other[0]):
                question = _question(met[0], other)
                yield Problem("homonyme", question, severity=Severity.NOTE, file=file)
                break


def _differ(one: Speaker, other: Speaker) -> bool:
    """Another role and another organisation, both known: a change of job, or somebody else."""
    pairs = ((one.role, other.role), (one.organisation, other.organisation))
    return all(_are_others(slug_from(a), slug_from(b)) for a, b in pairs)


def _are_others(one: str, other: str) -> bool:
    """« Maire » and « maire de Vaux » are one role, told twice."""
    return bool(one and other) and one not in other and other not in one


def _question(one: Met, other: Met) -> str:
    told = " et ".join(
        f"{speaker.role}, {speaker.organisation} ({webinar})" for speaker, webinar in (one, other)
    )
    speaker = other[0]
    return (
        f"« {speaker.name} » est {told} : la même personne ? Sinon, ajoutez sous le second nom "
        f"« fiche: {_sheet(speaker)} ». Si oui, « fiche: {speaker.id} » sous les deux fait taire "
        "cette question."
    )


def _sheet(speaker: Speaker) -> str:
    return slug_from(f"{speaker.name} {speaker.organisation}")[:60].strip("-")


def speaker_labels(webinars: Iterable[Webinar]) -> dict[str, str]:
    """The name of each speaker by id; those of one name get what tells them apart."""
    people: dict[str, Speaker] = {}
    for webinar in webinars:
        for speaker in webinar.speakers:
            people.setdefault(speaker.id, speaker)
    bearers: dict[str, list[Speaker]] = {}
    for person in people.values():
        bearers.setdefault(slug_from(person.name), []).append(person)
    return {key: _label(person, bearers[slug_from(person.name)]) for key, person in people.items()}


def _label(person: Speaker, bearers: list[Speaker]) -> str:
    if len(bearers) == 1:
        return person.name
    for key in ("organisation", "role"):
        values = [fold(getattr(bearer, key)) for bearer in bearers]
        if all(values) and len(set(values)) == len(values):
            return f"{person.name} ({getattr(person, key)})"
    return f"{person.name} ({person.id})"


def bare_name(label: str) -> str:
    """The name in a label: « Jean Martin (commune de Vaux) » gives « Jean Martin »."""
    return label.partition(" (")[0]
