"""Analyses are kept from build to build; a damaged file costs time, never an answer."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.french import Tagged
from indexer.tagging import AnalysisCache

TEXTS = [f"Le texte numéro {number} parle de l’eau." for number in range(40)]


class Reader:
    """Tags words by themselves, and counts the texts that it was given."""

    def __init__(self) -> None:
        self.read = 0

    @contextmanager
    def tagging(self, texts: Sequence[str]) -> Iterator[Iterator[list[Tagged]]]:
        self.read += len(texts)
        yield ([Tagged(word, word.lower(), "X") for word in text.split()] for text in texts)


def tagged(
    path: Path, texts: list[str], version: str = "1", others: Sequence[str] | None = ()
) -> tuple[list[list[Tagged]], int]:
    reader = Reader()
    with AnalysisCache(path, version).analyses(texts, reader.tagging, others) as finished:
        return list(finished(lambda done: None)), reader.read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "analyses.sqlite3"


def test_a_known_text_is_not_read_again(path: Path) -> None:
    first, read = tagged(path, TEXTS)
    assert read == len(TEXTS)
    assert tagged(path, TEXTS) == (first, 0)
    assert tagged(path, [*TEXTS, "Un de plus."])[1] == 1


def test_another_version_reads_everything_again(path: Path) -> None:
    tagged(path, TEXTS)
    assert tagged(path, TEXTS, "2")[1] == len(TEXTS)


def test_a_text_that_the_site_no_longer_says_is_forgotten(path: Path) -> None:
    tagged(path, TEXTS)
    tagged(path, TEXTS[1:])
    assert tagged(path, TEXTS)[1] == 1


def test_all_stays_while_no_text_is_gone(path: Path) -> None:
    tagged(path, TEXTS)
    tagged(path, ["Un de plus."], others=None)
    assert tagged(path, [*TEXTS, "Un de plus."])[1] == 0


def test_one_text_twice_is_read_once(path: Path) -> None:
    assert tagged(path, ["Oui.", "Oui."])[1] == 1


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_damaged_the_analyses_are_right(path: Path, seed: int) -> None:
    right, _ = tagged(path, TEXTS)
    draw = random.Random(seed)
    raw = bytearray(path.read_bytes())
    place = draw.randrange(len(raw))
    match draw.choice(["bit", "cut", "zeros", "noise"]):
        case "bit":
            raw[place] ^= 1 << draw.randrange(8)
        case "cut":
            del raw[place:]
        case "zeros":
            raw[place : place + 512] = bytes(len(raw[place : place + 512]))
        case _:
            raw[:] = draw.randbytes(len(raw))
    path.write_bytes(raw)
    assert tagged(path, TEXTS)[0] == right
    assert tagged(path, TEXTS)[0] == right


def test_a_file_that_is_no_cache_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"bonjour" * 100)
    assert tagged(path, TEXTS)[1] == len(TEXTS)
    assert path.with_suffix(".damaged").read_bytes() == b"bonjour" * 100
    assert tagged(path, TEXTS)[1] == 0


def test_a_changed_letter_in_a_sound_file_is_seen(path: Path) -> None:
    right, _ = tagged(path, TEXTS)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE analysis SET words = replace(words, 'eau', 'feu')")
    connection.close()
    assert tagged(path, TEXTS) == (right, len(TEXTS))


def test_without_a_place_to_write_nothing_fails(path: Path) -> None:
    path.mkdir(parents=True)  # a folder in its place
    assert tagged(path, TEXTS)[1] == len(TEXTS)
