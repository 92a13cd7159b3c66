"""A page of plain text becomes a record, and what is doubtful is told."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.adding.draft import draft_from
from corpus.extraction.boilerplate import is_furniture
from corpus.extraction.extracted import Extraction, extraction_as_json
from corpus.extraction.extraction import extraction_from
from corpus.reading.markdown import page_from_markdown
from corpus.reading.plain_text import page_from_text

PAGE = """Menu
Rechercher

Retour sur le webinaire "Semer ensemble" : ce qu’il faut retenir

Publié le 12/03/2024
Temps de lecture : 3 min

Comment nourrir une ville ? Ces questions ont été traitées le 5 mars 2024.
Le webinaire était intitulé « Semer ensemble, récolter demain et partager toujours ».

  • La démarche “Jardins pour tous les habitants” - Inès Valla, Maire de Rochebrune en Isère
  • Tom Riou, Chargé de mission à la Région Sud, et Aya Ndiaye, présidente de l’association Le Grain

(Re)visionnez le replay du 5 mars sur "semer ensemble, récolter" : https://video.example/replay

Voici les idées clés :

{first} Cultiver près de chez soi

« On a commencé avec trois bacs et beaucoup d’envie. » Inès Valla
“ La terre appartient à ceux qui la soignent. ” Tom Riou

{second} « Faire avec » plutôt que « faire pour »

"Les enfants ont tout de suite compris." Aya Ndiaye
Le mot « partage » revient souvent.

Vous souhaitez en savoir plus ?
Zoé Lenoir, chargée de projet
Tél : 04 00 00 00 00
zoe.lenoir@exemple.example
"""


def extracted(text: str) -> Extraction:
    return extraction_from(page_from_text(text.encode()))


@pytest.fixture
def page() -> Extraction:
    return extracted(PAGE.format(first="1.", second="2."))


def test_the_head_is_read(page: Extraction) -> None:
    assert page.title == 'Retour sur le webinaire "Semer ensemble" : ce qu’il faut retenir'
    assert page.held_on == date(2024, 3, 5)
    assert page.published_on == date(2024, 3, 12)
    assert page.replay_url == "https://video.example/replay"
    assert page.introduction.startswith("Comment nourrir une ville ?")
    assert "visionnez" not in page.introduction


@pytest.mark.parametrize("idea", ["idées clés", "idées-clefs", "points clés"])
def test_the_line_that_announces_the_ideas_is_no_introduction(idea: str) -> None:
    text = PAGE.replace("Voici les idées clés :", f"Les deux {idea} de ce webinaire :")
    assert "Les deux" not in extracted(text.format(first="1.", second="2.")).introduction


def test_people_are_met_with_role_and_organisation(page: Extraction) -> None:
    assert [(s.name, s.role, s.organisation) for s in page.speakers] == [
        ("Inès Valla", "Maire", "Rochebrune"),
        ("Tom Riou", "Chargé de mission", "Région Sud"),
        ("Aya Ndiaye", "présidente", "association Le Grain"),
    ]


def test_only_speech_is_a_verbatim(page: Extraction) -> None:
    assert [(v.text, v.speaker, v.key_idea) for v in page.verbatims] == [
        ("On a commencé avec trois bacs et beaucoup d’envie.", "Inès Valla", 1),
        ("La terre appartient à ceux qui la soignent.", "Tom Riou", 1),
        ("Les enfants ont tout de suite compris.", "Aya Ndiaye", 2),
    ]
    assert page.verbatims[0].section == "Cultiver près de chez soi"
    assert page.problems == ()


def test_no_contact_data_comes_out(page: Extraction) -> None:
    printed = json.dumps(extraction_as_json(page), ensure_ascii=False)
    assert not any(part in printed for part in ("Lenoir", "04 00", "@"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1)", "2)"),
        ("1 -", "2 -"),
        ("1/", "2/"),
        ("I -", "II -"),
        ("I.", "II."),
        ("Idée n°1 :", "Idée n°2 :"),
        ("Idée clé n° 1 –", "Idée clé n° 2 –"),
        ("Idée 1\u00a0:", "Idée 2\u00a0:"),
        ("n°1.", "n°2."),
    ],
)
def test_ideas_are_numbered_in_many_ways(first: str, second: str) -> None:
    page = extracted(PAGE.format(first=first, second=second))
    assert [(idea.number, idea.text) for idea in page.key_ideas] == [
        (1, "Cultiver près de chez soi"),
        (2, "« Faire avec » plutôt que « faire pour »"),
    ]
    assert [said.key_idea for said in page.verbatims] == [1, 1, 2]


def test_a_missing_number_is_told() -> None:
    page = extracted(PAGE.format(first="1.", second="3."))
    assert [problem.code for problem in page.problems] == ["numerotation"]
    assert [idea.number for idea in page.key_ideas] == [1, 3]


def test_a_numbered_programme_is_not_the_key_ideas() -> None:
    text = PAGE.format(first="1.", second="2.")
    programme = "1. Accueil des invités\n2. Échanges\n3. Clôture\n\nComment nourrir"
    page = extracted(text.replace("Comment nourrir", programme))
    assert page.key_ideas[0].text == "Cultiver près de chez soi"
    assert len(page.key_ideas) == 2


def test_a_speech_over_several_paragraphs_is_one_verbatim() -> None:
    page = extracted(
        "Un titre de page\n\n« On sème.\n\nOn récolte ensuite tous ensemble. » Léa Morin"
    )
    assert [(v.text, v.speaker, v.line) for v in page.verbatims] == [
        ("On sème.\nOn récolte ensuite tous ensemble.", "Léa Morin", 3)
    ]


def test_a_speech_never_closed_is_kept_and_told() -> None:
    page = extracted(
        "Un titre de page\n\n"
        "Léa Morin explique : « Nous avons semé tous ensemble au printemps.\n\nLa suite."
    )
    assert [v.text for v in page.verbatims] == ["Nous avons semé tous ensemble au printemps."]
    assert ("guillemets", 3) in {(problem.code, problem.line) for problem in page.problems}


def test_a_quotation_with_an_address_is_left_out_and_told_without_it() -> None:
    said = "« Écrivez-moi donc à lea@exemple.example quand vous voulez. » Léa Morin"
    page = extracted(f"Un titre de page\n\n{said}")
    assert page.verbatims == ()
    assert [problem.code for problem in page.problems if problem.severity == "erreur"] == [
        "coordonnees"
    ]
    assert "lea@" not in json.dumps(extraction_as_json(page))


@pytest.mark.parametrize(
    "line",
    [
        "Un atelier sur le thème « Faire ensemble pour que nos villages vivent ».",
        "Le programme « Petites villes qui veulent changer de modèle » a été lancé.",
        "La notion de « bien commun » a été discutée.",
        "Elle parle de « reste à vivre » et de « pouvoir d’agir ».",
        "« Territoire en commun »",
        "Le livre intitulé « Il faut cultiver notre jardin et celui des autres » est paru.",
    ],
)
def test_titles_and_terms_are_not_verbatims(line: str) -> None:
    assert extracted(f"Un titre de page\n\nDu texte.\n\n{line}").verbatims == ()


def test_the_json_has_the_keys_of_the_contract_in_order(page: Extraction) -> None:
    printed = extraction_as_json(page)
    assert list(printed) == [
        "title",
        "held_on",
        "published_on",
        "url",
        "replay_url",
        "speakers",
        "key_ideas",
        "verbatims",
        "problems",
    ]
    assert printed["held_on"] == "2024-03-05"
    assert printed["url"] is None
    assert list(printed["speakers"][0]) == ["name", "role", "organisation"]
    assert list(printed["verbatims"][0]) == [
        "text",
        "speaker",
        "key_idea",
        "section",
        "start",
        "confidence",
    ]


def test_an_empty_page_is_an_error_not_a_crash() -> None:
    page = extracted("")
    assert "titre" in {problem.code for problem in page.problems}


LINES = st.sampled_from(
    [
        *PAGE.format(first="1.", second="2.").splitlines(),
        "« ", "»", '"', "1. ", "– ", "( ", "« a » b « c", "Léa Morin :", "Elle ajoute : « oui »",
    ]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=40), max_size=15))
def test_any_text_is_read_and_every_verbatim_is_in_it(lines: list[str]) -> None:
    data = "\n".join(lines).encode("utf-8", errors="ignore")
    page = page_from_text(data)
    extraction = extraction_from(page)
    # A share link between two lines of a quotation is none of its words.
    source = "\n".join(b.text for b in page.blocks if not is_furniture(b.text))
    numbers = {idea.number for idea in extraction.key_ideas}
    for said in extraction.verbatims:
        assert said.text in source
        assert said.key_idea is None or said.key_idea in numbers
    json.dumps(extraction_as_json(extraction))
    assert len(draft_from(extraction, "w").webinar.verbatims) == len(extraction.verbatims)


CONTACTS = st.sampled_from(["05 49 00 00 00", "+33 6 00 00 00 00", "zoe@exemple.example"])
FRAMES = st.sampled_from(
    [
        "{}",
        "Tél : {}",
        "Écrivez « vite » à {}",
        "1. Une idée à « noter », {}",
        "« On apprend mieux ensemble, {}, tous les jours. » Léa Morin",
        "« On apprend mieux quand on fait ensemble. » Léa Morin, directrice de la Ruche {}",
        "Avec Léa Morin, directrice de la Ruche {}, et Noé Vial, maire de Bourg",
        "Webinaire « Faire ensemble » {}",
        "Source : https://exemple.example/?a={}",
        "Léa Morin (Ruche {}) : « On apprend mieux quand on fait ensemble. »",
    ]
)


@given(
    st.lists(LINES | st.tuples(FRAMES, CONTACTS).map(lambda fc: fc[0].format(fc[1])), max_size=12)
)
def test_no_contact_data_ever_comes_out(lines: list[str]) -> None:
    printed = json.dumps(extraction_as_json(extracted("\n".join(lines))), ensure_ascii=False)
    assert not any(part in printed for part in ("00 00", "@exemple"))


def test_words_above_a_short_last_line_are_kept() -> None:
    said = "On apprend mieux quand on fait les choses ensemble."
    lines = f"« {said} », dit Léa Morin, bergère.\n\nLe plateau mérite aussi un détour en mai\n"
    found = extraction_from(page_from_text(lines.encode()))
    assert [(v.text, v.speaker) for v in found.verbatims] == [(said, "Léa Morin")]


@pytest.mark.parametrize("line", ["Merci à toutes et à tous.", "Nous remercions les bénévoles."])
def test_thanks_in_italics_are_nobody_s_words(line: str) -> None:
    said = "« On a tout repeint hier », dit-elle."
    page = f"# Retour de la rive\n\nAvec Rita Sol, maire.\n\n{said}\n\n*{line}*\n"
    found = extraction_from(page_from_markdown(page.encode())).verbatims
    assert [verbatim.text for verbatim in found] == ["On a tout repeint hier"]
