"""Which proposals name a person: what `oublier` must not leave behind."""

import html
import io
import re
import zipfile
from pathlib import Path

from corpus.pages.archives import require_safe_archive
from corpus.pages.encoding import decoded
from corpus.problem import CorpusError
from corpus.proposals import Proposal, proposals_in
from corpus.typography import slug_from

_TAG = re.compile(r"<[^<>]*>")


def proposals_naming(site: Path, name: str) -> list[Proposal]:
    """The proposals that hold the name in any spelling, and those that cannot be read."""
    wanted = slug_from(name)
    return [p for p in proposals_in(site) if wanted and _names(p, f"-{wanted}-")]


def _names(proposal: Proposal, wanted: str) -> bool:
    try:
        texts = (proposal.note, proposal.address, _text(proposal.file) if proposal.file else "")
    except CorpusError:
        return True  # `add` refuses it too: nothing is lost when it goes
    return any(wanted in f"-{slug_from(text)}-" for text in texts)


def _text(file: Path) -> str:
    """All the letters, properties of the document included; a tag parts two words, or does not."""
    content = file.read_bytes()
    text = _unpacked(content) if file.suffix == ".docx" else decoded(content)
    return html.unescape(f"{_TAG.sub('', text)} {_TAG.sub(' ', text)}")


def _unpacked(content: bytes) -> str:
    require_safe_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(decoded(archive.read(name)) for name in archive.namelist())
