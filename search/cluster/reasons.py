"""Why hits are where they are: what each look is worth in a text, asked once for a whole page."""

from collections.abc import Sequence

from search.cluster.asking import Asking
from search.cluster.queries import Query, every, worth
from search.looks import Compiled, Look

Worths = dict[Look, float]


class Reasons:
    """What looks are worth; `answering` meets the key ideas that answer for their quotes."""

    def __init__(self, texts: Asking, compiled: Compiled, answering: Query | None) -> None:
        self._texts, self._wanted, self._answering = texts, compiled.wanted, answering
        self._known: dict[int, tuple[Worths, Worths]] = {}

    def worth(
        self, looks: Sequence[Look], number: int, others: Sequence[int]
    ) -> tuple[float, float]:
        """What they are worth in a text, asked with the others of its page, and in its idea."""
        if number not in self._known:
            self._ask([one for one in others if one not in self._known])
        own, of_idea = self._known[number]
        return sum(own.get(o, 0.0) for o in looks), sum(of_idea.get(o, 0.0) for o in looks)

    def _ask(self, numbers: Sequence[int]) -> None:
        weights = self._texts.engine.weights
        looks = dict.fromkeys(look for unit in self._wanted for look in (*unit.looks, *unit.hints))
        asked = {look: query for look in looks if (query := worth(look, weights))}
        ideas = self._ideas(numbers)
        found = self._texts.worths(asked, [*numbers, *ideas.values()])
        for number in numbers:
            self._known[number] = found.get(number, {}), found.get(ideas.get(number, -1), {})

    def _ideas(self, numbers: Sequence[int]) -> dict[int, int]:
        """The key idea that answers for each of some texts; those that have none are left out."""
        backed = {number: self._texts.idea(number) for number in numbers}
        told = {number: idea for number, idea in backed.items() if idea is not None}
        if self._answering is None or not told:
            return {}
        answer = every({"terms": {"number": list(told.values())}}, self._answering)
        body: Query = {"query": answer, "size": len(told), "_source": ["number"]}
        hits = self._texts.searches(body)[0]["hits"]["hits"]
        found = {hit["_source"]["number"] for hit in hits}
        return {number: idea for number, idea in told.items() if idea in found}
