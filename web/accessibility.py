"""The criteria of `criteria.toml`, and how many have each result: /accessibilite."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Result = Literal["conforme", "non conforme", "non testé", "sans objet"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, what is known of it, and the tests that check it."""

    number: str
    subject: str
    result: Result
    how: str
    tests: tuple[str, ...] = ()

    @property
    def is_automatic(self) -> bool:
        """Say whether a machine checks it, at least in part."""
        return bool(self.tests)


def _read(name: str) -> tuple[Criterion, ...]:
    table = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return tuple(
        Criterion(**{**one, "tests": tuple(one.get("tests", ()))}) for one in table["criteria"]
    )


CRITERIA = _read("criteria.toml")


def tally(criteria: Iterable[Criterion] = CRITERIA) -> dict[Result, int]:
    """How many criteria have each result, in the order of their first one."""
    counts: dict[Result, int] = {"conforme": 0, "non conforme": 0, "non testé": 0, "sans objet": 0}
    for criterion in criteria:
        counts[criterion.result] += 1
    return counts
