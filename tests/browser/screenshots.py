"""The pictures of pages in docs/images: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import extract
from extract.articles import Article
from extract.cli.pages import errors_page
from extract.corpus import read_articles
from extract.evaluate import AnnotatedSet, load_gold
from tests.browser.conftest import PROGRAMS, full_page
from tests.documents import ROOT

_ARTICLE = "earnings_chipmaker.txt"
_WIDE, _PHONE = (1280, 800), (390, 780)


def main(folder: Path) -> None:
    """Write all pictures to a folder."""
    nlp = extract.load()
    articles = read_articles(str(ROOT / "corpus"))
    given = AnnotatedSet(tuple(articles), load_gold(ROOT / "gold", articles))
    found = [fact for article in articles for fact in extract.facts(nlp, article)]
    article: Article = next(one for one in articles if one.id == _ARTICLE)
    page = full_page(nlp, article)
    scores = errors_page(given, found, given.figures(found), title="extract")
    with _camera(folder) as picture:
        picture("article", page, _WIDE, "light", _claim)
        picture("article-dark", page, _WIDE, "dark", _claim)
        picture("article-phone", page, _PHONE, "light", _claim)
        picture(
            "claims",
            page,
            _WIDE,
            "light",
            _table,
        )
        picture("evaluation", scores, _WIDE, "light", lambda shown: None)
        picture("errors", scores, _WIDE, "light", _errors)


def _claim(page: Any) -> None:
    page.locator("mark.growth0, mark.growth1").filter(has_text="18%").first.click()


def _table(page: Any) -> None:
    page.evaluate("document.querySelector('#claims').scrollIntoView()")


def _errors(page: Any) -> None:
    page.locator("select[data-key=kind]").select_option("growth")
    page.evaluate("document.querySelector('#errors').scrollIntoView()")


@contextmanager
def _camera(folder: Path) -> Iterator[Callable[..., None]]:
    """Takes the picture of a page after something was done on it."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit(f"there is no browser ({', '.join(PROGRAMS)}): apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])

        def picture(
            name: str, html: str, size: tuple[int, int], mode: Any, do: Callable[[Any], None]
        ) -> None:
            page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=mode)
            page.set_content(html)
            do(page)
            page.mouse.move(0, 0)
            page.screenshot(path=folder / f"{name}.png")
            page.close()

        yield picture
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
