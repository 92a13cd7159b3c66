"""Whom a page is about as a whole: its guest, those whom it introduces, whom it names often."""

import re
from collections import Counter
from collections.abc import Iterable

from corpus.extraction.model import Signer
from corpus.extraction.persons import Persons
from corpus.extraction.surroundings import PageText
from corpus.records import Speaker

_ANNOUNCES = re.compile(
    r"intervention|échanges? avec|rencontre|conférence|entretien|interview|discussion|dialogue"
    r"|soirée|webinaire|atelier|présentation|\bavec\b|\bpar\b|questions? à|:\s*[«“\"]",
    re.IGNORECASE,
)


class Guests:
    """Points to the people of a page, whatever the words.

    `is_announced` tells that the title names but one person, and as the one who will speak.
    """

    def __init__(
        self,
        page: PageText,
        persons: Persons,
        title: str,
        introduced: Iterable[Speaker],
        opening: str,
    ) -> None:
        titled = {name for n in persons.people_in(title) for name in n.names}
        self._guest = next(iter(titled)) if len(titled) == 1 else ""
        self._introduced = tuple(dict.fromkeys(s.name for s in introduced))
        self._opening = Counter(name for n in persons.people_in(opening) for name in n.names)
        self._counts = Counter(name for n in page.namings for name in n.names)
        self.is_announced = bool(self._guest and _ANNOUNCES.search(title))
        self.names_anybody = bool(self._counts)

    def on_page(self, sign: Signer) -> None:
        """Everybody to whom the page as a whole points."""
        if self._guest:
            sign((self._guest,), "guest announced" if self.is_announced else "guest")
        for name in self._introduced:
            sign((name,), "introduced")
        if len(self._counts) == 1:
            sign(tuple(self._counts), "only person")
        for rank, (name, count) in enumerate(self._counts.most_common(3)):
            if count > 1:
                sign((name,), f"often {rank}")
        for rank, (name, _) in enumerate(self._opening.most_common(2)):
            is_only = len(self._opening) == 1
            sign((name,), "alone in opening" if is_only else f"in opening {rank}")
