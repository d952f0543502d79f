"""Facts from news text as structured, normalised, traceable records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract import records as records
    from extract.articles import Article as Article
    from extract.collection import Facts as Facts
    from extract.collection import to_dicts as to_dicts
    from extract.pipeline import facts as facts
    from extract.pipeline import load as load
    from extract.run.pipe import pipe as pipe
    from extract.writers.pandas import to_dataframe as to_dataframe

__version__ = "0.2.0"
__all__ = ["Article", "Facts", "facts", "load", "pipe", "records", "to_dataframe", "to_dicts"]

_HOMES = {
    "Article": "extract.articles",
    "Facts": "extract.collection",
    "facts": "extract.pipeline",
    "load": "extract.pipeline",
    "pipe": "extract.run.pipe",
    "to_dataframe": "extract.writers.pandas",
    "to_dicts": "extract.collection",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import extract` costs nothing."""
    from importlib import import_module

    if name == "records":
        return import_module("extract.records")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
