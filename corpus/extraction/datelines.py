"""How pages write days, and the lines that say when a page or a message appeared."""

import re

from corpus.typography import MONTHS, WEEKDAYS, fold

MONTH_NUMBERS = {
    name: at
    for at, names in enumerate(MONTHS, 1)
    for written in names
    for name in (written, fold(written))
}
_MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})(?!\w)\.?"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_NUMBER = r"(?:1er|premier|\d{1,2})"
# « les 12, 13 et 14 mars », « du 12 au 14 mars », « du 30 mars au 2 avril 2024 », « 12-14 mars ».
_AND = rf"(?:\s(?:et|au|&)\s(?:le\s)?(?:{WEEKDAY}\s)?|[–/-]){_NUMBER}"
DATE = re.compile(
    r"(?<!\d)(?P<stamp>20\d{6})(?=_\d{6}(?!\d))|(?<![\d/.-])(?:"
    r"(?P<iso>\d{4}(?P<cut>[/.-])\d{1,2}(?P=cut)\d{1,2})"
    r"|(?P<figures>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))"
    rf"|(?P<days>{_NUMBER}(?:(?:,\s{_NUMBER}){{0,5}}{_AND})?)\s(?P<month>{_MONTH})"
    rf"(?:(?:{_AND}\s{_MONTH})?\s(?P<year>\d{{4}}))?)(?![\d/-])",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:publiée?|mise? en ligne|postée?|parue?|soumise?|(?:page|article|fiche) créée?"
    r"|date de publication|publication)\b",
    re.IGNORECASE,
)
_SIGNED_DAY = re.compile(rf"(?:{WEEKDAY}\s)?(?P<day>[^,|–—-]+?)\s*[,|–—-]*\s*\bpar\s", re.I)
_POSTED = re.compile(
    r"(?P<who>@?\w[\w.'’ -]{0,40}?)(?:\s\([^()]{2,40}\))?"
    rf"\s*(?:[—–|·,-]|\(|a écrit|\sle\b)[\s,]*(?:le\s)?(?:{WEEKDAY}\s)?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\W*(?:à\s)?(?:\d{1,2}\s?[h:]\s?\d{0,2})?\W*")
_LONGEST_HEADER = 100  # characters


def is_publication_line(text: str) -> bool:
    """Say whether a short line says when the page appeared: « Publié le 9 mai 2021 »."""
    found = DATE.search(text)
    if found is None or len(text) > 120:
        return False
    alone = not text.replace(found.group(), "").strip(" .,|–-").removeprefix("le").strip()
    signed = re.match(r"(?:par|rédigée?|écrite?)\s", text, re.IGNORECASE) is not None
    dated = _SIGNED_DAY.match(text)
    byline = dated is not None and dated["day"].strip() == found.group()
    return alone or signed or byline or PUBLISHED.search(text[: found.start()]) is not None


def poster_of(text: str) -> str:
    """Who a line says that the message below is of: « Vieux-Figuier — 3 avril 2025, 22:40 »."""
    date = DATE.search(text) if len(text) < _LONGEST_HEADER else None
    found = _POSTED.match(text[: date.start()]) if date else None
    is_whole = found and date and _TIME.fullmatch(text, date.end())
    is_page = PUBLISHED.match(text) or is_publication_line(text)
    return found["who"].strip() if found and is_whole and not is_page else ""
