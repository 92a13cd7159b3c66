"""A long expression compiled in parts matches what it matches whole."""

import re
import subprocess
import sys

import pytest

from corpus.site import SAMPLE_SITE, read_site
from indexer.french import Alternatives, long_patterns_deferred

LETTERS = "[" + "".join(map(chr, range(0x61, 0x250))).replace("[", "").replace("]", "") + "]"
PARTS = (f"^co[-]{LETTERS}*$", f"^r?é?entr['’]{LETTERS}+$", f"^{LETTERS}+[-]en[-]{LETTERS}+$")
PATTERN = "(?iu)" + "|".join(f"(?:{part})" for part in PARTS)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("co-construire", True),
        ("Co-", True),
        ("co construire", False),
        ("entr’aide", True),
        ("réentr'ouvrir", True),
        ("arc-en-ciel", True),
        ("arc-en-", False),
        ("", False),
        ("deco-construire", False),
    ],
)
def test_parts_match_what_the_whole_matches(text: str, fits: bool) -> None:
    found = Alternatives(PATTERN).match(text)

    assert bool(found) is fits is bool(re.compile(PATTERN).match(text))
    assert found is None or found[0] == text


@pytest.mark.parametrize("pattern", ["a|b", "(?iu)(?:^a$)|(?:b)", "(?i)(?:^a$)"])
def test_another_form_of_expression_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="alternation"):
        Alternatives(pattern)


def test_another_form_is_compiled_as_ever() -> None:
    with long_patterns_deferred():
        compiled = re.compile("(?:a|b)" * 20_000)

    assert isinstance(compiled, re.Pattern)


def test_short_expressions_are_compiled_as_ever_and_nothing_is_left_behind() -> None:
    before = re.compile
    with long_patterns_deferred():
        assert isinstance(re.compile("a", re.IGNORECASE), re.Pattern)
    assert re.compile is before


@pytest.mark.model
def test_the_words_that_keep_their_hyphen_are_those_of_spacy() -> None:
    from spacy.lang.fr import tokenizer_exceptions as listed

    pattern: str = listed.TOKEN_MATCH.__self__.pattern  # type: ignore[attr-defined]
    whole = re.compile(pattern)
    quick = Alternatives(pattern)
    texts = [
        verbatim.text
        for webinar in read_site(SAMPLE_SITE).webinars
        for verbatim in webinar.verbatims
    ]
    words = {word for text in texts for word in text.split()} | set(_made_of(pattern))
    wrong = [word for word in words if bool(whole.match(word)) != bool(quick.match(word))]
    assert not wrong
    assert sum(bool(whole.match(word)) for word in words) > 100


def _made_of(pattern: str) -> list[str]:
    """Words near the beginnings that the expression lists: some fit, some do not."""
    beginnings = re.findall(r"\^([a-zé]+)\[[-–—‐‑]+\]", pattern)
    ends = (
        "",
        "x",
        "-",
        "-mot",
        "-Mot",
        "-mot-en-l'air",
        "’mot",
        "‑mot",
        "-mot2",
        " -mot",
        "-mot\n",
    )
    return [case(start + end) for start in beginnings for end in ends for case in (str, str.title)]


@pytest.mark.model
def test_loading_the_model_uses_the_parts() -> None:
    """In a process of its own: here, another test may have loaded spaCy whole."""
    asked = (
        "from indexer.french import load_french; load_french();"
        "from spacy.lang.fr.tokenizer_exceptions import TOKEN_MATCH;"
        "print(type(TOKEN_MATCH.__self__).__name__)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "Alternatives"
