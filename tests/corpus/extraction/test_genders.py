"""Masculine, feminine, or not told."""

import pytest

from corpus.extraction.names import Gender, gender_of


@pytest.mark.parametrize(
    ("name", "role", "gender"),
    [
        ("Léa Morin", "", Gender.FEMININE),
        ("Anne-Lise Roy", "", Gender.FEMININE),
        ("Jean-Noël D’Arc", "", Gender.MASCULINE),
        ("Étienne Prat", "", Gender.MASCULINE),
        ("Camille Roy", "", Gender.UNKNOWN),
        ("Camille Roy", "directrice", Gender.FEMININE),
        ("Camille Roy", "adjoint", Gender.MASCULINE),
        ("Hélène Roy", "ingénieur de recherche", Gender.FEMININE),
        ("Fatoumata Ba", "", Gender.FEMININE),
        ("K. L.", "maire", Gender.UNKNOWN),
    ],
)
def test_names_and_roles_tell(name: str, role: str, gender: Gender) -> None:
    assert gender_of(name, role) is gender


def test_what_is_not_known_agrees_with_all() -> None:
    assert all(Gender.UNKNOWN.agrees_with(gender) for gender in Gender)
    assert not Gender.FEMININE.agrees_with(Gender.MASCULINE)
