"""A card drawn as SVG: its words stay text, to select and to read aloud."""

from dataclasses import asdict

from lxml import etree

from web.pictures.card import ACCENT, PAPER, Bar, Card, Line
from web.pictures.fonts import is_drawable
from web.xml_answer import legal

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
    etree.SubElement(root, "title").text = legal(card.title)
    for bar, fill in [(Bar(0, 0, width, height), PAPER), *((bar, ACCENT) for bar in card.bars)]:
        sides = {name: f"{value:g}" for name, value in asdict(bar).items()}
        etree.SubElement(root, "rect", {**sides, "fill": fill})
    group = etree.SubElement(root, "g", {"font-family": _FAMILY})
    for line in card.lines:
        etree.SubElement(group, "text", _attributes(line)).text = legal(line.text)
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
