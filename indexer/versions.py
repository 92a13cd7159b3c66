"""By which versions an index was made, and whether this program may read it."""

from typing import Any

from indexer import analysis, fields
from indexer.french import model_version
from indexer.index_writer import engine_version


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
