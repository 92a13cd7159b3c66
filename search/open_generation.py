"""One generation of the index with all that answers need, opened once."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from indexer import fields
from indexer.analysis import Analyser
from indexer.fields import Catalogue
from indexer.forms import Forms, load_forms
from indexer.lexicon import load_lexicon
from indexer.postings import load_postings
from search.columns import Columns, load_columns
from search.engine import Engine
from search.facets import Dimension, dimensions_from
from search.library import Health
from search.spelling import Spelling, spelling_from
from search.suggestions import Lists, lists_from
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
    spelling: Spelling
    lists: Lists
    readings: int = 0
    is_retired: bool = False

    @cached_property
    def theme_stems(self) -> tuple[frozenset[str], ...]:
        """For each theme, the stems of its label and of its seed terms."""
        named = [(theme["label"], *theme.get("seeds", ())) for theme in self.catalogue["themes"]]
        return tuple(
            frozenset(word.stem for word in self.analyser.words(" ; ".join(names)))
            for names in named
        )


def opened(folder: Path, health: Health) -> OpenGeneration:
    """Open the files of a generation whose digests are known."""
    catalogue: Catalogue = json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    columns = load_columns(folder / fields.COLUMNS_FILE)
    analyser = Analyser(load_lexicon(folder / fields.LEXICON_FILE))
    forms = load_forms(folder / fields.FORMS_FILE)
    return OpenGeneration(
        health=health,
        engine=Engine(folder, load_postings(folder / fields.POSTINGS_FILE, fields.WORD_FIELDS)),
        analyser=analyser,
        columns=columns,
        catalogue=catalogue,
        dimensions=dimensions_from(catalogue, columns),
        expansions=expansions_from(
            (catalogue["acronyms"], catalogue["synonyms"]), catalogue["compounds"], analyser
        ),
        spelling=_spelling(forms),
        lists=lists_from(forms, catalogue, columns, analyser.lexicon),
    )


def _spelling(forms: Forms) -> Spelling:
    """A compound is also repaired when typed in one word: « tierlieux »."""
    joined = (replace(form, form=form.form.replace("-", "")) for form in forms.compounds)
    return spelling_from((*joined, *forms.names, *forms.words))
