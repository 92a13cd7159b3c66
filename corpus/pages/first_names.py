"""People whom a page knows by their first name alone: « Hawa, 28 ans », « Lise se souvient »."""

import re
from collections.abc import Iterator

from corpus.pages.genders import is_known_first_name
from corpus.pages.names import LOWER, UPPER, is_first_name
from corpus.pages.roles import is_role, role_and_organisation
from corpus.records import Speaker
from corpus.typography import fold

_NAME = rf"[{UPPER}][{LOWER}]{{2,}}(?:-[{UPPER}][{LOWER}]+)?"
_ALONE = rf"(?!\s(?:de\s|du\s|d['’])?[{UPPER}])"  # no last name after it
# « Hawa, 28 ans, », « Lise, directrice … », « Andraina est apiculteur ».
_DESCRIBED = re.compile(
    r"(?:^|(?<=[.!?:–—] )|(?<=\bavec )|(?<=\bpar ))"
    rf"(?P<name>{_NAME})"
    r"(?:,\s(?:(?P<age>\d{1,2}\sans\b)|(?P<role>[^,.;:]{4,80}))"
    r"|\s(?:est|était)\s(?:une?\s)?(?P<trade>[^,.;:]{4,80}))"
)
# « un prénommé Andry », « comme Andry qui venait », « à 36 ans, Lise », « Lise, elle, préfère ».
_CALLED = (
    re.compile(rf"\bprénommée?\s(?P<name>{_NAME}){_ALONE}"),
    re.compile(rf"(?:\b(?:pour|avec|comme)\s|exemple,?\s)(?P<name>{_NAME}),?\squi\s"),
    re.compile(rf"\b[AÀà]\s(?:\d\d|\w+(?:-\w+)?)\sans,\s(?P<name>{_NAME})\b{_ALONE}"),
    re.compile(rf"(?<![\w-])(?P<name>{_NAME}),\s(?:elle|lui),\s"),
    re.compile(rf"(?<![\w-])(?P<name>{_NAME})\*?\s?,\s\d\d?\sans\b"),
)
# « Lise a quitté la ville », « Lise, qui tient un stand », « Lise de la boulangerie »: what
# follows is a verb more often than not.
_SUBJECT = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME})(?:,\squi\s|,\salias\s|\sde\sla\s|\sdu\s|\s"
    r"(?:(?:ne|se|y|en|le|la|les|lui)\s|[nsl]['’])*"
    rf"(?!(?:de|du|des|et|ou|à|au|aux|en|sur|sous|par|pour|qui|que|dont|où)\b)[{LOWER}])"
)
_NO_SUBJECT = re.compile(
    r"(?i:\b(?:la|le|les|du|de|des|à|au|aux|en|chez|avec|sur|pour|par|une?|saint|sainte))\s$"
    rf"|(?:\b[{UPPER}]\.|[{UPPER}][\w’'-]*(?:,|\s(?:et|ou))?)\s$|[dD]['’]$"
)
_NAME_BEFORE = re.compile(rf"[{UPPER}][\w.’'-]*\s$")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_MEMBERS = ("membre", "partenaire", "associe", "pilote", "temoin", "representant", "agent")


def first_names_in(text: str) -> Iterator[Speaker]:
    """Everybody whom the narration of a text calls so; the words of quotations are no narration."""
    narration = _QUOTED.sub("«»", text)
    for pattern in _CALLED:
        for called in pattern.finditer(narration):
            before = narration[max(0, called.start("name") - 30) : called.start("name")]
            if is_first_name(called["name"]) and not _NAME_BEFORE.search(before):
                yield Speaker(called["name"])
    for found in _DESCRIBED.finditer(text):
        role = found["role"] or found["trade"] or ""
        # A body may be « membre d’un réseau » too.
        is_person = found["age"] or (is_role(role) and not fold(role).startswith(_MEMBERS))
        if is_person and is_first_name(found["name"]):
            yield Speaker(found["name"], role_and_organisation(role)[0] if role else "")
    for subject in _SUBJECT.finditer(narration):
        before = narration[max(0, subject.start() - 30) : subject.start()]
        if is_known_first_name(subject["name"]) and not _NO_SUBJECT.search(before):
            yield Speaker(subject["name"])
