"""A report in a browser: its charts, tables and links."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.report import Wanted, make_report
from extract.writers import open_writer
from tests.browser.conftest import Open
from tests.browser.test_access import serious
from tests.report.facts import found, hostile


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    given = [*found(), hostile()]
    with open_writer(str(folder / "facts.jsonl")) as writer:
        writer.write(given)
    wanted = Wanted(articles=[article for article, _ in given], folder=".")
    page = make_report(
        [str(folder / "facts.jsonl")], wanted, write=lambda name, page: (folder / name).write_text(page)
    )
    (folder / "report.html").write_text(page)
    return folder / "report.html"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_nothing_keeps_people_out(open_page: Open, report: Path, axe: str, mode: str) -> None:
    page = open_page(report.as_uri(), color_scheme=mode)
    assert page.locator("figure svg").count() >= 7
    for figures in page.locator("details summary").all():
        figures.click()
    assert serious(page, axe) == []


@pytest.mark.parametrize("width", [320, 1600])
def test_it_fits(open_page: Open, report: Path, width: int) -> None:
    page = open_page(report.as_uri(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tables_sort_and_lead_to_the_fact(open_page: Open, report: Path) -> None:
    page = open_page(report.as_uri())
    first = page.locator("#strongest tbody tr td").first
    assert first.text_content() == "10"
    page.locator("#strongest thead button").first.click()
    assert first.text_content() == "1"
    page.locator("#strongest tbody a").first.click()
    assert page.url.endswith(".html#growth:38-40")
    assert page.locator("aside.panel").text_content().strip().startswith("growth")
