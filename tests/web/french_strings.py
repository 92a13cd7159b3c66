"""Every string of ours that a visitor reads, as it is written, with its place.

The texts of pages are in the templates and in the table of criteria, those of scripts in the
scripts, what a page says of a fault in the module that finds it. Messages of the engine are written
with ordinary spaces, for a terminal too: `corpus.typography.spaced` binds them, and
tests/web/test_french.py reads the pages.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
NO_BREAK = "\u00a0"
FOR_A_TERMINAL = {"cli", "server.py", "static_export.py"}
OF_WORDS = {"moteur-mots.js"}  # what a visitor types, straight apostrophes too
NAMED_SPACES = {"NBSP", "NARROW", "THIN", "space"}
TAGS = re.compile(r"<(kbd|code|pre)\b[^>]*>.*?</\1>|<[^>]*>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
FRENCH = re.compile(
    r"[éèàêçùôîûÉÀ’«…]|\b(?:le|la|les|un|une|des|du|est|ne|ce|cette|votre|pour|par)\b"
)
UNKNOWN = "§"  # what is only known when the page is made


@dataclass(frozen=True)
class Shown:
    """A string, and where it is written."""

    place: str
    text: str


def every_string() -> list[Shown]:
    """The strings in French: of the templates, the modules, the scripts and the criteria."""
    found = [
        *(one for path in sorted(WEB.rglob("templates/**/*.html")) for one in of_template(path)),
        *(one for path in sorted(WEB.rglob("*.py")) for one in of_module(path)),
        *(one for path in sorted(WEB.rglob("static/*.js")) for one in of_script(path)),
        *(Shown("criteria.toml", text) for text in of_criteria()),
    ]
    return [one for one in found if re.search("[a-zà-ÿ]{2}", one.text) and FRENCH.search(one.text)]


def of_template(path: Path) -> Iterator[Shown]:
    """Line by line: what stands between the tags, then what stands between quotation marks."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        place = f"{path.name}:{number}"
        yield Shown(place, unescape(TAGS.sub(UNKNOWN, line)))
        for text in re.findall(r"""["']([^"'{}<>]*)["']""", line):
            yield Shown(place, _spelt(unescape(text)))


def of_module(path: Path) -> Iterator[Shown]:
    """The strings of a module, but for its docstrings."""
    if FOR_A_TERMINAL & set(path.parts):
        return
    tree = ast.parse(path.read_text("utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside.update(map(id, node.values))
            yield Shown(f"{path.name}:{node.lineno}", "".join(map(_piece, node.values)))
        elif isinstance(node, ast.Constant) and id(node) not in aside:
            yield Shown(f"{path.name}:{node.lineno}", str(node.value))


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = part.value if isinstance(part, ast.FormattedValue) else part
    is_space = isinstance(value, ast.Name) and value.id in NAMED_SPACES
    return NO_BREAK if is_space else UNKNOWN


def of_script(path: Path) -> Iterator[Shown]:
    """What stands between quotation marks, its escapes read, what it is given left out."""
    if path.name in OF_WORDS:
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for one, other in re.findall(r'"([^"]*)"|`([^`]*)`', re.sub(r"(^|\s)//.*", "", line)):
            said = re.sub(r"\$\{(\w*)[^}]*\}", _given, one or other)
            yield Shown(f"{path.name}:{number}", _spelt(said))


def of_criteria() -> Iterator[str]:
    """What the table of /accessibilite says."""
    table = tomllib.loads((WEB / "criteria.toml").read_text("utf-8"))
    return (text for one in table["criteria"] for text in (one["subject"], one["how"]))


def _given(name: re.Match[str]) -> str:
    return NO_BREAK if name[1] in NAMED_SPACES else UNKNOWN


def _spelt(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
