"""Errors of the server: one JSON form for all of them, with a code, a reason and a remedy.

{"error": {"code": "too_large", "reason": "the body is larger than 4 MiB", "remedy": "send fewer articles"}}
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# The HTTP status of each code. An error of one of several articles is part of a response with status 200.
STATUS: Mapping[str, int] = MappingProxyType(
    {
        "not_json": 400,
        "not_utf8": 400,
        "not_found": 404,
        "wrong_method": 405,
        "too_slow": 408,
        "too_large": 413,
        "too_many_articles": 413,
        "unknown_type": 415,
        "invalid": 422,
        "unreadable": 422,
        "failed": 500,
        "worker_died": 500,
        "busy": 503,
        "not_ready": 503,
        "took_too_long": 504,
    }
)
_LATER = {"busy": "1", "not_ready": "5"}  # seconds before a client should try again


class Refusal(Exception):  # noqa: N818 (it is a response too)
    """A request or an article that is refused."""

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        """Take the code (one of `STATUS`), what is wrong, and what to do about it."""
        super().__init__(f"{reason}; {remedy}")
        self.code, self.reason, self.remedy = code, reason, remedy

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str, str]]:
        return type(self), (self.code, self.reason, self.remedy)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.code]

    @property
    def headers(self) -> dict[str, str]:
        """Headers of the response."""
        return {"Retry-After": _LATER[self.code]} if self.code in _LATER else {}

    @property
    def body(self) -> dict[str, str]:
        """The value of `error` in the response."""
        return {"code": self.code, "reason": self.reason, "remedy": self.remedy}


def in_units(size: int) -> str:
    """A number of bytes, for people.

    >>> in_units(4 * 2**20), in_units(1500)
    ('4 MiB', '1,500 bytes')
    """
    return f"{size // 2**20:,} MiB" if size % 2**20 == 0 else f"{size:,} bytes"
