"""What `extract` itself has written: facts and failures, which hold no articles of their own."""

from __future__ import annotations

import logging
from collections.abc import Collection

logger = logging.getLogger(__name__)

_FAILURES = {"where", "reason", "remedy"}
_ARTICLES = {"doc_id", "digest", "title", "published"}
_FACTS = {"doc_id", "fact_id", "kind", "start", "end"}


def is_output(names: Collection[str]) -> bool:
    """Whether columns (or fields) are those of facts, of failures or of the table of articles."""
    known = set(names)
    return known == _FAILURES or known >= _ARTICLES or known >= _FACTS


def tell(path: str) -> None:
    """Tell that a file is left out."""
    logger.warning("%s: left out, for it holds what extract wrote, not articles", path)
