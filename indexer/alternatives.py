"""A very long regular expression, `(?:a)|(?:b)|...`, of which a part is compiled when needed.

spaCy lists the French words that keep their hyphen in one expression of a million characters:
compiling it whole takes longer than loading all the rest of the model.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_LONG = 100_000  # characters
_FLAGS = "(?iu)"
_WHOLE = re.compile(r"\(\?iu\)\(\?:(\^.*\$)\)", re.DOTALL)
_WIDE_CLASS = re.compile(r"\[[^\[\]]{200,}\]")  # the letters of all scripts: slow to compile


class Alternatives:
    """Matches what the whole expression matches; `pattern` is that expression.

    What stands before the first class of all letters is quick to compile and seldom fits a
    word; only when it fits is its part compiled.
    """

    def __init__(self, pattern: str) -> None:
        whole = _WHOLE.fullmatch(pattern)
        if whole is None:
            raise ValueError("not an alternation of parts that begin with ^ and end with $")
        self.pattern = pattern
        parts = [(_WIDE_CLASS.split(part)[0], part) for part in whole[1].split(")|(?:")]
        self._headed = [(head, part) for head, part in parts if head != "^"]
        self._heads = _one_of(tuple(head for head, _ in self._headed))
        self._headless = tuple(part for head, part in parts if head == "^")

    def match(self, text: str) -> re.Match[str] | None:
        """A match of the first part that fits `text`, else None."""
        parts = self._headless
        if self._heads.match(text):
            parts += tuple(part for head, part in self._headed if _one_of((head,)).match(text))
        return next(filter(None, (_one_of((part,)).match(text) for part in parts)), None)


@cache
def _one_of(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_FLAGS + "|".join(f"(?:{part})" for part in parts))


@contextmanager
def long_patterns_deferred() -> Iterator[None]:
    """Inside, `re.compile` makes long alternations `Alternatives`, and the rest as ever."""
    compiled: Callable[..., Any] = re.compile

    def quickly(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > _LONG and not flags:
            try:
                return Alternatives(pattern)
            except ValueError:
                pass  # another form than today's: slow, and right
        return compiled(pattern, flags)

    re.compile = quickly
    try:
        yield
    finally:
        re.compile = compiled
