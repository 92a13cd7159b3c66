"""The acronyms of French public life that a corpus uses, by themselves or written out."""

import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

from corpus.typography import fold
from indexer.analysis import stems_of
from indexer.lexicon import is_dictionary_word
from indexer.tokens import Token, tokens

_FILE = Path(__file__).with_suffix(".toml")
_PROPER = 4  # letters from which « Ehpad » is read as EHPAD


@cache
def public_acronyms() -> dict[str, tuple[str, ...]]:
    """Every acronym of the list, with what it stands for."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        short: (long,) if isinstance(long, str) else tuple(long) for short, long in table.items()
    }


def acronyms_among(said: AbstractSet[str], words: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    """Those that were met; one that is a word too (« AMI ») is left when a text says the word."""
    kept = said - {short for short in words if is_dictionary_word(fold(short))}
    return {short: longs for short, longs in public_acronyms().items() if short in kept}


def acronyms_met(texts: Iterable[tuple[str, Sequence[Token]]]) -> tuple[set[str], set[str]]:
    """Those that texts write, and those that are written as a word would be: « CAP », « cap »."""
    shorts = {fold(short): short for short in public_acronyms()}
    longs = {key: short for short, key in _long_keys()}
    sizes = sorted({len(key) for key in longs})
    starts = {key[:2] for key in longs}
    said: set[str] = set()
    words: set[str] = set()
    for text, cut in texts:
        for token in cut:
            if short := shorts.get(token.form):
                written = text[token.start : token.end].replace(".", "")
                (said if _is_acronym(written, short) else words).add(short)
        stems = stems_of(cut)
        for place in range(len(stems) - 1):
            if (stems[place], stems[place + 1]) in starts:
                runs = (tuple(stems[place : place + size]) for size in sizes)
                said.update(longs[run] for run in runs if run in longs)
    return said, words


def _is_acronym(written: str, short: str) -> bool:
    is_proper = len(short) >= _PROPER and written.istitle() and not is_dictionary_word(fold(short))
    return written == short or written.isupper() or is_proper


@cache
def _long_keys() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (short, tuple(stems_of(tokens(long))))
        for short, longs in public_acronyms().items()
        for long in longs
    )
