"""How a question is read: what is asked first of the cluster, and what its answer tells."""

from dataclasses import dataclass
from typing import Any

from search.cluster.counting import number_of
from search.cluster.queries import ALL, VERBATIM, Asked, Query, backing, but, either, every


@dataclass(frozen=True, slots=True)
class Heard:
    """What must be known before anything is counted.

    `units`: whether each is heard. `is_said_otherwise`: no quote says all of a few plain words.
    `is_apart`: who speaks answers in the place of what is said, and not as well. `documents`: how
    many texts answer, filters applied; of them, `by_idea`: by their key idea alone, `by_name`: by
    who speaks alone, `holding_all`: by all the words (of those that key ideas answer for, none).
    """

    units: list[bool]
    is_said_otherwise: bool = False
    is_apart: bool = False
    documents: int = 0
    by_idea: int = 0
    by_name: int = 0
    holding_all: int = 0


def hearing_of(asked: Asked, within: Query) -> Query:
    """What is asked first, where there are words; `within`: what the filters keep."""
    every_unit = {"all": number_of(asked.all)} if len(asked.units) > 1 else None
    parts = {
        "said": number_of(asked.said, every_unit),
        "named": number_of(but(ALL, asked.said), every_unit),
    }
    counted = {f"u{place}": number_of(unit) for place, unit in enumerate(asked.units)}
    found = asked.units
    if asked.may_be_said_otherwise:
        counted["quotes"] = number_of(every(VERBATIM, asked.all))
        unbacked = but(ALL, asked.said, backing(asked.idea_answers))
        parts["named_otherwise"] = number_of(unbacked, every_unit)
        counted["by_idea"] = number_of(every(asked.by_idea, within))
        found = [*found, asked.by_idea]
    counted["matched"] = number_of(every(asked.matched, within), parts)
    asks: Query = {"size": 0, "query": either(found), "track_total_hits": False}
    return {**asks, "aggs": counted}


def heard_in(asked: Asked, answer: Any) -> Heard:
    """What the answer tells."""
    told = answer["aggregations"]
    units = [told[f"u{place}"]["doc_count"] > 0 for place in range(len(asked.units))]
    is_otherwise = asked.may_be_said_otherwise and not told["quotes"]["doc_count"]
    said = told["matched"]["said"]
    named = told["matched"]["named_otherwise" if is_otherwise else "named"]
    said_all, named_all = (one.get("all", one)["doc_count"] for one in (said, named))
    answers_better = not named_all or said_all
    is_apart = bool(said["doc_count"] and named["doc_count"] and answers_better)
    by_idea = told["by_idea"]["doc_count"] if is_otherwise else 0
    by_name, named_all = (0, 0) if is_apart else (named["doc_count"], named_all)
    documents = said["doc_count"] + by_idea + by_name
    return Heard(units, is_otherwise, is_apart, documents, by_idea, by_name, said_all + named_all)
