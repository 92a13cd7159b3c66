"""Checks that a fresh process can find by their names, and that go wrong."""

import os
import signal
import sys
from pathlib import Path

from corpus.site import Site
from indexer.verification import Review


def dies(_folder: Path, _site: Site) -> Review:
    """Be killed, as by a system short of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Review()


def fails(_folder: Path, _site: Site) -> Review:
    """Raise."""
    raise ValueError("rien ne va")


def says_who_reads(_folder: Path, _site: Site) -> Review:
    """Tell which process asks, and whether it loaded the French model."""

    return Review(movements=(str(os.getpid()), str("spacy" in sys.modules)))
