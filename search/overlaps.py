"""How many texts hold two questions at once, as suggestions ask while a visitor types.

The texts that hold a question are remembered, one bit a text.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from search.columns import Ints, Mask
from search.looks import Compiled, Value
from search.query import Filters

Asked = tuple[Compiled, Filters]
Having = Callable[[Ints, Value], int]  # how many of some texts have a value
Holding = Callable[[Compiled, Filters], Mask]  # the texts that hold all that a question asks

_MOST_KEPT = 4_000  # questions
_MOST_BYTES = 8_000_000  # of all of them


class Overlaps:
    """Of one generation; threads may share it."""

    def __init__(self, having: Having) -> None:
        self._having = having
        self._kept: dict[Asked, tuple[int, npt.NDArray[np.uint8]]] = {}

    def counts(
        self, rest: Asked, others: Sequence[Compiled | Value], holding: Holding
    ) -> list[int]:
        """How many of the texts that hold all of `rest` hold each of some other things too."""
        if not others:
            return []
        within = self._mask(rest, holding)
        rows = np.flatnonzero(within)
        return [
            self._having(rows, other)
            if isinstance(other, Value)
            else int(np.count_nonzero(within & self._mask((other, Filters()), holding)))
            for other in others
        ]

    def _mask(self, ask: Asked, holding: Holding) -> Mask:
        kept = self._kept.get(ask)  # threads share it: another may clear it meanwhile
        if kept:
            return np.unpackbits(kept[1], count=kept[0]).view(np.bool_)
        mask = holding(*ask)
        bits = np.packbits(mask)
        if len(self._kept) >= min(_MOST_KEPT, _MOST_BYTES // max(1, len(bits))):
            self._kept.clear()
        self._kept[ask] = len(mask), bits
        return mask
