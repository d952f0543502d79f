"""The ledger: claims of many articles, merged. The same claim in forty articles is one statement.

>>> from extract import ledger
>>> ledger.build(["facts.jsonl"], "ledger.duckdb")  # doctest: +SKIP

DuckDB does the work, with the queries in `sql/`; no Python code loops over rows. A build reads the existing
ledger and the new facts, and replaces the file when the new ledger is complete. See docs/ledger.md.
"""

from __future__ import annotations

from extract.ledger.building import Summary, build
from extract.ledger.store import TABLES, opened

__all__ = ["TABLES", "Summary", "build", "opened"]
