"""A builder of the small site that is killed at a moment of its work.

python -m tests.opensearch.dying_builder FOLDER PREFIX STEP DONE ADDRESS…
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from corpus.settings import EngineSettings
from corpus.site import Site
from indexer.build import build
from indexer.cluster import store, writer
from tests.small_site import SMALL_SITE, words_alone

NOTED = 4  # texts after which such a builder notes how far it went


def site_on(engine: EngineSettings, folder: Path) -> Site:
    """The small site in a folder of its own, on a cluster."""
    return replace(SMALL_SITE, folder=folder, settings=replace(SMALL_SITE.settings, moteur=engine))


def main() -> None:
    """Build until the moment that is asked for."""
    folder, prefix, fatal, at, *addresses = sys.argv[1:]
    writer._NOTED, store._LEASE = NOTED, 0.5  # its lock falls soon
    engine = EngineSettings("opensearch", tuple(addresses), prefix, fragments=2)

    def told(step: str, done: int, _total: int) -> None:
        if (step, done) == (fatal, int(at)):
            os.kill(os.getpid(), signal.SIGKILL)

    build(site_on(engine, Path(folder)), tagging=words_alone, encoding=lambda: None, progress=told)


if __name__ == "__main__":
    main()
