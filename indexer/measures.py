"""Numbers, hours, centuries and units as French types them, each in one spelling.

« 10 000 » and « 10.000 » are 10000; « 25 k€ » is 25000 and « euros »; « 14 h 30 » is 14h30;
« XXIe » is 21e; « m² » and « mètres carrés » are m2.
"""

import re
from decimal import Decimal

_UNITS = {
    "km": "kilomètres",
    "kg": "kilos",
    "cm": "centimètres",
    "mm": "millimètres",
    "m": "mètres",
    "ha": "hectares",
    "h": "heures",
    "h00": "heures",
    "h 00": "heures",
    ":00": "heures",
    "min": "minutes",
    "mn": "minutes",
}
# Signs that are words.
SIGNS = {"€": "euros", "$": "dollars", "%": "pourcent"}
_POWERS = {"m": "millions", "md": "milliards"}
# Lemmas that make one thing with the number before them.
_UNIT_WORDS = """
kilometre kilo centimetre millimetre metre hectare heure minute m2 m3 km2 degre
euro dollar pourcent million milliard
"""
UNIT_WORDS = frozenset(_UNIT_WORDS.split())
_ROMAN = {"i": 1, "v": 5, "x": 10}

_AFTER_NUMBER = r"(?:(?<=[0-9])|(?<=[0-9] ))"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_POWER = rf"(?:k|{'|'.join(_POWERS)})(?= ?€)"
_THOUSANDS = r"[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])"
_FRACTION = r"[,.][0-9]+(?![,.]?[0-9])"  # a date has two
PATTERN = "|".join(
    rf"(?<!\w){part}"
    for part in (
        r"(?<![0-9]:)(?P<hour>[01]?[0-9]|2[0-4])(?: ?(?:heures?|h) ?|:)(?P<minute>(?!00)[0-5][0-9])"
        r"(?!\w|:[0-9])",
        r"(?P<rank>[0-9]+)(?P<th>er|(?:i?[eè]m)?e|[eè]?re|nde?)s?(?!\w)",
        rf"(?P<number>(?<![0-9][,.])(?:{_THOUSANDS}|[0-9]+){_FRACTION}|{_THOUSANDS}|[0-9]+)"
        rf"(?P<thousand> ?k(?= ?€))?(?=(?:{_UNIT}|[km]?m[23])(?!\w)|{_POWER}|(?!\w))",
        r"(?P<roman>[ivx]+)(?P<nth>er|(?:i?[eè]m)?e)(?!\w)(?P<century>(?= si[eè]cle))?",
        r"(?P<square>(?:kilo)?m[eè]tres? carr[eé]s?)(?!\w)",
        r"(?P<cube>m[eè]tres? cubes?)(?!\w)",
        r"(?P<percent>pour[- ]cent)(?!\w)",
        r"(?P<item>n ?°)",
        r"(?P<measure>km|kg)(?!\w)",
    )
)
PATTERN += (
    rf"|{_AFTER_NUMBER}(?:(?P<power>{'|'.join(_POWERS)})(?= ?€)|(?P<unit>{_UNIT})(?!\w)|"
    r"(?P<degrees>°(?:c(?!\w))?))|(?P<sign>[€$%])"
)


def form_of(found: re.Match[str]) -> str:
    """The one spelling of what `PATTERN` found; "" when it is an ordinary word."""
    if found["hour"]:
        return f"{int(found['hour'])}h{found['minute']}"
    if found["number"]:
        return _number(found["number"], in_thousands=bool(found["thousand"]))
    if found["rank"]:
        return _rank(int(found["rank"]), found["th"].lower())
    if found["roman"]:
        return _century(found)
    for group, forms in (("unit", _UNITS), ("measure", _UNITS), ("power", _POWERS)):
        if found[group]:
            return forms[found[group].lower()]
    if found["square"]:
        return "km2" if found[0].lower().startswith("k") else "m2"
    if found["sign"]:
        return SIGNS[found[0]]
    names = {"cube": "m3", "percent": "pourcent", "item": "numéro", "degrees": "degrés"}
    return next((name for group, name in names.items() if found[group]), "")


def _number(written: str, *, in_thousands: bool) -> str:
    grouped = re.sub(r"[ .](?=[0-9]{3}(?![0-9]))", "", written)
    plain = grouped.replace(",", ".")
    if in_thousands:
        return str(int(Decimal(plain) * 1000))
    return plain.replace(".", ",")


def _rank(rank: int, ending: str) -> str:
    return f"{rank}{ending if ending == 'er' else 're' if ending.endswith('re') else 'e'}"


def _century(found: re.Match[str]) -> str:
    """« XXIe », « XXIème »; « vie » and « Vie » are words, but before « siècle »."""
    letters, ending = found["roman"], found["nth"]
    is_written_so = letters.isupper() and ending.islower()
    if not letters.isascii() or not (is_written_so or found["century"] is not None):
        return ""
    values = [_ROMAN[letter] for letter in letters.lower()]
    following = [*values[1:], 0]
    total = sum(-v if v < n else v for v, n in zip(values, following, strict=True))
    return _rank(total, ending.lower())
