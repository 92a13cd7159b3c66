"""One lemma for each form: voted over the corpus, so that a query never needs spaCy.

spaCy gives one form several lemmas according to its sentence, and wrong ones to words typed
alone. The forms of the corpus vote (`indexer.french`); where the vote is weak, simplemma decides.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import simplemma
from simplemma.strategies import DefaultDictionaryFactory


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`forms`: form to lemma; `folded`: the same for words typed without accents."""

    forms: dict[str, str]
    folded: dict[str, str]

    def lemma(self, form: str) -> str:
        """The lemma of a lower-case form, accents kept."""
        if form in self.forms:
            return self.forms[form]
        if form in self.folded:
            return self.folded[form]
        return dictionary_lemma(form)

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        content = {"forms": self.forms, "folded": self.folded}
        path.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), "utf-8")


def load_lexicon(path: Path) -> Lexicon:
    """Read what `save` wrote."""
    content = json.loads(path.read_text("utf-8"))
    return Lexicon(content["forms"], content["folded"])


def load_dictionary() -> None:
    """Load simplemma's French dictionary now: later, somebody would wait a tenth of a second."""
    is_dictionary_word("mot")


@lru_cache(maxsize=20_000)
def dictionary_lemma(form: str) -> str:
    """The lemma in simplemma's French dictionary; the form itself when unknown."""
    return str(simplemma.lemmatize(form, lang="fr")).lower()


def is_dictionary_word(form: str) -> bool:
    """Say whether simplemma's French dictionary has a lower-case form, accents and all."""
    return bool(simplemma.is_known(form, lang="fr"))


def dictionary_forms() -> Iterator[str]:
    """Every form of simplemma's French dictionary that we read as one word, in lower case."""
    forms = DefaultDictionaryFactory().get_dictionary("fr")
    return (form for form in sorted({str(key).lower() for key in forms}) if form.isalnum())
