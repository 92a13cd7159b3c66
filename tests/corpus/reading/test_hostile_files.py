"""Files made to harm: each is refused in French or cleaned, soon and in little memory."""

import os
import random
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.extraction.extracted import Extraction
from corpus.problems import CorpusError
from corpus.reading.fetching import Network
from corpus.reading.source import read_source
from tests.corpus.reading.hostile_files import HOSTILE, HOSTILE_PDF, SAID, Hostile
from tests.corpus.reading.pdf_files import column, pdf
from tests.corpus.reading.test_odt import GOOD as GOOD_ODT
from tests.corpus.reading.test_odt import HOSTILE as HOSTILE_ODT
from tests.corpus.reading.test_word import GOOD
from tests.corpus.reading.test_word import HOSTILE as HOSTILE_WORD

Trap = tuple[Network, Callable[[], int]]
CASES = (
    HOSTILE
    | {f"PDF: {case}": hostile for case, hostile in HOSTILE_PDF.items()}
    | {f"Word: {case}": Hostile("a.docx", *told) for case, told in HOSTILE_WORD.items()}
    | {f"ODT: {case}": Hostile("a.odt", *told) for case, told in HOSTILE_ODT.items()}
)
SECONDS = 10
MEMORY = 512_000_000  # bytes
MUTATIONS = 2_000 if os.environ.get("VERBATHEQUE_FAULTS") == "full" else 100
FRENCH = re.compile(r"« .+ »")


def outcome(path: Path) -> Extraction | str:
    try:
        return read_source(path).extraction
    except CorpusError as error:
        return str(error)


def require_clean(found: Extraction) -> None:
    """Nothing of what was outside came in, and only letters that can be written."""
    texts = [found.title, found.introduction, *(said.text for said in found.verbatims)]
    texts += [found.url, found.replay_url, *(speaker.name for speaker in found.speakers)]
    for text in texts:
        assert "root:" not in text
        assert "<script" not in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


@pytest.mark.process
@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_is_refused_in_french_or_cleaned(
    case: str, tmp_path: Path, trap: Trap
) -> None:
    hostile = CASES[case]
    network, arrived = trap
    with network.connect("") as probe:
        outside = f"http://127.0.0.1:{probe.getpeername()[1]}/"
    assert arrived() == 1
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make().replace(b"{outside}", outside.encode()))
    before = (sorted(tmp_path.parent.iterdir()), sorted(Path().iterdir()))
    begun = time.monotonic()
    found = outcome(path)
    assert time.monotonic() - begun < SECONDS
    if isinstance(found, str):
        assert FRENCH.match(found)
        assert re.search(hostile.said or "refusal not expected", found)
        assert "signalez" not in found
    else:
        assert re.search(hostile.said, "")
        require_clean(found)
    assert (sorted(tmp_path.parent.iterdir()), sorted(Path().iterdir())) == before
    assert [each.name for each in tmp_path.iterdir()] == [hostile.name]
    assert arrived() == 0


@pytest.mark.process
def test_hostile_files_take_little_memory(tmp_path: Path) -> None:
    """The dearest of all processes that read, measured by the system."""
    dear = ("10 MB in an attribute", "a million attributes", "signs only")
    for case in dear:
        (tmp_path / f"{case}.html").write_bytes(HOSTILE[case].make())
    (tmp_path / "xml.docx").write_bytes(HOSTILE_WORD["too much XML"][0]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert 20_000_000 < int(done.stdout) * unit < MEMORY


MEASURE = """
import resource, sys
from pathlib import Path
from corpus.reading import confined, source
from corpus.problems import CorpusError
for name in sys.argv[1:]:
    try:
        source.read_source(Path(name))
    except CorpusError:
        pass
confined._cell.close()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def a_link(path: Path) -> None:
    secret = path.parent / "secret.txt"
    secret.write_text(SAID, "utf-8")
    path.symlink_to(secret)


def a_server(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def a_sparse_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def a_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # it gives null bytes for ever
    except OSError:
        pytest.skip("only root makes devices")


def an_unreadable_file(path: Path) -> None:
    path.write_text(SAID, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")


ON_DISK: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda path: None, "n’existe pas"),
    "a folder": (Path.mkdir, "n’est pas un fichier"),
    "a pipe": (os.mkfifo, "n’est pas un fichier"),
    "a server": (a_server, "n’est pas un fichier"),
    "a device": (a_device, "n’est pas un fichier"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "est un lien"),
    "a link to a file": (a_link, "est un lien"),
    "a link to itself": (lambda path: path.symlink_to(path), "est un lien"),
    "a link to nothing": (lambda path: path.symlink_to("absent"), "est un lien"),
    "200 MB": (a_sparse_file, "dépasse 20 Mo"),
    "a file that nobody may read": (an_unreadable_file, "accès refusé"),
}


@pytest.mark.parametrize("case", ON_DISK)
def test_what_is_no_plain_file_is_not_opened(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a server is short
    make, said = ON_DISK[case]
    path = Path("page.txt")
    make(path)
    begun = time.monotonic()
    with pytest.raises(CorpusError, match=said):
        read_source(path)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("name", ["a\0b.txt", "a" * 300 + ".txt", "../" * 2_000 + "a.txt"])
def test_a_name_that_no_file_has_is_refused(name: str) -> None:
    with pytest.raises(CorpusError, match="n’existe pas"):
        read_source(Path(name))


SEEDS = {
    "a.docx": GOOD,
    "a.odt": GOOD_ODT,
    "a.pdf": pdf(column(["Des vergers pour tous", "", SAID])),
    "a.html": HOSTILE["a table of a billion columns"].make(),
    "a.md": f"---\ntitle: Vergers\ndate: 2024-03-12\n---\n# Vergers\n\n> {SAID}\n".encode(),
    "a.txt": f"Des vergers pour tous\n\nPublié le 12/03/2024\n\n1. On plante.\n\n{SAID}\n".encode(),
    "a.vtt": b"WEBVTT\n\n00:05.000 --> 00:09.000\n<v Ana Lu>Le verger tient bon.\n",
    "a.srt": b"1\n00:00:05,000 --> 00:00:09,000\nANA LU : Le verger tient bon.\n",
}
BITS = [
    b"\0",
    b"\xff",
    b"<",
    b"&",
    b"\xc2\xab",
    b"PK\x03\x04",
    b"-->",
    b"\n---\n",
    b"9" * 400,
    b"{",
    b"[[",
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to eight changes: bytes replaced, taken away, said twice, or something odd put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        length = chance.choice([1, 1, 2, 8, 100])
        piece = [
            bytes(chance.randrange(256) for _ in range(length)),
            b"",
            bytes(found[at : at + length]) * chance.choice([2, 50]),
            chance.choice(BITS) + bytes(found[at : at + length]),
        ]
        found[at : at + length] = chance.choice(piece)
    return bytes(found)


@pytest.mark.process
@pytest.mark.parametrize("part", range(10))
def test_mutated_files_are_refused_or_read(part: int, tmp_path: Path) -> None:
    for number in range(part, MUTATIONS, 10):
        chance = random.Random(number)
        name = sorted(SEEDS)[number // 10 % len(SEEDS)]
        path = tmp_path / name
        path.write_bytes(mutated(SEEDS[name], chance))
        begun = time.monotonic()
        found = outcome(path)
        assert time.monotonic() - begun < SECONDS
        if isinstance(found, str):
            assert FRENCH.match(found), number
            assert "signalez" not in found, (number, found)
            assert "interrompue" not in found, number
        else:
            require_clean(found)
