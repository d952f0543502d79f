"""The interval of a claim's time, by the records of its dates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from spacy.tokens import Span

from extract.records import Date
from extract.rules.growth.measures import Facts


class Interval(NamedTuple):
    """A time of a claim: TIMEX3 value, first and last day."""

    value: str | None
    start: date | None
    end: date | None


def interval(span: Span | None, facts: Facts) -> Interval:
    """The interval of a claim's time; `March to May` is the interval from the first day to the last."""
    dates = [] if span is None else [fact for token in span if (fact := facts.get((Date, token.idx)))]
    told = [fact for fact in dates if isinstance(fact, Date)]
    if not told:
        return Interval(None, None, None)
    if len(told) == 1:
        return Interval(told[0].value, told[0].date_start, told[0].date_end)
    first, last = told[-2], told[-1]
    if (
        first.date_start
        and first.date_end
        and last.date_end
        and first.date_start <= last.date_end <= first.date_end
    ):
        return Interval(first.value, first.date_start, last.date_end)  # the week to 16 June
    if first.timex_type == "DURATION" or first.date_start is None:
        return Interval(told[0].value, None, last.date_end)  # the five months to May: from when is not said
    return Interval(f"{first.value}/{last.value}", first.date_start, last.date_end)
