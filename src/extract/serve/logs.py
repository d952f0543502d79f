"""The log of a server: a JSON object a line, on standard error. No text, title, id or address is in it."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

LOGGED = "extract"  # the key of a request's scope under which the answer notes what the log is to have

requests = logging.getLogger("extract.serve.requests")


class JsonLines(logging.Formatter):
    """A record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level and message, and what was noted of a request.

        Of an exception only its type and place: its message may quote a text.
        """
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        held: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            held |= {"exception": type(error).__name__, "at": _place(error)}
        elif noted := getattr(record, "noted", None):
            held |= noted
        else:
            message = record.getMessage()  # of a failed start: a traceback; the command tells why
            held["message"] = "it failed" if message.startswith("Traceback ") else message
        return json.dumps(held, ensure_ascii=False)


def configure() -> None:
    """Send the log of the server, and that of uvicorn, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("extract", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)


def note(scope: Any, **noted: object) -> None:
    """Note what the log is to have of a request: numbers and codes, nothing that was sent."""
    scope.setdefault(LOGGED, {}).update(noted)


def _place(error: BaseException) -> list[str]:
    """Where an exception was raised: files, lines and functions, the last ones first."""
    frames = list(extract_tb(error.__traceback__))[-5:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
