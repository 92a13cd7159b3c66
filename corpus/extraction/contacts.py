"""Phone numbers, e-mail and postal addresses: never indexed."""

import re

_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square|"
    r"faubourg|esplanade|passage)"
)
_AT = r"(?:at|arobase|chez|@|＠)"
_CONTACT = re.compile(
    "|".join(
        (
            r"(?<!\d)(?:(?:\+|00)\s?33[\s.\-]?(?:\(0\)\s?)?|\(?0)[1-9]\)?(?:[\s.\-/]{0,2}\d{2}){4}(?!\d)",
            # Numbers of firms, and those written three figures at a time.
            r"(?<!\d)0\s?8\d{2}(?:\s?\d{2}){3}(?!\d)|(?<!\d)0\d{1,3}(?:\s\d{2})?(?:[\s.]\d{3}){2}(?!\d)",
            r"\+\d{1,3}[\s.\-]?\d(?:[\s.\-]?\d){7,11}(?!\d)",
            r"(?<![\w.+-])[\w.+-]{1,64}\s?[@＠]\s?[\w-]{1,64}\.[\w-]",
            rf"(?<![\w.+-])[\w.+-]{{1,64}}\s?[\[({{]\s?{_AT}\s?[\])}}]\s?[\w-]+",
            # Without brackets the words are common ones: the parts must look like an address.
            rf"(?<![\w.+-])[\w+-]{{1,64}}[._][\w.+-]{{1,64}}\s{_AT}\s[\w-]{{1,64}}"
            r"\s?(?:\.|dot\b|point\b)\s?[a-z]{2}",
            r"\b(?:mailto|tel):\S",
            rf"(?<![\w/])\d{{1,4}}\s?(?:bis|ter|quater)?\s?,?\s+{_STREET}\s+(?:d|l|[A-ZÀ-Þ])",
            r"\b(?:BP|CS|B\.P\.)\s?\d{2,6}\b",
        )
    ),
    re.IGNORECASE,
)
# Case matters here: « 33000 Bordeaux » is a town, « 12000 habitants » is not.
_TOWN = re.compile(
    r"(?<!\d)(?:(?:0[1-9]|[1-8]\d|9[0-8])\d{3}|2[AB]\d{3})\s+[A-ZÀ-Þ][\w’'-]+"
    r"|(?:^|,\s)\d{2}\s\d{3}\s[A-ZÀ-Þ][\w’'-]+(?:\s[\w’'-]+){0,4}$"
    r"|^(?:\d{1,4},?\s)?Z\.?[AI]\.?[CE]?\s\w"
)
_LINE = re.compile(
    rf"(?:(?:(?:votre |vos )?contacts?(?: presse)?|tél|tel|téléphone|fax|télécopie|mobile|portable"
    r"|gsm|e-?mail|mail|courriel|mél|adresse|skype|whatsapp|standard)\b\.?\s*:"
    rf"|{_STREET}\s+\S+(?:\s+\S+){{0,5}}$)",
    re.IGNORECASE,
)


def has_contact_data(text: str) -> bool:
    """Say whether a phone number, an e-mail or a postal address stands in the text."""
    return bool(_CONTACT.search(text) or _TOWN.search(text) or is_contact_line(text))


def is_contact_line(text: str) -> bool:
    """Say whether the whole line is one of a contact card: « Tél : … », « Rue des Lilas »."""
    return _LINE.match(text.strip()) is not None and not text.rstrip().endswith((".", "!", "?"))
