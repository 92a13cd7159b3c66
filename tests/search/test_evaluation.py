"""Measures agree with hand-made examples, and collections go through the real search."""

import json
import math
from pathlib import Path

import pytest

from corpus.problems import CorpusError
from search.evaluation import evaluated, ndcg, recall, reciprocal_rank

SHARED = Path(__file__).parents[3] / "shared" / "eval"


@pytest.mark.parametrize(
    ("ranked", "judged", "expected"),
    [
        (["a", "b"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 1 / math.log2(3)),
        (["b", "a"], {"a": 1, "b": 3}, 1.0),
        (["a", "b"], {"a": 1, "b": 3}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["c"] * 10 + ["a"], {"a": 1}, 0.0),
        ([], {"a": 1}, 0.0),
        (["a"], {}, 0.0),
        (["a"], {"a": -1}, 0.0),
    ],
)
def test_ndcg_is_that_of_trec_eval(
    ranked: list[str], judged: dict[str, int], expected: float
) -> None:
    assert ndcg(ranked, judged) == pytest.approx(expected)


def test_the_first_relevant_document_gives_the_reciprocal_rank() -> None:
    assert reciprocal_rank(["x", "a", "b"], {"a": 1, "b": 1}) == 1 / 2
    assert reciprocal_rank(["x"], {"a": 1}) == 0


def test_recall_is_the_share_that_is_found() -> None:
    assert recall(["a", "x"], {"a": 2, "b": 1, "c": 0}) == 1 / 2
    assert recall(["a"], {}) == 0


@pytest.mark.model
def test_a_beir_folder_is_measured_through_the_real_search(tmp_path: Path) -> None:
    texts = {"d1": "Le maire inaugure la halle.", "d2": "Les vélos rouillent sous la pluie."}
    lines = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "queries.jsonl").write_text(
        json.dumps({"_id": "q1", "text": "un velo"})
        + "\n"
        + json.dumps({"_id": "q2", "text": "?"}),
        "utf-8",
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td1\t1\n", "utf-8"
    )
    measures, run = evaluated(tmp_path, "dev")
    assert run == {"q1": ["d2"], "q2": []}
    assert measures["ndcg@10"] == measures["recall@100"] == 0.5
    assert measures["queries"] == 2
    with pytest.raises(CorpusError, match="--split"):
        evaluated(tmp_path, "test")


def test_a_folder_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"corpus\.jsonl"):
        evaluated(tmp_path, "dev")


@pytest.mark.model
@pytest.mark.skipif(not SHARED.is_dir(), reason="the judged collections are not in the repository")
@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [
        ("retrieval/cdtn", "ndcg@10", 0.42),
        ("retrieval/cnil", "ndcg@10", 0.628),
        ("retrieval/covid", "ndcg@10", 0.515),
        ("themes/cnil", "top1", 0.58),
        ("themes/sib200", "top1", 0.57),
    ],
)
def test_quality_does_not_fall(name: str, measure: str, floor: float) -> None:
    assert evaluated(SHARED / name, "dev")[0][measure] >= floor
