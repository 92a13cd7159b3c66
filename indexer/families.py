"""Word families: « financer », « financement » and « financeur » share a key."""

from functools import lru_cache

from corpus.typography import fold

_ENDINGS = """
    issement ification ificateur ement ation ition ateur atrice iteur itrice atif ative itif itive
    euse eur rice age ance ence able ible ite isme iste ique aire ial iel al el ier iere if ive
    ion ure eux er ir re e ie erie ant ent oire ment
"""
SUFFIXES = sorted(_ENDINGS.split(), key=lambda suffix: (-len(suffix), suffix))
ROOT = 4  # letters that must stay


@lru_cache(maxsize=20_000)
def family_of(lemma: str) -> str:
    """The key of a word's family: its longest suffix cut, four letters at least left."""
    root = _cut(fold(lemma))
    while len(root) > ROOT and root[-1] in "aeiou":
        root = root[:-1]
    if len(root) > ROOT and root[-1] == root[-2]:
        root = root[:-1]
    return root


def _cut(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= ROOT:
            return word[: -len(suffix)]
    return word
