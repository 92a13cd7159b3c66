"""The basket lives in the address: it is read, carried on, reordered and taken away."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from docx import Document as read_docx
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.settings import Settings
from search.query import QueryRefused
from tests.small_site import HOSTILE, library_of, webinar_saying
from tests.work import entries_of
from web.addresses import keep_basket
from web.app import create_app
from web.basket import MOST, Basket, basket_from
from web.basket_files import escaped

ids = st.lists(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), unique=True, max_size=12)


@given(ids)
def test_a_basket_is_read_back_from_its_address(chosen: list[str]) -> None:
    basket = Basket(tuple(chosen))
    assert basket_from([str(basket)]) == basket


@given(ids.filter(bool), st.data())
def test_moving_loses_no_quote(chosen: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(chosen))
    moved = Basket(tuple(chosen)).moved(one, data.draw(st.integers(-15, 15)))
    assert sorted(moved.ids) == sorted(chosen)
    assert [i for i in moved.ids if i != one] == [i for i in chosen if i != one]


@pytest.mark.parametrize("value", ["é", "../x", "<script>", ".".join(map(str, range(51)))])
def test_what_is_no_basket_is_refused_in_french(client: FlaskClient, value: str) -> None:
    with pytest.raises(QueryRefused):
        basket_from([value])
    answer = client.get("/panier", query_string={"panier": value})
    assert answer.status_code == 400
    assert "anier" in answer.get_data(as_text=True)
    assert client.get("/", query_string={"panier": value}).status_code == 200


def test_a_card_adds_its_quote_and_stays_where_one_is(client: FlaskClient) -> None:
    page = client.get("/recherche?q=car&tri=date").get_data(as_text=True)
    assert 'href="/recherche?q=car&amp;tri=date&amp;panier=citation7#c-citation7"' in page


def test_the_page_of_a_quote_adds_it_and_takes_it_out(client: FlaskClient) -> None:
    page = client.get("/verbatim/citation6").text
    assert 'href="/verbatim/citation6?panier=citation6#c-citation6">Ajouter au panier<' in page
    page = client.get("/verbatim/citation6?panier=citation6").text
    assert 'href="/verbatim/citation6#c-citation6">Retirer du panier<' in page
    assert page.count('id="c-citation6"') == 1


def test_every_page_carries_the_basket_on(client: FlaskClient) -> None:
    for address in ("/", "/recherche?q=car", "/themes", "/verbatim/citation7", "/intervenants"):
        joint = "&" if "?" in address else "?"
        page = client.get(f"{address}{joint}panier=citation1.citation7").get_data(as_text=True)
        links = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
        pages = [
            link for link in links if not re.match(r"/(integrer|api|export|flux|[^?]*\.)", link)
        ]
        assert pages
        lost = [link for link in pages if "panier=" not in link]
        assert lost in ([], [address])  # the link to copy is the page itself, alone
        assert '<input type="hidden" name="panier" value="citation1.citation7">' in page


@pytest.mark.parametrize("page", ["/recherche", "/rien"])
def test_a_page_looks_for_its_basket_once(client: FlaskClient, page: str) -> None:
    with entries_of(keep_basket) as looks:
        shown = client.get(f"{page}?panier=citation1").text
    assert len(looks) == 1
    assert shown.count("panier=citation1") > 5


def test_the_order_is_the_visitors(client: FlaskClient) -> None:
    page = client.get("/panier?panier=citation7.citation1.citation3").get_data(as_text=True)
    places = [page.index(f'id="c-citation{n}"') for n in (7, 1, 3)]
    assert places == sorted(places)
    assert "/panier?panier=citation1.citation7.citation3#c-citation7" in page


def test_a_quote_that_is_gone_is_told(client: FlaskClient) -> None:
    page = client.get("/panier?panier=citation1.partie").get_data(as_text=True)
    assert re.search(r"1\scitation n’est plus publiée", page)


def test_the_markdown_says_the_words_as_they_are(client: FlaskClient) -> None:
    answer = client.get("/panier.md?panier=citation6.citation8")
    html = MarkdownIt().render(answer.get_data(as_text=True))
    shown = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    shown = shown.replace("&quot;", '"').replace("&amp;", "&")
    assert HOSTILE in shown
    assert "Sans car, pas d’emploi." in shown


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
@example("0.")
@example("12)")
@example("-")
@example("+")
@example("&amp;")
@example("===")
def test_escaped_markdown_shows_the_text(text: str) -> None:
    html = MarkdownIt("commonmark").render(escaped(text))
    shown = re.sub(r"</?p>", "", html).strip()
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(mark, sign)
    assert shown == text


def test_the_word_file_holds_every_quote(client: FlaskClient) -> None:
    answer = client.get("/panier.docx?panier=citation6.citation8")
    paragraphs = [p.text for p in read_docx(BytesIO(answer.data)).paragraphs]
    assert f"«\u00a0{HOSTILE}\u00a0»" in paragraphs
    assert any("Inès Roy, animatrice" in text for text in paragraphs)


def test_the_table_opens_in_a_spreadsheet(client: FlaskClient) -> None:
    answer = client.get("/panier.csv?panier=citation6.citation11")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="citations.csv"'
    assert answer.data.startswith("\ufeff".encode())
    lines = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [line["id"] for line in lines] == ["citation6", "citation11"]
    assert lines[0]["texte"] == HOSTILE
    assert lines[1]["texte"] == "Élu·e·s et habitants ont roulé ensemble 🚲 hier."
    assert lines[1]["adresse"] == "https://citations.exemple.fr/verbatim/citation11"


def test_no_cell_of_the_table_is_run() -> None:
    library = library_of(webinar_saying(('=HYPERLINK("x")', "@somme")))
    client = create_app(library, Settings()).test_client()
    table = client.get("/panier.csv?panier=c0").data.decode("utf-8-sig")
    [line] = csv.DictReader(StringIO(table), delimiter=";")
    assert (line["texte"], line["intervenant"]) == ('\'=HYPERLINK("x")', "'@somme")


def test_the_page_offers_every_file(client: FlaskClient) -> None:
    page = client.get("/panier?panier=citation1").text
    for kind in ("docx", "md", "csv"):
        assert f'href="/panier.{kind}?panier=citation1" download' in page


@pytest.mark.parametrize("kind", ["docx", "md", "csv"])
def test_an_empty_basket_has_no_file(client: FlaskClient, kind: str) -> None:
    assert client.get(f"/panier.{kind}").status_code == 404


def test_a_full_basket_takes_no_more(client: FlaskClient) -> None:
    full = ".".join(f"x{n}" for n in range(MOST))
    page = client.get(f"/recherche?q=car&panier={full}").get_data(as_text=True)
    assert "Ajouter au panier" not in page
