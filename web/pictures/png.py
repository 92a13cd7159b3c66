"""A card drawn as PNG."""

import io
from functools import lru_cache

from web.pictures.card import ACCENT, PAPER, Card
from web.pictures.fonts import FINER, drawn, font

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
