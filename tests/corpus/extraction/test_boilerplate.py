"""What belongs to the site, not to the write-up, is dropped."""

import pytest

from corpus.extraction.boilerplate import content_from, is_furniture
from corpus.reading.html import page_from_html
from corpus.reading.plain_text import page_from_text

QUOTE = "« On apprend mieux quand on fait ensemble. » Léa Morin"


def kept(text: str) -> list[str]:
    return [block.text for block in content_from(page_from_text(text.encode()).blocks)]


@pytest.mark.parametrize(
    "line",
    [
        "Rechercher",
        "Remonter en haut de la page",
        "Cliquez ici pour fermer la fenêtre",
        "Partager",
        "Partager sur facebook",
        "Temps de lecture : 5 min",
        "Temps de lecture\u00a0: 5\u00a0min",
        "12juin-805-537-300x200",
        "photo_de_groupe.JPG",
        "Aller au contenu",
        "Accueil > Actualités > Emploi",
        "Contact",
        "Contactez-nous !",
        "Tout refuser",
        "Ce site utilise des cookies pour mesurer son audience.",
        "Vous êtes ici : Accueil",
        "Étiquettes : foncier, friches",
        "3 commentaires",
        "214 vues",
        "Vous avez aimé cet article ? Notez-le",
        "Inscrivez-vous à notre lettre d’information",
        "Votre adresse e-mail ne sera pas publiée.",
        "© 2022 La Maison",
        "Suivez-nous",
        "Voir tous ses articles",
    ],
)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["Partager les savoirs entre voisins", "Rechercher ensemble une solution", "Contact humain"],
)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    assert kept(f"Titre\n{line}\n{QUOTE}") == ["Titre", line, QUOTE]


@pytest.mark.parametrize(
    "line",
    ["Vous souhaitez en savoir plus ? Contactez-nous !", "Contact", "Contactez-nous", "Contact :"],
)
def test_everything_from_the_contact_block_on_goes(line: str) -> None:
    page = f"Titre\nUn\n{QUOTE}\n{line}\n\nPaul Serre, chargé de mission\nRue des Tilleuls\nAutre"
    assert kept(page) == ["Titre", "Un", QUOTE]


def test_a_contact_link_in_the_menu_does_not_end_the_page() -> None:
    assert kept(f"Accueil\nContact\nTitre\n{QUOTE}") == ["Titre", QUOTE]


def test_the_name_over_a_phone_number_goes_with_it() -> None:
    page = f"Titre\nPaul Serre, chargé de mission\nTél : 05 49 00 00 00\n{QUOTE}"
    assert kept(page) == ["Titre", QUOTE]


def test_a_speaker_over_a_phone_number_stays() -> None:
    name = "Léa Morin"
    page = f"Titre\n« On apprend mieux quand on fait ensemble. »\n{name}\nTél : 05 49 00 00 00"
    assert kept(page)[-1] == name


@pytest.mark.parametrize(
    "line",
    [
        "À lire aussi",
        "Sur le même sujet",
        "Dans la même rubrique",
        "Articles similaires",
        "Nos derniers articles",
        "Ces articles pourraient vous intéresser",
        "Laisser un commentaire",
        "2 commentaires",
        "Commentaires (3)",
    ],
)
def test_other_pages_and_comments_are_not_the_write_up(line: str) -> None:
    page = f"Titre\nUn\n{QUOTE}\n{QUOTE}\n{line}\n« La paille n’a pas dit son dernier mot »\nMarie"
    assert kept(page) == ["Titre", "Un", QUOTE, QUOTE]


def test_a_link_to_other_pages_between_two_ideas_ends_nothing() -> None:
    page = f"Titre\n1. Un\n{QUOTE}\nÀ lire aussi\nUne autre page\n2. Deux\n{QUOTE}"
    assert kept(page)[-2:] == ["2. Deux", QUOTE]


def test_the_signature_of_a_blockquote_over_a_phone_number_stays() -> None:
    html = "<p>Un</p><blockquote>On apprend mieux quand on fait ensemble.</blockquote>"
    html += "<p>Léa Morin</p><p>Tél : 05 49 00 00 00</p>"
    blocks = content_from(page_from_html(html.encode()).blocks)
    assert blocks[-1].text == "Léa Morin"
