"""Words as they stand in a text: where they begin and end, elisions cut, inclusive forms read."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.normal import normal_from

# Words whose apostrophe or hyphen is part of them.
_WHOLE = (
    r"aujourd'hui|quelqu'une?s?|quelques?-une?s|presqu'[iî]les?|prud'hom\w+|"
    r"(?:mains?|chefs?|hors)[- ]d'oeuvre|d'ores|entr'aide\w*|grand'?-?mères?"
)
# élu·e·s, agriculteur·rice, infirmier·ère·s, habitant(e)s, bénévole(s), usager.e.s, élu-e-s
_FEMININE = r"(?:e|ne|le|te|se|ve|ère|euse|rice|trice|ice|ive|esse|que)"
_INCLUSIVE = (
    rf"(?P<stem>[^\W\d_]{{2,}}?)(?:·{_FEMININE}(?:·?(?P<dot>s))?|"
    rf"\((?:{_FEMININE}(?P<in>s)?|(?P<only>s))\)(?P<after>s)?|"
    rf"[.-]{_FEMININE}[.-](?P<dots>s)|\.e(?P<glued>s)?)(?!\w)"
)
_INITIALS = r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)"
_ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])'(?=\w)"
_TOKEN = re.compile(
    rf"(?<!\w)(?P<whole>{_WHOLE})(?!\w)|(?<!\w)(?P<inclusive>{_INCLUSIVE})|"
    rf"(?<!\w)(?P<initials>{_INITIALS})|(?<!\w)(?P<elision>{_ELISION})|(?P<word>[^\W_]+)",
    re.IGNORECASE,
)
_PLURALS = ("dot", "in", "only", "after", "dots", "glued")


class Token(NamedTuple):
    """A lower-case word, accents kept; `source[start:end]` are its letters in the text."""

    form: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """Cut a text into words. Elided articles (l’, d’, qu’) are not words."""
    normal = normal_from(source)
    for found in _TOKEN.finditer(normal.text):
        if found.lastgroup == "elision" or found["elision"]:
            continue
        form = _form(found)
        if form:
            yield Token(form, normal.starts[found.start()], normal.ends[found.end() - 1])


def _form(found: re.Match[str]) -> str:
    if found["inclusive"]:
        plural = any(found[name] for name in _PLURALS)
        return found["stem"].lower() + ("s" if plural else "")
    return re.sub(r"[\W_]", "", found[0].lower())
