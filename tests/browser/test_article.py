"""The page of an article in a browser: pointer, keyboard, table, sizes, paper."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from spacy.language import Language

import extract
from extract.articles import Article
from extract.view import article_page
from tests.browser.conftest import Open

Pages = Callable[[str], str]
EARNINGS = "earnings_chipmaker.txt"
HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked=1'>\n\n"
    '</script><svg onload=window.hacked=1> Sales of "Acme\'><b>" rose 5% to $5 million last year.\n\n'
    "\x1b[31mred\x07 \u202eesrever\u202c {{ 7*7 }} ${window.hacked=1} javascript:window.hacked=1"
)


def claim(page: Any, words: str) -> Any:
    """The place of a claim with these words."""
    return page.locator("mark.growth0, mark.growth1").filter(has_text=words).first


def roles(page: Any) -> dict[str, str]:
    """The parts that are joined at the moment, with their first words."""
    return {
        piece.get_attribute("data-role"): piece.text_content() for piece in page.locator("[data-role]").all()
    }


def test_hovering_over_a_claim_joins_its_parts(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    claim(page, "18%").hover()
    assert roles(page) == {
        "size": "18%",
        "metric": "Revenue",
        "to": "$2.31 billion",
        "from": "$1.96 billion",
        "baseline": "the year-ago quarter",
        **{role: words for role, words in roles(page).items() if role not in _OWN},
    }
    assert page.locator(".links path").count() == page.locator("[data-role]").count() - 1
    page.mouse.move(5, 5)
    assert not roles(page)
    assert page.locator(".links").count() == 0


_OWN = ("size", "metric", "to", "from", "baseline")


def test_a_click_shows_all_of_a_fact_and_how_it_was_found(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    claim(page, "18%").click()
    panel = page.locator(".panel")
    told = dict(
        zip(panel.locator("dt").all_text_contents(), panel.locator("dd").all_text_contents(), strict=True)
    )
    assert (told["change_value"], told["change_unit"], told["direction"]) == ("18", "percent", "increase")
    assert (told["from_value"], told["to_value"]) == ("1,960,000,000", "2,310,000,000")
    assert told["rule"].startswith("growth.")
    assert "partner" in panel.locator(".absent").text_content()
    assert panel.locator(".steps li").count() > 3
    panel.locator(".also button").first.click()
    assert panel.locator(".kind .badge").text_content() == "quantity"
    page.keyboard.press("Escape")
    assert panel.locator("dt").count() == 0
    assert "Choose a fact" in panel.text_content()


def test_the_keyboard_reaches_every_fact(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    focused = page.evaluate_handle
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('mark')"):
            break
    places = page.locator("mark[role=button]").count()
    seen = []
    for _ in range(places):
        seen.append(page.evaluate("document.activeElement.dataset.a"))
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") or len(seen) == 1
        page.keyboard.press("ArrowRight")
    assert seen == [one.get_attribute("data-a") for one in page.locator("mark[role=button]").all()]
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('panel')")
    assert page.locator(".panel h2").text_content() == page.locator("mark").first.text_content()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.a") == seen[0]
    assert focused("document.activeElement")


def test_focus_joins_the_parts_as_hovering_does(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    claim(page, "18%").focus()
    assert roles(page)["from"] == "$1.96 billion"


def test_kinds_are_switched_off(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    place = page.locator("mark.money").first
    before = place.evaluate("one => getComputedStyle(one).backgroundImage")
    page.locator("[data-kind=money]").uncheck()
    page.locator("[data-kind=growth]").uncheck()
    assert place.evaluate("one => getComputedStyle(one).backgroundImage") != before
    place.click()
    assert page.locator(".panel dt").count() == 0
    page.locator("[data-kind=money]").check()
    place.click()
    assert page.locator(".panel .badge").first.text_content() == "money"


def test_the_claims_are_sorted_and_filtered(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    rows = page.locator("#claim-table tbody tr:visible")
    total = rows.count()
    page.get_by_role("button", name="change").click()
    held = page.locator("#claim-table td.increase, #claim-table td.decrease, #claim-table td.unchanged")
    values = [
        float(cell.get_attribute("data-value")) for cell in held.all() if cell.get_attribute("data-value")
    ]
    assert values == sorted(values) and len(values) > 5
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.get_by_role("button", name="change").click()
    assert page.locator("th[aria-sort=descending]").count() == 1
    page.locator("[data-key=direction]").select_option("decrease")
    down = rows.count()
    assert 0 < down < total
    assert page.locator("output").text_content() == f"{down} of {total}"
    page.locator("[data-key=direction]").select_option("")
    page.get_by_role("searchbox").fill("revenue")
    assert all("revenue" in text.lower() for text in rows.all_text_contents())
    assert rows.count() > 0


def test_a_claim_of_the_table_leads_to_its_place(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS), height=500)
    link = page.locator("#claim-table a").first
    link.click()
    place = page.locator("mark.on").first
    assert place.bounding_box()["y"] < 500
    assert page.locator("tr[aria-current]").count() == 1
    fact_id = page.locator("dd").last.text_content()
    again = open_page(pages(EARNINGS).replace("<title>", "<title>Again "), height=500)
    again.evaluate(f"location.hash = '#{fact_id}'")
    again.wait_for_function("document.querySelectorAll('.panel dt').length > 0")
    assert again.locator("dd").last.text_content() == fact_id


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_no_width_scrolls_sideways_or_hides_what_was_chosen(
    open_page: Open, pages: Pages, width: int
) -> None:
    page = open_page(pages(EARNINGS), width=width, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    place = claim(page, "doubled")
    place.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box, panel = place.bounding_box(), page.locator(".panel").bounding_box()
    beside = box["x"] + box["width"] <= panel["x"]
    assert beside or box["y"] + box["height"] <= panel["y"]


def test_text_of_an_article_does_nothing(open_page: Open, nlp: Language) -> None:
    article = Article(
        id=HOSTILE, text=HOSTILE, title=HOSTILE, url="javascript:window.hacked=1", source=HOSTILE
    )
    page = open_page(article_page(article, extract.facts(nlp, article)))
    for place in page.locator("mark[role=button]").all():
        place.evaluate("one => one.click()")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.querySelectorAll('img, .text svg, .text b').length") == 0
    assert "window.hacked = 1</script>" in page.locator(".text").text_content()
    assert "␛[31mred␇ �esrever� {{ 7*7 }}" in page.locator(".text").text_content()


_LINE = "one => getComputedStyle(one).backgroundImage"


def test_paper_has_the_text_and_the_claims(open_page: Open, pages: Pages) -> None:
    page = open_page(pages(EARNINGS))
    page.emulate_media(media="print")
    assert page.locator(".jump, .panel, .filters").locator("visible=true").count() == 0
    assert page.locator(".chip").count() == 5  # which line is of which kind
    lines = {
        kind: page.locator(f"mark.{kind}").first.evaluate(_LINE) for kind in ("entity", "date", "quantity")
    }
    assert len({line.replace("rgb", "").split("(")[0] + str(line.count("px")) for line in lines.values()}) > 1
    assert page.locator(".text").is_visible() and page.locator("#claim-table").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_both_modes_have_the_systems_colours(open_page: Open, pages: Pages) -> None:
    grounds = {
        mode: open_page(pages(EARNINGS), color_scheme=mode).evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for mode in ("light", "dark")
    }
    assert grounds == {"light": "rgb(251, 250, 248)", "dark": "rgb(21, 23, 27)"}


def test_a_long_article_opens_fast(open_page: Open, nlp: Language) -> None:
    """Times are those of the processor, as the machine may be busy."""
    text = "Sales of Acme rose 5% to $5 million last year, Bo Smith said on Sunday.\n\n" + "It rained. " * 10
    facts = extract.facts(nlp, Article(id="long", text=text, published=date(2024, 6, 11)))
    times = 1_000_000 // len(text)
    many = [moved for n in range(times) for moved in (_moved(fact, n * len(text)) for fact in facts)]
    assert len(many) > 30_000
    begun = time.process_time()
    made = article_page(Article(id="long", text=text * times), many)
    assert time.process_time() - begun < 10
    page = open_page(made)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.reload()
    claim(page, "5%").evaluate("one => one.click()")
    assert page.locator(".panel dt").count() > 5
    spent = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    assert spent["ThreadTime"] < 10
    assert len(made) < 12_000_000


def _moved(fact: Any, by: int) -> Any:
    from dataclasses import replace

    source = fact.source
    places = {name: getattr(source, name) + by for name in ("start", "end", "sentence_start", "sentence_end")}
    changed = {"source": replace(source, **places)}
    if fact.kind == "growth" and fact.metric_start is not None:
        changed |= {"metric_start": fact.metric_start + by, "metric_end": fact.metric_end + by}
    return replace(fact, **changed)


def test_a_notebook_has_the_page_in_a_frame(open_page: Open, nlp: Language) -> None:
    html = extract.facts(nlp, "Sales of Acme rose 5% to $5 million.")._repr_html_()
    page = open_page(f"<!doctype html><title>Notebook</title><p>before</p>{html}<p>after</p>")
    frame = page.frame_locator("iframe")
    frame.locator("mark.growth0, mark.growth1").first.click()
    assert frame.locator(".panel dt").count() > 5
