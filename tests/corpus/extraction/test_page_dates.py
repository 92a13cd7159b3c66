"""The day of the webinar and the day of its page are told apart."""

from datetime import date

import pytest

from corpus.extraction.datelines import is_publication_line
from corpus.extraction.head import PageDates, PageTitle, page_dates_of
from corpus.reading.blocks import Block, BlockKind, Page


def dates_in(*lines: str) -> PageDates:
    blocks = [Block(BlockKind.PARAGRAPH, t, i) for i, t in enumerate(lines, 1)]
    return page_dates_of(Page(tuple(blocks)), blocks)


def doubts(dates: PageDates) -> str:
    return " ".join(problem.message for problem in dates.problems)


MAY_4 = date(2023, 5, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Questions traitées le 04 mai 2023, lors d'un webinaire.",
        "Revoyez le replay de ce webinaire du 4 mai dernier.",
        "Le webinaire du 4 mai a réuni cent personnes.",
        "Le webinaire s’est tenu le jeudi 4 mai 2023 à Bourg.",
        "Rencontre du 04/05/2023",
        "Webinaire du 4\u00a0mai\u00a02023",
        "Date : 2023-05-04",
        "4 mai 2023, en ligne.",
        "Jeudi 4 mai 2023, de 18 h à 19 h 30",
        "Le 4 mai, trois maires nous racontaient leur année.",
        "Organisé jeudi dernier par la ville, ce webinaire a réuni cent personnes.",
        "Cette soirée s’est tenue le 4 mai dernier.",
    ],
)
def test_the_day_is_found(line: str) -> None:
    assert dates_in("Publié le 09/05/2023", line).held_on == MAY_4


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 09/05/2023",
        "Mis en ligne le 9 mai 2023",
        "PUBLIÉ LE : 9 Mai 2023",
        "9 mai 2023",
        "Publié par Léa Morin le 09.05.2023",
        "mardi 9 mai 2023, par Léa Morin",
        "Soumis par redaction le mar 09/05/2023 - 10:12",
    ],
)
def test_the_publication_is_found(line: str) -> None:
    assert dates_in("Titre de la page", line).published_on == date(2023, 5, 9)
    assert is_publication_line(line)


def test_a_day_without_year_is_of_the_year_before_in_january() -> None:
    dates = dates_in("Publié le 05/01/2023", "Le webinaire du 15 décembre dernier")
    assert dates.held_on == date(2022, 12, 15)


def test_the_next_webinar_is_not_this_one() -> None:
    dates = dates_in("Le webinaire du 4 mai 2023.", "Prochain webinaire le 1er juin 2023.")
    assert (dates.held_on, doubts(dates)) == (MAY_4, "")


def test_two_days_are_a_doubt() -> None:
    dates = dates_in("Webinaire du 4 mai 2023", "Webinaire du 5 mai 2023")
    assert dates.held_on == MAY_4
    assert "05/05/2023" in doubts(dates)


@pytest.mark.parametrize(
    "line", ["Le webinaire du 31/02/2023", "Le webinaire du 4 mai", "Webinaire"]
)
def test_without_a_day_the_editor_is_told(line: str) -> None:
    dates = dates_in(line)
    assert dates.held_on is None
    assert doubts(dates)


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 9 mai 2023. Ce webinaire s’est tenu le 4 mai dernier.",
        "Mis en ligne le 9 mai 2023 — webinaire tenu jeudi 4 mai",
        "Visio du 04.05.2023 · page créée le 09.05.2023",
        "Webinaire du 4 mai 2023 – document publié le 9 mai 2023",
    ],
)
def test_one_line_may_tell_both_days(line: str) -> None:
    dates = dates_in("Titre de la page", line)
    assert (dates.held_on, dates.published_on) == (MAY_4, date(2023, 5, 9))


def test_a_label_tells_what_the_date_below_it_is() -> None:
    dates = dates_in("Publié le 9 mai 2023", "Date du webinaire", "4 mai 2023")
    assert (dates.held_on, dates.published_on) == (MAY_4, date(2023, 5, 9))


def test_a_correction_is_neither_day() -> None:
    dates = dates_in("Publié le 9 mai 2023", "Webinaire du 4 mai 2023", "Mis à jour le 12 mai 2023")
    assert (dates.held_on, doubts(dates)) == (MAY_4, "")


def test_a_lone_recent_day_is_supposed_and_said() -> None:
    dates = dates_in("Publié le 9 mai 2023", "Nous étions nombreux, 4 mai 2023 oblige.")
    assert dates.held_on == MAY_4
    assert "supposée" in doubts(dates)


@pytest.mark.parametrize(
    "line",
    [
        "Webinaire du 04/05/23",
        "Webinaire du 4-5-23",
        "Webinaire du 04.05.23",
        "Rencontre des 4 et 5 mai 2023",
        "Rencontre des 4, 5 et 6 mai 2023",
        "Rencontre du 4 au 6 mai 2023",
        "Rencontre du jeudi 4 au samedi 6 mai 2023",
        "Rencontre du 4-6 mai 2023",
        "Rencontre du 4 mai au 2 juin 2023",
        "Atelier 30-4 mai 2023",
        "Point haies – 2023/05/04 14:00 CET – Transcription du webinaire",
        "Webinaire haies-20230504_101500-Transcription",
        "Webinaire 2023-05-04",
    ],
)
def test_short_years_several_days_and_names_of_files(line: str) -> None:
    dates = dates_in(line)
    assert (dates.held_on, doubts(dates)) == (MAY_4, "")


def test_the_title_that_a_page_only_declares_has_a_date_too() -> None:
    title = PageTitle("Point haies-20230504_101500-Réunion")
    assert page_dates_of(Page(()), (), title).held_on == MAY_4


@pytest.mark.parametrize(
    "line", ["Webinaire du 12/2023", "Webinaire 1.2.3-4", "Webinaire 202305041"]
)
def test_figures_that_are_no_day(line: str) -> None:
    assert dates_in(line).held_on is None
