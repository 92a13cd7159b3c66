"""What is shaped like the name of a person."""

import pytest

from corpus.extraction.names import Gender, gender_before, mentions_in
from corpus.extraction.roster import Roster
from corpus.records import Speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A. Tostivin", "A. Tostivin"),
        ("M. Armel Tostivin", "Armel Tostivin"),
        ("la Dre Annick Pelloutier", "Annick Pelloutier"),
        ("A Bourg, Léa Morin parle", "Léa Morin"),
    ],
)
def test_titles_are_no_names_and_initials_are(text: str, name: str) -> None:
    assert [mention.name for mention in mentions_in(text)] == [name]


@pytest.mark.parametrize("name", ["Noé Lepic", "Maëlle Tardieu", "Korwan Le Bihan"])
@pytest.mark.parametrize(
    "word",
    ["Prochainement", "Hier", "Demain", "Parfois", "Bonjour", "Oui", "Merci", "Désormais", "Non"],
)
def test_the_first_word_of_a_sentence_is_no_part_of_a_name(word: str, name: str) -> None:
    assert [mention.name for mention in mentions_in(f"{word} {name} parle.")] == [name]
    assert [mention.name for mention in mentions_in(f"Fin. {word} {name} parle.")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Habilitation BTP",
        "Animateur CPIE",
        "MSA de VAUX",
        "SIVU de Vaux",
        "REVUE DE PRESSE",
        "TEMPS LIBRE",
        "Podcast Grelinette",
        "Magazine Horizon",
        "Vidéo Grelinette",
        "Règlement Intérieur",
        "Isolation Écologique",
        "Covoiturage Vaux",
        "Fiche Pratique",
        "Génération.S. Nous avons signé.",
    ],
)
def test_things_and_bodies_are_nobody(text: str) -> None:
    assert not list(mentions_in(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TARDIEU Maëlle, bergère", "Maëlle TARDIEU"),
        ("LE BIHAN Yann", "Yann LE BIHAN"),
        ("TARDIEU MAËLLE", "MAËLLE TARDIEU"),
        ("Maëlle TARDIEU", "Maëlle TARDIEU"),
        ("MAËLLE TARDIEU", "MAËLLE TARDIEU"),
        ("Ana de la Cruz", "Ana de la Cruz"),
        ("Luc van den Broek", "Luc van den Broek"),
        ("J.P. Tardieu", "J.P. Tardieu"),
        ("J.-P. Tardieu", "J.-P. Tardieu"),
        ("Maëlle Tardieu-Lepic", "Maëlle Tardieu-Lepic"),
        ("Ilan O’Rive", "Ilan O’Rive"),
        ("Anne d’Orville", "Anne d’Orville"),
        ("Korwan N.", "Korwan N."),
        ("Jean Noé Lepic", "Jean Noé Lepic"),
    ],
)
def test_names_are_written_in_many_ways(text: str, name: str) -> None:
    assert [mention.name for mention in mentions_in(text)] == [name]


@pytest.mark.parametrize(
    ("title", "gender"),
    [
        ("M. ", Gender.MASCULINE),
        ("Monsieur ", Gender.MASCULINE),
        ("Mme\u00a0", Gender.FEMININE),
        ("madame ", Gender.UNKNOWN),
        ("Madame ", Gender.FEMININE),
        ("Mlle ", Gender.FEMININE),
        ("le Dr ", Gender.UNKNOWN),
        ("avec ", Gender.UNKNOWN),
    ],
)
def test_a_title_tells_two_people_of_one_last_name_apart(title: str, gender: Gender) -> None:
    (mention,) = mentions_in(f"Voici {title}Camille Serre")
    assert (mention.name, mention.gender) == ("Camille Serre", gender)
    assert gender_before(f"{title}Serre", len(title)) is gender


def test_an_initial_may_be_that_of_a_page_number() -> None:
    roster = Roster([Speaker("Paula Reis")])
    assert [n.names for n in roster.namings_in("– P. Reis")] == [("Paula Reis",)]
    assert roster.namings_in("– p. 12") == []


def test_a_title_before_a_name_of_two_words() -> None:
    (naming,) = Roster().namings_in("Mme Le Floc'h, de Saint-Élier, répond.")
    assert naming.names == ("Mme Le Floc'h",)
    known = Roster([Speaker("Anne Le Floc'h")])
    assert [n.names for n in known.namings_in("Mme Le Floc'h")] == [("Anne Le Floc'h",)]
