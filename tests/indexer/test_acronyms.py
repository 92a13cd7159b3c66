"""The acronyms of public life serve where a corpus writes them, and never against an editor."""

import re
from dataclasses import replace

import pytest

from corpus.lists import Vocabulary
from corpus.typography import fold
from indexer.acronyms import acronyms_among, acronyms_met, public_acronyms
from indexer.catalogue import catalogue_of, explained_in
from indexer.tokens import tokens
from search.query import SearchQuery
from tests.small_site import SMALL_SITE, library_of, webinar_saying


def used(*texts: str) -> set[str]:
    return set(acronyms_among(*acronyms_met((text, list(tokens(text))) for text in texts)))


def test_the_list_is_long_and_each_long_form_has_several_words() -> None:
    assert len(public_acronyms()) >= 250
    assert len({fold(short) for short in public_acronyms()}) == len(public_acronyms())
    for longs in public_acronyms().values():
        assert all(len(re.findall(r"\w+", long)) > 1 and "'" not in long for long in longs)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Notre EPCI a pris la main."], {"EPCI"}),
        (["Un Ehpad sans jardin."], {"EHPAD"}),
        (["Le C.C.A.S. appelle."], {"CCAS"}),
        (["Les plans locaux d’urbanisme intercommunaux."], {"PLU", "PLUi"}),
        (["On répond à un AMI."], {"AMI"}),
        (["On répond à un AMI.", "Un ami est venu."], set()),
        (["Le cap est tenu.", "Il est sage."], set()),
        (["Personne n’en parle."], set()),
    ],
)
def test_an_acronym_is_known_where_one_side_is_written(
    texts: list[str], expected: set[str]
) -> None:
    assert used(*texts) == expected


def additions(query: str, *quotes: str) -> tuple[str, ...]:
    webinar = webinar_saying(*((quote, "") for quote in quotes))
    with library_of(webinar).reading() as reading:
        return reading.search(SearchQuery(query)).additions


def test_a_long_form_meets_the_acronym_that_a_quote_says() -> None:
    said = "L’EPCI a voté la taxe."
    long = "établissement public de coopération intercommunale"
    assert additions("EPCI", said) == (long,)
    assert additions(long, said) == ("EPCI",)


def test_the_list_of_the_editor_overrides_it() -> None:
    own: dict[str, tuple[str, ...]] = {"PAT": ("plan d’accueil des touristes",)}
    site = replace(SMALL_SITE, vocabulary=Vocabulary(acronyms=own))
    catalogue = catalogue_of(
        site,
        {},
        {"PAT": ["projet alimentaire territorial"], "TER": ["x y"]},
        explained_in(site.webinars),
    )
    assert catalogue["acronyms"] == {"PAT": list(own["PAT"]), "TER": ["x y"]}


def test_what_a_quote_explains_is_of_the_site_alone() -> None:
    said = "Un plan d’action territorial (PAT), voilà tout."
    assert additions("PAT", said) == ("plan d’action territorial",)
