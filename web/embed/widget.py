"""The embeddable search: its scripts, those kept at each release, and a draft.

The sources keep to what this reads: a comment stands alone on its lines, or ends one after
« // » between spaces, and no text that spans lines holds what looks like one.

What the sources make is a draft, which may change, until `python -m web.embed.widget` keeps it.
"""

import gzip
import re
import sys
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flask import Blueprint, Response, abort, request

_COMMENT_LINE = re.compile(r"//|/\*\*|\*/|\*( |$)")
_COMMENT_AT_END = re.compile(r" // .*")


def bare(source: str) -> str:
    """The same script, line by line, for a browser."""
    lines = (line.strip() for line in source.splitlines())
    kept = (_COMMENT_AT_END.sub("", line) for line in lines if not _COMMENT_LINE.match(line))
    return "".join(f"{line}\n" for line in kept if line)


STATIC = Path(__file__).parents[1] / "static"
RELEASED = STATIC / "widgets"  # the files of the versions released so far, this one too
VERSION = version("verbatheque")
PARTS = ("recherche", "citation")  # loaded when they are needed

_PINNED = re.compile(r"widget-(\d+)\.(\d+)\.(\d+)\.js")


class ReleaseChanged(Exception):
    """The files of a version were kept with another content than they would have now."""


def script(name: str = "") -> bytes | None:
    """The script that `/widget{name}.js` asks for, such as "" or "-0.1.0"; None without one."""
    return released(name) or draft(name)


def released(name: str = "") -> bytes | None:
    """One file of a version that was released, of this one without a name: it never changes."""
    name = name or f"-{VERSION}"
    kept = {path.name: path for path in RELEASED.glob("widget-*.js")}
    found = kept.get(f"widget{name}.js")
    return found.read_bytes() if found else None


def draft(name: str) -> bytes | None:
    """One file of this version, as the sources make it."""
    if name in ("", f"-{VERSION}"):
        return _entry()
    if name in {f"-{part}-{VERSION}" for part in PARTS}:
        return _part(name.split("-")[1])
    return None


def newest_release() -> str | None:
    """The version that a page may pin, if any was released."""
    found = (_PINNED.fullmatch(path.name) for path in RELEASED.glob("widget-*.js"))
    versions = [tuple(map(int, pinned.groups())) for pinned in found if pinned]
    return ".".join(map(str, max(versions))) if versions else None


def script_names() -> tuple[str, str, str]:
    """The files of this version, the one to include first; they must stand in one folder."""
    first, second = (f"widget-{part}-{VERSION}.js" for part in PARTS)
    return f"widget-{VERSION}.js", first, second


def integrity(content: bytes) -> str:
    """The seal by which a browser refuses any other content."""
    return f"sha256-{b64encode(sha256(content).digest()).decode()}"


def weight(content: bytes) -> int:
    """What travels: bytes once compressed."""
    return len(gzip.compress(content, 9, mtime=0))


def whole_weight() -> int:
    """The weight of all the files of this version."""
    return weight(_entry()) + sum(weight(_part(part)) for part in PARTS)


@cache
def _part(name: str) -> bytes:
    return bare((STATIC / f"widget-{name}.js").read_text("utf-8")).encode()


@cache
def _entry() -> bytes:
    """The first file, told its version and the seals of the others."""
    text = bare((STATIC / "widget.js").read_text("utf-8")).replace("__VERSION__", VERSION)
    for part in PARTS:
        text = text.replace(f"__{part.upper()}__", integrity(_part(part)))
    return text.encode()


def release(folder: Path = RELEASED) -> list[Path]:
    """Keep the files of this version for the pages that name it, once and for all."""
    contents = {folder / f"widget{name}.js": draft(name) or b"" for name in _names()}
    changed = [path for path, content in contents.items() if _is_kept_otherwise(path, content)]
    if changed:
        raise ReleaseChanged(f"{changed[0].name} was released with another content")
    folder.mkdir(exist_ok=True)
    for path, content in contents.items():
        path.write_bytes(content)
    return list(contents)


def _names() -> list[str]:
    return [name.removeprefix("widget").removesuffix(".js") for name in script_names()]


def _is_kept_otherwise(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() != content


bp = Blueprint("widget", __name__)

EVERGREEN_AGE = 3600  # seconds: a new version reaches every site within the hour
PINNED_AGE = 31_536_000  # one year: what a version says never changes


@bp.get("/widget.js", endpoint="script")
@bp.get("/widget-<name>.js", endpoint="script")
def widget_script(name: str = "") -> Response:
    """The latest version without a name; else one file of one version, for ever the same.

    A version that is not released yet may change: browsers then ask each time whether it did.
    """
    pinned = f"-{name}" if name else ""
    content = script(pinned)
    if content is None:
        abort(404, f"Ce site ne sert pas cette version du widget. Prenez {_address_to_take()}.")
    response = Response(content, mimetype="text/javascript")
    response.cache_control.public = True
    if released(pinned) is None:
        response.cache_control.no_cache = True
    else:
        response.cache_control.max_age = PINNED_AGE if name else EVERGREEN_AGE
        response.cache_control.immutable = bool(name)
    response.add_etag()
    response.make_conditional(request)
    return response


def _address_to_take() -> str:
    version = newest_release()
    return f"/widget-{version}.js" if version else "/widget.js"


if __name__ == "__main__":
    try:
        print(*release(), sep="\n")
    except ReleaseChanged as refusal:
        sys.exit(f"{refusal}: raise the version of the package.")
