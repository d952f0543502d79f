"""What `extract` itself has written: facts and failures, which hold no articles of their own."""

from __future__ import annotations

import logging
from collections.abc import Collection

from extract.records import Fact, columns

logger = logging.getLogger(__name__)

_OTHERS = (  # than facts
    frozenset({"where", "reason", "remedy"}),
    frozenset({"doc_id", "digest", "title", "published", "source"}),
)


def is_output(names: Collection[str]) -> bool:
    """Whether columns (or fields) are those of facts, of failures or of the table of articles."""
    return set(names) in _OTHERS or set(columns(Fact)) <= set(names)


def tell(path: str) -> None:
    """Tell that a file is left out."""
    logger.warning("%s: left out, for it holds what extract wrote, not articles", path)
