"""What a question asks of an index: units of looks, and what may answer in their place.

They are tuples: a question makes a hundred, and they are looked up by what they hold.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from indexer import fields

# What answers in the place of the words of a text: who says it, the key idea that it backs, or
# what it means.
Via = Literal["nom", "fonction", "organisation", "idee", "sens"]

# What a text may answer by, when it says none of the words, and the field that tells; the name
# before the function.
FIELD_OF: Mapping[Via, str] = {
    "nom": fields.SPEAKER,
    "fonction": fields.ROLE,
    "organisation": fields.ORGANISATION,
}
NAMED = frozenset(FIELD_OF.values())  # what says who speaks, not what is said


class Term(NamedTuple):
    """One term of one field; `is_added`: an acronym or a synonym brought it."""

    field: str
    text: str
    boost: float = 1.0
    is_added: bool = False


class Adjacent(NamedTuple):
    """Terms of one field that follow one another."""

    field: str
    texts: tuple[str, ...]
    boost: float = 1.0
    is_added: bool = False


Look = Term | Adjacent


class Unit(NamedTuple):
    """What one word (or phrase) of the query is looked for as; any of the looks may match.

    `label` is the word as typed; `also` the expansions that were added. `hints` add to the score
    of what matches, and never match by themselves.
    """

    label: str
    looks: tuple[Look, ...]
    also: tuple[str, ...] = ()
    hints: tuple[Term, ...] = ()


class Value(NamedTuple):
    """A value of a facet, as something that texts may have."""

    facet: str
    id: str


class Compiled(NamedTuple):
    """A question in the terms of one index.

    `is_cut`: it had more words than are looked for. `is_plain`: nothing in it is quoted, excluded
    or joined by OU. `is_void`: it was only signs, and finds nothing.
    """

    wanted: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    is_cut: bool = False
    is_plain: bool = True
    is_void: bool = False
