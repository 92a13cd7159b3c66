"""A card drawn, as PNG or as SVG, and the letters it is drawn with."""

import io
from dataclasses import asdict
from functools import lru_cache

from lxml import etree

from web.cite.card import ACCENT, FINER, PAPER, Bar, Card, Line, drawn, font, is_drawable
from web.typography import fit_for_xml

_COLOURS = 32  # of the palette: three inks on one paper, and the greys of their edges


@lru_cache(maxsize=100)  # some 4 MB: a shared picture is asked for by many at once
def png(card: Card) -> bytes:
    """Draw the card; its text must be drawable."""
    from PIL import Image, ImageDraw, PngImagePlugin

    image = Image.new("RGB", (card.format.width * FINER, card.format.height * FINER), PAPER)
    draw = ImageDraw.Draw(image)
    for bar in card.bars:
        left, top = bar.x * FINER, bar.y * FINER
        corner = (left + bar.width * FINER - 1, top + bar.height * FINER - 1)
        draw.rectangle((left, top, *corner), fill=ACCENT)
    for line in card.lines:
        place, face = (line.x * FINER, line.y * FINER), font(line.weight, line.size)
        draw.text(place, drawn(line.text), line.colour, face, anchor="ls")
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", card.title, lang="fr")
    stream = io.BytesIO()
    few = image.reduce(FINER).quantize(
        _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    few.save(stream, "PNG", pnginfo=about)
    return stream.getvalue()


_NAMESPACE = "http://www.w3.org/2000/svg"
# What the visitor has that is nearest to the font that was measured.
_FAMILY = "Newsreader, 'Iowan Old Style', Palatino, P052, 'Noto Serif', Georgia, serif"
_WEIGHTS = {"Regular": "400", "SemiBold": "600"}


def svg(card: Card) -> bytes:
    """Draw the card; each line keeps its measured length in any font."""
    width, height = card.format.width, card.format.height
    size = {"width": str(width), "height": str(height)}
    root = etree.Element(
        f"{{{_NAMESPACE}}}svg",
        {"viewBox": f"0 0 {width} {height}", **size, "role": "img"},
        nsmap={None: _NAMESPACE},
    )
    etree.SubElement(root, "title").text = fit_for_xml(card.title)
    for bar, fill in [(Bar(0, 0, width, height), PAPER), *((bar, ACCENT) for bar in card.bars)]:
        sides = {name: f"{value:g}" for name, value in asdict(bar).items()}
        etree.SubElement(root, "rect", {**sides, "fill": fill})
    group = etree.SubElement(root, "g", {"font-family": _FAMILY})
    for line in card.lines:
        etree.SubElement(group, "text", _attributes(line)).text = fit_for_xml(line.text)
    drawing: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return drawing


def _attributes(line: Line) -> dict[str, str]:
    """Where a line stands and how it looks; signs that were not measured are left free."""
    attributes = {
        "x": f"{line.x:.1f}",
        "y": f"{line.y:.1f}",
        "font-size": str(line.size),
        "font-weight": _WEIGHTS[line.weight],
        "fill": line.colour,
    }
    if is_drawable(line.text):
        attributes |= {"textLength": f"{line.width:.1f}", "lengthAdjust": "spacingAndGlyphs"}
    return attributes
