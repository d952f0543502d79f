"""The page of `extract serve` in a browser: a text is pasted or dropped, and its facts are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Open
from tests.browser.test_access import serious
from tests.serve.test_server import Server, started


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("server"), at_once=4) as running:
        yield running


def test_a_text_is_pasted(open_page: Open, server: Server) -> None:
    page = open_page(f"{server.address}/")
    page.get_by_label("Text").fill('It cost $5, "said" <script>window.hacked=1</script> Bo.')
    page.get_by_label("Published").fill("2024-06-11")
    page.get_by_role("button", name="Find facts").click()
    page.locator("mark.money").click()
    assert page.locator("dd").first.text_content() == "5"
    assert page.locator(".byline").text_content().strip().startswith("2024-06-11")
    assert "<script>window.hacked" in page.locator(".text").text_content()
    assert page.evaluate("window.hacked") is None


def test_a_file_is_chosen(open_page: Open, server: Server) -> None:
    page = open_page(f"{server.address}/", width=320)
    held = {"name": "a.txt", "mimeType": "text/plain", "buffer": "It cost $7 in Åbo.".encode()}
    page.locator("input[type=file]").set_input_files(held)
    page.wait_for_function("document.querySelector('#text').value.includes('Åbo')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Find facts").click()
    assert page.locator("mark.money").text_content() == "$7"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_nothing_keeps_people_out(open_page: Open, server: Server, axe: str, path: str) -> None:
    assert serious(open_page(server.address + path), axe) == []
