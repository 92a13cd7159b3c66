"""By which engine and versions an index was made, and whether this program may read it."""

from functools import cache
from importlib.metadata import Distribution, distributions
from typing import Any

from corpus.problems import CorpusError
from indexer import analysis, fields
from indexer.french import model_version
from indexer.index_writer import engine_version

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


def versions() -> dict[str, Any]:
    """All that could change what an index answers, but the site."""
    return {
        "schema": fields.SCHEMA_VERSION,
        "analysis": analysis.VERSION,
        "engine": engine_version(),
        "model": model_version(),
    }


def unreadable_because(facts: dict[str, Any]) -> str:
    """Why this program must not read an index, in French, with what to do; "" when it may."""
    made_by = facts.get("versions", {})
    schema, engine = made_by.get("schema"), made_by.get("engine")
    if not isinstance(schema, int) or schema < fields.SCHEMA_VERSION:
        why = "a été construit par une version plus ancienne de Verbathèque. Lancez"
    elif schema > fields.SCHEMA_VERSION:
        why = (
            "a été construit par une version plus récente de Verbathèque. "
            "Mettez le programme à jour, ou lancez"
        )
    elif engine != engine_version():
        why = f"a été construit par un autre moteur ({engine}). Lancez"
    else:
        return ""
    return f"L’index {why}\u00a0: verbatheque build"
