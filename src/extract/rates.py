"""The euro reference rates of the European Central Bank, as the library CurrencyConverter ships them.

>>> reference().over("USD", "EUR", date(2024, 6, 9), date(2024, 6, 9))
Rate(value=Decimal('0.9184...'), day=datetime.date(2024, 6, 7))

They begin on 4 January 1999 and end when the installed release of the library was made. They are read at the
first use, which takes a quarter of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from extract.errors import OptionError

_DAY = timedelta(days=1)
_CLOSED = 7  # days: the longest gap between two rates; holidays and weekends make up to five


class NoRateError(LookupError):
    """There is no rate for a currency at a time."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The value of one unit of a currency in another one, and the last day whose reference rate it uses."""

    value: Decimal
    day: date


class Rates:
    """The rates of all days."""

    def __init__(self, converter: Any) -> None:
        """Set the source of the rates, a `CurrencyConverter` with decimals."""
        self._converter = converter
        self.currencies: frozenset[str] = frozenset(converter.currencies)
        self.since: date = converter.bounds["EUR"].first_date
        self.until: date = converter.bounds["EUR"].last_date

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one of these in a process
    def over(self, currency: str, to: str, first: date, last: date) -> Rate:
        """The rate of a day, or the mean of those of several days, weekends and holidays left out.

        Args:
            currency: ISO 4217 code of the currency that is converted.
            to: ISO 4217 code of the target currency.
            first: The first day.
            last: The last one. A day without a rate of its own has that of the last business day before it.

        Raises:
            NoRateError: one of the currencies has no rate at that time, or not for all of it.
        """
        if last < self.since or (first - self.until).days > _CLOSED:
            raise NoRateError(self._lacking(currency, to, first, last))
        days = (last - first).days
        rates = [(day, self._on(currency, to, day)) for day in (first + n * _DAY for n in range(days + 1))]
        known = [Rate(rate, day) for day, rate in rates if rate is not None]
        if not known and days <= _CLOSED:
            return self._before(currency, to, first, last)
        if not known or known[0].day - first > _CLOSED * _DAY or last - known[-1].day > _CLOSED * _DAY:
            raise NoRateError(self._lacking(currency, to, first, last))
        return Rate(sum((rate.value for rate in known), Decimal(0)) / len(known), known[-1].day)

    def _before(self, currency: str, to: str, first: date, last: date) -> Rate:
        """The rate of the last business day before a day."""
        for n in range(1, _CLOSED + 1):
            rate = self._on(currency, to, first - n * _DAY)
            if rate is not None:
                return Rate(rate, first - n * _DAY)
        raise NoRateError(self._lacking(currency, to, first, last))

    def _on(self, currency: str, to: str, day: date) -> Decimal | None:
        from currency_converter import RateNotFoundError

        if not {currency, to} <= self.currencies:
            return None
        try:
            return Decimal(self._converter.convert(Decimal(1), currency, to, date=day))
        except RateNotFoundError:
            return None

    def _lacking(self, currency: str, to: str, first: date, last: date) -> str:
        """The currency without a rate, and the time, in words."""
        lacking = to if currency == "EUR" or self._has(currency, first, last) else currency
        when = f"on {first}" if first == last else f"from {first} to {last}"
        return f"no rate for {lacking} {when}"

    def _has(self, currency: str, first: date, last: date) -> bool:
        """The currency has rates at both ends of the time."""
        if currency not in self.currencies:
            return False
        bounds = self._converter.bounds[currency]
        since: date = bounds.first_date
        until: date = bounds.last_date
        return (since - first).days <= _CLOSED and (last - until).days <= _CLOSED


@cache
def reference() -> Rates:
    """The rates, read once.

    Raises:
        OptionError: the library is not installed.
    """
    try:
        from currency_converter import CurrencyConverter
    except ImportError as error:
        raise OptionError("conversion needs CurrencyConverter; pip install CurrencyConverter") from error
    return Rates(CurrencyConverter(decimal=True))


def known_currency(code: str) -> str:
    """The code of a currency that has rates, in capitals.

    Raises:
        OptionError: it has none, or the library of the rates is not installed.
    """
    known = reference().currencies
    if code.upper() not in known:
        codes = ", ".join(sorted(known))
        raise OptionError(f"convert_to: there are no rates of {code!r}; choose one of {codes}")
    return code.upper()
