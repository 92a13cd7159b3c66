"""The scripts of the widget as they are served: readable files, told their version and seals."""

import gzip
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

STATIC = Path(__file__).parent / "static"
RELEASED = STATIC / "widgets"  # the files of the versions released before this one
VERSION = version("verbatheque")
PARTS = ("recherche", "citation")  # loaded when they are needed


def script(name: str = "") -> bytes | None:
    """The script that `/widget{name}.js` asks for, such as "" or "-0.1.0"; None without one."""
    if name in ("", f"-{VERSION}"):
        return _entry()
    if name in {f"-{part}-{VERSION}" for part in PARTS}:
        return _part(name.split("-")[1])
    released = {path.name: path for path in RELEASED.glob("widget-*.js")}
    found = released.get(f"widget{name}.js")
    return found.read_bytes() if found else None


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
    return (STATIC / f"widget-{name}.js").read_bytes()


@cache
def _entry() -> bytes:
    """The first file, told its version and the seals of the others."""
    text = (STATIC / "widget.js").read_text("utf-8").replace("__VERSION__", VERSION)
    for part in PARTS:
        text = text.replace(f"__{part.upper()}__", integrity(_part(part)))
    return text.encode()


def release(folder: Path = RELEASED) -> list[Path]:
    """Keep the scripts of this version for the pages that name it, once it is released."""
    folder.mkdir(exist_ok=True)
    for name in script_names():
        content = script(name.removeprefix("widget").removesuffix(".js"))
        (folder / name).write_bytes(content or b"")
    return [folder / name for name in script_names()]


if __name__ == "__main__":
    print(*release(), sep="\n")
