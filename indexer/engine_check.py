"""Two distributions of Whoosh overwrite each other's files: refuse to start with both."""

from functools import cache
from importlib.metadata import Distribution, distributions

from corpus.problem import CorpusError

_PACKAGE = "whoosh"


class TwoEngines(CorpusError):
    """The operator's fault; the message names the command to run."""


@cache
def refuse_two_engines() -> None:
    """Raise `TwoEngines` when more than one distribution installs the package `whoosh`."""
    names = engine_distributions()
    if len(names) > 1:
        wrong = " ".join(name for name in names if name.lower() != "whoosh-reloaded")
        raise TwoEngines(
            f"plusieurs versions du moteur sont installées ({', '.join(names)}) et se mélangent. "
            f"Lancez : pip uninstall {wrong} puis pip install --force-reinstall whoosh-reloaded"
        )


def engine_distributions() -> list[str]:
    """The names of the installed distributions that hold the package `whoosh`."""
    return sorted({found.name for found in distributions() if _holds_engine(found)})


def _holds_engine(distribution: Distribution) -> bool:
    """Say so from what it lists; the long list of files only when there is no short one."""
    packages = distribution.read_text("top_level.txt")
    if packages is not None:
        return _PACKAGE in packages.split()
    return f"\n{_PACKAGE}/__init__.py," in f"\n{distribution.read_text('RECORD') or ''}"
