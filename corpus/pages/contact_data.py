"""Phone numbers, e-mail and postal addresses: what never enters a record."""

import re

_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square|"
    r"faubourg|esplanade|passage)"
)
_CONTACT = re.compile(
    "|".join(
        (
            r"(?<!\d)(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.\-/]{0,2}\d{2}){4}(?!\d)",
            r"\+\d{2,3}[\s.\-]?\d(?:[\s.\-]?\d){7,11}(?!\d)",
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w-]",
            r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[({]\s?(?:at|arobase|chez|@)\s?[\])}]\s?[\w-]+",
            r"\b(?:mailto|tel):\S",
            rf"(?<![\w/])\d{{1,4}}\s?(?:bis|ter|quater)?\s?,?\s+{_STREET}\s+(?:d|l|[A-ZÀ-Þ])",
            r"\b(?:BP|CS|B\.P\.)\s?\d{2,6}\b",
        )
    ),
    re.IGNORECASE,
)
# Case matters here: « 33000 Bordeaux » is a town, « 12000 habitants » is not.
_TOWN = re.compile(r"(?<!\d)(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\s+[A-ZÀ-Þ][\w’'-]+")
_LINE = re.compile(
    rf"(?:(?:tél|tel|téléphone|fax|mobile|portable|e-?mail|mail|courriel|mél|adresse)\b\.?\s*:"
    rf"|{_STREET}\s+\S+(?:\s+\S+){{0,5}}$)",
    re.IGNORECASE,
)


def has_contact_data(text: str) -> bool:
    """Say whether a phone number, an e-mail or a postal address stands in the text."""
    return bool(_CONTACT.search(text) or _TOWN.search(text) or is_contact_line(text))


def is_contact_line(text: str) -> bool:
    """Say whether the whole line is one of a contact card: « Tél : … », « Rue des Lilas »."""
    return _LINE.match(text.strip()) is not None and not text.rstrip().endswith((".", "!", "?"))
