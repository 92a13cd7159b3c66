"""One generation of the index with all that answers need, opened once."""

import json
from dataclasses import dataclass
from pathlib import Path

from indexer import fields
from indexer.analysis import Analyser
from indexer.fields import Catalogue
from indexer.lexicon import load_lexicon
from search.columns import Columns, load_columns
from search.engine import Engine
from search.facets import Dimension, dimensions_from
from search.library import Health
from search.terms import Expansions, expansions_from


@dataclass
class OpenGeneration:
    """Shared by all readings. `readings` counts those under way: the last closes a retired one."""

    health: Health
    engine: Engine
    analyser: Analyser
    columns: Columns
    catalogue: Catalogue
    dimensions: tuple[Dimension, ...]
    expansions: Expansions
    readings: int = 0
    is_retired: bool = False


def opened(folder: Path, health: Health) -> OpenGeneration:
    """Open the files of a generation whose digests are known."""
    catalogue: Catalogue = json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    columns = load_columns(folder / fields.COLUMNS_FILE)
    analyser = Analyser(load_lexicon(folder / fields.LEXICON_FILE))
    return OpenGeneration(
        health=health,
        engine=Engine(folder),
        analyser=analyser,
        columns=columns,
        catalogue=catalogue,
        dimensions=dimensions_from(catalogue, columns),
        expansions=expansions_from(
            (catalogue["acronyms"], catalogue["synonyms"]), catalogue["compounds"], analyser
        ),
    )
