"""The head of a page: its title, its links, its introduction, and the days it names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.datelines import DATE, MONTH_NUMBERS, PUBLISHED, WEEKDAY, is_publication_line
from corpus.extraction.marks import has_mark, numbering_of, pairing_of
from corpus.problems import Problem
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.declared import (
    REPLAY,
    Sign,
    VideoLink,
    is_video,
    replay_among,
    without_tracking,
)
from corpus.typography import WEEKDAYS, fold

_NEAR_TOP = 30  # blocks
_LEAD_WORDS = 25
_TITLE_WORDS = range(3, 36)
_LINK = re.compile(
    r"(?:https?://|(?<![\w@/.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,6}/)[^\s<>()\[\]«»“”\"]+[^\s<>()\[\]«»“”\".,;:!?]"
)
_LABEL_WORDS = 4
_SOURCE = re.compile(r"(?:source|url|adresse|lien|page|article)\b[^:]{0,30}:", re.IGNORECASE)
_WATCHED = re.compile(r"replay|\(?re\)?vision|rediffusion|\brevoir\b", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(
    r"(?:voici|retrouvez|découvrez)\b.*:$|.*\b(?:idées?|points?)[ -]cl(?:é|ef)s?\b.*:$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The title, the block that shows it if any, and a French sentence where it is a guess."""

    text: str = ""
    block: Block | None = None
    doubt: str = ""


def title_of(page: Page, blocks: Sequence[Block]) -> PageTitle:
    """What the page shows as its title; else what it only declares, which is a doubt."""
    top = blocks[:_NEAR_TOP]
    shown = next((b for b in top if page.title and _plain(b.text) == _plain(page.title)), None)
    if shown:
        return PageTitle(shown.text, shown)
    if page.title and (page.is_signed or not page.is_title_weak):
        return PageTitle(page.title)
    found, is_sure = _shown_title(top, blocks)
    if found and (is_sure or _says_nothing(page.title)):
        doubt = "" if is_sure else f"titre supposé («\u00a0{found.text}\u00a0»)\u00a0; vérifiez."
        return PageTitle(found.text, found, doubt)
    if page.title:
        doubt = f"le titre («\u00a0{page.title}\u00a0») n’est pas dans la page\u00a0; vérifiez."
        return PageTitle(page.title, None, doubt)
    return PageTitle()


def _says_nothing(title: str) -> bool:
    """Say whether a title is that of a file: « index3 », « Document sans titre »."""
    return len(title.split()) <= 2 or re.search(r"sans titre|untitled", title, re.I) is not None


def _shown_title(top: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block | None, bool]:
    """The first heading, or the line over the date; else, less surely, the first strong line."""
    for block in top:
        if block.kind is BlockKind.HEADING and not numbering_of(block.text):
            return block, True
        if block.level == 0 and not _is_above_title(block):
            break  # a heading below a paragraph is that of a section
    lines = [block for block in top if block.kind is BlockKind.PARAGRAPH]
    dated = next((i for i, block in enumerate(lines) if is_publication_line(block.text)), None)
    if dated and _is_title(lines[dated - 1]):
        return lines[dated - 1], True
    strong = next(filter(_is_title, _strong_opening(top)), None)
    if strong:
        return strong, False
    if any(block.kind is BlockKind.HEADING for block in blocks):
        return None, False
    below = lines[dated + 1 : dated + 2] if dated is not None else []
    # A short line below a paragraph, or what somebody said, is no title: those would be lost.
    opening = takewhile(lambda block: _is_title(block) or _is_above_title(block), lines)
    return next((b for b in [*below, *opening] if _is_title(b)), None), True


def _is_above_title(block: Block) -> bool:
    return len(block.text.split()) <= _LEAD_WORDS and not has_mark(block.text)


def _strong_opening(top: Sequence[Block]) -> Iterator[Block]:
    """Lines in bold before any heading or paragraph."""
    for block in top:
        long = len(block.text.split()) > _LEAD_WORDS
        if block.kind is BlockKind.HEADING or (long and not block.is_strong):
            return
        if block.is_strong and not numbering_of(block.text):
            yield block


def links_of(page: Page, blocks: Sequence[Block]) -> tuple[str, str, tuple[Problem, ...]]:
    """The address of the page and that of the recording, empty where it names none; doubts."""
    url, videos = page.url, []
    for block, above in zip(blocks, [None, *blocks], strict=False):
        label = above.text if above and len(above.text.split()) <= _LABEL_WORDS else ""
        for found in _LINK.finditer(block.text):
            link = found.group()
            if has_contact_data(link):
                continue
            link = link if link.startswith("http") else f"https://{link}"
            if any(REPLAY.search(text) or "vidéo" in text.lower() for text in (block.text, label)):
                videos.append(VideoLink(link, Sign.SAID))
            elif is_video(link):
                videos.append(VideoLink(link, Sign.LINKED))
            elif not url and _SOURCE.match(block.text):
                url = without_tracking(link)
    replay, problems = replay_among(videos)
    # What the author signed and what the words say come before what the links only show.
    if page.replay_url and (page.is_signed or not replay or problems):
        return url, page.replay_url, page.problems
    return url, replay, problems


def is_replay_line(text: str) -> bool:
    """Say whether a line invites to watch the recording."""
    return _WATCHED.search(text) is not None


def introduction_of(blocks: Sequence[Block]) -> str:
    """The paragraphs of the head that tell what it was about, a line each."""
    return "\n".join(
        block.text
        for block in blocks
        if not (
            block.kind is BlockKind.HEADING
            or has_contact_data(block.text)
            or is_publication_line(block.text)
            or is_replay_line(block.text)
            or _ANNOUNCEMENT.match(block.text)
        )
    ).strip()


def _is_title(block: Block) -> bool:
    words = len(block.text.split())
    if (
        words not in _TITLE_WORDS
        or is_publication_line(block.text)
        or has_contact_data(block.text)
        or block.text.endswith((".", ":"))
    ):
        return False
    # A whole speech is no title, even short and on the first line.
    quotations = pairing_of(block.text).quotations
    return not (
        quotations and quotations[0].opening == 0 and quotations[0].closing < len(block.text)
    )


def _plain(text: str) -> str:
    """Letters and figures only: a space or a mark more is no other title."""
    return " ".join(re.findall(r"\w+", fold(text)))


_EVENT = re.compile(
    rf"^(?:le )?{WEEKDAY}\b|webinaire|webinar|webconf|visio|atelier|rencontre|table[ -]ronde"
    r"|journée|conférence|séminaire|matinale|session|évén[eè]ment|colloque|forum|assemblée"
    r"|replay|plénière|soirée|débat|s[’']est (?:tenue?|déroulée?)|(?:a|ont) eu lieu"
    r"|se sont (?:tenue?s|déroulée?s)|enregistrée?\b"
    r"|(?<!mis )(?<!mise )\ben ligne\b|\bà distance\b|\bde \d{1,2} ?h\b"
    r"|(?:ont|a) été|\binvit(?:é|ait|aient)\b|\baccueill|organisée?|réuni|rassembl"
    r"|\blors d|\bdate\b|\bquand\b|\btenue?\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"prochaine?|inscri|rendez-vous|à venir|avant le|jusqu[’']au", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ«“\"(])")
_PIECE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ«“\"(])|\s+[—–|·•]\s+|\s+-\s+")
_LAST_WEEKDAY = re.compile(rf"\b(?P<name>{WEEKDAY}) dernier\b", re.IGNORECASE)
_OPENING_DAY = re.compile(rf"(?:le|ce)\s(?:{WEEKDAY}\s)?\d", re.IGNORECASE)
_WORDS_OF_LABELS = 5
_LABEL_OF_DAY = re.compile(r"date\b|quand\b|publiée?\b|mise? en ligne", re.IGNORECASE)
_LABEL_OF_EVENT = re.compile(r"(?:date|quand)\b(?! de (?:mise|publi))", re.IGNORECASE)
_MODIFIED = re.compile(r"\b(?:mise? à jour|modifiée?|actualisée?)\b", re.IGNORECASE)
_SOON = 120  # days
_TOP = 10  # blocks
_CENTURY = 2000  # of a year of two figures
_NEAR = 60  # characters between « publié » and its date


@dataclass(frozen=True, slots=True)
class PageDates:
    """The two days of a page, and what an editor should check about them."""

    held_on: date | None = None
    published_on: date | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, or a date with the label above it."""

    text: str
    number: int
    is_top: bool


def page_dates_of(page: Page, blocks: Sequence[Block], title: PageTitle | None = None) -> PageDates:
    """Tell the day of the webinar from the day its page appeared.

    What the author signed comes first, then the words of the page, then what it tells machines.
    """
    lines = list(_lines(blocks))
    stated = _first_day(
        DATE.search(line.text, cue.end(), cue.end() + _NEAR)
        for line in lines
        for cue in PUBLISHED.finditer(line.text)
    )
    # A date alone on its line, under the title.
    alone = (line.text for line in lines if line.is_top and is_publication_line(line.text))
    lone = _first_day(map(DATE.search, alone))
    signed = page.published_on if page.is_signed else None
    published = signed or stated or page.published_on or lone
    problems: list[Problem] = []
    if not signed and stated and page.published_on and _differ(stated, page.published_on):
        problems.append(_conflict("publication", stated, page.published_on))
    if page.is_signed and page.held_on:
        return PageDates(page.held_on, published, tuple(problems))
    above = _Line(title.text, title.block.line if title.block else 1, True) if title else None
    days = list(_event_days([above] if above else [], published))
    days = days or list(_event_days([line for line in lines if _is_event(line)], published))
    if not days and not page.held_on and lone and published and _differ(lone, published):
        days = [(lone, lines[0].number)]
    held, problem = _held(days, page.held_on, published)
    if held is None and published:
        held, problem = _guessed(lines, published)
    problems += [problem] if problem else []
    return PageDates(held, published, tuple(problems))


def _guessed(lines: Sequence[_Line], published: date) -> tuple[date | None, Problem | None]:
    """A day shortly before the publication, told at the top without saying of what."""
    opening = [line for line in lines if line.is_top and not is_publication_line(line.text)]
    found = [
        (day, line)
        for line in opening
        if not (_TO_COME.search(line.text) or _MODIFIED.search(line.text))
        for day, _ in _event_days([line], published)
        if 0 <= (published - day).days <= _SOON
    ]
    if len({day for day, _ in found}) != 1:
        return _held([], None, published)
    held, line = found[0]
    if _OPENING_DAY.match(line.text):  # « Le 25 mai, trois maires nous racontaient … »
        return held, None
    message = f"la date du webinaire est supposée ({_french(held)})\u00a0; vérifiez."
    return held, Problem("date", message, line.number)


def _held(
    days: list[tuple[date, int]], declared: date | None, published: date | None
) -> tuple[date | None, Problem | None]:
    """The day of the webinar among those that the words and the machines name."""
    if published:  # a recap comes out soon after the event; older days are its history
        days = sorted(days, key=lambda found: (published - found[0]).days > _SOON)
    others = sorted({day for day, _ in days})
    if declared and (not days or declared in others):
        return declared, None
    if not days:
        message = "la date du webinaire n’a pas été trouvée\u00a0; ajoutez-la."
        return None, Problem("date", message)
    held, line = days[0]
    if declared:
        return held, _conflict("tenue", held, declared, line)
    if len(others) > 1:
        listed = ", ".join(_french(day) for day in [held, *(day for day in others if day != held)])
        message = f"plusieurs dates possibles pour le webinaire ({listed})\u00a0; vérifiez."
        return held, Problem("date", message, line)
    return held, None


def _conflict(what: str, stated: date, declared: date, line: int | None = None) -> Problem:
    message = (
        f"date de {what}\u00a0: la page affiche le {_french(stated)} mais déclare le "
        f"{_french(declared)}\u00a0; vérifiez."
    )
    return Problem("date", message, line)


def _french(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _differ(one: date, other: date) -> bool:
    """Say whether two days are more than a time zone apart."""
    return abs((one - other).days) > 1


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    label = ""
    for at, block in enumerate(blocks):
        # A line that also says when the page appeared is several statements.
        cut = _PIECE if PUBLISHED.search(block.text) else _SENTENCE
        for sentence in cut.split(block.text):
            text = f"{label} {sentence}" if label and DATE.match(sentence) else sentence
            yield _Line(text, block.line, at < _TOP)
            label = ""
        is_label = len(block.text.split()) <= _WORDS_OF_LABELS and not DATE.search(block.text)
        label = block.text if is_label and _LABEL_OF_DAY.match(block.text) else ""


def _first_day(dates: Iterable[re.Match[str] | None]) -> date | None:
    """The first of them that the calendar has."""
    days = (_day(found, None) for found in dates if found)
    return next((day for day in days if day), None)


def _is_event(line: _Line) -> bool:
    return not (is_publication_line(line.text) and not _LABEL_OF_EVENT.match(line.text)) and (
        _EVENT.search(line.text) is not None
        and not (_TO_COME.search(line.text) or _MODIFIED.search(line.text))
    )


def _event_days(lines: Sequence[_Line], published: date | None) -> Iterator[tuple[date, int]]:
    for line in lines:
        for found in DATE.finditer(line.text):
            day = _day(found, published)
            if day and (published is None or day <= published):
                yield day, line.number
        weekday = _LAST_WEEKDAY.search(line.text) if published else None
        if weekday and published:
            back = (published.weekday() - WEEKDAYS.index(weekday["name"].lower()) - 1) % 7 + 1
            yield published - timedelta(days=back), line.number


def _day(found: re.Match[str], published: date | None) -> date | None:
    """The first day of those named; one without a year is the last before the publication."""
    figures = [int(figure) for figure in re.findall(r"\d+", found["days"] or found.group())]
    try:
        if found["stamp"]:
            return date.fromisoformat(found["stamp"])
        if found["iso"]:
            return date(*figures)
        if found["figures"]:
            day, month, year = figures
            return date(year + _CENTURY * (year < 100), month, day)
        # « Atelier 30-12 mars »: numbers that do not rise are no days in a row.
        day = (figures[0] if figures == sorted(figures) else figures[-1]) if figures else 1
        month = MONTH_NUMBERS[found["month"].lower().rstrip(".")]
        if found["year"]:
            return date(int(found["year"]), month, day)
        held = date(published.year, month, day) if published else None
        return date(held.year - 1, month, day) if held and published and held > published else held
    except ValueError:  # « 31/02/2023 »
        return None
