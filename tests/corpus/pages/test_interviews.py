"""Interviews without marks, in plain text, and pages that only look like one."""

from corpus.pages.extraction import extraction_from
from corpus.pages.plain_text import page_from_text


def said(text: str) -> list[tuple[str, str | None]]:
    return [(v.text, v.speaker) for v in extraction_from(page_from_text(text.encode())).verbatims]


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
