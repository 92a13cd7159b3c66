"""A quote as a picture: broken into lines, laid out on a card, drawn as PNG or SVG."""
