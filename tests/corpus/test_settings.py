import tomllib

import pytest

from corpus.settings import (
    ProposalSettings,
    ReadingSettings,
    ServerSettings,
    Settings,
    settings_from,
)

FILE = "verbatheque.toml"


def test_every_key_has_a_default() -> None:
    assert settings_from({}, FILE) == (Settings(), [])


def test_tables_are_read_with_their_types() -> None:
    table = tomllib.loads("""
        titre = "Paroles"
        adresse = "https://citations.example/"
        [lecture]
        hotes = ["www.centre.example"]
        [serveur]
        processus = 3
        relais = 1
        journal_reseau = false
        [propositions]
        ouvertes = true
        par_jour = 5
    """)
    settings, problems = settings_from(table, FILE)
    assert problems == []
    assert settings.adresse == "https://citations.example"
    assert settings.lecture == ReadingSettings(("www.centre.example",))
    assert settings.serveur == ServerSettings(processus=3, relais=1, journal_reseau=False)
    assert settings.propositions == ProposalSettings(ouvertes=True, par_jour=5)


@pytest.mark.parametrize(
    ("content", "code", "name"),
    [
        ("titre = 3", "reglage-type", "« titre »"),
        ("[serveur]\nprocessus = '3'", "reglage-type", "« serveur.processus »"),
        ("[serveur]\nfils = true", "reglage-type", "« serveur.fils »"),
        ("[serveur]\njournal_reseau = 1", "reglage-type", "« serveur.journal_reseau »"),
        ("[serveur]\nrelais = -1", "reglage-type", "« serveur.relais »"),
        ("[propositions]\nouvertes = 1", "reglage-type", "« propositions.ouvertes »"),
        ("[propositions]\nouvertes = 'oui'", "reglage-type", "« propositions.ouvertes »"),
        ("[propositions]\ncontact = 'a@b.example'", "reglage-contact", "« propositions.contact »"),
        ("[lecture]\nhotes = 'un.example'", "reglage-type", "« lecture.hotes »"),
        ("[lecture]\nhotes = [1]", "reglage-type", "« lecture.hotes »"),
        ("lecture = 'oui'", "reglage-type", "« lecture »"),
        ("[serveur]\nprocesus = 3", "reglage-inconnu", "« serveur.procesus »"),
    ],
)
def test_a_wrong_value_keeps_its_default_and_is_named(content: str, code: str, name: str) -> None:
    settings, [problem] = settings_from(tomllib.loads(content), FILE)
    assert settings == Settings()
    assert problem.code == code
    assert name in problem.message
