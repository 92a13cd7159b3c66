"""What an editor should look at: a fault or a doubt, where it is, and how to mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error keeps something out of the index; a warning asks for a look; a note can wait."""

    ERROR = "erreur"
    WARNING = "avertissement"
    NOTE = "remarque"


@dataclass(frozen=True, slots=True)
class Problem:
    """A French sentence for the editor; `line` counts from 1, and is None for a whole file."""

    code: str
    message: str
    line: int | None = None
    severity: Severity = Severity.WARNING
    file: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.file, f"ligne {self.line}" if self.line else "") if part
        )
        return f"{place} : {self.message}" if place else self.message


def problem_from(row: dict[str, Any]) -> Problem:
    """The problem of which JSON holds the fields."""
    return Problem(**{**row, "severity": Severity(row["severity"])})


def by_severity(problem: Problem) -> tuple[int, str, int]:
    """Sort the gravest first, then by file and line."""
    return list(Severity).index(problem.severity), problem.file, problem.line or 0


class Refused(Exception):
    """What was asked for is not done; the message says why, in French."""


class Unreachable(Refused):
    """What is elsewhere does not answer for now: the same may be asked again in a while."""


class CorpusError(Refused):
    """The editor's fault, said in French with what to do; nothing was written."""


@dataclass
class ProblemLog:
    """Gathers the problems of one file while it is read."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def error(self, code: str, message: str, line: int | None = None) -> None:
        """Note what was kept out."""
        self.problems.append(Problem(code, message, line, Severity.ERROR, self.file))

    def warn(self, code: str, message: str, line: int | None = None) -> None:
        """Note what asks for a look."""
        self.problems.append(Problem(code, message, line, Severity.WARNING, self.file))

    def warn_unknown_keys(self, keys: Iterable[str], known: Sequence[str], where: str) -> None:
        """Note the keys that nothing reads: a misspelt one would be ignored in silence."""
        for key in keys:
            if key not in known:
                names = ", ".join(known)
                self.warn(
                    "cle", f"{where}clé inconnue « {key} », ignorée ; clés possibles : {names}."
                )
