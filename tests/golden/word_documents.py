"""Word documents made for the golden pages: a stored binary could not be reviewed."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import docx
from docx.document import Document


def _bytes(document: Document) -> bytes:
    # The library's template was made in 2013; a property that nobody set must not be a date.
    document.core_properties.created = datetime(2020, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_styles() -> bytes:
    """Heading styles, people in a table, verbatims in tables of two columns and quote styles."""
    document = docx.Document()
    document.add_heading("Métiers du bois : retour sur le webinaire du 12 juin 2024", 0)
    document.add_paragraph("Publié le 20 juin 2024")
    document.add_paragraph("Article : https://filiere-bois.example/retour-juin")
    document.add_paragraph("Replay : https://vimeo.com/900100200")
    people = document.add_table(2, 3)
    for row, cells in zip(
        people.rows,
        [
            ("Aurélie Castan", "directrice", "scierie Castan et Filles"),
            ("Mamadou Sy", "formateur", "centre d’apprentissage du Bazadais"),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("1. Ouvrir les ateliers aux collégiens", 1)
    _speeches(
        document,
        ("« Un élève qui a tenu une varlope ne demande plus à quoi sert la géométrie. »", "Castan"),
        (
            "« Nous recevons trente classes par an. La trente et unième est venue toute seule. »",
            "Mamadou Sy",
        ),
    )
    document.add_heading("2. Payer les temps de formation", 1)
    document.add_paragraph(
        "Une journée en atelier, c’est une journée que l’entreprise facture à personne.",
        style="Intense Quote",
    )
    document.add_paragraph("— Aurélie Castan")
    document.add_heading("3. Accueillir les reconversions", 1)
    _speeches(
        document,
        ("« Les reconvertis posent des questions que nous ne nous posions plus. »", "Mamadou Sy"),
        (
            "« Ils arrivent à sept heures avec leur carnet. Les jeunes ont fini par les imiter. »",
            "Aurélie Castan",
        ),
    )
    document.sections[0].footer.paragraphs[0].text = "Filière bois – 05 00 00 99 00"
    return _bytes(document)


def _speeches(document: Document, *rows: tuple[str, str]) -> None:
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Verbatim", "Intervenant"
    for words, speaker in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = words, speaker


def word_bare() -> bytes:
    """No style at all: bold lines for the title and the ideas, a signature after a dash."""
    document = docx.Document()

    def line(text: str, *, bold: bool = False, italic: bool = False) -> None:
        run = document.add_paragraph().add_run(text)
        run.bold, run.italic = bold or None, italic or None

    line("Soigner sans cabinet : ce que nous avons entendu", bold=True)
    line("Webinaire du 8 novembre 2022")
    line("")
    line("Ont pris la parole : Hélène Arnoux, infirmière ; Paul-Émile Costes, médecin au centre")
    document.paragraphs[-1].add_run(" de santé de Ribaute ; Djamila Ferhat, maire de Ribaute.")
    line("1/ Aller vers les gens, au sens propre", bold=True)
    line(
        "« Notre camion se gare devant l’église le mardi et devant le stade le jeudi. » – "
        "Hélène Arnoux"
    )
    line("2/ Salarier les médecins", bold=True)
    line(
        "« Je ne compte plus mes heures, mais je compte mes semaines : trente-cinq par an à la "
        "commune. » – Paul-Émile Costes"
    )
    line(
        "« Un médecin salarié coûte moins cher qu’un village sans école. » – Djamila Ferhat",
        italic=True,
    )
    line("3/ Écouter ceux qui ne viennent pas", bold=True)
    line(
        "« Ceux qui ne viennent pas ont un chien, une vache, une vieille mère. Il faut le "
        "demander. » – Hélène Arnoux"
    )
    line("Contact : Secrétariat, 05 00 00 44 22")
    return _bytes(document)


DOCUMENTS: dict[str, Callable[[], bytes]] = {"word_styles": word_styles, "word_bare": word_bare}
