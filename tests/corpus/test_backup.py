"""A backup gives every byte back; what is foreign, damaged or dangerous is refused in memory."""

import gzip
import io
import json
import os
import random
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import backup
from corpus.backup import (
    Backup,
    archive_from,
    backup_from_archive,
    backup_from_sources,
    is_source,
    snapshot_of,
)
from corpus.problems import CorpusError
from corpus.site import SAMPLE_SITE

FULL = os.environ.get("VERBATHEQUE_FAULTS") == "full"
NOW = datetime(2026, 1, 31, 12, 0, 1, tzinfo=UTC)
MANIFEST = "verbatheque-sauvegarde.json"
SAMPLE = backup_from_sources(snapshot_of(SAMPLE_SITE), NOW)
ARCHIVE = archive_from(SAMPLE)

NAMES = st.text(min_size=1, max_size=60).map(lambda name: f"webinaires/{name}.md").filter(is_source)


@given(st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6))
def test_every_byte_comes_back(writeups: dict[str, bytes]) -> None:
    made = backup_from_sources({"verbatheque.toml": b"", **writeups}, NOW)
    assert backup_from_archive(archive_from(made)) == made


def test_a_backup_says_what_it_holds() -> None:
    assert (SAMPLE.webinars, SAMPLE.verbatims) == (15, 208)
    assert backup_from_archive(ARCHIVE) == SAMPLE


def test_the_same_sources_give_the_same_archive() -> None:
    assert archive_from(backup_from_sources(snapshot_of(SAMPLE_SITE), NOW)) == ARCHIVE


@pytest.mark.process
def test_any_tar_opens_it(tmp_path: Path) -> None:
    name = f"webinaires/{'très-long-' * 20}.md"
    made = backup_from_sources({"verbatheque.toml": b"", name: b"mot pour mot"}, NOW)
    (tmp_path / "a.tar.gz").write_bytes(archive_from(made))
    subprocess.run(["tar", "xzf", "a.tar.gz"], cwd=tmp_path, check=True)
    assert (tmp_path / name).read_bytes() == b"mot pour mot"


def test_a_name_that_could_not_be_restored_is_told_when_saving() -> None:
    with pytest.raises(CorpusError, match="renommez-le"):
        backup_from_sources({"webinaires/a\u202e.md": b""}, NOW)


def repacked(
    change: Callable[[dict[str, Any], dict[str, bytes]], None], made: Backup = SAMPLE
) -> bytes:
    """An archive of ours whose manifest and files were changed by another hand."""
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive_from(made)))) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    manifest = json.loads(files.pop(MANIFEST))
    change(manifest, files)
    return packed([(MANIFEST, json.dumps(manifest).encode()), *files.items()])


def packed(members: Sequence[tuple[str | tarfile.TarInfo, bytes]]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in members:
            member = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(written.getvalue())


def special(kind: bytes, name: str = "webinaires/a.md", target: str = "/etc/passwd") -> bytes:
    """An archive of ours with one more member, of an odd kind."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    manifest, *files = files_of(ARCHIVE)
    return packed([manifest, (member, b""), *files])


def files_of(archive: bytes) -> list[tuple[str | tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive))) as tar:
        return [(member.name, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]


def with_file(name: str) -> bytes:
    """An archive whose manifest agrees with one more file."""

    def add(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files[name] = b""
        manifest["files"][name] = backup._digest(b"")

    return repacked(add)


def with_size(size: bytes) -> bytes:
    """The size in the second header is another one, and the sum of the header is right again."""
    tar = bytearray(gzip.decompress(ARCHIVE))
    at = 512 + -(-int(tar[124:135], 8) // 512) * 512
    tar[at + 124 : at + 136] = size
    tar[at + 148 : at + 156] = b" " * 8
    tar[at + 148 : at + 156] = b"%06o\0 " % sum(tar[at : at + 512])
    return gzip.compress(bytes(tar))


def changed(**values: Any) -> bytes:
    return repacked(lambda manifest, files: manifest.update(values))


def flipped(archive: bytes, at: int) -> bytes:
    return archive[:at] + bytes([archive[at] ^ 0x10]) + archive[at + 1 :]


def bomb() -> bytes:
    return gzip.compress(b"\0" * 300_000_000, compresslevel=1)


def two_long_names() -> bytes:
    """Extended headers that call for one another: `tarfile` would go down one call for each."""
    tar = gzip.decompress(packed([(MANIFEST, b"{}")]))
    long = tarfile.TarInfo("webinaires/é.md").tobuf(tarfile.PAX_FORMAT)
    return gzip.compress(tar[:1024] + long[:1024] * 900 + b"\0" * 10240)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "n’est pas une sauvegarde"),
    "a text": (lambda: b"bonjour", "n’est pas une sauvegarde"),
    "a zip": (lambda: b"PK\x03\x04" + b"\0" * 100, "n’est pas une sauvegarde"),
    "a gzip of something else": (lambda: gzip.compress(b"bonjour"), "n’est pas une sauvegarde"),
    "another tar": (lambda: packed([("lettre.txt", b"bonjour")]), "n’est pas une sauvegarde"),
    "cut in half": (lambda: ARCHIVE[: len(ARCHIVE) // 2], "incomplète"),
    "cut by one byte": (lambda: ARCHIVE[:-1], "incomplète"),
    "followed by another": (lambda: ARCHIVE + ARCHIVE, "incomplète"),
    "one bit of the text": (lambda: flipped(ARCHIVE, len(ARCHIVE) // 2), "est abîmée"),
    "one bit of the sum": (lambda: flipped(ARCHIVE, len(ARCHIVE) - 6), "est abîmée"),
    "a text changed": (
        lambda: repacked(lambda m, files: files.update({"themes.toml": b"autre"})),
        "n’est pas celui qui a été sauvegardé",
    ),
    "a file missing": (
        lambda: repacked(lambda m, files: files.__delitem__("lexique.toml")),
        "n’est pas celui qui a été sauvegardé",
    ),
    "a file too many": (
        lambda: repacked(lambda m, files: files.update({"webinaires/neuf.md": b""})),
        "n’est pas celui qui a été sauvegardé",
    ),
    "a file twice": (
        lambda: packed([*files_of(ARCHIVE), ("themes.toml", b"autre")]),
        "deux fois le même fichier",
    ),
    "an absolute name": (lambda: with_file("/tmp/verbatheque-pirate.md"), "fichier inattendu"),
    "a name that climbs": (lambda: with_file("../pirate.md"), "fichier inattendu"),
    "a name that climbs from inside": (
        lambda: with_file("webinaires/../../pirate.md"),
        "fichier inattendu",
    ),
    "an index": (lambda: with_file(".verbatheque/index/CURRENT"), "fichier inattendu"),
    "a symbolic link": (lambda: special(tarfile.SYMTYPE), "autre chose que des fichiers"),
    "a hard link": (lambda: special(tarfile.LNKTYPE), "autre chose que des fichiers"),
    "a device": (lambda: special(tarfile.CHRTYPE), "autre chose que des fichiers"),
    "a pipe": (lambda: special(tarfile.FIFOTYPE), "autre chose que des fichiers"),
    "a folder": (lambda: special(tarfile.DIRTYPE, "webinaires"), "autre chose que des fichiers"),
    "a size below zero": (lambda: with_size(b"\xff" * 12), "est abîmée"),
    "a size that is a lie": (lambda: with_size(b"77777777777\0"), "est abîmée"),
    "long names without end": (two_long_names, "autre chose que des fichiers"),
    "a bomb": (bomb, "ne gonfle pas"),
    "too many files": (
        lambda: packed([(MANIFEST, b"{}")] + [(f"webinaires/{n}.md", b"") for n in range(20_001)]),
        "ne gonfle pas",
    ),
    "no settings": (
        lambda: archive_from(Backup({"themes.toml": b""}, NOW, 0, 0)),
        "il y manque verbatheque.toml",
    ),
    "a manifest that is no JSON": (
        lambda: packed([(MANIFEST, b"{")]),
        "n’est pas une sauvegarde",
    ),
    "a manifest without end": (
        lambda: packed([(MANIFEST, b"[" * 200_000)]),
        "n’est pas une sauvegarde",
    ),
    "a manifest of something else": (lambda: changed(format="photos"), "n’est pas une sauvegarde"),
    "a later version": (lambda: changed(version=2), "mettez la vôtre à jour"),
    "a count that is a text": (lambda: changed(webinars="15"), "est abîmée"),
    "a list for the files": (lambda: changed(files=[]), "est abîmée"),
    "a day that is none": (lambda: changed(created="2026-02-31T00:00:00+00:00"), "est abîmée"),
    "the year one": (lambda: changed(created="0001-01-01T00:00:00+00:00"), "est abîmée"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_archive_is_refused(case: str) -> None:
    make, said = BAD[case]
    with pytest.raises(CorpusError, match=said):
        backup_from_archive(make())


def test_any_damage_is_seen_or_harms_nothing() -> None:
    """Some bits of gzip mean nothing (a date, a system): the files are then the same."""
    dice = random.Random(20261123)
    seen = 0
    turns = 20_000 if FULL else 500
    for _ in range(turns):
        damaged = bytearray(ARCHIVE)
        damaged[dice.randrange(len(ARCHIVE))] ^= 1 << dice.randrange(8)
        try:
            assert backup_from_archive(bytes(damaged)) == SAMPLE
        except CorpusError:
            seen += 1
    assert seen > turns * 0.99


def test_damage_inside_the_tar_is_seen_too() -> None:
    """The sums of gzip made right again: what is left is the headers and the digests."""
    dice = random.Random(20261124)
    tar = gzip.decompress(ARCHIVE)
    for _ in range(2000 if FULL else 100):
        damaged = bytearray(tar)
        damaged[dice.randrange(len(tar))] ^= 1 << dice.randrange(8)
        try:
            again = backup_from_archive(gzip.compress(bytes(damaged), compresslevel=1))
        except CorpusError:
            continue
        assert again.files == SAMPLE.files
