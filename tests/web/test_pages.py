"""Each page a visitor may open."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from corpus.records import KeyIdea, Verbatim
from corpus.settings import Settings
from search.answer import Answer, Document, Facet, FacetValue
from search.live_index import Shelf
from search.query import MAX_CHARACTERS, SearchQuery
from search.views import Entry
from tests.search.test_key_ideas import CARE, QUESTION
from tests.small_meaning import ASKED, meant_library
from tests.small_site import (
    CANTINE,
    HOSTILE,
    IDEA,
    SAID,
    SMALL_SITE,
    CountedShelf,
    library_of,
    missing_library,
    webinar_saying,
)
from web.addresses import SearchLinks
from web.app import create_app
from web.pages import by_letter

PAGES = [
    "/",
    "/recherche",
    "/recherche?q=vélo",
    "/recherche?q=vélo&tri=pertinence&annee=2021&annee=2024",
    "/recherche?theme=emploi&tri=themes",
    "/recherche?q=licorne",
    "/recherche?q=licorne&type=idee",
    "/recherche?q=vélo&pourquoi=1",
    "/recherche?q=vélo&pourquoi=1&tri=date&sans_sigles=1",
    "/recherche?q=car+theme:emploi",
    "/theme/emploi",
    "/intervenant/lea-martin",
    "/webinaire/2024-03-12-la-cantine",
    "/webinaire/2021-05-01-sans-voiture",
    "/verbatim/citation1",
    "/verbatim/citation5",
    "/verbatim/citation6",
    "/idee/la-cantine-idee-1",
    "/themes",
    "/intervenants",
    "/webinaires",
    "/accessibilite",
    "/integrer",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_a_whole_french_page(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    page = answer.text
    assert answer.status_code == 200
    assert '<html lang="fr">' in page
    assert (
        page.count("<h1") == page.count("<main") == page.count('class="skip" href="#contenu"') == 1
    )
    assert "Site d’essai : tout est inventé." in page
    assert page.count('role="search"') == 1


@pytest.mark.parametrize("address", PAGES)
def test_titles_never_skip_a_level(client: FlaskClient, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(address).text)]
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique(client: FlaskClient, address: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', client.get(address).text)
    assert len(ids) == len(set(ids)), ids


@pytest.fixture(scope="module")
def known_links() -> dict[str, int]:
    """The status of each link that was followed: pages share most of theirs."""
    return {}


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(
    client: FlaskClient, known_links: dict[str, int], address: str
) -> None:
    links = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', client.get(address).text))
    for link in links:
        if link not in known_links:
            known_links[link] = client.get(link.replace("&amp;", "&")).status_code
        assert known_links[link] == 200, link


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    client: FlaskClient, address: str
) -> None:
    page = re.sub(r"<pre.*?</pre>", "", client.get(address).text, flags=re.DOTALL)
    scripts = re.findall(r"<script[^>]*>", page)
    own = '<script (src="/|type="module" src="/|type="application/ld)'
    assert all(re.match(own, tag) for tag in scripts)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    page = re.sub(r'<link rel="alternate"[^>]*>', "", page)  # told to programs, never loaded
    assert not re.search(r'<(?:script|link|img|iframe|form)[^>]*(?:src|href|action)="(?!/)', page)


def test_health_tells_the_generation(client: FlaskClient, built_at: str) -> None:
    answer = client.get("/sante")
    assert answer.json == {
        "generation": 1,
        "built_at": built_at,
        "records": 16,
        "degraded": False,
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_documents_that_tests_name_are_those_of_the_index(library: Shelf) -> None:
    with library.reading() as reading:
        assert [reading.document(named.id) for named in (SAID, IDEA)] == [SAID, IDEA]


def test_health_without_an_index_is_503() -> None:
    answer = create_app(missing_library(), Settings()).test_client().get("/sante")
    assert answer.status_code == 503
    assert answer.get_json()["generation"] is None


def test_one_request_holds_one_reading_and_gives_it_back(counted: CountedShelf) -> None:
    client = create_app(counted, Settings()).test_client()
    client.get("/")
    assert (counted.opened, counted.closed) == (1, 1)
    client.get("/accessibilite")
    assert counted.opened == 1
    client.get("/verbatim/inconnu")
    assert (counted.opened, counted.closed) == (2, 2)


def test_a_refused_search_gives_its_reading_back(counted: CountedShelf) -> None:
    client = create_app(counted, Settings()).test_client()
    client.get("/recherche", query_string={"q": "a" * (MAX_CHARACTERS + 1)})
    assert counted.opened == counted.closed == 1


@pytest.mark.parametrize("place", range(1, 13))
def test_the_words_are_untouched(
    client: FlaskClient, documents: list[Document], place: int
) -> None:
    document = next(found for found in documents if found.id == f"citation{place}")
    page = client.get(f"/verbatim/{document.id}").text
    assert f'<span class="words">{escape(document.text)}</span>&nbsp;»' in page


def test_marked_words_are_the_same_words(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo+monte&type=verbatim").text
    expected = "Le <mark>vélo</mark>, ici, ça <mark>monte</mark> toujours ; même au retour !"
    assert expected in page


def test_hostile_words_stay_words(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation6").text
    assert "<script>alert" not in page
    assert str(escape(HOSTILE)) in page


@pytest.mark.parametrize("name", ["q", "theme", "intervenant", "tri", "page", "du", "annee"])
def test_hostile_parameters_stay_words(client: FlaskClient, name: str) -> None:
    attack = '"><script>alert(1)</script>'
    assert "<script>alert" not in client.get("/recherche", query_string={name: attack}).text


def test_a_quote_shows_who_where_when_and_what_it_backs(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation1").text
    assert "Léa Martin</a>, cuisinière" in page
    assert "commune de Vaux" in page
    assert "12 mars 2024" in page
    assert "La cantine relie des métiers" in page
    assert "Les autres citations qui appuient" in page
    assert 'href="https://video.exemple.fr/la-cantine#t=724">Écouter à 12:04<' in page
    assert 'href="https://exemple.fr/la-cantine#:~:text=On%20%C3%A9pluche' in page


def test_the_citation_line_says_it_all(client: FlaskClient) -> None:
    line = (
        "«\u00a0On épluche trente kilos de carottes à 6 h.\u00a0» — Léa Martin, cuisinière, "
        "commune de Vaux, webinaire «\u00a0Du champ à la cantine\u00a0» du 12 mars 2024. "
        "https://citations.exemple.fr/verbatim/citation1"
    )
    assert line in client.get("/verbatim/citation1").text


def test_a_quote_without_a_speaker_or_a_replay_is_whole(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation5").text
    assert "Une personne non nommée" in page
    assert "Écouter" not in page


def test_an_idea_is_not_a_quote(client: FlaskClient) -> None:
    page = client.get("/recherche?type=idee&q=cantine").text
    card = page[page.index('class="card idee"') : page.index("</article>")]
    assert "Idée clé" in card
    assert "<blockquote" not in card


def test_results_are_grouped_by_theme_or_flat(client: FlaskClient) -> None:
    assert 'href="/theme/mobilite">Mobilité</a></h2>' in client.get("/recherche?q=vélo").text
    assert "</a></h2>" not in client.get("/recherche?q=vélo&tri=date").text


def test_the_count_says_how_many_hold_all_the_words(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo+crèche").text
    assert "contient tous les mots</a>" in page or "contiennent tous les mots</a>" in page
    assert "tous=1" in page


def test_a_chosen_filter_can_be_let_go(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo&annee=2021&du=2021").text
    assert "depuis le 1er janvier 2021" in page
    assert 'href="/recherche?q=v%C3%A9lo&amp;du=2021-01-01"' in page
    assert 'name="annee" value="2021"' in page


@pytest.mark.parametrize(
    ("chosen", "told"),
    [(None, "Et 10\u00a0autres, plus rares"), (47, "Et 9\u00a0autres, plus rares")],
)
def test_the_rarest_values_of_a_facet_are_counted_not_listed(
    app: Flask, chosen: int | None, told: str
) -> None:
    """A chosen one stays in sight, to be let go."""
    listed = [n for n in range(50) if n < 40 or n == chosen]
    values = tuple(FacetValue(f"v{n}", f"Valeur {n}", 60 - n, n == chosen) for n in listed)
    facet = Facet("webinaire", "Webinaires", values, untold=50 - len(listed))
    answer = Answer("vélo", 1, 1, 1, 1, (), (), facets=(facet,), took_ms=1)
    with app.test_request_context():
        template = app.jinja_env.get_template("_facets.html")
        shown = template.make_module().facets(answer, SearchLinks(SearchQuery("vélo")))  # type: ignore[attr-defined]
    assert told in shown
    assert "Valeur 39<" in shown
    assert ("Valeur 47<" in shown) is (chosen == 47)
    assert "44\u00a0autres" in shown


def test_a_repaired_query_is_said(client: FlaskClient) -> None:
    page = client.get("/recherche?q=véllo&annee=2021").text
    assert page.count("voici les résultats pour") == 1
    assert "<h1>Résultats pour «\u00a0vélo\u00a0»</h1>" in page
    undo = "/recherche?q=v%C3%A9llo&amp;annee=2021&amp;exact=1"
    assert f'href="{undo}">Chercher quand même «\u00a0véllo\u00a0»</a>' in page


def test_a_repair_can_be_undone(client: FlaskClient) -> None:
    page = client.get("/recherche?q=véllo&exact=1").text
    assert "voici les résultats pour" not in page
    assert "<h1>Résultats pour «\u00a0véllo\u00a0»</h1>" in page


def test_a_likely_meaning_is_proposed(client: FlaskClient) -> None:
    page = client.get("/recherche?q=mère+véllo&exact=1").text
    link = '<a href="/recherche?q=m%C3%A8re+v%C3%A9lo">«\u00a0mère vélo\u00a0»</a>'
    assert f"Vouliez-vous dire {link}&#8239;? (4\u00a0résultats)" in page
    assert "Vouliez-vous dire" not in client.get("/recherche?q=mère+vélo").text


def test_notes_are_shown(client: FlaskClient) -> None:
    assert "Personne n’a dit «\u00a0licorne\u00a0»." in client.get("/recherche?q=licorne").text


def test_nothing_found_offers_what_finds_something(client: FlaskClient) -> None:
    page = client.get("/recherche?q=licorne+vélo&tous=1").text
    assert '<a href="/recherche?q=v%C3%A9lo&amp;tous=1">vélo</a>' in page
    assert "sans «\u00a0licorne\u00a0»&nbsp;: 3\u00a0résultats" in page
    assert '<a href="/theme/mobilite">Mobilité</a>&nbsp;: 5\u00a0citations' in page
    assert "Thèmes proches" in page
    assert "Avec ces filtres" not in page


def test_filters_that_hide_everything_are_blamed(client: FlaskClient) -> None:
    page = client.get("/recherche?q=carottes+licorne&type=idee").text
    assert (
        "Avec ces filtres, rien pour «\u00a0carottes\u00a0» ni pour «\u00a0licorne\u00a0»." in page
    )
    assert 'href="/recherche?q=carottes+licorne">la même recherche sans aucun filtre</a>' in page


def test_a_filter_typed_among_the_words_can_be_let_go(client: FlaskClient) -> None:
    page = client.get("/recherche?q=car+theme:emploi").text
    chip = page[page.index('<ul class="chips filters"') :]
    assert 'href="/recherche?q=car"><span class="unseen">Retirer le filtre </span>Emploi<' in chip


def test_what_was_added_can_be_left_out_and_put_back(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo").text
    assert 'href="/recherche?q=v%C3%A9lo&amp;sans_sigles=1">Chercher sans ces ajouts</a>' in page
    page = client.get("/recherche?q=vélo&sans_sigles=1").text
    assert "Chercher sans ces ajouts" not in page
    assert 'href="/recherche?q=v%C3%A9lo">Les ajouter</a>' in page


def test_a_hit_is_explained_when_asked_for(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo").text
    assert "Pourquoi ce résultat" not in page
    assert 'href="/recherche?q=v%C3%A9lo&amp;pourquoi=1"' in page
    page = client.get("/recherche?q=vélo&pourquoi=1").text
    assert page.count('<details class="why" open>') == page.count("<article") > 0
    assert "même mot&nbsp;(24\u00a0%), même famille&nbsp;(48\u00a0%)" in page
    assert "× 1,50 pour les thèmes" in page
    assert 'href="/recherche?q=v%C3%A9lo">Ne plus expliquer' in page


def test_close_quotes_follow_a_quote_and_an_idea() -> None:
    """Two words must be rare to bring quotes together: others say something else."""
    told = webinar_saying(*[(f"Bilan numéro {n}.", "") for n in range(40)])
    idea = KeyIdea("idee", 1, "Le potager nourrit la cantine", "essai")
    backing = Verbatim("ici", "Le repas vient du potager.", key_idea=idea)
    close = Verbatim("ailleurs", "Un potager nourrit la cantine et le quartier.")
    webinar = replace(told, key_ideas=(idea,), verbatims=(close, *told.verbatims, backing))
    client = create_app(library_of(webinar), Settings()).test_client()
    for address in ("/verbatim/ici", "/idee/idee"):
        page = client.get(address).text
        related = page[page.index('aria-labelledby="sujet"') :]
        assert "Sur le même sujet" in related
        assert 'href="/verbatim/ailleurs"' in related
    assert "Sur le même sujet" not in client.get("/verbatim/c0").text


def test_a_webinar_is_in_the_order_of_its_write_up(client: FlaskClient) -> None:
    page = client.get("/webinaire/2024-03-12-la-cantine").text
    assert "1\u00a0min de lecture" in page
    assert "<p>Trois voix.</p>" in page
    order = [page.index(f'href="/verbatim/citation{place}"') for place in (6, 1, 2, 3, 4, 5)]
    assert order == sorted(order)


def test_a_webinar_without_links_can_still_be_searched(client: FlaskClient) -> None:
    page = client.get("/webinaire/2021-05-01-sans-voiture").text
    assert 'href="/recherche?webinaire=2021-05-01-sans-voiture"' in page


def test_a_particle_does_not_rank_a_name() -> None:
    names = ["Paul d’Estrac", "Ana Dupré", "Zoé Eude", "Lou Élan"]
    letters = by_letter([Entry(name, name, 1) for name in names])
    assert [(letter, [entry.label for entry in entries]) for letter, entries in letters] == [
        ("D", ["Ana Dupré"]),
        ("E", ["Lou Élan", "Paul d’Estrac", "Zoé Eude"]),
    ]


def test_links_that_a_browser_must_not_follow_are_not_links() -> None:
    attack = "javascript:alert(1)"
    webinars = (replace(held, url=attack, replay_url=attack) for held in SMALL_SITE.webinars)
    client = create_app(library_of(*webinars), Settings()).test_client()
    for address in ("/verbatim/citation1", "/webinaire/2024-03-12-la-cantine"):
        assert "javascript:" not in client.get(address).text


def test_an_organisation_has_its_page(client: FlaskClient) -> None:
    page = client.get("/organisation/commune-de-vaux").get_data(as_text=True)
    assert "<h1" in page
    assert "commune de Vaux" in page
    assert "/intervenant/lea-martin" in page
    assert client.get("/organisation/nulle-part").status_code == 404
    assert "/organisation/commune-de-vaux" in client.get("/organisations").get_data(as_text=True)


def test_the_panorama_has_its_table_behind_it(client: FlaskClient) -> None:
    page = client.get("/panorama").get_data(as_text=True)
    assert "<svg" in page
    assert '<th scope="row"><a href="/theme/mobilite">Mobilité</a></th>' in page


def test_a_person_is_dated_by_the_first_and_the_last_quote(client: FlaskClient) -> None:
    page = client.get("/intervenant/ali-martin").get_data(as_text=True)
    assert 'du <time datetime="2021-05-01">' in page
    assert 'au <time datetime="2024-03-12">' in page


@pytest.mark.parametrize(
    "address",
    [
        "/verbatim/citation2",
        "/recherche?q=repas",
        "/intervenant/ali-martin",
        f"/webinaire/{CANTINE.id}",
    ],
)
def test_an_organisation_is_named_with_a_link_to_its_page(
    client: FlaskClient, address: str
) -> None:
    link = 'aire, <a href="/organisation/commune-de-vaux">commune de Vaux</a><'
    assert link in client.get(address).text


@pytest.mark.parametrize(
    "address", ["/verbatim/citation1", "/idee/la-cantine-idee-1", f"/webinaire/{CANTINE.id}"]
)
def test_a_page_is_shared_by_plain_links(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert 'href="mailto:?subject=' in page
    assert f'data-address="https://citations.exemple.fr{address}"' in page
    assert "data-shares>Partager</button>" in page
    outside = re.findall(r'<(?:script|img|iframe)[^>]+src="(?!/)', page)
    assert outside == []


def test_the_words_of_a_quote_can_be_copied_alone(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation1").text
    assert page.count(">Copier le texte</button>") == 1
    assert 'id="forme-texte">«\u00a0On épluche trente kilos de carottes à 6 h.\u00a0»</pre>' in page


@pytest.mark.parametrize("value", ["intervenant/lea-martin", "organisation/commune-de-vaux"])
def test_who_speaks_can_be_followed(client: FlaskClient, value: str) -> None:
    page = client.get(f"/{value}").text
    feed = f"/flux.atom?{value.replace('/', '=')}"
    assert 'type="application/atom+xml" title="' in page
    assert page.count(f'href="{feed}"') == 2


def test_a_search_that_finds_nothing_can_be_followed(client: FlaskClient) -> None:
    page = client.get("/recherche?q=licorne&type=idee").text
    assert '<a href="/flux.atom?q=licorne&amp;type=idee">suivre cette recherche' in page


def test_who_speaks_is_a_line_after_the_quotes_that_say_the_word() -> None:
    quotes = ("Le tilleul ombrage la cour.", ""), ("On arrose peu.", "Jean Tilleul")
    client = create_app(library_of(webinar_saying(*quotes)), SMALL_SITE.settings).test_client()
    page = client.get("/recherche?q=tilleul").text
    assert "On arrose peu." not in page
    said_by = '<span class="words">Jean Tilleul</span></a> (1\u00a0citation).'
    assert f'href="/recherche?intervenant=jean-tilleul">{said_by}' in page
    assert "On arrose peu." in client.get("/recherche?intervenant=jean-tilleul").text


def test_a_card_says_that_who_speaks_answers() -> None:
    client = create_app(
        library_of(webinar_saying(("On arrose peu.", "Jean Tilleul"))), SMALL_SITE.settings
    ).test_client()
    for address in ("/recherche?q=tilleul", "/embed?q=tilleul"):
        assert "Par le nom de qui parle" in client.get(address).text


def test_a_card_says_that_its_key_idea_answers() -> None:
    client = create_app(library_of(CARE), SMALL_SITE.settings).test_client()
    for address in (f"/recherche?q={QUESTION}&pourquoi=1", f"/embed?q={QUESTION}"):
        page = client.get(address).text
        assert page.count("Par son idée clé") == 2
        assert "Sa compagne cherchait un poste." in page
    assert "dans l’idée clé" in client.get(f"/recherche?q={QUESTION}&pourquoi=1").text


def test_quotes_near_by_meaning_follow_the_hits_and_can_be_left() -> None:
    client = create_app(meant_library(), SMALL_SITE.settings).test_client()
    page = client.get(f"/recherche?q={ASKED}&pourquoi=1").text
    hits, near = page.split("Proches par le sens")
    assert "La campagne manque" in hits
    assert "2\u00a0citations" in hits
    assert "le docteur passe" in near
    assert "Sens proche de celui de la recherche" in near
    assert ">Par le sens</a>" in hits
    (left,) = re.findall(r'href="([^"]+)">Ne chercher que les mots', near)
    page = client.get(left.replace("&amp;", "&")).text
    assert "Proches par le sens" not in page
    (again,) = re.findall(r'href="([^"]+)">Chercher aussi par le sens', page)
    assert again == left.replace("&amp;sens=non", "")


def test_a_frame_shows_them_where_its_hits_leave_room() -> None:
    client = create_app(meant_library(), SMALL_SITE.settings).test_client()
    assert client.get(f"/embed?q={ASKED}&max=3").text.count("Proche par le sens") == 1
    assert client.get(f"/embed?q={ASKED}&max=2").text.count("Proche par le sens") == 0


def test_without_an_encoder_nothing_is_told_of_meaning() -> None:
    client = create_app(library_of(), SMALL_SITE.settings).test_client()
    page = client.get("/recherche?q=carottes+épluchées&sens=non").text
    assert "Par le sens" not in page
    assert "par le sens" not in page


def test_home_proposes_searches_that_find_something(client: FlaskClient) -> None:
    page = client.get("/").text
    proposed = re.findall(r'class="chip" href="(/recherche[?]q=[^"]+)"', page)
    assert proposed
    for address in proposed:
        assert "Aucun résultat" not in client.get(address.replace("&amp;", "&")).text


def test_the_compact_view_goes_along_and_can_be_left(client: FlaskClient) -> None:
    page = client.get("/recherche?q=car&vue=compacte").text
    assert "Appuie l’" in client.get("/recherche?q=car").text
    assert "Appuie l’" not in page
    assert '<input type="hidden" name="vue" value="compacte">' in page
    assert 'href="/recherche?q=car">Vue détaillée</a>' in page
    assert all("vue=compacte" in link for link in re.findall(r'href="([^"]*tri=date[^"]*)"', page))
    assert client.get("/recherche?q=car&vue=large").status_code == 400


def test_a_card_plays_at_the_second(client: FlaskClient) -> None:
    page = client.get("/recherche?q=carottes").text
    assert 'href="https://video.exemple.fr/la-cantine#t=724">Écouter à 12:04<' in page
