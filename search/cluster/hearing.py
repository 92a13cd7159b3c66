"""How a question is read: what is asked first of the cluster, and what its answer tells."""

from dataclasses import dataclass
from typing import Any

from search.cluster.counting import NOTHING, number_of
from search.cluster.queries import ALL, VERBATIM, Asked, Query, either, every, met
from search.looks import Adjacent


@dataclass(frozen=True, slots=True)
class Heard:
    """What must be known before anything is counted.

    `sequences`: whether each unit is heard as words that follow one another. `is_said_otherwise`:
    no quote says all of a few plain words. `is_apart`: who speaks answers in the place of what is
    said, and not as well. `documents`: how many texts answer, filters applied; of them, `by_idea`:
    by their key idea alone, `by_name`: by who speaks alone, `holding_all`: by all the words (of
    those that key ideas answer for, none).
    """

    sequences: list[bool]
    is_said_otherwise: bool = False
    is_apart: bool = False
    documents: int = 0
    by_idea: int = 0
    by_name: int = 0
    holding_all: int = 0


def hearing_of(asked: Asked, within: Query) -> Query:
    """What is asked first, where there are words; `within`: what the filters keep."""
    of_all = {"all": number_of(asked.all)} if len(asked.units) > 1 else {}
    found, kept = either(asked.units), every(asked.matched, within)
    counted = _sequences(asked)
    if asked.may_be_said_otherwise:
        found = either([*asked.units, asked.by_idea])
        counted["quotes"] = number_of(every(VERBATIM, asked.all))
        named = {"named": number_of(asked.matched, of_all)}
        counted["by_idea"] = number_of(every(asked.by_idea, within), named)
    said = number_of(asked.said, of_all)
    counted["matched"] = number_of(ALL if kept == found else kept, {**of_all, "said": said})
    return {"size": 0, "query": found, "track_total_hits": False, "aggs": counted}


def _sequences(asked: Asked) -> dict[str, Query]:
    """Where words follow one another: what terms weigh tells where each of them is."""
    wanted = enumerate(asked.compiled.wanted)
    looks = ((place, [x for x in unit.looks if isinstance(x, Adjacent)]) for place, unit in wanted)
    return {f"u{place}": number_of(either(map(met, some))) for place, some in looks if some}


def heard_in(asked: Asked, answer: Any) -> Heard:
    """What the answer tells."""
    told = answer["aggregations"]
    sequences = [
        told.get(f"u{place}", NOTHING)["doc_count"] > 0 for place in range(len(asked.units))
    ]
    is_otherwise = asked.may_be_said_otherwise and not told["quotes"]["doc_count"]
    matched, said = _counts(told["matched"]), _counts(told["matched"]["said"])
    by_idea = _counts(told["by_idea"]) if is_otherwise else (0, 0)
    backed = _counts(told["by_idea"]["named"]) if is_otherwise else (0, 0)
    # Of those who are named: who neither says it nor backs an idea that does.
    by_name, named_all = (matched[n] - said[n] - backed[n] for n in (0, 1))
    is_apart = bool(said[0] and by_name and (not named_all or said[1]))
    if is_apart:
        by_name = named_all = 0
    documents = said[0] + by_idea[0] + by_name
    holding_all = said[1] + named_all
    return Heard(sequences, is_otherwise, is_apart, documents, by_idea[0], by_name, holding_all)


def _counts(told: Any) -> tuple[int, int]:
    """How many texts are told, and how many of them hold all that was asked."""
    return told["doc_count"], told.get("all", told)["doc_count"]
