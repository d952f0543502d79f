"""What a ledger adds to a report: series over time, forecasts, contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from extract.report.sections import Section


def of_ledger(path: str | None) -> Iterator[Section]:
    """The sections of a ledger."""
    yield from ()
