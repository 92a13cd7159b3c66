"""The day on which each text of a site came into its index."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from indexer import fields
from indexer.catalogue import Part
from indexer.generations import Generation

Days = dict[str, str]  # the id of a text -> ISO 8601, or "" when it was there from the beginning


def days_of(parts: Sequence[Part], published: Generation | None, today: date) -> Days:
    """A text keeps the day that the published index gives it; one that it has not came today.

    Those of a first index have none: they were not added, the site opened with them. Neither have
    those of an index that kept no days, as far as one knows.
    """
    if published is None:
        return {part.id: "" for part in parts}
    known = _days_in(published)
    webinars = published.manifest.facts["webinars"] if known is None else {}
    return {
        part.id: ""
        if part.webinar.id in webinars
        else (known or {}).get(part.id, today.isoformat())
        for part in parts
    }


def _days_in(published: Generation) -> Days | None:
    apart = published.folder / fields.ADDED_FILE
    with suppress(OSError, ValueError):
        days: Days | None
        if apart.exists():
            days = json.loads(apart.read_text("utf-8"))
        else:
            catalogue = published.folder / fields.CATALOGUE_FILE
            days = json.loads(catalogue.read_text("utf-8")).get("added")
        return days
    return None
