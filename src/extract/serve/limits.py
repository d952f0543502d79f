"""The limits of a server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a server. A request beyond a limit is refused with an error that names it.

    Attributes:
        size: Maximum bytes of a request body, or of a line of JSON Lines.
        articles: Maximum number of articles in a request; JSON Lines have no limit.
        timeout: Time limit for the extraction of an article, in seconds.
        patience: Time limit for a client to send a body or the next line, and to read a response, in seconds.
        at_once: Maximum number of requests with articles at a time; further ones are refused.
    """

    size: int = 4 * 2**20
    articles: int = 1000
    timeout: float = 30.0
    patience: float = 30.0
    at_once: int = 32
