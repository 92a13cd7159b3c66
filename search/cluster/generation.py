"""A generation on OpenSearch with all that answers need, opened once."""

from functools import partial
from pathlib import Path

from corpus.settings import EngineSettings
from indexer.analysis import Analyser
from indexer.cluster.client import Cluster
from indexer.cluster.layout import lists_index, texts_index
from indexer.encoder import Encoding
from indexer.fields import Catalogue
from search.cluster.texts import ClusterEngine
from search.cluster.webinars import ClusterWebinars
from search.dimensions import Dimension
from search.open_generation import Health, OpenGeneration, Opening, opened


def opening_on(settings: EngineSettings) -> Opening:
    """How the generations of a cluster are opened; their number is the name of the folder."""
    return partial(_opened, Cluster(settings))


def _opened(cluster: Cluster, folder: Path, health: Health, encoding: Encoding) -> OpenGeneration:
    number, prefix = int(folder.name), cluster.settings.prefixe
    texts, lists = texts_index(prefix, number), lists_index(prefix, number)

    def engine_of(
        catalogue: Catalogue, dimensions: tuple[Dimension, ...], analyser: Analyser, means: bool
    ) -> ClusterEngine:
        return ClusterEngine(cluster, texts, lists, catalogue, dimensions, analyser, means)

    generation = opened(folder, health, encoding, engine_of)
    generation.webinar_entries = ClusterWebinars(cluster, lists)
    return generation
