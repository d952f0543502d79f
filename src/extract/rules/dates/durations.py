"""Meanings of lengths of time and of repeated times: `the past three decades`, `30-day`, `every Monday`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.rules import numbers
from extract.rules.dates import values
from extract.rules.dates import words as w
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

_FINER = {"Y": (12, "M"), "TH": (60, "TM"), "TM": (60, "TS"), "D": (24, "TH")}
_IN_YEARS = {"DE": 10, "CE": 100}
_STEPS = {"D": "day", "N": "day", "W": "week", "F": "fortnight", "M": "month", "Q": "quarter", "Y": "year",
          "DE": "decade", "CE": "century"}  # fmt: skip


_SIDES: dict[str, int] = w.LEXICON["sides"]
_SIDES_OF_NOW: dict[str, int] = w.LEXICON["sides_of_now"]


def count_of(text: str) -> Decimal | None:
    """The number that precedes a unit, the first of a range; None for a vague one."""
    words = " ".join(text.replace("-", " ").split())
    vague = words.removesuffix(" more")
    if vague in w.VAGUE_VALUES:
        return Decimal(w.VAGUE_VALUES[vague])
    if vague in w.VAGUE:
        return None
    if words.startswith("half a") or words == "a half":
        return Decimal("0.5")
    if words in ("a", "an", "another"):
        return Decimal(1)
    found = numbers.find(text)
    return found[0].value if found else Decimal(1) if text.startswith(("a ", "an ")) else None


def length(count: Decimal | int | None, code: str) -> str:
    """The TIMEX3 value of a duration: `PT4H`, `P2Y6M` for two and a half years, `PXW` for some weeks."""
    if code == "F":
        count, code = None if count is None else count * 2, "W"
    if code == "N":
        code = "D"
    if count is None:
        return f"PT X{code[1:]}".replace(" ", "") if code.startswith("T") else f"PX{code}"
    count = Decimal(count)
    if code in _IN_YEARS and count != int(count):
        count, code = count * _IN_YEARS[code], "Y"
    whole, part = int(count), count - int(count)
    size, finer = _FINER.get(code, (0, ""))
    if part and part * size == int(part * size) and finer:
        return _joined([(whole, code), (int(part * size), finer)])
    return _joined([(whole if not part else count.normalize(), code)])


def _joined(parts: list[tuple[Decimal | int, str]]) -> str:
    days = "".join(f"{n}{code}" for n, code in parts if n and not code.startswith("T"))
    clock = "".join(f"{n}{code[1:]}" for n, code in parts if n and code.startswith("T"))
    return f"P{days}" + (f"T{clock}" if clock else "") if days or clock else f"P0{parts[0][1]}"


def duration(
    count: Decimal | int | None, code: str, *, side: int = 0, context: Context | None = None
) -> Meaning:
    """A DURATION; with a side, its days lie before (-1) or after (1) the article's date."""
    interval = None
    unit = _STEPS.get(code)
    if side and context and context.published and unit and count is not None and count == int(count):
        other = values.step(context.published, side * int(count), unit)
        if other:
            interval = (min(other, context.published), max(other, context.published))
    return Meaning("DURATION", length(count, code), interval=interval)


def _added(longer: str, shorter: str) -> str:
    """`P4Y3M` of `P4Y` and `P3M`, `P1DT2H` of `P1D` and `PT2H`."""
    return longer + shorter.removeprefix("PT" if "T" in longer else "P")


def measured(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`two years`, `30-day`, `a year and a half`, `several weeks`; `the nine months to September`."""
    count, code = count_of(part["n"]), w.UNITS[part["unit"]]
    if part["half"] and count is not None:
        count += Decimal("0.5")
    meaning = duration(count, code)
    if part["from"]:
        return _offset(count, code, within)
    if within and within.startswith("P"):  # four years and three months
        return Meaning("DURATION", _added(within, meaning.value))
    whole = values.interval(within) if within else None
    if whole is None or count is None:
        return meaning
    after = values.step(whole[1], 1, "day")
    first = values.step(after, -int(count), _STEPS[code]) if after else None
    return replace(meaning, interval=(first, whole[1])) if first else meaning


def _offset(count: Decimal | None, code: str, base: str | None) -> Meaning:
    """`two weeks from today`: the day so long after the one named."""
    whole, unit = values.interval(base or ""), _STEPS.get(code)
    if whole is None or unit is None or count is None or count != int(count):
        return Meaning("DATE", values.UNKNOWN["day"])
    day = values.step(whole[0], int(count), unit)
    return Meaning("DATE", values.of_day(day, "day") if day else values.UNKNOWN["day"])


def bare(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`for years`, `weeks or months`, `decades-long`; a bare singular (`a year or two`) is one."""
    count = 1 if part["unit"] in w.SINGULARS else None
    return duration(count, w.UNITS[part["unit"]])


def span(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`the past three months`, `the next two years`, `the last weeks of May`."""
    count, code = count_of(part["n"] or "one"), w.UNITS[part["unit"]]
    if part.rule == "dates.part_span":
        count = None
    if part["half"] and count is not None:
        count += Decimal("0.5")
    side = _SIDES_OF_NOW.get(part["side"], 0)
    if within is None:
        return duration(count, code, side=side, context=context)
    edge = _SIDES.get(part["side"], 0)
    if code == "Q" and count == 2 and edge and values.grain(within) == "year" and values.year_of(within):
        return Meaning("DATE", f"{within}-H{1 if edge > 0 else 2}")
    days = _cut(within, count, code, edge)
    return Meaning("DURATION", length(count, code), interval=days)


def _cut(within: str, count: Decimal | None, code: str, edge: int) -> values.Interval | None:
    """The days of the first (edge 1) or the last (-1) `count` units of a time."""
    whole, unit = values.interval(within), _STEPS.get(code)
    if whole is None or unit is None or not edge or count is None or count != int(count):
        return None
    if edge > 0:
        after = values.step(whole[0], int(count), unit)
        last = values.step(after, -1, "day") if after else None
        return (whole[0], last) if last and last <= whole[1] else None
    after = values.step(whole[1], 1, "day")
    first = values.step(after, -int(count), unit) if after else None
    return (first, whole[1]) if first and first >= whole[0] else None


def repeated(part: Part, context: Context, within: str | None) -> Meaning | None:
    """`every Monday`, `each month`, `twice a year`, `per day`, `annually`, `Mondays`."""
    if part["frequency"]:
        return Meaning("SET", w.FREQUENCIES[part["frequency"]])
    if part["frequent"]:
        return Meaning("SET", w.FREQUENT[part["frequent"]])
    weekday = part["weekday"] or part["weekdays"]
    if weekday:
        return Meaning("SET", f"XXXX-WXX-{w.FULL_WEEKDAYS[weekday]}")
    if part["month"]:
        return Meaning("SET", f"XXXX-{w.MONTHS[part['month']]:02}")
    if part["part"]:
        return Meaning("SET", f"XXXX-XX-XX{w.DAY_PARTS[part['part']]}")
    if part["season"]:
        return Meaning("SET", f"XXXX-{w.SEASONS[part['season']]}")
    other = "other" in part["every"] or part["every"] == "alternate"
    count = count_of(part["n"]) if part["n"] and not part["times"] else Decimal(2 if other else 1)
    return Meaning("SET", length(count, w.UNITS[part["unit"]]))
