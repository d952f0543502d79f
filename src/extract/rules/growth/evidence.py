"""What a claim's amounts show about its metric: whether it is money, a rate or a count.

>>> evidence("increase", "percent", (Decimal(2), "USD"))
Evidence(sort='price', growth=None)
>>> evidence("increase", "percent")
Evidence(sort=None, growth='increase')
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extract.lexicons.metrics import Sort
from extract.records import Direction

Level = tuple[Decimal | None, str | None]  # its value and unit

_FOR_ONE = 1000  # less money than that is a price, or an amount per share: no company earns so little
_RATES = frozenset({"percent", "percentage_point", "basis_point"})
_CODE = 3  # letters of a currency's code
_INDEX = frozenset({"point"})
_OPEN = frozenset({"percent", "factor"})  # as sizes they show nothing about the metric


class Evidence(NamedTuple):
    """What a claim's amounts are.

    Attributes:
        sort: That of the levels, or of the size if there are none; None if it is unknown.
        growth: The direction of a claim that states a size in percent and no levels: `growth of 3 %`.
    """

    sort: Sort | None
    growth: Direction | None


def evidence(direction: Direction, change_unit: str | None, *levels: Level) -> Evidence:
    """The evidence of a claim's direction, the unit of its size, and its levels."""
    stated = [level for level in levels if level[0] is not None]
    sort = next((sort for sort in (_sort(unit, value) for value, unit in stated) if sort), None)
    if sort is None and change_unit not in _OPEN:
        sort = _sort(change_unit, None)
    return Evidence(sort, direction if not stated and change_unit == "percent" else None)


def _sort(unit: str | None, value: Decimal | None) -> Sort | None:
    """The sort of an amount; None without a unit, or if it is a factor."""
    if unit is None or unit == "factor":
        return None
    if unit.isupper() and len(unit) == _CODE:  # not `MP`, of members of parliament
        return "price" if value is not None and abs(value) < _FOR_ONE else "money"
    if unit in _RATES:
        return "rate"
    return "index" if unit in _INDEX else "count"
