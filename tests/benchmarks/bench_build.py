"""How long a build takes: from nothing, with nothing changed, and with one webinar changed."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.site import DERIVED, SAMPLE_SITE, writeup_paths


def main() -> None:
    """Run the real command on a copy of the sample site."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        shutil.copytree(SAMPLE_SITE, folder, ignore=shutil.ignore_patterns(DERIVED))
        print(f"de rien               {_build(folder):6.2f} s")
        print(f"rien de changé        {_build(folder):6.2f} s")
        changed = writeup_paths(folder)[0]
        changed.write_text(changed.read_text("utf-8").replace("## 1. ", "## 1. Bis : ", 1), "utf-8")
        print(f"une idée changée      {_build(folder):6.2f} s")
        with changed.open("a", encoding="utf-8") as file:
            file.write("\n> Une phrase que personne n’avait encore analysée.\n")
        print(f"un verbatim de plus   {_build(folder):6.2f} s")


def _build(folder: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "web.cli", "build", "--site", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
