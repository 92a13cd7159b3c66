"""What a browser gets to answer alone."""

import json
import re
from pathlib import Path

import pytest

from corpus.typography import fold
from indexer.analysis import SUFFIXES
from indexer.lexicon import dictionary_forms
from indexer.tokens import tokens
from search.live_index import Shelf
from search.static_index import (
    BLOCK,
    WEIGHTS,
    StaticIndex,
    analysed,
    endings_of,
    guessed_stem,
    word_line,
)
from search.terms import BOOSTS

pytestmark = pytest.mark.model
STATIC = Path(__file__).parents[2] / "web" / "static"
SIGNS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')


def numbers_in(line: str) -> list[int]:
    found, value = [], 0
    for sign in line:
        value = value * 46 + SIGNS.index(sign) % 46
        if SIGNS.index(sign) < 46:
            found.append(value)
            value = 0
    return found


def test_every_text_is_there_word_for_word(static_index: StaticIndex, library: Shelf) -> None:
    with library.reading() as reading:
        texts = {document.id: document.text for document in reading.everything()}
    told = [line for block in static_index.blocks for line in block]
    assert {line["id"]: line["text"] for line in told} == texts
    assert all(len(block) == BLOCK for block in static_index.blocks[:-1])


def test_the_numbers_of_a_text_give_its_words_back(
    static_index: StaticIndex, library: Shelf
) -> None:
    lines = [line.split(":") for line in static_index.index["words"].split(" ")]
    sequences = [numbers_in(line) for line in static_index.index["texts"].split("\n")]
    assert len(sequences) == len(static_index.documents)
    with library.reading() as reading:
        analyser = reading._reader.generation.analyser
    for numbers, document in zip(sequences, static_index.documents, strict=True):
        words = analyser.words(document.text)
        surfaces = [fold(lines[number][0].rstrip("-")) for number in numbers]  # « co- » is a prefix
        assert surfaces == [word.surface for word in words]
        told = [lines[number][1] for number in numbers]
        lemmas = [lemma or surface for lemma, surface in zip(told, surfaces, strict=True)]
        assert lemmas == [word.lemma for word in words]


def test_affinities_are_told_to_the_ten_thousandth(
    static_index: StaticIndex, library: Shelf
) -> None:
    with library.reading() as reading:
        columns = reading._reader.generation.columns
    for theme, row in enumerate(static_index.index["affinities"]):
        for number in range(columns.size):
            high, low = map(SIGNS.index, row[2 * number : 2 * number + 2])
            told = (high * 93 + low) / (93**2 - 1)
            assert told == pytest.approx(columns.affinities[number, theme], abs=1e-4)


def test_a_shard_holds_words_that_nobody_said_and_that_find_something(
    static_index: StaticIndex, library: Shelf
) -> None:
    with library.reading() as reading:
        analyser = reading._reader.generation.analyser
    said = {line.split(":")[0] for line in static_index.index["words"].split(" ")}
    assert set(static_index.index["shards"].split(" ")) == set(static_index.shards)
    for name, words in static_index.shards.items():
        for form, analysis in words.items():
            assert form not in said
            assert fold(form).startswith(name)
            assert word_line(form, analyser.words(form)[0]) == f"{form}:{analysis}"


def test_the_rules_give_most_stems_of_the_words_they_were_drawn_from(library: Shelf) -> None:
    with library.reading() as reading:
        analyser = reading._reader.generation.analyser
    words = [analyser.words(form)[0] for form in sorted(analyser.lexicon.forms)]
    endings = endings_of({word.surface: word.stem for word in words})
    right = sum(guessed_stem(word.surface, endings) == word.stem for word in words)
    assert right / len(words) > 0.8
    assert len(endings) < 200


def test_no_contact_data_and_no_unknown_field_travels(static_index: StaticIndex) -> None:
    told = json.dumps([static_index.index, static_index.blocks], ensure_ascii=False)
    assert "@" not in "".join(line["text"] for block in static_index.blocks for line in block)
    assert "mailto:" not in told
    assert static_index.index["endings"] == SUFFIXES


def test_the_dictionary_is_analysed_as_a_query_is(library: Shelf) -> None:
    with library.reading() as reading:
        analyser = reading._reader.generation.analyser
    forms = list(dictionary_forms())[::97]
    for form, *parts in analysed(forms, analyser.lexicon).words():
        (word,) = analyser.words(form)
        assert parts == [word.surface, word.lemma, word.stem]


def test_no_text_is_read_as_a_word_that_holds_a_ligature(library: Shelf) -> None:
    with library.reading() as reading:
        lexicon = reading._reader.generation.analyser.lexicon
    assert analysed(["cœur", "coeur", "ex-æquo"], lexicon).forms == ["coeur"]
    assert [token.form for token in tokens("cœur")] == ["coeur"]


SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(STATIC.glob("moteur*.js")))


def test_the_scripts_hold_no_weight_of_their_own() -> None:
    assert not re.findall(r"\d\.\d", SCRIPTS)


@pytest.mark.parametrize("name", [*(name for name in WEIGHTS if name != "fields"), *BOOSTS])
def test_each_weight_travels_and_is_read(static_index: StaticIndex, name: str) -> None:
    told = json.loads(json.dumps(static_index.index["weights"]))
    assert {**told, **told["fields"]}[name] == {**WEIGHTS, **BOOSTS}[name]
    assert re.search(rf"\b{name}\b", SCRIPTS)
