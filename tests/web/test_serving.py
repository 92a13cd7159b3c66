"""`verbatheque serve`: settings and options, reloads, and a site that has no index yet."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.site import read_site
from indexer.build import build
from tests.faults.serving import fetched, served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "verbatheque.toml").write_text('titre = "Avant"\n', "utf-8")
    return tmp_path


@pytest.mark.process
def test_without_an_index_the_site_says_what_to_type(folder: Path) -> None:
    with served(folder) as server:
        for address, said in (("/", "verbatheque build"), ("/sante", '"degraded":true')):
            with pytest.raises(urllib.error.HTTPError) as refusal:
                urllib.request.urlopen(server.address + address)
            with refusal.value as answer:
                assert answer.status == 503
                assert said in answer.read().decode()
        assert "Lancez\u00a0: verbatheque build" in server.logged()


def eventually(is_so: Callable[[], bool], seconds: float = 10) -> bool:
    """Processes start one after the other: the first answers before the last is there."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


@pytest.mark.model
def test_settings_are_read_again_on_hup_and_options_win(folder: Path, sample_folder: Path) -> None:
    (folder / "verbatheque.toml").write_text('titre = "Avant"\n[serveur]\nprocessus = 3\n', "utf-8")
    build(read_site(folder), force=True)
    with served(folder, "--threads", "2") as server:
        assert "Avant" in fetched(server.address)
        assert eventually(lambda: len(server.workers()) == 3)
        settings = 'titre = "Après"\nadresse = "https://citations.exemple.fr"\n'
        limits = "[serveur]\nprocessus = 1\npart = 1\navance = 0\n"
        (folder / "verbatheque.toml").write_text(settings + limits, "utf-8")
        server.reload()
        assert eventually(lambda: len(server.workers()) == 1)
        with urllib.request.urlopen(server.address) as answer:
            assert "Après" in answer.read().decode()
            assert answer.headers["Strict-Transport-Security"]
        with pytest.raises(urllib.error.HTTPError, match="429") as refusal:
            fetched(server.address)
        refusal.value.close()
        with pytest.raises(urllib.error.HTTPError) as too_long:
            fetched(server.address + "/recherche?q=" + "a" * 10_000)
        with too_long.value as answer:
            assert answer.headers["Strict-Transport-Security"]


@pytest.mark.model
def test_an_option_wins_over_its_setting(folder: Path) -> None:
    (folder / "verbatheque.toml").write_text("[serveur]\nprocessus = 3\n", "utf-8")
    build(read_site(folder), force=True)
    with served(folder, "--workers", "1") as server:
        assert eventually(lambda: len(server.workers()) == 1)
        state = json.loads(fetched(server.address + "/sante"))
        assert (state["generation"], state["degraded"]) == (1, False)
        build(read_site(folder), force=True)
        for line in server.logged().splitlines():
            assert json.loads(line)["level"] in {"info", "warning"}
