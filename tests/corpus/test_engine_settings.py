"""Where the index of a site is: what its settings may say, and what is told of the rest."""

import subprocess
import sys

import pytest

from corpus.settings import EngineSettings, settings_from

NODES = ["https://n1.exemple.fr:9200", "http://127.0.0.1:9200"]


def engine(**table: object) -> tuple[EngineSettings, list[str]]:
    settings, problems = settings_from({"moteur": table}, "verbatheque.toml")
    return settings.moteur, [str(problem) for problem in problems]


def test_the_index_is_a_folder_unless_asked_otherwise() -> None:
    assert settings_from({}, "verbatheque.toml")[0].moteur == EngineSettings()
    assert not EngineSettings().is_cluster


def test_a_cluster_is_named_by_its_nodes() -> None:
    moteur, problems = engine(type="opensearch", noeuds=NODES, prefixe="citations", fragments=3)
    assert moteur == EngineSettings("opensearch", tuple(NODES), "citations", 3, 1)
    assert not problems


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"type": "elastic"}, "moteur.type"),
        ({"type": "opensearch"}, "ne nomme aucun nœud"),
        ({"type": "opensearch", "noeuds": ["http://n1.exemple.fr:9200"]}, "https://"),
        ({"type": "opensearch", "noeuds": ["n1.exemple.fr"]}, "moteur.noeuds"),
        ({"type": "opensearch", "noeuds": NODES, "prefixe": "Mon Site"}, "moteur.prefixe"),
        ({"type": "opensearch", "noeuds": NODES, "fragments": 0}, "moteur.fragments"),
    ],
)
def test_what_cannot_be_used_is_told(table: dict[str, object], told: str) -> None:
    _, problems = engine(**table)
    assert any(told in problem for problem in problems)


@pytest.mark.process
def test_who_stays_embedded_loads_no_client() -> None:
    code = (
        "import sys, web.cli.serving, web.cli.indexing, search.live_index\n"
        "assert not {'opensearchpy', 'indexer.cluster', 'search.cluster'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
