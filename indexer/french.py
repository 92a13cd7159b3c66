"""The French model, loaded once, at build time only."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from indexer.alternatives import long_patterns_deferred

MODEL = "fr_core_news_sm"
_BATCH = 128  # the best trade-off measured between speed and memory


class Tagged(NamedTuple):
    """A word in its sentence, as the model reads it."""

    form: str
    lemma: str
    pos: str


Tagger = Callable[[Iterable[str]], Iterator[list[Tagged]]]


class ModelMissing(RuntimeError):
    """The French model is not installed; the message names the command to run."""


@cache
def load_french() -> Tagger:
    """Load spaCy, without the parts that lemmas do not need. Slow: a second or two."""
    import spacy

    try:
        with long_patterns_deferred():
            nlp = spacy.load(MODEL, exclude=["parser", "ner"])
    except OSError as error:
        message = f"le modèle {MODEL} manque ; lancez : python -m spacy download {MODEL}"
        raise ModelMissing(message) from error
    _speed_up(nlp)

    def tag(texts: Iterable[str]) -> Iterator[list[Tagged]]:
        for doc in nlp.pipe(texts, batch_size=_BATCH):
            yield [Tagged(word.text, word.lemma_, word.pos_) for word in doc]

    return tag


def _speed_up(nlp: "object") -> None:
    """The lemmatiser looks words up in lists; sets give the same lemmas, twice as fast."""
    lemmatizer = nlp.get_pipe("lemmatizer")  # type: ignore[attr-defined]
    table = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech in list(table):
        table[part_of_speech] = frozenset(table[part_of_speech])


def model_version() -> str:
    """Name and version of the installed model, without loading it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{MODEL} {version(MODEL.replace('_', '-'))}"
    except PackageNotFoundError as error:
        message = f"le modèle {MODEL} manque ; lancez : python -m spacy download {MODEL}"
        raise ModelMissing(message) from error
