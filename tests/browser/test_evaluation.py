"""The pages of evaluations in a browser: filters, and figures that lead to the errors they count."""

from __future__ import annotations

import pytest

from extract.evaluate import changes, compare, comparison_as_data, score
from extract.view import comparison_page
from tests.browser.conftest import Open
from tests.view.test_evaluation import ARTICLES, FOUND, GOLD, page_of


def test_errors_are_filtered_by_words_and_choices(open_page: Open) -> None:
    page = open_page(page_of(GOLD, FOUND))
    shown = page.locator("#case-list > li:visible")
    assert shown.count() == 4
    page.locator("select[data-key=outcome]").select_option("missed")
    assert shown.count() == 1
    assert page.locator("output").text_content() == "1 of 4"
    page.locator("select[data-key=outcome]").select_option("")
    page.locator("select[data-key=row]").select_option("amount")
    assert shown.count() == 1
    page.locator("select[data-key=row]").select_option("")
    page.get_by_role("searchbox").fill("4000000")
    assert shown.count() == 1


def test_a_figure_leads_to_the_errors_that_it_counts(open_page: Open) -> None:
    page = open_page(page_of(GOLD, FOUND))
    page.locator("#articles a").last.click()
    assert page.locator("select[data-key=article]").input_value() == "2.txt"
    assert page.locator("#case-list > li:visible").count() == 2


@pytest.mark.parametrize("width", [320, 1600])
def test_no_width_scrolls_sideways(open_page: Open, width: int) -> None:
    rows = comparison_as_data(compare(score(GOLD, FOUND), score(GOLD, GOLD)))["differences"]
    changed = comparison_page(rows, changes(GOLD, FOUND, GOLD, ARTICLES), names=("a", "b"), title="Changes")
    for made in (page_of(GOLD, FOUND), changed):
        page = open_page(made, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
