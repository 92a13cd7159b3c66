"""Interviews without marks, in plain text, and pages that only look like one."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown
from tests.corpus.extraction.interviews import QUESTIONS, REPLIES, said


def test_questions_of_a_plain_text() -> None:
    text = """Entretien avec Oscar Brun, luthier

Comment choisissez-vous vos bois ?

Je les écoute. Je frappe, et ils me répondent.

Vos élèves vous ressemblent-ils ?

Aucun ne me ressemble, et j’en suis heureux.
"""
    assert said(text) == [
        ("Je les écoute. Je frappe, et ils me répondent.", "Oscar Brun"),
        ("Aucun ne me ressemble, et j’en suis heureux.", "Oscar Brun"),
    ]


@pytest.mark.parametrize("question", ["**{}**", "## {}"])
def test_an_answer_need_not_say_I(question: str) -> None:
    exchange = {
        "Rita Sol, vous tenez l’écluse depuis dix ans. Pourquoi elle ?": "J’y suis née.",
        "Et les mariniers, que disent-ils ?": "Ils m’ont dit que les canaux se vident.",
        "Que prévoit la région ?": "Elle prévoit de draguer le bief avant l’été.",
    }
    lines = (f"{question.format(asked)}\n\n{answer}" for asked, answer in exchange.items())
    page = page_from_markdown("\n\n".join(["# Une vie d’écluse", *lines]).encode())
    found = extraction_from(page).verbatims
    assert [(v.text, v.speaker) for v in found] == [(a, "Rita Sol") for a in exchange.values()]


def test_names_in_capitals_open_turns() -> None:
    text = """Dialogue autour de la rivière
Avec Oscar Brun, luthier, et Rita Sol, pêcheuse.

BRUN : La rivière chante-t-elle ?
SOL : Elle chante quand il pleut.
BRUN : Alors je viendrai au printemps.
SOL : Je vous attendrai sous le pont.
"""
    assert [speaker for _, speaker in said(text)] == [
        "Oscar Brun",
        "Rita Sol",
        "Oscar Brun",
        "Rita Sol",
    ]


def test_questions_of_a_site_are_no_interview() -> None:
    text = """Le budget participatif du bourg

Comment votre projet est-il choisi ?

Nous étudions chaque dossier avec les services.

Où déposer votre idée ?

Nous vous attendons à la mairie tous les jours.

Quand votre réponse arrive-t-elle ?

Nous écrivons à chacun avant l’été.
"""
    assert said(text) == []


def test_captions_and_sources_are_no_turns() -> None:
    text = """La carte des haies, expliquée par Rita Sol

Illustration : la carte du nord
Illustration : la carte du sud
Illustration : la carte de l’est
Que faut-il en retenir ?
"""
    assert said(text) == []


@pytest.mark.parametrize(
    ("head", "question", "reply", "speaker"),
    [
        ("Trois questions à Oscar Brun", "{}", "{}", "Oscar Brun"),
        ("Trois questions vives à Oscar Brun", "{}", "« {} »", "Oscar Brun"),
        (
            "Départ d’Oscar Brun\n\nAvec lui, une rencontre avec la rive.",
            "{}",
            '"{}"',
            "Oscar Brun",
        ),
        ("Le luthier\n\nAvec Oscar Brun, luthier", "— {}", "{}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "La rédaction : {}", "Oscar Brun : {}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "Question : {}", "Réponse d’Oscar Brun : {}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "Le Quai : {}", "Oscar Brun:: {}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "Q. – {}", "R. – {}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "– {}", "– {}", "Oscar Brun"),
        ("Rencontre avec Oscar Brun", "Le Quai. {}", "Oscar Brun. {}", "Oscar Brun"),
        ("Oscar, menuisier à Rives\n\nEntretien du mois", "{}", "{}", "Oscar"),
    ],
)
def test_questions_and_answers_in_many_forms(
    head: str, question: str, reply: str, speaker: str
) -> None:
    lines = [head]
    for asked, answered in zip(QUESTIONS, REPLIES, strict=True):
        lines += [question.replace("{}", asked), reply.replace("{}", answered)]
    assert said("\n\n".join(lines)) == [(answered, speaker) for answered in REPLIES]


@pytest.mark.parametrize(
    "exchange",
    [
        "<p>{question} {answer}</p>",
        "<p><span>{question}</span> {answer}</p>",
        "<p><em>{question}</em><br>{answer}</p>",
        "<p><em>{question}</em></p><p>{answer}</p>",
        "<table><tr><td>{question}</td><td>{answer}</td></tr></table>",
        "<blockquote>{question}</blockquote><p>{answer}</p>",
    ],
)
def test_questions_and_answers_in_many_layouts(exchange: str) -> None:
    head = "<h1>Rencontre avec Oscar Brun</h1><p>Oscar Brun, luthier à Rives, répond.</p>"
    lines = (
        exchange.format(question=asked, answer=answer)
        for asked, answer in zip(QUESTIONS, REPLIES, strict=True)
    )
    page = page_from_html(f"<main>{head}{''.join(lines)}</main>".encode())
    found = [(v.text, v.speaker) for v in extraction_from(page).verbatims]
    assert [one for one in found if one[0] in REPLIES] == [(a, "Oscar Brun") for a in REPLIES]


def test_a_question_that_opens_a_paragraph_now_and_then_is_no_interview() -> None:
    text = """Le bac de Rives

Oscar Brun, luthier, prend le bac chaque matin.

Pourquoi le bac ? Le pont est fermé depuis mars, et la route fait douze lieues.

La commune a repris la ligne en juin.

Combien de passagers ? On en compte trente par jour, le double le samedi.
"""
    assert said(text) == []


def test_a_firm_answers_as_we() -> None:
    lines = ["Interview d’Oscar Brun, luthier", QUESTIONS[0], "Nous ouvrons dès l’aube."]
    lines += [QUESTIONS[1], "L’atelier part en tournée.", QUESTIONS[2], "Des amis nous aident."]
    assert [speaker for _, speaker in said("\n\n".join(lines))] == ["Oscar Brun"] * 3


def test_a_dialogue_may_hold_no_question() -> None:
    text = """Assemblée du canal

Rita Sol : Les berges ont tenu tout l’hiver.

Oscar Brun : Il faudra reprendre celle du moulin.

Rita Sol : Nous avons quatre volontaires.

Oscar Brun : J’apporte les pelles.
"""
    assert [speaker for _, speaker in said(text)] == ["Rita Sol", "Oscar Brun"] * 2


def test_names_that_have_a_line_to_themselves_open_turns() -> None:
    text = """Trois voix au four
Nous avons reçu Rita Sol et Oscar Brun, avec Ninon, leur voisine.

Rita :
Je pétris à cinq heures.

Oscar :
Moi je dors encore.

Ninon :
On entend le four de chez moi.

Rita :
C’est le bruit du matin.
"""
    assert said(text) == [
        ("Je pétris à cinq heures.", "Rita Sol"),
        ("Moi je dors encore.", "Oscar Brun"),
        ("On entend le four de chez moi.", "Ninon"),
        ("C’est le bruit du matin.", "Rita Sol"),
    ]


def test_first_names_and_dashes_open_turns() -> None:
    text = """Deux voix sur la digue
Rita Sol et Oscar Brun y marchent chaque soir.

Rita - Je compte les hérons.
Oscar - Je compte les pas.
Rita - Nous n’avons jamais le même nombre, et alors ?
"""
    assert [speaker for _, speaker in said(text)] == ["Rita Sol", "Oscar Brun", "Rita Sol"]


def test_questions_that_dashes_open() -> None:
    text = """Rencontre avec Oscar Brun

Oscar Brun, 83 ans, accorde les pianos de la vallée.

- Oscar, ton premier piano ?

Celui de ma tante, en 46. Il lui manquait neuf touches et personne ne le disait.

- Et les jeunes, on dit qu’ils n’écoutent plus...

Ils écoutent autrement. Moi je tire mon chapeau.

- Un mot pour finir ?

Je demande qu’on ferme les couvercles.
"""
    assert said(text) == [
        (
            "Celui de ma tante, en 46. Il lui manquait neuf touches et personne ne le disait.",
            "Oscar Brun",
        ),
        ("Ils écoutent autrement. Moi je tire mon chapeau.", "Oscar Brun"),
        ("Je demande qu’on ferme les couvercles.", "Oscar Brun"),
    ]


def test_capitals_open_turns_without_any_mark() -> None:
    text = """Les deux gardiens
Avec Oscar Le Floc’h, gardien, et Rita Sol, ingénieure.

OSCAR LE FLOC’H J’ai rendu la clé en novembre.
RITA SOL Je l’ai perdue dans le bateau du retour.
OSCAR LE FLOC’H Il y en avait une deuxième sous la pierre.
"""
    assert said(text) == [
        ("J’ai rendu la clé en novembre.", "Oscar Le Floc’h"),
        ("Je l’ai perdue dans le bateau du retour.", "Rita Sol"),
        ("Il y en avait une deuxième sous la pierre.", "Oscar Le Floc’h"),
    ]


def test_initials_that_speak_once_among_others() -> None:
    text = """Échanges sur la digue

RS : Il faut que chacun sache où elle cède.
OB : Elle cède toujours au même endroit.
RS : Alors on le note sur la carte.
LK : Et on relit la carte tous les ans.
OB : Tous les ans, en mars.
"""
    assert [speaker for _, speaker in said(text)] == ["RS", "OB", "RS", "LK", "OB"]


def test_labels_that_a_tight_dash_ends() -> None:
    text = """Une radio à la maison, avec Ursule

Y- Bonjour Ursule, la radio est-elle ton métier ?

U- Pas du tout, je vends des vis.

Y- Pourquoi émettre la nuit ?

U- La nuit, les gens écoutent jusqu’au bout.
"""
    assert said(text) == [
        ("Pas du tout, je vends des vis.", "Ursule"),
        ("La nuit, les gens écoutent jusqu’au bout.", "Ursule"),
    ]


def test_official_reports() -> None:
    text = """Séance du 3 mars, sous la présidence de Mme Rita Sol, présidente

Mme la présidente. La parole est à M. Brun.

M. Oscar Brun. Je retire ma proposition, et je m’en explique.

Mme Zoé Vial (Rives debout). Nous la reprenons à notre compte.

Mme la présidente. La proposition est reprise.
"""
    assert [who for _, who in said(text)] == ["Rita Sol", "Oscar Brun", "Zoé Vial", "Rita Sol"]


def test_initials_of_a_double_name() -> None:
    text = """Deux voix sur la digue

Avec Maëlle Abgrall-Perrot, éclusière, et Jonas Kerleo, garde.

M. A.-P. – Il faut que chacun sache où elle cède.

J. K. – Elle cède toujours au même endroit.

M. A.-P. – Alors on le note sur la carte.
"""
    assert [who for _, who in said(text)] == [
        "Maëlle Abgrall-Perrot",
        "Jonas Kerleo",
        "Maëlle Abgrall-Perrot",
    ]


def test_questions_may_be_headings_or_lines_on_one_page() -> None:
    text = """# Entretien avec Rita Sol, éclusière

**Comment êtes-vous venue au fleuve ?**

J’y suis née, je n’ai pas choisi. Mon père tenait l’écluse.

Qu’est-ce qui vous y retient ? Et qui vous y fait revenir ?

Les hérons me retiennent, et je leur parle.

**Que diriez-vous à qui commence ?**

Je lui dirais d’attendre le premier gel.
"""
    found = extraction_from(page_from_markdown(text.encode())).verbatims
    assert [v.text for v in found] == [
        "J’y suis née, je n’ai pas choisi. Mon père tenait l’écluse.",
        "Les hérons me retiennent, et je leur parle.",
        "Je lui dirais d’attendre le premier gel.",
    ]


def test_a_line_below_a_paragraph_is_no_title() -> None:
    text = """Quand Oscar Brun, luthier, demande en 2008 au bailleur l’ancienne aire de jeux, \
personne ne composte encore dans la ville. Il raconte vingt ans de terre noire.

Du seau au jardin

« Nous avons tiré les parcelles au sort, et gardé la mare pour tous », explique-t-il.
"""
    assert said(text) == [
        ("Nous avons tiré les parcelles au sort, et gardé la mare pour tous", "Oscar Brun")
    ]
