"""A quote as schema.org says it, for engines that read JSON-LD."""

from typing import Any

from corpus.settings import Settings
from search.answer import Document
from web.links import moment_link, safe_link


def linked_data(said: Document, settings: Settings) -> dict[str, Any]:
    """A `Quotation` by a real person (`creator`, not `spokenByCharacter`: that is for fiction)."""
    root = settings.adresse.rstrip("/")
    held_on = said.webinar.held_on
    webinar = {
        "@type": "Event",
        "name": said.webinar.title,
        "startDate": held_on.isoformat() if held_on else None,
        "url": f"{root}/webinaire/{said.webinar.id}",
    }
    quotation = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": root + said.path,
        "url": root + said.path,
        "text": said.text,
        "inLanguage": "fr",
        "creator": _person(said, root),
        "dateCreated": webinar["startDate"],
        "recordedIn": _known(webinar),
        "isBasedOn": safe_link(said.webinar.url),
        "associatedMedia": _video(said),
        "about": [{"@type": "Thing", "name": theme.label} for theme in said.themes],
        "license": safe_link(settings.licence),
    }
    return _known(quotation)


def _person(said: Document, root: str) -> dict[str, Any] | None:
    if not said.speaker:
        return None
    employer = {"@type": "Organization", "name": said.organisation} if said.organisation else None
    return _known(
        {
            "@type": "Person",
            "name": said.speaker,
            "jobTitle": said.role,
            "affiliation": employer,
            "url": f"{root}/intervenant/{said.speaker_id}",
        }
    )


def _video(said: Document) -> dict[str, Any] | None:
    """The replay, and the moment in it when it is known."""
    replay = safe_link(said.webinar.replay_url)
    if not replay:
        return None
    video: dict[str, Any] = {"@type": "VideoObject", "name": said.webinar.title, "url": replay}
    if said.start is not None:
        video["hasPart"] = {
            "@type": "Clip",
            "name": said.speaker or said.webinar.title,
            "startOffset": said.start,
            "url": moment_link(replay, said.start),
        }
    return video


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
