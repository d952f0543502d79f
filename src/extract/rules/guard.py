"""What surrounds the call of a component: its lexicons are in force; where it breaks, the error names it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc

from extract.errors import ComponentError, ExtractError
from extract.lexicons.scope import using

Component = TypeVar("Component")
Call = Callable[[Component, Doc], Doc]


def guarded(name: str) -> Callable[[Call[Component]], Call[Component]]:
    """Make the `__call__` of a component raise `ComponentError` for what it does not raise on purpose.

    A component that has `lexicons` (of a user's rules) works with these.

    spaCy takes each `KeyError` for a component that was not initialised, and says so instead of the cause.

    Args:
        name: The name of its factory, for messages.
    """

    def decorate(call: Call[Component]) -> Call[Component]:
        @wraps(call)
        def guard(component: Component, doc: Doc) -> Doc:
            try:
                with using(getattr(component, "lexicons", None)):
                    return call(component, doc)
            except ExtractError:
                raise
            except Exception as error:
                raise ComponentError(name, error) from error

        return guard

    return decorate
