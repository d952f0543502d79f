"""Facts from news text as structured, normalised, traceable records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.articles import Article as Article
    from extract.pipeline import facts as facts
    from extract.pipeline import load as load

__version__ = "0.1.0"
__all__ = ["Article", "facts", "load"]

_HOMES = {"Article": "extract.articles", "facts": "extract.pipeline", "load": "extract.pipeline"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import extract` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
