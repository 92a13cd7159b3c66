"""Why hits are where they are: what each look is worth in a text, asked once for a whole page."""

from collections.abc import Sequence

from search.cluster.asking import Asking
from search.cluster.queries import Query, every, worth
from search.looks import Compiled, Look

Worths = dict[Look, float]


class Reasons:
    """What looks are worth; `backed` meets the quotes that their key idea answers for."""

    def __init__(self, texts: Asking, compiled: Compiled, backed: Query | None) -> None:
        self._texts, self._wanted, self._backed = texts, compiled.wanted, backed
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
        looks = dict.fromkeys(look for unit in self._wanted for look in (*unit.looks, *unit.hints))
        weights = self._texts.weighed(looks)
        asked = {look: query for look in looks if (query := worth(look, weights))}
        ideas = self._ideas(numbers)
        found = self._texts.worths(asked, [*numbers, *ideas.values()])
        for number in numbers:
            self._known[number] = found.get(number, {}), found.get(ideas.get(number, -1), {})

    def _ideas(self, numbers: Sequence[int]) -> dict[int, int]:
        """The key idea that answers for each of some texts; those that have none are left out."""
        ideas = {number: self._texts.idea(number) for number in numbers}
        told = {number: idea for number, idea in ideas.items() if idea is not None}
        if self._backed is None or not told:
            return {}
        asked = every({"terms": {"number": list(told)}}, self._backed)
        body: Query = {"query": asked, "size": len(told), "_source": ["number"]}
        hits = self._texts.searches(body)[0]["hits"]["hits"]
        found = {hit["_source"]["number"] for hit in hits}
        return {number: idea for number, idea in told.items() if number in found}
