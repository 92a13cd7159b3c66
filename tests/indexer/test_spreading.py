"""However the French analysis is shared out, it says what one process would."""

import sys
from collections.abc import Iterator
from typing import Any

import distributed
import pytest

from corpus.site import SAMPLE_SITE, read_site
from indexer import spreading, tagging
from indexer.french import load_french, voted_lexicon
from indexer.spreading import tagging_by
from indexer.tagging import TaggingFailed, tagged_apart

pytestmark = pytest.mark.model

TEXTS = [part.text for part in read_site(SAMPLE_SITE).webinars[0].parts]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler that has two workers."""
    started: Any = distributed.LocalCluster
    options = {"processes": False, "protocol": "tcp", "host": "127.0.0.1"}
    with started(2, threads_per_worker=1, dashboard_address=None, **options) as cluster:
        yield cluster.scheduler_address
        if spreading._client.cache_info().currsize:
            spreading._client(cluster.scheduler_address).close()
    spreading._client.cache_clear()


def test_several_processes_say_what_one_does() -> None:
    with tagging_by(workers=2)(TEXTS) as answers:
        assert list(answers) == list(load_french()(TEXTS))
    assert len(tagging._idle) == 2
    tagging.end_idle()


def test_workers_of_dask_make_the_same_lexicon(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "_SHARE", 3)
    with tagging_by(scheduler=scheduler)(TEXTS) as answers:
        assert voted_lexicon(answers) == voted_lexicon(load_french()(TEXTS))


def test_a_worker_of_another_model_is_refused(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter(["celui d’ici"])
    monkeypatch.setattr(spreading, "model_version", lambda: next(asked, "un autre"))
    with (
        pytest.raises(TaggingFailed, match="un ouvrier a un autre"),
        tagging_by(scheduler=scheduler)(TEXTS) as answers,
    ):
        list(answers)


def test_without_texts_nobody_is_asked() -> None:
    for asked in (tagging_by(workers=2), tagging_by(scheduler="tcp://127.0.0.1:1")):
        with asked([]) as answers:
            assert list(answers) == []


def test_one_process_needs_nothing_else() -> None:
    assert tagging_by() is tagged_apart


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "_PATIENCE", 1)
    asked = tagging_by(scheduler="tcp://127.0.0.1:1")(TEXTS)
    with (
        pytest.raises(TaggingFailed, match=r"le répartiteur tcp://127\.0\.0\.1:1 ne répond pas"),
        asked,
    ):
        pass


def test_where_dask_is_not_installed_one_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = tagging_by(scheduler="tcp://127.0.0.1:2")(TEXTS)
    with pytest.raises(TaggingFailed, match=r"Installez verbatheque\[calcul\]"), asked:
        pass
