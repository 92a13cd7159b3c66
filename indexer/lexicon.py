"""One lemma for each form: voted over the corpus, so that a query never needs spaCy.

spaCy gives one form several lemmas according to its sentence, and wrong ones to words typed
alone. The forms of the corpus vote (`indexer.french`); where the vote is weak, simplemma decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

# Two spellings of one word, the second as good as the first (accents aside: they are folded).
_TWICE_SPELT = """
clef clé, payement paiement, ognon oignon, bistro bistrot, lys lis, saoul soûl, yogourt yaourt,
yaghourt yaourt, cuiller cuillère, cacahouète cacahuète, nénufar nénuphar, tzar tsar, czar tsar,
cleptomane kleptomane, iglou igloo, gniole gnôle, balluchon baluchon, charriot chariot,
combattif combatif, quincailler quincaillier, joailler joaillier, relai relais,
serpillère serpillière, phantasme fantasme, bégayement bégaiement, engoûment engouement,
dévoûment dévouement, dénûment dénuement, remerciment remerciement, gaîté gaieté,
enrayement enraiement, déblayement déblaiement, imbécilité imbécillité, ululer hululer,
béqueter becqueter, trimballer trimbaler, acuponcture acupuncture, container conteneur,
asseoir assoir, surseoir sursoir, douçâtre douceâtre, exéma eczéma,
persiffler persifler, ventail vantail, interpeler interpeller,
boursoufler boursouffler, cahutte cahute, prudhomie prudhommie, greloter grelotter
"""
_SPELLINGS = {other: one for pair in _TWICE_SPELT.split(",") for other, one in [pair.split()]}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`forms`: form to lemma; `folded`: the same for words typed without accents."""

    forms: Mapping[str, str]
    folded: Mapping[str, str]

    def lemma(self, form: str) -> str:
        """The lemma of a lower-case form, accents kept; one for a word that has two spellings."""
        lemma = self.forms.get(form) or self.folded.get(form) or dictionary_lemma(form)
        return _SPELLINGS.get(lemma, lemma)

    def with_more(self, other: "Lexicon") -> "Lexicon":
        """Both; what is known stays as it is."""
        return Lexicon({**other.forms, **self.forms}, {**other.folded, **self.folded})

    def saying(self, forms: Iterable[str]) -> "Lexicon":
        """The same, with the lemma of each of these forms for good: nothing learnt changes it."""
        return Lexicon({**{form: self.lemma(form) for form in forms}, **self.forms}, self.folded)


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
    return (form for form in sorted({form.lower() for form in _all_forms()}) if form.isalnum())


def hyphenated_forms() -> Iterator[str]:
    """Every form of it that is of several words, « arc-en-ciel », in lower case.

    It holds bytes where its package has them in memory: these few are found before they are read.
    """
    held = getattr(_all_forms(), "_dict", None)
    forms = (key.decode() for key in held if b"-" in key) if held else _all_forms()
    return (form.lower() for form in forms if "-" in form.strip("-"))


def _all_forms() -> Iterable[str]:
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("fr")
