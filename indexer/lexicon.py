"""One lemma for each form: voted over the corpus, so that a query never needs spaCy.

spaCy gives one form several lemmas according to its sentence, and wrong ones to words typed
alone. The forms of the corpus vote; where the vote is weak, simplemma decides.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import simplemma
from simplemma.strategies import DefaultDictionaryFactory

from corpus.typography import fold
from indexer.french import Tagged
from indexer.tokens import normal_from, tokens

_NAME_WEIGHT = 0.3  # « Pierre » the man says little about « pierre » the stone
_MAJORITY = 0.6

Votes = dict[str, float]  # lemma to weight


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


def voted_lexicon(sentences: Iterable[Iterable[Tagged]]) -> Lexicon:
    """Let every tagged word vote for its lemma."""
    votes: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
    for sentence in sentences:
        for word in sentence:
            form, lemma = _single(word.form), _single(word.lemma)
            if form and lemma:
                votes[form][lemma] += 1 if word.pos not in {"PROPN", "X"} else _NAME_WEIGHT
    forms = {form: _winner(form, counted) for form, counted in sorted(votes.items())}
    return Lexicon(forms, _folded(forms, votes))


@lru_cache(maxsize=20_000)
def _single(word: str) -> str:
    """The form of a word that we too read as one, else "".

    « tiers-lieux » is two words, and « élu·e·s » is another word to the model than to us.
    """
    cut = list(tokens(word))
    letters = normal_from(word).text.lower().strip("'-")
    return cut[0].form if len(cut) == 1 and cut[0].form == letters else ""


def _winner(form: str, votes: Votes) -> str:
    lemma, count = max(votes.items(), key=lambda vote: (vote[1], -len(vote[0]), vote[0]))
    if lemma == form or count / sum(votes.values()) < _MAJORITY:
        return dictionary_lemma(form)
    return lemma


def _folded(forms: dict[str, str], votes: dict[str, Votes]) -> dict[str, str]:
    counts: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
    for form, lemma in forms.items():
        counts[fold(form)][lemma] += sum(votes[form].values())
    return {
        folded: max(lemmas.items(), key=lambda vote: (vote[1], vote[0]))[0]
        for folded, lemmas in sorted(counts.items())
    }
