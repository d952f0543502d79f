"""Sentences of the business wire with claims of change: `claims.txt`, its slots filled at random.

A slot is filled anew wherever it stands: `{metric}`, `{Metric}` (capital first), `{METRIC}` (capitals).
Every company and person in it is invented, and so is every figure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

HELD_OUT = 13
_SLOT = re.compile(r"\{(\w+)\}")

_LISTS = {
    "metric": (
        "revenue|net sales|net income|operating profit|turnover|net profit|profit|income|gross margin|"
        "core earnings|operating income|output|production|spending|pretax profit|sales of new homes|"
        "the company's revenue|advertising revenue|total assets|investment in roads|freight traffic|"
        "income from fees|its market share|tax revenue|household debt|demand for electricity"
    ),
    "goods": (
        "steel|wheat|coffee|natural gas|cement|copper|cotton|palm oil|soybeans|cars|smartphones|fertiliser|"
        "timber|chips|rice|cocoa|sugar|textiles|machinery|beef|poultry|solar panels|lithium|milk powder|"
        "medicines|iron ore|diesel|furniture|shoes|aluminium"
    ),
    "place": (
        "Japan|Germany|the United States|Brazil|South Korea|Kenya|Singapore|India|Turkey|Chile|Vietnam|"
        "Poland|the euro zone|China|Nigeria|Mexico|Canada|Egypt|Kazakhstan|Saudi Arabia|California|London|"
        "the north|Latin America|Peru|the Philippines|New Zealand|Ontario|Bulgaria|Morocco|Hong Kong"
    ),
    "co": (
        "Halden Motors|Brightwater Foods|Orsini Group|Kestrel Energy|Norvik Shipping|Pan-Asian Steel|"
        "Tallgrass Bank|Meridian Airlines|Voltera|Castellan plc|Sunhaven Holdings Ltd.|Redmoor Mining|"
        "Lark & Finch|Fujikawa Electric|Delacourt SA|Bluepoint Software Inc.|Ostermann AG|Quill Insurance|"
        "Copperline Corp.|Arden Retail Co.|Zenobia Telecom|Marlowe Partners|IBX|the Tidewater Exchange"
    ),
    "person": (
        "Maria Keller|Joseph Amadi|Lee Sang-min|Anita Rao|Piotr Nowicki|Helen Marsh|Carlos Ibarra|"
        "Fatima Aziz|Finance Minister Erik Dahl|analyst Susan Boyle-Hart|Ms. Tanaka|"
        "Governor Paul Weiss|Omar Haddad"
    ),
    "month": (
        "January|February|March|April|May|June|July|August|September|October|November|December|Jan.|Sept."
    ),
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Sunday",
    "nth": "first|second|third|fourth",
    "q": "1|2|3|4",
}
_WORDS = {name: words.split("|") for name, words in _LISTS.items()}


def _number(rng: random.Random) -> str:
    return f"{rng.choice([rng.uniform(0.1, 10), rng.uniform(1, 99)]):.{rng.choice([0, 1, 1, 2])}f}"


def _money(rng: random.Random) -> str:
    sign = rng.choice(["$", "$", "$", "€", "£", "C$", "Rs ", "HK$", "US$"])
    scale = rng.choice(["million", "million", "billion", "m", "bn", "trillion"])
    drawn = rng.random()
    if drawn < 0.6:
        return f"{sign}{_number(rng)}" + ("" if len(scale) < 3 else " ") + scale
    if drawn < 0.7:
        return f"{sign}{rng.randint(1, 999)},{rng.randint(100, 999)},{rng.randint(100, 999)}"
    unit = rng.choice(["dollars", "euros", "yen", "pesos", "rupees", "dlrs", "yuan", "pounds"])
    return f"{_number(rng)} {rng.choice(['million', 'billion', 'mln'])} {unit}"


_PERCENT = ("%", "%", "%", " percent", " percent", " per cent", " pct", " %")
_MADE: dict[str, Callable[[random.Random], str]] = {
    "pct": lambda rng: _number(rng) + rng.choice(_PERCENT),
    "n": lambda rng: str(rng.choice([rng.randint(2, 12), rng.randint(10, 90), rng.randint(3, 400)])),
    "dec": lambda rng: f"{rng.uniform(1, 120):.1f}",
    "money": _money,
    "usd": lambda rng: f"${rng.uniform(1, 99):.2f}" if rng.random() < 0.6 else f"${rng.randint(100, 2500):,}",
    "bare": lambda rng: (
        f"{rng.uniform(1, 90):.1f} mln"
        if rng.random() < 0.5
        else f"{rng.randint(1, 90)},{rng.randint(100, 999)},000"
    ),
    "thousand": lambda rng: f"{rng.randint(1, 400)},{rng.choice(['000', '500', '200', '350'])}",
    "million": lambda rng: f"{rng.uniform(1, 90):.1f} million",
    "big": lambda rng: f"{rng.randint(2, 39)},{rng.randint(100, 999)}.{rng.randint(1, 99):02}",
    "year": lambda rng: str(rng.randint(1985, 2027)),
}  # fmt: skip


def filled(paragraph: str, rng: random.Random) -> str:
    """A paragraph with its slots filled."""

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        name = slot.lower()
        made = _MADE[name](rng) if name in _MADE else rng.choice(_WORDS[name])
        if slot.isupper() and len(slot) > 1:
            return made.upper()
        return made[:1].upper() + made[1:] if slot[0].isupper() else made

    return _SLOT.sub(fill, paragraph)


def texts(*, held_out: bool, times: int, seed: int = 7) -> Iterator[str]:
    """Each paragraph to train on, or each held out, filled so many times."""
    rng = random.Random(seed)
    paragraphs = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").strip().split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if (number % HELD_OUT == 0) == held_out:
            yield from (filled(paragraph, rng) for _ in range(times))
