"""A report of a run: one page of what was found in many articles, and pages of some of them beside it.

>>> page = make_report(["facts.jsonl"], Wanted(title="March"))

DuckDB counts, in a file of its own for the time being, so that memory does not grow with the number of facts.
Needs the extra `report`.
"""

from extract.report.make import Wanted, make_report

__all__ = ["Wanted", "make_report"]
