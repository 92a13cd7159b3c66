"""Who answers in an interview: a guest, whoever is greeted or presented, and nobody who asks."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.markdown import page_from_markdown
from corpus.reading.plain_text import page_from_text
from tests.corpus.extraction.interviews import QUESTIONS, REPLIES, said
from tests.doubts import doubtful_lines


def test_who_collects_the_words_is_not_the_one_who_answers() -> None:
    lines = ["Une vie de bois", "Propos recueillis par Rita Sol"]
    for asked, answered in zip(QUESTIONS, REPLIES, strict=True):
        lines += [asked, answered]
    assert said("\n\n".join(lines)) == [(answered, None) for answered in REPLIES]


def test_a_title_that_quotes_somebody_announces_an_interview() -> None:
    lines = ["Oscar Brun : « Le bois me parle »"]
    for asked, answered in zip(QUESTIONS, REPLIES, strict=True):
        lines += [asked.replace("vous", "on"), answered]
    assert [speaker for _, speaker in said("\n\n".join(lines))] == ["Oscar Brun"] * 3


def test_a_greeting_names_who_answers() -> None:
    lines = ["Une vie de bois", "Bonjour Oscar, que fais-tu de tes journées ?", REPLIES[0]]
    lines += ["Où vas-tu ?", REPLIES[1], "Qui t’aide ?", REPLIES[2]]
    assert said("\n\n".join(lines)) == [(answered, "Oscar") for answered in REPLIES]


def test_a_guest_of_a_round_table_may_ask() -> None:
    text = """Table ronde sur la rivière
Avec Oscar Brun, luthier, et Rita Sol, pêcheuse.

Oscar Brun : La rivière chante.

Rita Sol : Elle chante quand il pleut. Mais qui l’écoute ?

Oscar Brun : Ceux qui vivent sous le pont.

M. PRAT. - Nous y serons ce soir.
"""
    assert [speaker for _, speaker in said(text)] == [
        "Oscar Brun",
        "Rita Sol",
        "Oscar Brun",
        "M. PRAT",
    ]


def test_a_question_may_say_who_is_asked() -> None:
    text = """Un moulin pour tous

Oscar Brun, vous tournez depuis dix ans. Pourquoi ?

Pour le bruit. Je l’aime depuis toujours.

Et la farine ?

Elle nous nourrit, et j’en donne.

Que dira le prochain meunier ?

Je ne sais pas, il fera à sa façon.
"""
    assert {speaker for _, speaker in said(text)} == {"Oscar Brun"}


def test_the_author_of_a_work_is_not_the_one_who_answers() -> None:
    text = """La roue tourne

À voir : Documentaire Le fil du moulin, de Rita Sol, au festival.

Comment avez-vous commencé votre métier ?

Je suis partie d’une ruine, et j’en ai fait ma maison.

Que faisiez-vous avant ?

J’étais couvreuse, je connaissais les toits.

Vous recommenceriez ?

Je recommencerais demain, mais avec un casque.
"""
    found = extraction_from(page_from_text(text.encode()))
    assert len(found.verbatims) == 3
    doubtful = doubtful_lines(found)
    assert {v.line for v in found.verbatims if v.speaker} <= doubtful


def test_whoever_is_thanked_at_the_end_has_answered() -> None:
    lines = ["Une année à la barre", "Le Journal du Canal a posé trois questions."]
    for asked, answered in zip(QUESTIONS, REPLIES, strict=True):
        lines += [asked, answered]
    lines += ["Encore un grand merci à Pauline Le Nouveau pour son temps."]
    assert {who for _, who in said("\n\n".join(lines))} == {"Pauline Le Nouveau"}


def test_headings_of_a_first_name_and_a_place() -> None:
    page = page_from_markdown(
        """# Quatre parents racontent

## Mickaël, Rives

« J’ai commencé par vendre des gâteaux, et j’y suis encore. »

## Oumou, Saint-Élier

« Je parlais mal français, j’avais honte de venir. »

## Mathilde, mère d’une collégienne

« J’ai tout appris un soir, sur son téléphone, et j’ai appelé. »

## Estelle (34 ans)

« Je tiens la buvette de la kermesse. Le reste, je m’en arrange. »
""".encode()
    )
    found = extraction_from(page).verbatims
    assert [v.speaker for v in found] == ["Mickaël", "Oumou", "Mathilde", "Estelle"]


@pytest.mark.parametrize(
    "opening",
    [
        "Nous sommes ravis de vous présenter Odile, l’encadrante de l’atelier bois.",
        "Portrait aujourd’hui d’une passion, et rencontre avec Odile.",
        "Ce mois-ci, échange avec Odile, qui répare des chaises.",
    ],
)
def test_a_guest_may_be_met_by_a_first_name(opening: str) -> None:
    text = f"""Le bois qui revient

{opening}

Comment êtes-vous venue au bois ?

« J’ai toujours chiné, et mon frère avait un tour. »

Qu’aimez-vous dans ce métier ?

« Ce que j’aime, c’est le bruit de l’atelier le lundi matin. »
"""
    assert [speaker for _, speaker in said(text)] == ["Odile", "Odile"]


def test_whoever_asked_the_author_is_not_the_one_who_answers() -> None:
    text = """# Pourquoi compter les hérons ?

Pour un film, Rita Sol, qui tourne au bord du fleuve, m’a posé quelques questions. Je reproduis
ici mes réponses.

## Comment comptez-vous les hérons ?

Je me lève avant eux. Je travaille pour le parc depuis douze ans.

## Et que vous apprennent-ils ?

J’ai appris à me taire, et j’en suis heureux.
"""
    found = extraction_from(page_from_markdown(text.encode())).verbatims
    assert [v.speaker for v in found] == [None, None]
