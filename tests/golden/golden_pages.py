"""The golden pages: a folder each, a page of some layout beside the record that it must give.

After a wanted change, `python -m tests.golden.golden_pages` writes the records anew: review the
diff.
"""

import json
from pathlib import Path
from typing import Any

from corpus.extraction.extracted import extraction_as_json
from corpus.reading.confined import read_confined
from corpus.reading.formats import Format, format_of_name
from tests.golden.word_documents import DOCUMENTS

HERE = Path(__file__).parent
CASES = sorted(record.parent.name for record in HERE.glob("*/record.json"))


def page_of(case: str) -> tuple[bytes, Format]:
    """The bytes of a case; a Word document is made first."""
    if case in DOCUMENTS:
        return DOCUMENTS[case](), Format.WORD
    (path,) = (HERE / case).glob("page.*")
    return path.read_bytes(), format_of_name(path.name)


def record_of(case: str) -> dict[str, Any]:
    """What the page gives, without what only an editor reads."""
    record = extraction_as_json(read_confined(*page_of(case)).extraction)
    del record["problems"]
    for verbatim in record["verbatims"]:
        del verbatim["section"], verbatim["confidence"]
    return record


def expected_of(case: str) -> dict[str, Any]:
    """What the page must give."""
    expected: dict[str, Any] = json.loads((HERE / case / "record.json").read_text("utf-8"))
    return expected


if __name__ == "__main__":
    for name in CASES:
        text = json.dumps(record_of(name), ensure_ascii=False, indent=1)
        (HERE / name / "record.json").write_text(f"{text}\n", "utf-8")
