"""The log: one JSON object a line, and nothing in it that tells who asked, or what.

No query, no whole address, no text of an exception: only its kind and where it was raised.
"""

import json
import logging
import time
import traceback
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request

from web.settings import current_settings

REQUESTS = logging.getLogger("web.requests")
UNKNOWN = "(inconnue)"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "web.access_log.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stderr",
        }
    },
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        REQUESTS.name: {"level": "INFO"},
        "search": {"level": "INFO"},
    },
}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; `facts`, given as extra, are added to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _where(trace: TracebackType | None) -> list[str]:
    """The last steps that led to a fault, without the values that were met."""
    return [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)[-8:]
    ]


def register_journal(app: Flask) -> None:
    """Tell each request in one line."""
    app.before_request(_start_clock)
    app.after_request(_tell)


def _start_clock() -> None:
    g.began = time.perf_counter()


def _tell(response: Response) -> Response:
    notes_network = current_settings().serveur.journal_reseau
    REQUESTS.info(
        "requete",
        extra={
            "facts": {
                "method": request.method if request.method in _METHODS else UNKNOWN,
                "path": _path(response.status_code),
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                "generation": _generation(),
                "network": network_of(request.remote_addr) if notes_network else None,
            }
        },
    )
    return response


_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


def _path(status: int) -> str:
    """The path of what exists; else the rule that was met: what was typed may be anything."""
    if status < 400:
        return request.path
    return request.url_rule.rule if request.url_rule else UNKNOWN


def _generation() -> int | None:
    reading = g.get("reading")
    return reading.health().generation if reading else None


def network_of(address: str | None) -> str | None:
    """The network of a visitor: three numbers of four, or three groups of eight."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False))
