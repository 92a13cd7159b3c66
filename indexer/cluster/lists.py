"""What a generation holds beside its texts, in an index of its own: terms, files, the manifest.

The files are those that an index in a folder has (the lexicon, the catalogue…), cut in parts.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.homonyms import bare_name
from corpus.typography import slug_from
from indexer import fields
from indexer.cluster.client import Cluster
from indexer.cluster.layout import Body, term_id
from indexer.cluster.spread import Spread
from indexer.fields import Catalogue

MANIFEST_ID = "manifeste"
DRAFT_ID = "brouillon"  # how far a builder went
_PART = 500_000  # bytes of a file in one document


def term_rows(spread: Spread) -> Iterator[tuple[str, Body]]:
    """A document for each term of each field."""
    return ((term_id(*term), {"said_in": count}) for term, count in spread)


_SHORT = ("id", "title", "held_on", "url", "replay_url", "ideas", "verbatims")


def shorten(catalogue: Catalogue, folder: Path) -> None:
    """Leave in the catalogue of a folder what each worker holds.

    The rest of each webinar is asked for when its page is; the day on which a text came is kept
    with the text, and in a file for the next build.
    """
    short = [{name: entry[name] for name in _SHORT} for entry in catalogue["webinars"]]
    kept = {**catalogue, "webinars": short}
    (folder / fields.ADDED_FILE).write_text(json.dumps(kept.pop("added")), "utf-8")
    content = json.dumps(kept, ensure_ascii=False)
    (folder / fields.CATALOGUE_FILE).write_text(content, "utf-8")


def webinar_rows(catalogue: Catalogue) -> Iterator[tuple[str, Body]]:
    """A document for each webinar, by who speaks in it."""
    for place, entry in enumerate(catalogue["webinars"]):
        speakers = entry["speakers"]
        body: Body = {"entry": entry, "webinar": entry["id"], "place": place}
        body["people"] = [person["id"] for person in speakers]
        body["names"] = [slug_from(bare_name(person["name"])) for person in speakers]
        yield f"webinaire {place}", body


def file_rows(folder: Path) -> Iterator[tuple[str, Body]]:
    """The files of a folder, in parts."""
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            part = 0
            while (content := file.read(_PART)) or not part:
                body = {
                    "file": path.name,
                    "part": part,
                    "bytes": base64.b64encode(content).decode(),
                }
                yield f"{path.name}#{part}", body
                part += 1


def fetch_files(cluster: Cluster, index: str, names: Iterable[str], folder: Path) -> None:
    """Write the files of a generation into a folder."""
    for name in names:
        asked: Body = {"query": {"term": {"file": name}}, "_source": ["bytes"]}
        with (folder / name).open("wb") as file:
            for hit in cluster.everything(index, asked, "part", 2):
                file.write(base64.b64decode(hit["_source"]["bytes"]))
