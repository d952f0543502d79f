"""Which lexicons are in force: the shipped ones, or these with a user's own words and rules laid over them.

A component sets its own for the time of one call, in a context variable; between calls, and in every other
thread, the shipped ones are in force. What is compiled from words that a user can change is `cached` or
`remembered` here, once for each `Lexicons`.

>>> mine = Lexicons.of('[{"verbs": {"increase": ["zoom"]}}]')
>>> with using(mine):
...     active() is mine
True
>>> active() is None
True
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from hashlib import blake2b
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

Params = ParamSpec("Params")
Result = TypeVar("Result")


class Lexicons:
    """The shipped lexicons with a user's rules laid over them; equal rules are one object. Never changed.

    Attributes:
        text: The rules as JSON: a list of layers, one for each file, the later over the earlier.
        digest: 12 hexadecimal digits that tell these rules from any others.
        layers: The tables of each file.
    """

    __slots__ = ("__weakref__", "_made", "digest", "layers", "text")

    def __init__(self, text: str) -> None:
        """Use `Lexicons.of`, which makes one object of equal rules."""
        self.text = text
        self.digest = blake2b(text.encode(), digest_size=6).hexdigest()
        self.layers: tuple[dict[str, Any], ...] = tuple(json.loads(text))
        self._made: dict[Any, Any] = {}

    @staticmethod
    def of(text: str) -> Lexicons:
        """The lexicons of rules in JSON, as `own.parse` gives them."""
        found = _KNOWN.get(text)
        if found is None:
            found = _KNOWN.setdefault(text, Lexicons(text))
        return found

    def sections(self, name: str) -> list[Any]:
        """What each layer has in a section, the later ones last."""
        return [layer[name] for layer in self.layers if name in layer]

    def default(self, name: str) -> Any:
        """A default of the user's, such as `currency`; None where they state none."""
        stated = [section[name] for section in self.sections("defaults") if name in section]
        return stated[-1] if stated else None

    def made(self, function: Callable[..., Result], args: tuple[Any, ...], options: dict[str, Any]) -> Result:
        """The result of a function with these lexicons in force; called once for the same arguments."""
        key = (function, args, *options.items()) if options else (function, args)
        try:
            result: Result = self._made[key]
        except KeyError:
            result = self._made[key] = function(*args, **options)
        return result

    def __reduce__(self) -> tuple[Callable[[str], Lexicons], tuple[str]]:
        return Lexicons.of, (self.text,)


_KNOWN: WeakValueDictionary[str, Lexicons] = WeakValueDictionary()
_ACTIVE: ContextVar[Lexicons | None] = ContextVar("extract.lexicons", default=None)


def active() -> Lexicons | None:
    """The lexicons in force; None for the shipped ones as they are."""
    return _ACTIVE.get()


def default(name: str) -> Any:
    """A default of the user whose lexicons are in force; None where there is none."""
    lexicons = _ACTIVE.get()
    return lexicons.default(name) if lexicons is not None else None


@contextmanager
def using(lexicons: Lexicons | None) -> Iterator[None]:
    """Put lexicons in force for a while; None for the shipped ones."""
    token = _ACTIVE.set(lexicons)
    try:
        yield
    finally:
        _ACTIVE.reset(token)


def cached(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """As `functools.cache`, with results of their own for each `Lexicons`."""
    shipped: Any = cache(function)
    code = getattr(function, "__code__", None)
    if code is not None and not code.co_argcount + code.co_kwonlyargcount:  # many are asked for at each word

        @wraps(function)
        def of_active_alone() -> Result:
            lexicons = _ACTIVE.get()
            made: Result = shipped() if lexicons is None else lexicons.made(function, (), {})
            return made

        return cast("Callable[Params, Result]", of_active_alone)

    @wraps(function)
    def of_active(*args: Params.args, **options: Params.kwargs) -> Result:
        lexicons = _ACTIVE.get()
        result: Result = (
            shipped(*args, **options) if lexicons is None else lexicons.made(function, args, options)
        )
        return result

    return of_active


def remembered(size: int) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """As `functools.lru_cache`, with results of their own for each `Lexicons`."""

    def decorate(function: Callable[Params, Result]) -> Callable[Params, Result]:
        @lru_cache(size)
        def of(lexicons: Lexicons | None, *args: Any, **options: Any) -> Any:
            return function(*args, **options)

        @wraps(function)
        def of_active(*args: Params.args, **options: Params.kwargs) -> Result:
            found: Any = of
            result: Result = found(_ACTIVE.get(), *args, **options)
            return result

        return of_active

    return decorate
