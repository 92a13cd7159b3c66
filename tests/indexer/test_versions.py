"""Two engines under one name are refused before they mix."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.site import Site
from indexer.generations import index_store
from indexer.versions import TwoEngines, engine_distributions, refuse_two_engines


@pytest.fixture(autouse=True)
def asked_again() -> Iterator[None]:
    refuse_two_engines.cache_clear()
    yield
    refuse_two_engines.cache_clear()


def install(folder: Path, name: str, file: str, content: str) -> None:
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / file).write_text(content)


def test_this_environment_has_one_engine() -> None:
    assert engine_distributions() == ["Whoosh-Reloaded"]
    refuse_two_engines()


@pytest.mark.parametrize(
    ("file", "content"),
    [("top_level.txt", "whoosh\n"), ("RECORD", "x/a.py,,\nwhoosh/__init__.py,,\n")],
)
def test_a_second_one_is_refused_with_what_to_do(
    file: str, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "Whoosh", file, content)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(TwoEngines, match="pip uninstall Whoosh puis"):
        index_store(Site(tmp_path))


def test_a_package_with_a_name_that_begins_alike_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "whooshing", "RECORD", "whooshing/__init__.py,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    refuse_two_engines()
