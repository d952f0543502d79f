"""The log of the server: one JSON object per line, on stderr, without texts, titles, ids and addresses."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

LOGGED = "extract"  # the key in the scope of a request for the values to log

requests = logging.getLogger("extract.serve.requests")


class JsonLines(logging.Formatter):
    """Formats a log record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level and message of the record, and the values noted for a request.

        Of an exception only the type and place, as its message may quote a text.
        """
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        held: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            held |= {"exception": type(error).__name__, "at": _place(error)}
        elif noted := getattr(record, "noted", None):
            held |= noted
        else:
            message = record.getMessage()  # a traceback after a failed start; the command prints the reason
            held["message"] = "failed" if message.startswith("Traceback ") else message
        return json.dumps(held, ensure_ascii=False)


def configure() -> None:
    """Send the logs of the server and of uvicorn to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("extract", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)


def note(scope: Any, **noted: object) -> None:
    """Add values to the log of a request: numbers and codes, nothing that the client sent."""
    scope.setdefault(LOGGED, {}).update(noted)


def _place(error: BaseException) -> list[str]:
    """The place of an exception: files, lines and functions, innermost first."""
    frames = list(extract_tb(error.__traceback__))[-5:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
