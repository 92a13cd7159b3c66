"""Scripts lose their comments and their indentation on the way, and nothing else."""

import re
from pathlib import Path

import pytest

from web.embed.widget import STATIC, bare

SOURCES = sorted([*STATIC.glob("widget*.js"), *STATIC.glob("moteur*.js")])


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("// why\nconst a = 1; // letters\n\n", "const a = 1;\n"),
        ("/**\n * What it does.\n *\n * Why.\n */\nf();\n", "f();\n"),
        ("/** In one line. */\n  f();\n", "f();\n"),
        ('  const site = "https://host.example/";\n', 'const site = "https://host.example/";\n'),
        ("a\n  * b\n", "a\n"),  # a line that looks like a comment: the next test finds it
        ("  *others(words) {\n", "*others(words) {\n"),
    ],
)
def test_comments_and_indentation_are_left_out(source: str, left: str) -> None:
    assert bare(source) == left


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_is_left_out_of_our_sources_is_comments(path: Path) -> None:
    source = path.read_text("utf-8")
    code = re.sub(r"^\s*/\*\*.*?\*/$", "", source, flags=re.DOTALL | re.MULTILINE)
    lines = [line.strip() for line in code.splitlines() if not line.strip().startswith("//")]
    left = bare(source).splitlines()
    for line, kept in zip(filter(None, lines), left, strict=True):
        assert line == kept or line.startswith(f"{kept} // ")
        if line != kept:
            assert not [quote for quote in "\"'`" if kept.count(quote) % 2]
