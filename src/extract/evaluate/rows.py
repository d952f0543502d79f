"""The rows of the scores: for each kind of fact, the tests that a pair of gold and found fact must pass.

The first row requires overlapping spans only; the other rows apply stricter tests to the same pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from extract.evaluate.coverage import further
from extract.evaluate.keys import NAMED, WORKED_OUT
from extract.evaluate.texts import folded, overlap, words

Test = Callable[[Any, Any], bool]

_ID = re.compile(r"\w+:(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the scores.

    Attributes:
        name: The name of the row.
        test: Whether a gold fact and a found fact agree.
        slot: The field that the row scores; on each side, only facts that state it count. A field that every
            fact has is absent only if the gold does not cover it.
        optional: The gold may omit the field even if it applies; a value found there then does not count.
    """

    name: str
    test: Test
    slot: str | None = None
    optional: bool = False


def same_number(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether numbers are equal, or one is the other rounded to two or more decimals (33.33 for a third)."""
    if one is None or other is None or one == other:
        return one == other
    return any(
        _decimals(short) >= 2 and short == round(long, _decimals(short))
        for short, long in ((one, other), (other, one))
    )


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def same_scale(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether numbers do not differ by a power of ten only, as by a lost "million" or a misplaced point."""
    if one is None or other is None or one == other:
        return True
    return one.normalize().as_tuple().digits != other.normalize().as_tuple().digits


def _always(gold: Any, found: Any) -> bool:
    return True


def _exact(gold: Any, found: Any) -> bool:
    return bool(gold.start == found.start and gold.end == found.end)


def _all(*tests: Test) -> Test:
    return lambda gold, found: all(test(gold, found) for test in tests)


def _equal(*names: str) -> Test:
    """A test that fields are equal; text is compared ignoring case and spacing."""

    def test(gold: Any, found: Any) -> bool:
        return all(_plain(getattr(gold, name)) == _plain(getattr(found, name)) for name in names)

    return test


def _plain(value: Any) -> Any:
    return folded(value) if isinstance(value, str) else value


def _near(*names: str) -> Test:
    """A test that numbers are equal except for rounding."""
    return lambda gold, found: all(same_number(getattr(gold, name), getattr(found, name)) for name in names)


def _scale(gold: Any, found: Any) -> bool:
    """Neither end of the amount is wrong by a power of ten, which is the worst error."""
    return all(same_scale(getattr(gold, name), getattr(found, name)) for name in ("amount", "amount_max"))


def _like(*names: str) -> Test:
    """A test that phrases share at least half of their words, or are both absent."""
    return lambda gold, found: all(
        overlap(getattr(gold, name), getattr(found, name)) >= 0.5 for name in names
    )


def _same_words(name: str) -> Test:
    return lambda gold, found: words(getattr(gold, name)) == words(getattr(found, name))


def _same_time(name: str) -> Test:
    """A test that times have the same value or the same words, or are both absent."""
    same_words = _same_words(name)

    def test(gold: Any, found: Any) -> bool:
        if getattr(gold, name) is None or getattr(found, name) is None:
            return getattr(gold, name) is getattr(found, name)
        value = getattr(gold, f"{name}_value")
        return same_words(gold, found) or (value is not None and value == getattr(found, f"{name}_value"))

    return test


def _same_span(name: str) -> Test:
    """A test that ids such as `money:10-20` refer to overlapping spans, or are both absent."""

    def test(gold: Any, found: Any) -> bool:
        places = [_span_of(getattr(fact, name)) for fact in (gold, found)]
        if places[0] is None or places[1] is None:
            return places[0] is places[1]
        return max(places[0][0], places[1][0]) < min(places[0][1], places[1][1])

    return test


def _span_of(fact_id: str | None) -> tuple[int, int] | None:
    if fact_id is None or not (found := _ID.fullmatch(fact_id)):
        return None
    return int(found[1]), int(found[2])


_money = _equal("amount", "amount_max", "currency")
_quantity = _all(_near("amount", "amount_max"), _equal("unit"))
_core = _all(_equal("direction", "change_unit"), _near("change_value", "change_max"))
_levels = _all(_equal("from_unit", "to_unit"), _near("from_value", "to_value"))
_times = _all(_same_time("period"), _same_time("baseline"))
_metric, _metric_exact, _status = _like("metric"), _same_words("metric"), _equal("status")

RIGHT: Mapping[str, Test] = MappingProxyType(  # whether a record counts as right for its confidence
    {
        "entity": _all(_exact, _equal("label")),
        "date": _equal("value"),
        "money": _money,
        "quantity": _quantity,
        "growth": _all(_core, _metric, _levels),
    }
)

_COMPARED: Mapping[str, Test] = MappingProxyType(  # tests of fields other than equality
    {name: _same_words(name) for name in (*NAMED, "role")}
    | {"metric_qualifier": _like("metric_qualifier")}
    | {
        "restates": _same_span("restates"),
        **{name: _near(name) for name in ("percent_change", "point_change")},
    }
)
_OPEN = {
    "period_value",
    "baseline_value",
    "percent_change",
    "point_change",
}  # the gold may not imply them
_ALONE: Mapping[str, tuple[str, ...]] = MappingProxyType(  # basic fields with a row of their own
    {"entity": ("country",), "date": ("mod",), "money": ("modifier", "per"), "quantity": ("modifier", "per")}
)


def _own(kind: str) -> tuple[Row, ...]:
    """The rows that score a single field, on the facts that state it."""
    names = (*_ALONE.get(kind, ()), *further(kind))
    return tuple(Row(name, agrees(name), slot=name, optional=name in _OPEN) for name in names)


def agrees(name: str) -> Test:
    """The test of whether two facts agree in a field, as in its row of the scores."""
    return _COMPARED.get(name, _equal(name))


def _further(kind: str) -> Test:
    """A test that all further fields agree; those that the gold does not cover are absent on both sides."""
    return _all(*(agrees(name) for name in further(kind) if name not in _OPEN))


_FOUND, _EXACT = Row("found", _always), Row("exact span", _exact)

ROWS: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "entity": (
            _FOUND,
            _EXACT,
            Row("label", _equal("label"), slot="label"),
            Row("exact+label", _all(_exact, _equal("label")), slot="label"),
            Row("name", _equal("name"), slot="name"),
            *_own("entity"),
        ),
        "date": (
            _FOUND,
            _EXACT,
            Row("type", _equal("timex_type"), slot="timex_type"),
            Row("value", _equal("value"), slot="value"),
            Row("exact+value", _all(_exact, _equal("value")), slot="value"),
            Row("interval", _equal("date_start", "date_end"), slot="date_start", optional=True),
            *_own("date"),
        ),
        "money": (
            _FOUND,
            _EXACT,
            Row("scale", _scale, slot="amount"),
            Row("amount", _equal("amount", "amount_max"), slot="amount"),
            Row("amount+currency", _money, slot="amount"),
            *_own("money"),
            Row("all fields", _all(_money, _equal("modifier", "per"), _further("money")), slot="amount"),
        ),
        "quantity": (
            _FOUND,
            _EXACT,
            Row("scale", _scale, slot="amount"),
            Row("amount", _near("amount", "amount_max"), slot="amount"),
            Row("amount+unit", _quantity, slot="amount"),
            *_own("quantity"),
            Row(
                "all fields", _all(_quantity, _equal("modifier", "per"), _further("quantity")), slot="amount"
            ),
        ),
        "growth": (
            _FOUND,
            _EXACT,
            Row("direction", _equal("direction")),
            Row("core", _core),
            Row("core+metric", _all(_core, _metric)),
            Row("core+metric exact", _all(_core, _metric_exact)),
            Row("core+levels", _all(_core, _levels)),
            Row("core+times", _all(_core, _times)),
            Row("core+status", _all(_core, _status)),
            Row("core+all", _all(_core, _metric, _levels, _times, _status)),
            *_own("growth"),
            Row(
                "complete",
                _all(_exact, _core, _metric_exact, _levels, _times, _status, _further("growth")),
            ),
        ),
    }
)

# Fields that the gold may omit even if they apply.
OPTIONAL = frozenset(
    {"date_end", *WORKED_OUT} | {row.slot for rows in ROWS.values() for row in rows if row.optional}
)
