"""axe-core finds nothing serious on any page, in light and dark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract.cli import main
from extract.evaluate import changes, compare, comparison_as_data, score
from extract.records import row
from extract.view import comparison_page
from tests.browser.conftest import Open
from tests.samples import FACTS
from tests.view.test_evaluation import ARTICLES, FOUND, GOLD, page_of


def serious(page: Any, axe: str) -> list[str]:
    """What keeps people from using a page: the rule and the first place."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", ["earnings_chipmaker.txt", "asia_markets.txt"])
def test_articles(open_page: Open, pages: Callable[[str], str], axe: str, mode: str, name: str) -> None:
    page = open_page(pages(name), color_scheme=mode)
    assert serious(page, axe) == []
    page.locator("mark.growth0, mark.growth1").first.click()
    assert serious(page, axe) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_evaluations(open_page: Open, axe: str, mode: str) -> None:
    rows = comparison_as_data(compare(score(GOLD, FOUND), score(GOLD, GOLD)))["differences"]
    changed = comparison_page(rows, changes(GOLD, FOUND, GOLD, ARTICLES), names=("a", "b"), title="Changes")
    for made in (page_of(GOLD, FOUND), changed):
        page = open_page(made, color_scheme=mode)
        assert serious(page, axe) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_reports(open_page: Open, axe: str, tmp_path: Path, mode: str) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(json.dumps(row(fact), default=str) + "\n" for fact in FACTS), encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(facts), "-o", str(tmp_path / "report.html")])
    assert done.exit_code == 0, done.output
    page = open_page((tmp_path / "report.html").as_uri(), color_scheme=mode, width=320)
    assert page.locator("svg").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page, axe) == []
