"""Decimals as text, without exponents and trailing zeros."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros: `1000` for 1E+3, `5.5` for 5.50."""
    return stripped(format(value, "f"))


def stripped(digits: str) -> str:
    """Digits without the zeros that end their fraction, and without a point that ends them."""
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
