"""A card drawn as PNG."""

import io
import unicodedata
from functools import lru_cache

from web.pictures.card import ACCENT, PAPER, Card
from web.pictures.fonts import drawn, font

_COLOURS = 32  # of the palette: three inks on one paper, and the greys of their edges


@lru_cache(maxsize=100)  # some 4 MB: a shared picture is asked for by many at once
def png(card: Card) -> bytes:
    """Draw the card; its text must be drawable."""
    from PIL import Image, ImageDraw, PngImagePlugin

    image = Image.new("RGB", (card.format.width, card.format.height), PAPER)
    draw = ImageDraw.Draw(image)
    for bar in card.bars:
        corner = (bar.x + bar.width - 1, bar.y + bar.height - 1)
        draw.rectangle((bar.x, bar.y, *corner), fill=ACCENT)
    for line in card.lines:
        text = unicodedata.normalize("NFC", drawn(line.text))
        draw.text((line.x, line.y), text, line.colour, font(line.weight, line.size), anchor="ls")
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", card.title, lang="fr")
    stream = io.BytesIO()
    few = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(stream, "PNG", pnginfo=about)
    return stream.getvalue()
