"""The picture of a quote: its lines, its letters, what it holds, and how it is served."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from corpus.records import is_writable
from tests.small_site import SAID, published
from tests.web.test_static_files import contrast
from tests.work import calls_of
from web.cite.card import (
    ACCENT,
    INK,
    LEFT_OUT,
    PAPER,
    SMALLEST,
    SOFT,
    SQUARE,
    WIDE,
    Card,
    Format,
    Line,
    broken,
    card_from,
    drawn,
    excerpt,
    font,
    is_drawable,
)
from web.cite.drawing import png, svg

SITE = "Paroles d’essai"
SENTENCE = "On a appelé la voisine ; elle a dit « oui », et le lendemain tout le bourg était là ! "
LENGTHS = {"word": "Oui.", "line": SENTENCE, "page": SENTENCE * 8, "book": SENTENCE * 60}
ROLE = "Vice-présidente chargée de la transition alimentaire et de l’agriculture de proximité, "
SVG = "{http://www.w3.org/2000/svg}"

texts = st.text(min_size=1, max_size=300).filter(lambda text: is_writable(text) and text.strip())
french = st.lists(
    st.sampled_from(["mot", "l’idée", "anticonstitutionnellement", "«", "»", ":", "!", "–", "à"]),
    min_size=1,
    max_size=40,
).map(" ".join)


def by_letters(text: str) -> float:
    return len(text)


@given(french, st.integers(12, 60))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = broken(text, by_letters, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(len(line) <= width for line in lines)


@given(french)
def test_no_line_begins_with_a_sign_or_ends_with_an_opening_one(text: str) -> None:
    for before, after in pairwise(broken(text, by_letters, 200)):
        assert after[0] not in "»:!"
        assert before[-1] not in "«–"


def test_lines_are_even_and_no_word_is_left_alone() -> None:
    text = "Neuf kilomètres à vélo, sur une carte, ça passe très bien du tout"
    lines = broken(text, by_letters, 55)
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 6


def test_paragraphs_stay_apart_and_spaces_inside_stay() -> None:
    assert broken("Un.\n\nDeux  trois.", by_letters, 80) == ["Un.", "Deux trois."]
    assert broken("a\u00a0b\u202fc", by_letters, 3) == ["a\u00a0b", "\u202fc"]


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("Court.", 20, "Court."),
        ("Une phrase. Une autre. Puis.", 27, "Une phrase. Une autre. […]"),
        ("Un mot, puis des mots sans fin", 17, "Un mot, puis […]"),
        ("Un mot, puis des mots sans fin", 12, "Un mot […]"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_or_a_word(text: str, room: int, shown: str) -> None:
    assert excerpt(text, lambda part: len(part) <= room) == shown


@given(texts, st.integers(20, 80))
def test_an_excerpt_is_the_beginning_or_the_whole(text: str, room: int) -> None:
    shown = excerpt(text, lambda part: len(part) <= room)
    assert shown == text or text.startswith(shown.removesuffix(LEFT_OUT))
    assert shown == text or shown.endswith(LEFT_OUT)


def quote_lines(card: Card) -> list[Line]:
    """The lines of the quote: from its opening mark to its closing one."""
    texts = [line.text for line in card.lines]
    first = next(place for place, text in enumerate(texts) if text.startswith("«"))
    last = next(place for place, text in enumerate(texts) if text.endswith("\u202f»"))
    return list(card.lines[first : last + 1])


@pytest.mark.parametrize("form", [WIDE, SQUARE])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("role", ["", "Maire", ROLE * 4])
def test_everything_holds_on_the_card(form: Format, length: str, role: str) -> None:
    card = card_from(replace(SAID, text=LENGTHS[length].strip(), role=role), SITE, form)
    lines = sorted(card.lines, key=lambda line: line.y)
    assert all(line.x >= 0 and line.x + line.width <= form.width - 20 for line in lines)
    assert lines[0].y - lines[0].size * 0.7 > 12
    assert lines[-1].y + lines[-1].size * 0.3 < form.height
    for above, below in pairwise(lines):
        assert above.y == below.y or below.y - above.y >= 0.95 * below.size
    assert min(line.size for line in quote_lines(card)) >= SMALLEST


@pytest.mark.parametrize("form", [WIDE, SQUARE])
def test_a_quote_is_whole_or_says_it_is_an_excerpt(form: Format) -> None:
    for text in map(str.strip, LENGTHS.values()):
        card = card_from(replace(SAID, text=text), SITE, form)
        shown = " ".join(line.text for line in quote_lines(card))
        is_excerpt = "Extrait" in {line.text for line in card.lines}
        assert is_excerpt == shown.endswith("[…]\u202f»") == (shown != f"«\u202f{text}\u202f»")
    assert is_excerpt


def test_a_shorter_quote_is_written_larger() -> None:
    cards = [card_from(replace(SAID, text=text), SITE) for text in LENGTHS.values()]
    sizes = [quote_lines(card)[0].size for card in cards]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 2


def test_a_card_says_who_where_and_when() -> None:
    texts = {line.text for line in card_from(SAID, SITE).lines}
    assert {"Léa Martin", "Cuisinière, commune de Vaux", SITE} <= texts
    assert "Du champ à la cantine, 12 mars 2024" in texts
    nobody = card_from(replace(SAID, speaker="", role="", organisation=""), SITE)
    assert "Une personne non nommée" in {line.text for line in nobody.lines}


@pytest.mark.parametrize("colour", [INK, SOFT, ACCENT])
def test_colours_are_far_from_the_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 7


@pytest.mark.parametrize(("form", "size"), [(WIDE, (1200, 630)), (SQUARE, (1080, 1080))])
def test_a_png_is_a_picture_with_words_to_read_aloud(form: Format, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(png(card_from(SAID, SITE, form)))) as image:
        assert image.size == size
        assert SAID.text in image.info["Description"]
        assert len(image.convert("L").getcolors() or []) > 8


def test_the_letters_are_drawn_where_the_card_says() -> None:
    card = card_from(SAID, SITE)
    with Image.open(io.BytesIO(png(card))) as image:
        pixels = image.convert("L").point(lambda light: 255 if light < 128 else 0)
    for line in card.lines:
        spot = (
            int(line.x),
            int(line.y - line.size),
            int(line.x + line.width) + 20,
            int(line.y) + 4,
        )
        left, _, right, _ = pixels.crop(spot).getbbox() or (0, 0, 0, 0)
        assert left < 0.2 * line.size, line
        assert -0.2 * line.size < right - line.width < 3, line


@given(texts)
@settings(max_examples=60)
def test_an_svg_keeps_the_words_as_text(text: str) -> None:
    root = etree.fromstring(svg(card_from(replace(SAID, text=text), SITE)))
    lines = [line.text or "" for line in root.iter(f"{SVG}text")]
    shown = re.sub(r"\s", "", "".join(lines))
    if "Extrait" not in lines:
        assert re.sub(r"[\s\ufffd\ufffe\uffff]", "", text) in shown.replace("\ufffd", "")


def test_an_svg_has_a_title_and_no_style() -> None:
    drawing = svg(card_from(SAID, SITE))
    root = etree.fromstring(drawing)
    assert SAID.text in (root.findtext(f"{SVG}title") or "")
    assert b"style" not in drawing
    assert {line.get("lengthAdjust") for line in root.iter(f"{SVG}text")} == {"spacingAndGlyphs"}


def test_the_fonts_have_the_signs_that_are_said_to_be_drawable() -> None:
    signs = [chr(code) for code in range(0x20, 0x3000) if is_drawable(chr(code))]
    assert len(signs) > 500
    assert set("éÉœŒæçàù«»’“”…–—€°ñšżğ½\u00a0\u202f\u2011") <= set(signs)
    for weight in ("Regular", "SemiBold"):
        face = font(weight, 40)
        missing = bytes(face.getmask("\u0416"))
        assert [s for s in signs if drawn(s) and bytes(face.getmask(drawn(s))) == missing] == []


def test_a_sign_that_cannot_be_drawn_gives_an_svg_only(client: FlaskClient) -> None:
    refused = client.get("/verbatim/citation11.png")
    assert refused.status_code == 404
    assert "Prenez l’image SVG" in refused.text
    assert "🚲" in client.get("/verbatim/citation11.svg").text
    page = client.get("/verbatim/citation11").text
    assert "citation11.png" not in page
    assert "og:image" not in page


@pytest.mark.parametrize(
    ("address", "media_type", "size"),
    [
        ("/verbatim/citation1.png", "image/png", (1200, 630)),
        ("/verbatim/citation1.png?format=carre", "image/png", (1080, 1080)),
        ("/verbatim/citation1.svg", "image/svg+xml", ("1200", "630")),
        ("/verbatim/citation1.svg?format=carre", "image/svg+xml", ("1080", "1080")),
    ],
)
def test_a_picture_is_served_and_kept_an_hour(
    client: FlaskClient, address: str, media_type: str, size: tuple[object, object]
) -> None:
    answer = client.get(address)
    assert answer.mimetype == media_type
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    if media_type == "image/png":
        with Image.open(io.BytesIO(answer.data)) as image:
            assert image.size == size
    else:
        root = etree.fromstring(answer.data)
        assert (root.get("width"), root.get("height")) == size


def test_an_unknown_format_is_refused_with_advice(client: FlaskClient) -> None:
    answer = client.get("/verbatim/citation1.png?format=rond")
    assert answer.status_code == 400
    assert "Choisissez «\u00a0carre\u00a0»" in answer.text
    assert client.get("/verbatim/inconnu.png").status_code == 404


def test_a_picture_takes_little_work() -> None:
    said = replace(SAID, text=LENGTHS["book"])
    card_from(said, SITE)  # the fonts are loaded once
    assert calls_of(lambda: png(card_from(said, SITE, SQUARE))) < 500_000  # 217,757 counted


@pytest.mark.process
def test_pillow_is_not_loaded_before_a_picture_is_asked_for() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from corpus.settings import Settings\n"
        "from corpus.site import Site\n"
        "from search.live_index import open_library\n"
        "from web.app import create_app\n"
        "library = open_library(Site(Path(sys.argv[1])))\n"
        "client = create_app(library, Settings()).test_client()\n"
        "assert client.get('/verbatim/citation1').status_code == 200\n"
        "assert 'PIL' not in sys.modules\n"
        "assert client.get('/verbatim/citation1.png').status_code == 200\n"
        "assert 'PIL' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, published().folder], check=True)
