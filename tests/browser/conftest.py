"""A real browser for the tests of pages. Where there is none, these tests say so and are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import extract
from extract.articles import Article
from extract.corpus import read_articles
from extract.explain import explain
from extract.view import article_page
from tests.documents import ROOT

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

Open = Callable[..., Any]  # of a page's HTML or address: the Playwright page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that `make test` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: make test-browser")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"there is no browser ({', '.join(PROGRAMS)}): apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens pages of any width. At the end no script has failed, and nothing else was requested."""
    problems: list[str] = []
    asked: list[str] = []
    opened: list[Any] = []

    def opens(given: str, *, width: int = 1200, height: int = 800, **options: Any) -> Any:
        address = given
        if given.startswith("<!doctype"):
            file = tmp_path / f"{len(opened)}.html"
            file.write_text(given, encoding="utf-8")
            address = file.as_uri()
        page = browser.new_page(viewport={"width": width, "height": height}, **options)
        page.on(
            "console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        opened.append((page, address))
        return page

    yield opens
    for page, _ in opened:
        page.close()
    assert not problems
    home = tuple(address.partition("?")[0].rpartition("/")[0] for _, address in opened)
    assert [url for url in asked if not url.startswith((*home, "data:", "about:"))] == []


@pytest.fixture(scope="session")
def pages(nlp: Language) -> Callable[[str], str]:
    """The page of an article of the corpus, with explanations, by its file's name."""
    articles = {article.id: article for article in read_articles(str(ROOT / "corpus"))}
    made: dict[str, str] = {}

    def page_of(name: str) -> str:
        if name not in made:
            made[name] = full_page(nlp, articles[name])
        return made[name]

    return page_of


def full_page(nlp: Language, article: Article) -> str:
    """The page that `extract show --html` makes."""
    steps = {
        (article.id, one.fact.fact_id): [(step.about, step.value, step.why) for step in one.steps]
        for sentence in explain(nlp, article)
        for one in sentence.facts
    }
    return article_page(article, extract.facts(nlp, article), explanations=steps)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds what keeps people from using a page."""
    script = ROOT / ".venv" / "axe" / "axe.min.js"
    if not script.exists():
        pytest.skip("axe-core is missing: make test-browser fetches it, with npm")
    return script.read_text(encoding="utf-8")
