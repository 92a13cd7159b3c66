"""What reads well to the index but not to an eye: typography, and quotes found twice.

Reported, never repaired: the words of a quote belong to the editor.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.counting import counted
from corpus.problem import Problem
from corpus.records import Webinar
from corpus.site import WRITEUPS, Site, writeup_paths
from corpus.typography import fold, slug_from

_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")
_LINK = re.compile(r"https?://\S+")
_UNBOUND = re.compile(r"(?<![\u00a0\u202f:;!?»])(?:[;!?](?!\w)|:(?=\s|$)|»)|«(?![\u00a0\u202f])")
_SHORT = 6  # words: « Oui, tout à fait. » may well be said twice


def review_of(site: Site) -> tuple[Problem, ...]:
    """The remarks on a whole site, file after file."""
    files = {slug_from(path.stem): f"{WRITEUPS}/{path.name}" for path in writeup_paths(site.folder)}
    named = [(webinar, files.get(webinar.id, WRITEUPS)) for webinar in site.webinars]
    typography = (found for webinar, file in named for found in _typography(webinar, file))
    return (*typography, *_twice(named))


def _typography(webinar: Webinar, file: str) -> Iterator[Problem]:
    texts = [
        webinar.title,
        webinar.introduction,
        *(idea.text for idea in webinar.key_ideas),
        *(said.text for said in webinar.verbatims),
    ]
    text = "\n".join(_LINK.sub("", part) for part in texts)
    straight, unbound = len(_STRAIGHT.findall(text)), len(_UNBOUND.findall(text))
    faults = [
        *([counted(straight, "apostrophe droite", "apostrophes droites")] if straight else []),
        *(
            [counted(unbound, "espace insécable manquante", "espaces insécables manquantes")]
            if unbound
            else []
        ),
    ]
    if faults:
        message = f"typographie : {', '.join(faults)} ; rien n’est corrigé tout seul."
        yield Problem("typographie", message, file=file)


def _twice(named: Iterable[tuple[Webinar, str]]) -> Iterator[Problem]:
    first: dict[str, tuple[str, str]] = {}
    for webinar, file in named:
        for said in webinar.verbatims:
            key = " ".join(re.findall(r"\w+", fold(said.text)))
            if len(key.split()) < _SHORT:
                continue
            if key in first:
                other_id, other_file = first[key]
                place = "plus haut" if other_file == file else f"dans {other_file}"
                message = f"le verbatim « {said.id} » est déjà {place} (« {other_id} »)."
                yield Problem("verbatim-double", message, file=file)
            else:
                first[key] = (said.id, file)
