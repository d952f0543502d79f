"""Reports on runs: a page that summarizes the facts of many articles, and pages of some of the articles.

>>> page = make_report(["facts.jsonl"], Wanted(title="March"))

DuckDB aggregates the facts in a temporary file, so memory does not grow with their number. Requires the extra
`report`.
"""

from extract.report.make import Wanted, make_report

__all__ = ["Wanted", "make_report"]
