"""The links of a results page: one thing changes, the rest stays."""

from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for

from search.answer import Answer, TypedFilter
from search.query import Filters, SearchQuery
from web.addresses import FILTERS, SearchLinks, page_numbers

ASKED = SearchQuery("vélo", Filters(themes=("emploi",)), order="date", page=3)


def answer(words: str) -> Answer:
    """An answer of which the query had filters among these words."""
    rest = (TypedFilter("Emploi", words),)
    return Answer("", 0, 0, 1, 1, (), (), (), 0, typed_filters=rest, words=words)


@pytest.fixture
def links(app: Flask) -> SearchLinks:
    return SearchLinks(ASKED)


@pytest.mark.parametrize("page", ["/", "/?panier=v-1.v-2", "/?panier=%00slug%00", "/?vue=compacte"])
def test_a_template_is_given_the_addresses_of_flask(app: Flask, page: str) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        *(("pages.theme", {"slug": slug}) for slug in ["emploi", "a/b", "..", "été", "50%", "a b"]),
        *(
            ("embedding.page", {"quoi": "citation", "citation": id})
            for id in ["/verbatim/v-1", "&"]
        ),
        ("pages.results", {}),
        ("feeds.part", {"number": 2}),
        ("pages.home", {"q": None}),
    ]
    address = app.extensions["address"]
    with app.test_request_context(page):
        app.preprocess_request()
        for endpoint, values in asked:
            assert address(endpoint, **values) == url_for(endpoint, **values)


def test_a_page_keeps_everything(app: Flask, links: SearchLinks) -> None:
    with app.test_request_context():
        assert links.page(4) == "/recherche?q=v%C3%A9lo&theme=emploi&tri=date&page=4"


def test_another_order_goes_back_to_the_first_page(app: Flask, links: SearchLinks) -> None:
    with app.test_request_context():
        assert links.order("themes") == "/recherche?q=v%C3%A9lo&theme=emploi"


def test_a_value_is_added_then_let_go(app: Flask, links: SearchLinks) -> None:
    with app.test_request_context():
        added = links.toggle("theme", "sante")
        assert added == "/recherche?q=v%C3%A9lo&theme=emploi&theme=sante&tri=date"
        assert links.toggle("theme", "emploi") == "/recherche?q=v%C3%A9lo&tri=date"


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize(
    "asked",
    [
        ASKED,
        SearchQuery(),
        SearchQuery("q=%00 & theme=%00 é", expand=False, every_word=True),
        SearchQuery("a", Filters(speakers=("lea",), years=("2024",), since=date(2024, 1, 2))),
    ],
)
def test_the_links_of_a_filter_are_those_of_its_values(
    app: Flask, name: str, asked: SearchQuery
) -> None:
    links = SearchLinks(asked)
    with app.test_request_context():
        of_filter = links.filter(name)
        for value in ("emploi", "lea", "2024", "é & à=%00", "un+deux trois/quatre"):
            assert of_filter.toggle(value) == links.toggle(name, value)


def test_without_anything_the_address_is_bare(app: Flask) -> None:
    with app.test_request_context():
        links = SearchLinks(SearchQuery(filters=Filters(themes=("emploi",)), order="date"))
        assert links.without_filters(answer("")) == "/recherche"


def test_no_filter_is_left_among_the_words_either(app: Flask) -> None:
    with app.test_request_context():
        typed = SearchQuery("vélo theme:emploi avant:2023", Filters(kinds=("idee",)))
        assert SearchLinks(typed).without_filters(answer("vélo")) == "/recherche?q=v%C3%A9lo"
        alone = SearchQuery("theme:emploi", every_word=True)
        assert SearchLinks(alone).without_filters(answer("")) == "/recherche?tous=1"


def test_additions_and_explanations_are_turned_on_and_off(app: Flask, links: SearchLinks) -> None:
    with app.test_request_context():
        base = "/recherche?q=v%C3%A9lo&theme=emploi&tri=date"
        assert links.expand(False) == f"{base}&sans_sigles=1"
        assert links.explain(True) == f"{base}&pourquoi=1&page=3"
        without = SearchLinks(SearchQuery("vélo", expand=False, explain=True))
        assert without.expand(True) == "/recherche?q=v%C3%A9lo&pourquoi=1"
        assert without.explain(False) == "/recherche?q=v%C3%A9lo&sans_sigles=1"


def test_one_quote_each_is_turned_on_and_off(app: Flask) -> None:
    with app.test_request_context():
        links = SearchLinks(SearchQuery("vélo", page=3))
        assert links.one_each(True) == "/recherche?q=v%C3%A9lo&une_par_personne=1"
        shown = SearchQuery("vélo", one_each=True)
        assert SearchLinks(shown).one_each(False) == "/recherche?q=v%C3%A9lo"
        assert ("une_par_personne", "1") in SearchLinks(shown).hidden()


def test_a_new_search_keeps_being_explained() -> None:
    assert ("pourquoi", "1") in SearchLinks(SearchQuery("vélo", explain=True)).hidden()
    assert SearchLinks(SearchQuery("vélo", expand=False)).hidden() == []


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (4, 6, [1, 2, 3, 4, 5, 6]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_far_pages_are_skipped(page: int, pages: int, shown: list[int | None]) -> None:
    assert page_numbers(page, pages) == shown
