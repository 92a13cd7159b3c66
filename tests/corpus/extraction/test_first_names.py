"""People whom the narration calls by a first name, and words that only look like one."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.extraction.people import first_names_in
from corpus.reading.markdown import page_from_markdown
from tests.doubts import doubtful_lines


def names_in(text: str) -> list[str]:
    return sorted({speaker.name for speaker in first_names_in(text)})


@pytest.mark.parametrize(
    "text",
    [
        "Maëlle a quitté la ville pour ouvrir une bergerie.",
        "À la sortie, Maëlle s’assied sur le muret.",
        "Il pleut. Maëlle n’y pense plus.",
        "À 36 ans, Maëlle dirige la bergerie.",
        "Tous partent ; Maëlle, elle, préfère rester.",
        "Maëlle, 36 ans, dirige la bergerie.",
        "Maëlle est éleveuse depuis dix ans.",
        "Ils sont trois, comme Maëlle qui revient chaque été.",
        "Sa voisine, Maëlle, tient la caisse.",
        "La fête a été lancée par Maëlle au début de l’été.",
    ],
)
def test_a_first_name_alone_is_somebody(text: str) -> None:
    assert names_in(text) == ["Maëlle"]


@pytest.mark.parametrize("called", ["À 36 ans, {} dirige la bergerie.", "{}, lui, reste."])
def test_a_rare_first_name_needs_a_sign(called: str) -> None:
    assert names_in(called.format("Korwan")) == ["Korwan"]
    assert names_in("Korwan a quitté la ville.") == []


@pytest.mark.parametrize(
    "text",
    [
        "La Marine a fermé le port.",
        "L’hôtel de Florence ferme en hiver.",
        "Maëlle Tardieu a quitté la ville.",
        "Élisa Maëlle Tardieu a quitté la ville.",
        "« Maëlle a tout organisé », dit une voisine.",
        "Elle salue Maëlle et les autres.",
        "Le chemin de Maëlle longe la rivière.",
        "Bourgneuf a voté le budget.",
    ],
)
def test_a_place_a_last_name_and_the_words_of_others_are_left(text: str) -> None:
    assert names_in(text) == []


def speakers_of(text: str) -> list[str | None]:
    return [said.speaker for said in extraction_from(page_from_markdown(text.encode())).verbatims]


def test_a_portrait_needs_the_name_only_once() -> None:
    page = (
        "# La bergerie d’en haut\n\n"
        "Après dix ans de bureau, Maëlle a changé de métier. « Je voulais compter des bêtes, plus "
        "des tableaux. » Au village, on l’a crue folle.\n\n"
        "Le premier hiver fut rude : « On a dormi avec les agnelles pour les tenir au chaud. »\n\n"
        "« Je ne reviendrais en arrière pour rien au monde », sourit-elle.\n"
    )
    assert speakers_of(page) == ["Maëlle"] * 3


def test_who_is_named_in_full_keeps_the_full_name() -> None:
    page = (
        "# La bergerie d’en haut\n\n"
        "Maëlle se lève à cinq heures. « Les bêtes n’attendent pas, et moi non plus. »\n\n"
        "Le soir, Maëlle Tardieu tient les comptes.\n\n"
        "« C’est la partie que j’aime le moins », glisse Maëlle.\n"
    )
    assert set(speakers_of(page)) == {"Maëlle Tardieu"}


@pytest.mark.parametrize(
    "line",
    [
        "« Bergères, la vie d’en haut » réalisé par Nina Solvay.",
        "« Bergères, la vie d’en haut », diffusé sur une chaîne locale.",
        "« Ne jetez plus la laine, filez-la. » Le slogan plaît.",
    ],
)
def test_works_and_slogans_are_nobody_s_words(line: str) -> None:
    page = (
        f"# La bergerie\n\n{line} La salle était pleine.\n\n« On reviendra. », dit Nina Solvay.\n"
    )
    assert speakers_of(page) == ["Nina Solvay"]


@pytest.mark.parametrize("place", ["l’espace Paul Fargue", "la salle Ana Rive", "rue Jean Tolo"])
def test_who_gave_a_name_to_a_place_is_not_there(place: str) -> None:
    page = (
        f"# L’atelier\n\nMaëlle, 72 ans, anime un atelier de lecture, {place}.\n\n"
        "« Je lisais seule, et maintenant nous sommes douze autour de la table. »\n"
    )
    assert speakers_of(page) == ["Maëlle"]


def test_who_is_presented_between_two_quotations_says_the_second() -> None:
    page = (
        "# La bergerie\n\n"
        "Korwan, 27 ans, attend sous le porche. « Je viens pour la troisième fois », lance-t-il. "
        "Plus loin, Maëlle, 22 ans, semble sûre d’elle. « J’ai grandi avec les bêtes, ça ira. »\n"
    )
    assert speakers_of(page) == ["Korwan", "Maëlle"]


def test_a_star_after_a_name_hides_nobody() -> None:
    page = (
        "# La bergerie\n\n« Ce que j’aime, c’est le silence du matin. » Le silence, Maëlle*, "
        "23 ans, le connaît bien.\n\n\\* Le prénom a été changé.\n"
    )
    assert speakers_of(page) == ["Maëlle"]


def test_words_of_somebody_unnamed_are_not_those_of_the_portrait() -> None:
    page = (
        "# La bergerie\n\nMaëlle a changé de métier. Elle ne regrette rien.\n\n"
        "« On venait la voir le dimanche », confie un père de famille.\n\n"
        "« C’est beau, toutes ces bêtes », commente un autre enfant, suivi par son frère. "
        "« Je reviendrai demain avec du pain ! »\n"
    )
    found = extraction_from(page_from_markdown(page.encode()))
    doubtful = doubtful_lines(found)
    assert len(found.verbatims) == 3
    assert {said.line for said in found.verbatims} == doubtful


def test_words_may_be_said_by_somebody_in_a_few_words_more() -> None:
    page = (
        "# La bergerie\n\n« Je savoure ce moment où vous m’écoutez ! » Prononcé avec malice par la "
        "présidente du syndicat, Nina Solvay, ce mot fit rire la salle.\n"
    )
    assert speakers_of(page) == ["Nina Solvay"]


@pytest.mark.parametrize(
    "presented",
    [
        "Un constat partagé par Léa Morin. « Je n’ai pas gagné d’argent, mais on me connaît », "
        "explique l’artisane.",
        "Un constat partagé par Léa Morin. « Je n’ai pas gagné d’argent, mais on me connaît », "
        "confie cette tricoteuse.",
        "« Je n’ai pas gagné d’argent, mais on me connaît. » Plus loin, Léa Morin remballe.",
        "Marie-France Morin range ses laines. « Je n’ai pas gagné d’argent, mais on me connaît. »",
    ],
)
def test_the_sentence_beside_tells_who_speaks(presented: str) -> None:
    page = f"# Le marché\n\n« On reviendra », promet Karim Oulad.\n\n{presented}\n"
    (_, found) = speakers_of(page)
    assert str(found).endswith("Morin")


def test_words_alone_go_on_with_who_was_told_of() -> None:
    page = (
        "# Le marché\n\nRémi Tardieu fait ses comptes. « On sort d’une année compliquée. » Il dit "
        "avoir vu beaucoup de monde les derniers jours.\n\n"
        "« On repart fatigués, mais heureux. »\n\n"
        "Plus loin, Ana Rive plie sa bâche.\n"
    )
    assert speakers_of(page) == ["Rémi Tardieu"] * 2


def test_a_trade_names_who_has_it() -> None:
    page = (
        "# Le marché\n\n« C’était le désert ! », résume Noé Lepic, brasseur à Montfaur.\n\n"
        "« Les gens comptent », observe Ana Rive. « Ce n’est pas la joie », appuie le brasseur.\n"
    )
    assert speakers_of(page) == ["Noé Lepic", "Ana Rive", "Noé Lepic"]


def test_a_portrait_may_name_its_speaker_at_its_end_only() -> None:
    page = (
        "# Le marché\n\nLa pluie est restée loin : « C’est une des clés de la réussite. »\n\n"
        "Les clients font attention : « On a senti une certaine frilosité. »\n\n"
        "Vendredi tout sera rangé : « Les places seront propres », termine Jean Tolo.\n"
    )
    found = extraction_from(page_from_markdown(page.encode()))
    doubtful = doubtful_lines(found)
    assert {said.line for said in found.verbatims if said.speaker != "Jean Tolo"} <= doubtful
    assert len(found.verbatims) == 3
