"""The ledger: what many articles say of one thing. One claim in forty articles is one statement.

>>> from extract import ledger
>>> ledger.build(["facts.jsonl"], "ledger.duckdb")  # doctest: +SKIP

DuckDB does the work, in the statements of `sql/`: nothing here loops over rows. A build reads the old ledger
and the new facts, and puts a new file in the old one's place when it is whole. See docs/ledger.md.
"""

from __future__ import annotations

from extract.ledger.building import Summary, build
from extract.ledger.store import TABLES, opened

__all__ = ["TABLES", "Summary", "build", "opened"]
