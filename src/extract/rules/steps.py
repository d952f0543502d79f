"""One step of an explanation, as the `explain` modules of the rooms give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a fact.

    Attributes:
        about: A field of the record (`metric`), or `pattern`, `pass`, `date`, `no claim`.
        value: The words or the value that it is about; None where there is none.
        why: What found it, in words.
    """

    about: str
    value: str | None
    why: str


def described(function: Callable[..., Any]) -> str:
    """A function by its name and the first line of its documentation: ``adds`: the verb is `add``."""
    name = function.__name__.strip("_")
    line = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return f"`{name}`: {line}" if line else f"`{name}`"
