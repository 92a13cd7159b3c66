"""Nothing is published that another process could not read whole."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.site import Site, read_site
from indexer import fields, verification
from indexer.build import BuildRefused, build
from indexer.generations import index_store
from indexer.index_reader import read_back
from indexer.postings import arrays_digest, load_postings, order_of, save_postings
from indexer.verification import Check
from tests.indexer.fresh_checks import dies, fails, says_who_reads

pytestmark = pytest.mark.model


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    shutil.copytree(sample_site.folder, folder)
    return read_site(folder)


@pytest.fixture
def index(site: Site) -> tuple[Path, dict[str, Any]]:
    """A sound index, and what it must hold."""
    current = index_store(site).current()
    return current.folder, current.manifest.facts


def test_another_process_reads_and_it_loads_no_model(site: Site) -> None:
    reader, has_model = build(site, force=True, check=says_who_reads).review.movements
    assert int(reader) != os.getpid()
    assert has_model == "False"


@pytest.mark.parametrize(("check", "said"), [(dies, "arrêt -9"), (fails, "rien ne va")])
def test_a_reading_that_fails_refuses_the_build(check: Check, said: str, site: Site) -> None:
    before = index_store(site).current()
    with pytest.raises(BuildRefused, match=said):
        build(site, force=True, check=check)
    assert index_store(site).current() == before
    assert not list((index_store(site).root / "gens").glob(".tmp-*"))


def fault_of(folder: Path, expected: dict[str, Any]) -> str:
    return verification.fault_of(folder, read_back(folder), expected)


def test_a_sound_index_has_no_fault(index: tuple[Path, dict[str, Any]]) -> None:
    assert fault_of(*index) == ""


def changed_postings(folder: Path, field: str, documents: int) -> dict[str, Any]:
    """Say the first term of a field in another document."""
    arrays = {n: np.array(a) for n, a in load_postings(folder, documents).arrays.items()}
    keys, ends = arrays["keys"].tobytes(), arrays["ends"].tolist()
    row = next(row for row, end in enumerate(ends) if keys.startswith(f"{field} ".encode(), end))
    arrays["documents"][arrays["starts"][row]] += 1
    save_postings(folder, arrays)
    return arrays


def lose_a_posting(folder: Path) -> None:
    changed_postings(folder, fields.STEM, 1)


def lose_a_row(folder: Path) -> None:
    with np.load(folder / fields.COLUMNS_FILE) as stored:
        columns = {name: stored[name] for name in stored.files}
    columns["days"] = columns["days"][1:]
    np.savez(folder / fields.COLUMNS_FILE, **columns)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lose_a_posting, "les mots relus dans l’index"),
        (lose_a_row, "une colonne"),
    ],
)
def test_what_differs_from_what_was_meant_is_said(
    harm: Callable[[Path], None], said: str, index: tuple[Path, dict[str, Any]]
) -> None:
    harm(index[0])
    assert said in fault_of(*index)


@pytest.mark.parametrize("field", fields.ENGINE_FIELDS)
def test_the_engine_must_hold_the_same_words(
    field: str, index: tuple[Path, dict[str, Any]]
) -> None:
    folder, facts = index
    changed = arrays_digest(changed_postings(folder, field, facts["documents"]))
    assert f"le moteur (champ {field})" in fault_of(folder, {**facts, "postings": changed})


@pytest.mark.parametrize("field", fields.ENGINE_FIELDS)
def test_the_engine_must_hold_them_in_the_same_order(
    field: str, index: tuple[Path, dict[str, Any]]
) -> None:
    folder, facts = index
    arrays = {n: np.array(a) for n, a in load_postings(folder, facts["documents"]).arrays.items()}
    order = arrays[order_of(field)]
    order[:2] = order[1::-1].copy()
    save_postings(folder, arrays)
    changed = {**facts, "postings": arrays_digest(arrays)}
    assert f"le moteur (champ {field})" in fault_of(folder, changed)


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [("documents", 3, "3 textes à indexer"), ("records", "0" * 64, "un texte relu")],
)
def test_another_count_or_text_is_said(
    fact: str, value: object, said: str, index: tuple[Path, dict[str, Any]]
) -> None:
    folder, facts = index
    assert said in fault_of(folder, {**facts, fact: value})


def test_a_list_that_cannot_be_read_stops_the_reading(index: tuple[Path, dict[str, Any]]) -> None:
    (index[0] / fields.CATALOGUE_FILE).write_text("{", "utf-8")
    with pytest.raises(json.JSONDecodeError):
        fault_of(*index)
