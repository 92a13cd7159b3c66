"""The days a French page names: when it was published, when the webinar was held."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import dateparser

from corpus.pages.blocks import Block

_MONTHS = (
    r"(?:janv(?:ier|\.)?|févr?(?:ier|\.)?|fevrier|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|août|aout"
    r"|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|déc(?:embre|\.)?|decembre)"
)
_DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    r"|(?P<figures>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))"
    rf"|(?P<day>1er|\d{{1,2}})[ \u00a0](?P<month>{_MONTHS})(?![\w])(?:[ \u00a0](?P<year>\d{{4}}))?)"
    r"(?![\d/-])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:publiée?|mise? en ligne|postée?|parue?|date de publication|publication)\b", re.IGNORECASE
)
_EVENT = re.compile(
    r"^(?:le )?(?:lun|mar|mercre|jeu|vendre|same)di\b|^dimanche\b|webinaire|webinar"
    r"|visioconférence|atelier|rencontre|table[ -]ronde|journée|conférence|séminaire"
    r"|replay|plénière|soirée|débat|s[’']est (?:tenue?|déroulée?)|(?:a|ont) eu lieu"
    r"|se sont (?:tenue?s|déroulée?s)"
    r"|(?:ont|a) été|organisée?|réuni|\blors d|date\s*:|\btenue?\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"prochaine?|inscri|rendez-vous|à venir|avant le|jusqu[’']au", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ«“\"(])")
_SOON = 120  # days
_NEAR = 60  # characters between « publié » and its date


@dataclass(frozen=True, slots=True)
class PageDates:
    """The two days of a page; `doubt` is a French sentence, `line` where it comes from."""

    held_on: date | None = None
    published_on: date | None = None
    line: int | None = None
    doubt: str = ""


def page_dates_of(
    blocks: Sequence[Block],
    title: Block | None = None,
    *,
    held_on: date | None = None,
    published_on: date | None = None,
) -> PageDates:
    """Tell the day of the webinar from the day its page appeared; declared days are sure."""
    published = published_on or next(_published(blocks), None)
    if held_on:
        return PageDates(held_on, published)
    days = [*_event_days([title] if title else [], published, always=True)]
    days = days or list(_event_days(blocks, published))
    if published:  # a recap comes out soon after the event; older days are its history
        days.sort(key=lambda found: (published - found[0]).days > _SOON)
    if not days:
        doubt = "la date du webinaire n’a pas été trouvée\u00a0; ajoutez-la."
        return PageDates(published_on=published, doubt=doubt)
    held, line = days[0]
    others = sorted({day for day, _ in days} - {held})
    doubt = ""
    if others:
        listed = ", ".join(day.strftime("%d/%m/%Y") for day in [held, *others])
        doubt = f"plusieurs dates possibles pour le webinaire ({listed})\u00a0; vérifiez."
    return PageDates(held, published, line, doubt)


def is_publication_line(text: str) -> bool:
    """Say whether a short line says when the page appeared: « Publié le 9 mai 2021 »."""
    found = _DATE.search(text)
    if found is None or len(text) > 120:
        return False
    alone = not text.replace(found.group(), "").strip(" .,|–-").removeprefix("le").strip()
    signed = re.match(r"(?:par|rédigée?|écrite?)\s", text, re.IGNORECASE) is not None
    return alone or signed or _PUBLISHED.search(text[: found.start()]) is not None


def _published(blocks: Sequence[Block]) -> Iterator[date]:
    for block in blocks:
        for cue in _PUBLISHED.finditer(block.text):
            found = _DATE.search(block.text, cue.end(), cue.end() + _NEAR)
            day = _day(found, None) if found else None
            if day:
                yield day
    for block in blocks[:8]:  # a date alone on its line, under the title
        found = _DATE.search(block.text)
        day = _day(found, None) if found and is_publication_line(block.text) else None
        if day:
            yield day


def _event_days(
    blocks: Sequence[Block], published: date | None, *, always: bool = False
) -> Iterator[tuple[date, int]]:
    for block in blocks:
        if is_publication_line(block.text):
            continue
        for sentence in _SENTENCE.split(block.text):
            if not (always or _EVENT.search(sentence)) or _TO_COME.search(sentence):
                continue
            for found in _DATE.finditer(sentence):
                day = _day(found, published)
                if day and (published is None or day <= published):
                    yield day, block.line


def _day(found: re.Match[str], published: date | None) -> date | None:
    """A day without a year (« le 4 mai dernier ») is the last one before the publication."""
    if found["day"] and not found["year"] and published is None:
        return None
    parsed = dateparser.parse(
        found.group().replace("\u00a0", " "),
        languages=["fr"],
        settings={
            "DATE_ORDER": "YMD" if found["iso"] else "DMY",
            "PARSERS": ["absolute-time"],
            "PREFER_DATES_FROM": "past",
            "RELATIVE_BASE": datetime.combine(published or date(2000, 1, 1), time()),
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return parsed.date() if parsed else None
