"""`docs/rules.md` is held to the code: it names every rule, in order.

The tables of it and of `docs/metrics.md` are held to the lexicons.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.lexicons import docs
from extract.lexicons.patterns import KINDS, entries

ROOT = Path(__file__).parent.parent
PAGES = [(ROOT / page).read_text(encoding="utf-8") for page in docs.PAGES]
TEXT = PAGES[0]
LINE = re.compile(r"^\| `(\w+\.\w+)` \| `(.+)` \| `[\w.]+` \|$", re.MULTILINE)
RULES = {kind.room: [entry.rule for entry in entries(name)] for name, kind in KINDS.items()}
TABLES = {room: LINE.findall(TEXT.partition(f"\n### {room}\n")[2].partition("\n### ")[0]) for room in RULES}


@pytest.mark.parametrize("room", RULES)
def test_every_rule_is_listed_once_and_in_order(room: str) -> None:
    assert [rule for rule, _ in TABLES[room]] == RULES[room]


def test_the_tables_from_the_lexicons_are_fresh() -> None:
    assert [docs.renewed(page) for page in PAGES] == PAGES, "make rules-doc writes them anew"
    assert all(f"<!-- made from {name}.toml -->" in "".join(PAGES) for name in docs.TABLES)


def test_the_case_in_the_text_is_one_of_the_cases() -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    cases = (Path(__file__).parent / "cases" / "money.toml").read_text(encoding="utf-8")
    assert block in cases
