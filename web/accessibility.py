"""The accessibility criteria that this site touches, and what is known of each: /accessibilite.

`tests` names the functions of tests/ that check a criterion on every kind of page; a person checks
the others as docs/accessibility.md says. tests/web/test_accessibility.py holds both to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Result = Literal["conforme", "non conforme", "non testé", "sans objet"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of RGAA 4.1, told in our words."""

    number: str
    subject: str
    result: Result
    how: str
    tests: tuple[str, ...] = ()

    @property
    def is_automatic(self) -> bool:
        """Say whether a machine checks it, at least in part."""
        return bool(self.tests)


CRITERIA = (
    Criterion(
        "2.1",
        "Chaque cadre a un titre",
        "conforme",
        "Le seul cadre de nos pages, l’aperçu à intégrer, et le code à copier ont un titre.",
        ("test_a_frame_has_a_title",),
    ),
    Criterion(
        "2.2",
        "Le titre d’un cadre dit ce qu’il contient",
        "conforme",
        "Il nomme la recherche ou la citation que le cadre montre.",
        ("test_the_title_of_the_frame_says_what_it_holds",),
    ),
    Criterion(
        "3.2",
        "Le texte se détache de son fond",
        "conforme",
        "Contrastes calculés pour chaque couple de couleurs, en clair et en sombre.",
        ("test_contrast_is_enough", "test_axe_finds_nothing"),
    ),
    Criterion(
        "3.3",
        "Les contrôles se détachent de leur fond",
        "conforme",
        "Contraste des bords et de l’accent calculé\u202f; couleurs forcées essayées.",
        ("test_contrast_is_enough", "test_forced_colours_keep_the_focus_and_the_marks"),
    ),
    Criterion(
        "6.1",
        "Chaque lien dit où il mène",
        "conforme",
        "Aucun intitulé vide ou vague\u202f; deux liens de même intitulé, dans la même phrase "
        "et la même partie, mènent au même endroit.",
        ("test_a_link_says_where_it_leads",),
    ),
    Criterion(
        "7.1",
        "Les scripts sont compris des technologies d’assistance",
        "non testé",
        "Rôles, noms et états vérifiés par une machine, suggestions ouvertes comprises\u202f; "
        "aucun essai avec un lecteur d’écran.",
        (
            "test_axe_finds_nothing_in_open_suggestions",
            "test_suggestions_come_in_labelled_groups",
            "test_no_option_is_active_before_an_arrow",
        ),
    ),
    Criterion(
        "7.3",
        "Les scripts s’utilisent au clavier",
        "conforme",
        "Suggestions, filtres et copie actionnés au clavier par une machine.",
        (
            "test_enter_follows_the_active_option_only",
            "test_escape_closes_then_the_arrow_opens_again",
            "test_the_copy_is_made_and_said_by_the_keyboard",
        ),
    ),
    Criterion(
        "7.5",
        "Les messages de statut sont annoncés",
        "conforme",
        "Nombre de réponses, nombre de suggestions, copie faite et refus portent le rôle attendu.",
        (
            "test_the_count_is_announced_by_one_lasting_status",
            "test_the_copy_is_made_and_said_by_the_keyboard",
            "test_a_mistake_in_the_form_is_said_in_words",
        ),
    ),
    Criterion(
        "8.7",
        "Les mots d’une autre langue sont signalés",
        "non testé",
        "Les mots que l’éditeur du site a listés sont signalés\u202f; les autres ne le sont pas.",
        ("test_pages_say_the_language_of_the_words",),
    ),
    Criterion(
        "9.1",
        "Les titres donnent le plan de la page",
        "conforme",
        "Un seul titre de premier niveau, aucun niveau sauté.",
        ("test_headings_and_landmarks_give_the_plan",),
    ),
    Criterion(
        "9.3",
        "Les listes sont des listes",
        "conforme",
        "Aucune liste vide, rien d’autre que des éléments de liste.",
        ("test_lists_hold_items_only",),
    ),
    Criterion(
        "9.4",
        "Les citations sont balisées comme telles",
        "conforme",
        "Chaque citation est dans un bloc de citation.",
        (
            "test_what_was_said_is_a_quotation",
            "test_a_quote_is_a_quotation_and_the_page_is_in_french",
        ),
    ),
    Criterion(
        "10.7",
        "La prise de focus se voit",
        "conforme",
        "Contour d’au moins deux pixels sur ce qui reçoit le focus\u202f; rien ne le recouvre.",
        ("test_the_focus_is_always_seen", "test_the_focus_is_never_under_something"),
    ),
    Criterion(
        "10.11",
        "La page se lit à 320 pixels sans défilement horizontal",
        "conforme",
        "Mesuré, en clair et en sombre\u202f; le panorama défile dans son cadre, son tableau suit.",
        ("test_a_page_fits_and_is_quiet", "test_the_help_and_the_filters_fit_when_open"),
    ),
    Criterion(
        "10.12",
        "Le texte supporte d’être espacé",
        "conforme",
        "Espacements agrandis, puis texte doublé\u00a0: rien ne déborde.",
        ("test_spaced_and_doubled_text_fits", "test_doubled_text_loses_nothing"),
    ),
    Criterion(
        "10.13",
        "Ce qui apparaît au focus peut être écarté",
        "conforme",
        "La touche Échap ferme les suggestions et laisse le focus en place.",
        ("test_what_shows_on_hover_or_focus_can_be_sent_away",),
    ),
    Criterion(
        "11.1",
        "Chaque champ a une étiquette",
        "conforme",
        "Étiquette liée à chaque champ\u202f; le texte d’exemple ne la remplace pas.",
        ("test_fields_and_buttons_have_names",),
    ),
    Criterion(
        "11.2",
        "Chaque étiquette est pertinente",
        "non testé",
        "Demande le jugement d’une personne extérieure.",
    ),
    Criterion(
        "11.9",
        "Chaque bouton a un intitulé",
        "conforme",
        "Aucun bouton sans texte.",
        ("test_fields_and_buttons_have_names",),
    ),
    Criterion(
        "11.10",
        "Les erreurs de saisie sont expliquées",
        "conforme",
        "La forme attendue est dite avant\u202f; le refus dit la cause et mène au formulaire.",
        (
            "test_a_mistake_in_the_form_is_said_in_words",
            "test_a_field_says_beforehand_what_it_takes",
        ),
    ),
    Criterion(
        "12.6",
        "Les zones de la page peuvent être atteintes ou évitées",
        "conforme",
        "En-tête, recherche, contenu et pied balisés\u202f; le premier lien mène au contenu.",
        ("test_headings_and_landmarks_give_the_plan", "test_the_first_tab_leads_to_the_content"),
    ),
    Criterion(
        "12.8",
        "L’ordre de tabulation suit la page",
        "conforme",
        "Chaque page parcourue au clavier d’un bout à l’autre.",
        ("test_the_keyboard_reaches_all_in_order_and_leaves",),
    ),
    Criterion(
        "12.9",
        "Le clavier n’est retenu nulle part",
        "conforme",
        "On sort de chaque page, et des suggestions ouvertes, dans les deux sens.",
        (
            "test_the_keyboard_reaches_all_in_order_and_leaves",
            "test_open_suggestions_hold_nobody",
        ),
    ),
    Criterion(
        "12.11",
        "Ce que les scripts ajoutent s’atteint au clavier",
        "conforme",
        "Boutons de copie et suggestions atteints et actionnés au clavier.",
        (
            "test_the_copy_is_made_and_said_by_the_keyboard",
            "test_enter_follows_the_active_option_only",
        ),
    ),
    Criterion(
        "13.2",
        "Aucune fenêtre ne s’ouvre toute seule",
        "conforme",
        "Aucun lien n’ouvre de fenêtre.",
        ("test_no_window_opens_unasked",),
    ),
)


def tally(criteria: Iterable[Criterion] = CRITERIA) -> dict[Result, int]:
    """How many criteria have each result, in the order of their first one."""
    counts: dict[Result, int] = {"conforme": 0, "non conforme": 0, "non testé": 0, "sans objet": 0}
    for criterion in criteria:
        counts[criterion.result] += 1
    return counts
