"""Answers in XML: built as a tree, so that no word can become markup."""

import re

from flask import Response
from lxml import etree

# What XML 1.0 cannot hold, whichever way it is written.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with « \ufffd » in the place of each sign that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def xml_answer(root: etree._Element, media_type: str) -> Response:
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, content_type=f"{media_type}; charset=utf-8")
