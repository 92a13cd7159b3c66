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

    forms: dict[str, str]
    folded: dict[str, str]

    def lemma(self, form: str) -> str:
        """The lemma of a lower-case form, accents kept; one for a word that has two spellings."""
        if form in self.forms:
            lemma = self.forms[form]
        elif form in self.folded:
            lemma = self.folded[form]
        else:
            lemma = dictionary_lemma(form)
        return _SPELLINGS.get(lemma, lemma)

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
    return (form for form in _all_forms() if form.isalnum())


def hyphenated_forms() -> Iterator[str]:
    """Every form of it that is of several words, « arc-en-ciel », in lower case."""
    return (form for form in _all_forms() if "-" in form.strip("-"))


def _all_forms() -> list[str]:
    forms = DefaultDictionaryFactory().get_dictionary("fr")
    return sorted({str(key).lower() for key in forms})
