"""Converts money to one currency: each amount at the reference rate of its own time.

A level of a claim of growth has the claim's time (`rose to $71.6 million last year`), an amount with a date
beside it that date (`$5 million in 2012`), any other one the day of the article. Over several days the rate
is the mean of theirs. Where the time is not clear, or has no rate, `conversion_note` says so: an old amount
never has today's rate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation

from extract.levels import Part, levels
from extract.rates import NoRateError, reference
from extract.records import Date, Fact, Growth, Money

_YEAR = timedelta(days=366)  # the longest time for which a mean rate is used
_RECENT = timedelta(days=31)  # before the article: the rates of these days are similar
_NAMED = 3  # dates that a note names
_DIGITS = 6  # of a reference rate
_CENT = Decimal("0.01")
_EXACT = Context(prec=60)  # digits of a converted amount, to the hundredth
# `$5 million in 2012`, `$5 million last year`, `$5 million a year earlier`: the date is that of the amount
_BEHIND = re.compile(r",?\s?\(?(?:(?:in|on|for|during|at|as of|by the end of|at the end of)\s)?(?:the\s)?")
_HEAD = re.compile(r"[\"“‘'(]?(?:(?:in|on|for|during|by|at|as of|at the end of)\s)?(?:the\s)?", re.IGNORECASE)
_BORDER = re.compile(r"[,;:()—–]|\s-\s|\b(?:and|but|while|when|which|who|that|after|before|since)\b")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an amount belongs to, or the reason why there are none."""

    first: date | None = None
    last: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """The dates of a sentence.

    Attributes:
        dates: All of them, in text order.
        old: Those that are not of the article's last days.
        past: Those of `old` that are not a beginning (`since January`).
        taken: The offsets of dates right after an amount.
    """

    dates: Sequence[Date] = ()
    old: Sequence[Date] = ()
    past: Sequence[Date] = ()
    taken: frozenset[int] = frozenset()

    @classmethod
    def of(cls, dates: Sequence[Date], amounts: Iterable[Money], published: date | None) -> Times:
        """The times of a sentence with these dates and amounts, in an article of this day."""
        old = [one for one in dates if not _is_recent(one, published)]
        past = [one for one in old if not _is_beginning(one)]
        behind = (cls(dates).behind(amount) for amount in amounts)
        return cls(dates, old, past, frozenset(one.start for one in behind if one))

    def behind(self, money: Money) -> Date | None:
        """The date right after an amount."""
        at = bisect_left(self.dates, money.end, key=lambda one: one.start)
        found = self.dates[at] if at < len(self.dates) else None
        return found if found and _BEHIND.fullmatch(_between(money, found)) else None

    def heading(self, money: Money) -> Date | None:
        """The date at the head of the sentence before an amount."""
        found = self.dates[0] if self.dates and self.dates[0].end <= money.start else None
        first = money.source.sentence_start
        return found if found and _HEAD.fullmatch(_text(money, first, found.start)) else None


def converted(facts: Sequence[Fact], *, to: str, published: date | None) -> list[Fact]:
    """The facts of one article, with its money converted to another currency.

    Args:
        facts: All facts of the article: dates and claims give the time of an amount.
        to: ISO 4217 of the currency, one that has rates.
        published: The day of the article.
    """
    dates: dict[int, list[Date]] = defaultdict(list)
    amounts: dict[int, list[Money]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Date) and fact.timex_type in ("DATE", "TIME"):
            dates[fact.source.sentence_start].append(fact)
        elif isinstance(fact, Money):
            amounts[fact.source.sentence_start].append(fact)
    times = {at: Times.of(dates[at], found, published) for at, found in amounts.items()}
    claims = levels(facts)

    def days(money: Money) -> Days:
        claim, part = claims.get(money.restates or "") or claims.get(money.fact_id) or (None, None)
        return _days(money, claim, part, times[money.source.sentence_start], published)

    return [_converted(fact, days(fact), to) if isinstance(fact, Money) else fact for fact in facts]


def _converted(money: Money, days: Days, to: str) -> Money:
    if money.currency is None:
        return replace(money, conversion_note="no currency")
    if money.currency == to:
        return replace(money, amount_converted=money.amount, currency_converted=to)
    if days.first is None or days.last is None:
        return replace(money, conversion_note=days.why)
    try:
        rate = reference().over(money.currency, to, days.first, days.last)
    except NoRateError as error:
        return replace(money, conversion_note=str(error))
    try:
        amount = _rounded(_EXACT.multiply(money.amount, rate.value))
    except InvalidOperation:
        return replace(money, conversion_note="amount too large")
    return replace(money, amount_converted=amount, currency_converted=to, rate_date=rate.day)


def _rounded(amount: Decimal) -> Decimal:
    """To the hundredth, or to six digits where that is finer."""
    step = Decimal(1).scaleb(amount.adjusted() - _DIGITS + 1) if amount else _CENT
    return amount.quantize(min(step, _CENT), context=_EXACT)


def _days(
    money: Money, claim: Growth | None, part: Part | None, times: Times, published: date | None
) -> Days:
    """The time of an amount: that of its claim, of the date next to it, or of the article."""
    stated = _stated(claim, part)
    if stated is not None:
        return _within(*stated, published)
    beside = times.behind(money) or times.heading(money)
    if beside is not None:
        return _within(beside.date_start, beside.date_end, published)
    if part == "from":
        return Days(why="no date of the level before")
    old = times.past if part == "to" else times.old  # `up since January`: the new level is of today
    if not old:
        return _within(published, published, published)
    only = old[0]
    if len(old) == 1 and only.start not in times.taken and not _BORDER.search(_between(money, only)):
        return _within(only.date_start, only.date_end, published)
    values = dict.fromkeys(one.value for one in old[:_NAMED])
    return Days(why=f"date not clear: {', '.join(values)}")


def _stated(claim: Growth | None, part: Part | None) -> tuple[date, date] | None:
    """The days that a claim states for one of its amounts."""
    if claim is None:
        return None
    first, last = claim.period_start, claim.period_end
    if part == "from":
        first, last = claim.baseline_start, claim.baseline_end
    return (first, last) if first is not None and last is not None else None


def _is_recent(one: Date, published: date | None) -> bool:
    """The date is near the day of the article, or after it, so that the rates of that day apply."""
    if one.date_start is None:
        return one.value in ("PRESENT_REF", "FUTURE_REF")
    return published is not None and published - one.date_start < _RECENT


def _is_beginning(one: Date) -> bool:
    """`since January`."""
    return _text(one, one.source.sentence_start, one.start).rstrip().lower().endswith("since")


def _within(first: date | None, last: date | None, published: date | None) -> Days:
    """The days up to that of the article; for a future time, the day of the article."""
    if first is None or last is None:
        return Days(why="no date")
    if published is not None:
        last = min(last, published)
        first = min(first, last)
    if last - first > _YEAR:
        return Days(why=f"more than a year: {first} to {last}")
    return Days(first, last)


def _between(money: Money, one: Date) -> str:
    return _text(money, min(money.end, one.end), max(money.start, one.start))


def _text(fact: Fact, start: int, end: int) -> str:
    """The words of a fact's sentence from one offset to another; "" outside of its quoted part."""
    first = _quoted_from(fact)
    return fact.sentence[max(0, start - first) : max(0, end - first)]


def _quoted_from(fact: Fact) -> int:
    """Where the quoted part of the sentence begins: a long one is cut around the fact."""
    source = fact.source
    length = source.sentence_end - source.sentence_start
    if len(source.sentence) >= length:
        return source.sentence_start
    cut = len(source.sentence)
    return max(source.sentence_start, min((source.start + source.end - cut) // 2, source.sentence_end - cut))
