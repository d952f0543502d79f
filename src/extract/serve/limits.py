"""What a server takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a server. What is beyond one is refused with an error that names it.

    Attributes:
        size: Bytes of a request's body, or of a line of JSON Lines.
        articles: How many articles a request may hold; a stream of JSON Lines may hold any number.
        timeout: Seconds that the extraction of one article may take.
        patience: Seconds that a client may take to send a body, or the next line, and to take an answer.
        at_once: Requests with articles that are answered at once; one more is refused, to be sent later.
    """

    size: int = 4 * 2**20
    articles: int = 1000
    timeout: float = 30.0
    patience: float = 30.0
    at_once: int = 32
