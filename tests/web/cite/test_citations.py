"""Citations: names in their parts, each form as its readers expect it, and never a letter lost."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import is_writable
from corpus.settings import Settings
from tests.small_site import CANTINE, IDEA, SAID
from web.cite.citation import Citation, PersonName, citation_from, name_from
from web.cite.forms import apa, bibtex, csl, ris

SETTINGS = Settings(adresse="https://citations.exemple.fr", organisation="Le Relais")

texts = st.text(min_size=1, max_size=80).filter(lambda text: is_writable(text) and text.strip())
tricky = st.text("\\{}%$&#_~^¶ \n\"'@=,«»é", min_size=1, max_size=30).filter(str.strip)


def cited(**changes: object) -> Citation:
    return citation_from(replace(SAID, **changes), SETTINGS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "family", "given", "particle"),
    [
        ("Léa Martin", "Martin", "Léa", ""),
        ("Jean-Pierre Martin", "Martin", "Jean-Pierre", ""),
        ("Marie Claire Dupont", "Dupont", "Marie Claire", ""),
        ("Pierre de La Tour", "La Tour", "Pierre", "de"),
        ("Jeanne de Saint Denis", "Saint Denis", "Jeanne", "de"),
        ("Paul d’Estrac", "Estrac", "Paul", "d’"),
        ("Paul d'Estrac", "Estrac", "Paul", "d'"),
        ("Marc D’Arcy", "D’Arcy", "Marc", ""),
        ("Anne Le Goff", "Le Goff", "Anne", ""),
        ("Joachim du Bellay", "du Bellay", "Joachim", ""),
        ("Guy des Forêts", "des Forêts", "Guy", ""),
        ("Ludwig van der Berg", "van der Berg", "Ludwig", ""),
        ("Samir El Amrani", "El Amrani", "Samir", ""),
        ("Aïcha Ben Salah", "Ben Salah", "Aïcha", ""),
        ("Ben Salah", "Salah", "Ben", ""),
        ("Élodie N’Diaye", "N’Diaye", "Élodie", ""),
        ("Jean DUPONT MARTIN", "DUPONT MARTIN", "Jean", ""),
        ("Mme Roy", "Roy", "", ""),
        ("Dr Inès Roy", "Roy", "Inès", ""),
        ("Zoé", "Zoé", "", ""),
        ("Une habitante", "Une habitante", "", ""),
        ("Participante au débat", "Participante au débat", "", ""),
    ],
)
def test_a_name_is_parted_as_bibliographies_do(
    name: str, family: str, given: str, particle: str
) -> None:
    assert name_from(name) == PersonName(family, given, particle)


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Léa", "L."),
        ("Jean-Pierre", "J.-P."),
        ("Marie Claire", "M. C."),
        ("élodie", "É."),
        ("", ""),
    ],
)
def test_first_names_become_initials(given: str, initials: str) -> None:
    assert PersonName("Martin", given).initials == initials


@given(texts)
def test_any_name_has_a_family_name(name: str) -> None:
    assert name_from(name.strip()).family


def test_apa_says_who_when_what_where() -> None:
    assert apa(cited()) == (
        "Martin, L. (2024, 12 mars). «\u202fOn épluche trente kilos de carottes à 6 h.\u202f» "
        "Dans Du champ à la cantine (12:04) [Webinaire]. Le Relais. "
        "https://citations.exemple.fr/verbatim/citation1"
    )


@pytest.mark.parametrize(
    ("changes", "beginning"),
    [
        ({"speaker": "Pierre de La Tour"}, "La Tour, P. de (2024, 12 mars). «"),
        ({"speaker": "Paul d’Estrac"}, "Estrac, P. d’ (2024, 12 mars). «"),
        ({"speaker": "Une habitante"}, "Une habitante. (2024, 12 mars). «"),
        ({"speaker": "", "text": "Oui"}, "«\u202fOui\u202f». (2024, 12 mars). Dans Du champ"),
        ({"webinar": replace(CANTINE, held_on=None)}, "Martin, L. (s.\u202fd.). «"),
        ({"webinar": replace(CANTINE, held_on=date(2021, 5, 1))}, "Martin, L. (2021, 1er mai). «"),
    ],
)
def test_apa_does_without_what_is_not_known(changes: dict[str, object], beginning: str) -> None:
    assert apa(cited(**changes)).startswith(beginning)


def test_a_key_idea_is_said_by_who_wrote_it() -> None:
    assert apa(citation_from(IDEA, SETTINGS)) == (
        "Le Relais. (2024, 12 mars). La cantine relie des métiers qui ne se parlaient pas. "
        "Dans Du champ à la cantine [Webinaire]. "
        "https://citations.exemple.fr/idee/la-cantine-idee-1"
    )
    assert apa(citation_from(IDEA, Settings())).startswith("La cantine relie des métiers")


def bibtex_fields(entry: str) -> dict[str, str]:
    """Read an entry as BibTeX does: by counting braces, whatever stands before them."""
    assert re.match(r"@misc\{[a-z0-9-]+,\n", entry)
    fields, depth, name, value = {}, 0, "", ""
    for sign in entry[entry.index(",") + 1 : entry.rindex("}")]:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        if depth == 0 and sign in ",}":
            if value:
                fields[name.strip(" =\n,")] = value[1:]
            name, value = "", ""
        elif depth == 0:
            name += sign
        else:
            value += sign
    assert depth == 0
    return fields


def unescaped(text: str) -> str:
    """What TeX prints."""
    commands = {
        r"\textbackslash{}": "\\",
        r"\textbraceleft{}": "{",
        r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
    }
    pattern = r"\\(?:text[a-z]+\{\}|[%$&#_])"
    return re.sub(pattern, lambda found: commands.get(found[0], found[0][1:]), text)


@given(texts | tricky)
def test_bibtex_keeps_the_words(words: str) -> None:
    title = bibtex_fields(bibtex(cited(text=words)))["title"]
    assert (title[0], title[-1]) == ("{", "}")
    assert unescaped(title[1:-1]) == words


def test_bibtex_says_it_all() -> None:
    assert bibtex_fields(bibtex(cited(speaker="Pierre de La Tour"))) == {
        "author": "de La Tour, Pierre",
        "title": "{On épluche trente kilos de carottes à 6 h.}",
        "howpublished": "Webinaire «\u00a0Du champ à la cantine\u00a0», 12:04",
        "organization": "Le Relais",
        "year": "2024",
        "month": "3",
        "day": "12",
        "url": "https://citations.exemple.fr/verbatim/citation1",
        "language": "french",
    }
    assert "author = {{Une habitante}}" in bibtex(cited(speaker="Une habitante"))
    bare = bibtex(cited(speaker="", webinar=replace(CANTINE, held_on=None), start=None))
    assert "author" not in bare
    assert "year" not in bare
    assert bare.startswith("@misc{anonyme-sd-citation1,")


def ris_fields(record: str) -> dict[str, str]:
    assert record.endswith("\r\nER  - \r\n")
    lines = record.split("\r\n")[:-2]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert len({line[:2] for line in lines}) == len(lines)
    return {line[:2]: line[6:] for line in lines}


@given(texts | tricky)
def test_ris_keeps_the_words_in_one_line(words: str) -> None:
    title = ris_fields(ris(cited(text=words)))["TI"]
    assert "\n" not in title
    assert re.sub("¶¶| ¶ ", lambda mark: {"¶¶": "¶", " ¶ ": "\n"}[mark[0]], title) == words


def test_ris_says_it_all() -> None:
    assert ris_fields(ris(cited(speaker="Pierre de La Tour"))) == {
        "TY": "VIDEO",
        "ID": "la-tour-2024-citation1",
        "AU": "La Tour, Pierre de",
        "TI": "On épluche trente kilos de carottes à 6 h.",
        "T2": "Du champ à la cantine",
        "M3": "Webinaire",
        "PB": "Le Relais",
        "PY": "2024",
        "DA": "2024/03/12/",
        "UR": "https://citations.exemple.fr/verbatim/citation1",
        "L2": "https://video.exemple.fr/la-cantine",
        "N1": "À 12:04",
        "LA": "fr",
    }
    bare = ris_fields(ris(cited(speaker="", webinar=replace(CANTINE, replay_url="", held_on=None))))
    assert bare["TY"] == "ELEC"
    assert not {"AU", "PY", "DA", "L2"} & set(bare)


def test_a_quote_cannot_begin_a_second_record() -> None:
    attack = "Oui.\r\nER  - \r\nTY  - BOOK".replace("\r", "")
    assert ris(cited(text=attack)).count("\r\nER  - ") == 1
    assert len(bibtex_fields(bibtex(cited(text="}}\n@book{x, title={y}")))) == 9


@given(texts)
def test_csl_keeps_the_words(words: str) -> None:
    (item,) = csl(cited(text=words))
    assert item["title"] == words


def test_csl_is_a_speech_at_an_event() -> None:
    (item,) = csl(cited(speaker="Pierre de La Tour"))
    assert item["type"] == "speech"
    assert item["event-title"] == "Du champ à la cantine"
    assert item["author"] == [{"family": "La Tour", "given": "Pierre", "dropping-particle": "de"}]
    assert item["issued"] == {"date-parts": [[2024, 3, 12]]}
    (bare,) = csl(cited(speaker="", webinar=replace(CANTINE, held_on=None), start=None))
    assert not {"author", "issued", "note"} & set(bare)
    assert csl(cited(speaker="Une habitante"))[0]["author"] == [{"literal": "Une habitante"}]


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("txt", "text/plain; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("path", ["/verbatim/citation1", "/idee/la-cantine-idee-1"])
def test_each_form_is_a_file(client: FlaskClient, path: str, ending: str, media_type: str) -> None:
    answer = client.get(f"{path}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    author = "martin" if "verbatim" in path else "le-relais"
    name = f"{author}-2024-{path.rsplit('/', 1)[1]}.{ending}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert path in answer.get_data(as_text=True)
    again = client.get(f"{path}.{ending}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/verbatim/rien.bib", "/verbatim/la-cantine-idee-1.bib", "/idee/x.ris"]
)
def test_what_is_not_published_has_no_citation(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "n’est plus publiée" in answer.text


def test_the_page_shows_each_form(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation1").text
    assert page.count('type="radio" name="forme"') == page.count("data-copies=") == 7
    for ending in ("txt", "bib", "ris", "json"):
        assert f'href="/verbatim/citation1.{ending}" download' in page
    assert "Martin, L. (2024, 12 mars)." in page
    (item,) = json.loads(client.get("/verbatim/citation1.json").data)
    assert item["title"] == SAID.text
