"""The published index as the next one goes on from it: what stays, and when nothing does.

What is learnt from all texts (lemmas, compounds, themes) is kept, and only completed by what is
new, until so many texts came, changed or went that it matters: a tenth of those it was learnt from.
Then all is learnt and written anew.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from indexer import fields
from indexer.affinity import Matrix, load_themes
from indexer.analysis import Analyser, family_of, part_of
from indexer.documents import Learnt
from indexer.manifest import DamagedGeneration, Manifest, digest_of
from indexer.postings import Numbers, Postings, documents_saying, load_postings
from indexer.vocabulary import in_memory, load_lexicon
from indexer.volumes import Volume, load_volumes, members_of

GROWN = 0.10  # the share of texts that moved from which all is learnt anew


@dataclass(frozen=True, slots=True)
class Last:
    """What an index goes on from; `worded`: the affinities of its texts by words."""

    folder: Path
    files: Mapping[str, str]  # their digests
    volumes: tuple[Volume, ...] = ()
    learnt: Learnt | None = None
    postings: Postings | None = None
    worded: Matrix | None = None

    def starts(self) -> dict[str, int]:
        """Where the texts of each volume begin."""
        ends = np.cumsum([0, *(volume.texts for volume in self.volumes)]).tolist()
        return {volume.name: start for volume, start in zip(self.volumes, ends, strict=False)}

    def volumes_saying(self, compounds: Mapping[str, Sequence[str]]) -> set[str]:
        """The volumes in which a compound may stand that was not known when they were written."""
        assert self.postings
        assert self.learnt
        analyser = Analyser(self.learnt.lexicon)
        found = [_saying(forms, analyser, self.postings) for forms in compounds.values()]
        texts = np.unique(np.concatenate([np.zeros(0, np.int32), *found]))
        starts = np.array([*self.starts().values()])
        places = np.unique(np.searchsorted(starts, texts, side="right") - 1).tolist()
        return {self.volumes[place].name for place in places}


def _saying(forms: Sequence[str], analyser: Analyser, postings: Postings) -> Numbers:
    """The texts that say all the parts of a compound, or a word of its family."""
    words = [word for form in forms for word in analyser.words(form)]
    saying = [
        documents_saying(postings, fields.SURFACE if word.is_empty else fields.LEMMA, part_of(word))
        for word in words
    ]
    found = reduce(np.intersect1d, saying) if saying else np.zeros(0, np.int32)
    if forms[0].endswith("-"):
        family = family_of("".join(map(part_of, words)))
        found = np.union1d(found, documents_saying(postings, fields.FAMILY, family))
    return np.asarray(found, dtype=np.int32)


def last_from(folder: Path, manifest: Manifest, facts: Mapping[str, Any]) -> Last | None:
    """The published index, when the next one goes on from it."""
    before = manifest.facts
    if any(before.get(key) != facts[key] for key in ("versions", "themes")):
        return None
    if moved_texts(before, facts) > GROWN * before["learnt"]["texts"]:
        return None
    members = members_of(before["webinars"], before["texts"])
    catalogue = json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    themes = load_themes(folder / fields.THEMES_FILE)
    lexicon = in_memory(load_lexicon(folder / fields.LEXICON_FILE))
    learnt = Learnt(lexicon, catalogue["compounds"], themes)
    with np.load(folder / fields.COLUMNS_FILE, allow_pickle=False) as columns:
        worded = columns[fields.WORDED]
    volumes = tuple(load_volumes(folder, members))
    postings = load_postings(folder, before["documents"])
    return Last(folder, manifest.files, volumes, learnt, postings, worded)


def moved_texts(before: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """How many texts came, changed or went since the index learnt from all of them."""
    old, new = before["webinars"], facts["webinars"]
    came = sum(facts["texts"][name] for name in new if old.get(name) != new[name])
    gone = sum(before["texts"][name] for name in old if name not in new)
    return int(before["learnt"]["moved"] + came + gone)


def unsettled(volumes: Sequence[Volume], names: Iterable[str]) -> list[Volume]:
    """The same volumes; those of these names are to be written."""
    gone = set(names)
    return [replace(volume, name="") if volume.name in gone else volume for volume in volumes]


def bring(name: str, last: Last, others: Sequence[Path], folder: Path) -> None:
    """Give a new index a file of the published one, of which every byte is read again.

    It is linked to that of another generation that is kept, and only copied from the published
    one: a damage to the disk is never one to both the new index and the one before it.
    """
    digest, place = last.files[name], folder / name
    for other in others:
        if _is(other / name, digest):
            os.link(other / name, place)
            return
    shutil.copyfile(last.folder / name, place)
    if not _is(place, digest):
        raise DamagedGeneration(f"le fichier « {name} » est endommagé")


def _is(path: Path, digest: str) -> bool:
    try:
        return digest_of(path) == digest
    except OSError:
        return False
