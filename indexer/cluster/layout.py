"""How a generation is laid out on OpenSearch: names of indexes and fields, how each is searched.

What a term is worth in a text (BM25, but for the idf) is computed at the build, with the exact
length of the text, and given as the frequency of the term in steps of 1 / SCALE: the cluster
multiplies it by the weight that the question gives, where the idf is. A phrase needs the places of
the terms, so the two fields that are searched for phrases are given a second time.

A quote is also given the terms of the key idea that it backs: whether that idea answers for it,
and how well, is told by the quote alone.
"""

import hashlib
from typing import Any

from corpus.settings import EngineSettings
from indexer import fields

Body = dict[str, Any]

_LONGEST = 400  # bytes of an id
SCALE = 4096
MARK = "\x01"  # between a term and its worth: no word holds it


def placed(field: str) -> str:
    """Where the places of the terms of a field are."""
    return f"{field}_at"


PLACES = {name: placed(name) for name in fields.ENGINE_FIELDS}
OF_ITSELF = {name: name for name in fields.WORD_FIELDS}
# The terms of the key idea that a quote backs, by the field of its own words. Nobody says an idea;
# phrases are asked of quotes alone, so that only those of lemmas (acronyms) need places.
OF_IDEA = {
    name: f"idea_{name}"
    for name in (fields.LEMMA, fields.STEM, fields.FAMILY, fields.JOINED, fields.GRAMS)
}
THEMED = "themed"
ORGANISATION_ID = "organisation_id"
WEBINAR_PLACE = "held_at"  # in the list of webinars


def affinity(place: int) -> str:
    """The field of how much a text is about the theme at this place."""
    return f"a{place}"


ABOUT = "about"  # the same of all themes, in floats, to be read at once
CODE = "code"  # what a text means, with its key idea and its page, in half floats
OWN = "own"  # what it means by itself, a byte a dimension


def sign(place: int) -> str:
    """The field of 64 signs of the vector."""
    return f"s{place}"


def index_body(settings: EngineSettings, themes: int, signs: int) -> Body:
    """How a generation is laid out; replicas come once it is filled.

    `signs` is how many fields the signs of the vectors of texts take.
    """
    properties: Body = {name: _terms("weighed", "freqs", "worth") for name in fields.WORD_FIELDS}
    properties |= {name: _terms("weighed", "freqs", "worth") for name in OF_IDEA.values()}
    places = (*PLACES.values(), placed(OF_IDEA[fields.LEMMA]))
    properties |= {name: _terms("given", "positions", "boolean") for name in places}
    keys = (*fields.VALUE_FIELDS, "kind", ORGANISATION_ID, THEMED)
    properties |= {name: {"type": "keyword"} for name in keys}
    properties |= {name: {"type": "integer"} for name in ("number", "day", "year", WEBINAR_PLACE)}
    number = {"type": "float", "index": False}
    properties |= {affinity(place): number for place in range(themes)}
    properties |= {sign(place): {"type": "long", "index": False} for place in range(signs)}
    properties |= {name: {"type": "binary", "store": True} for name in (CODE, OWN)}
    properties[ABOUT] = {"type": "binary", "doc_values": True}
    properties["parent"] = {**number, "type": "integer"}
    properties |= {name: {"type": "object", "enabled": False} for name in (fields.RECORD, "added")}
    return {
        "settings": {
            "number_of_shards": settings.fragments,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "translog.durability": "async",
            "max_result_window": 20_000,
            "similarity": {"worth": _SIMILARITY},
            "analysis": _ANALYSIS,
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {
                "includes": [fields.RECORD, "number", WEBINAR_PLACE, "parent", "added", ABOUT]
            },
            "properties": properties,
        },
    }


_SIMILARITY = {
    "type": "scripted",
    "script": {"source": f"return query.boost * doc.freq / {SCALE}.0;"},
}
_ANALYSIS = {
    "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 8_000}},
    "filter": {"worth": {"type": "delimited_term_freq", "delimiter": MARK}},
    "analyzer": {
        "given": {"type": "custom", "tokenizer": "spaces"},
        "weighed": {"type": "custom", "tokenizer": "spaces", "filter": ["worth"]},
    },
}


def _terms(analyzer: str, options: str, similarity: str) -> Body:
    return {
        "type": "text",
        "analyzer": analyzer,
        "search_analyzer": "given",
        "similarity": similarity,
        "norms": False,
        "index_options": options,
    }


LISTS_BODY: Body = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "said_in": {"type": "integer", "index": False, "doc_values": False},
            "file": {"type": "keyword"},
            "part": {"type": "integer"},
            "bytes": {"type": "binary"},
            "sealed": {"type": "keyword", "index": False, "doc_values": False},
            "draft": {"type": "object", "enabled": False},
            "entry": {"type": "object", "enabled": False},
            "place": {"type": "integer"},
            **{name: {"type": "keyword"} for name in ("webinar", "people", "names")},
        },
    },
}


def term_id(field: str, term: str) -> str:
    """The id under which the number of the texts that say a term is kept."""
    name = f"{field} {term}"
    if len(name.encode()) <= _LONGEST:
        return name
    return f"{field} {hashlib.sha256(term.encode()).hexdigest()}"


def texts_index(prefix: str, number: int) -> str:
    """The index of the texts of a generation."""
    return f"{prefix}-textes-{number:08}"


def lists_index(prefix: str, number: int) -> str:
    """The index of what goes with them."""
    return f"{prefix}-listes-{number:08}"
