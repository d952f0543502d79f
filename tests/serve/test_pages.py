from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest

from extract import record_builders
from tests.samples import dollars
from tests.serve.asking import SMALL, Response, application, post

FORM = "application/x-www-form-urlencoded"
HOSTILE = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>&quot;\"'"


@pytest.fixture(autouse=True)
def _dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))


def get(path: str) -> Response:
    return answer(b"", path, method="GET")


def sent(text: str, date: str = "", name: str = "") -> Response:
    return answer(urlencode({"text": text, "date": date, "name": name}).encode(), "/")


def answer(data: bytes, path: str, method: str = "POST") -> Response:
    async def within() -> Response:
        async with application(replace(SMALL, size=20_000)) as (app, _):
            return await post(app, data, FORM, path=path, method=method)

    return asyncio.run(within())


def policy(page: str) -> str:
    (found,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    return str(found)


def test_the_form_and_the_description_request_nothing_from_elsewhere() -> None:
    for path in ("/", "/docs"):
        response = get(path)
        page = response.body.decode()
        assert response.status == 200
        assert response.headers["content-type"].startswith("text/html")
        assert "default-src &#39;none&#39;" in policy(page)
        assert not re.search(r'\b(?:src|href|action)="(?:https?:)?//', page)
    assert "form-action &#39;self&#39;" in policy(get("/").body.decode())


def test_the_description_has_every_address_and_error() -> None:
    page = get("/docs").body.decode()
    for word in (
        "POST /v1/facts",
        "GET /v1/schema",
        "GET /healthz",
        "too_large",
        "took_too_long",
        "metric_id",
    ):
        assert word in page
    anchors = set(re.findall(r'href="#(\w+)"', page)) - {"content"}
    assert anchors <= set(re.findall(r'id="(\w+)"', page))


def test_a_text_becomes_its_page() -> None:
    page = sent("It cost $5.", date="2024-06-11").body.decode()
    assert "2024-06-11" in page
    assert re.search(r"<mark[^>]*money[^>]*>\$5</mark>", page)


def test_files() -> None:
    header = "---\ntitle: A title\ndate: 2024-06-09\n---\nIt cost $5."
    assert "A title" in sent(header, name="a.txt").body.decode()
    assert "2024-06-09" in sent(header, name="a.txt").body.decode()
    assert "2024-06-11" in sent(header, date="2024-06-11", name="a.txt").body.decode()
    words = "The mayor of the town said on Monday that the bridge cost the town $5 in all. " * 5
    html = f"<html><head><title>T</title></head><body><article><p>{words}</p></article></body></html>"
    page = sent(html, date="2024-06-11", name="A.HTML").body.decode()
    assert "&lt;article" not in page and page.count("$5</mark>") == 5


@pytest.mark.parametrize("name", ["", "a.txt", "../../etc/passwd", "http://example.org/a.html", HOSTILE])
def test_hostile_texts_are_inert(name: str) -> None:
    response = sent(f"{HOSTILE} $5", name=name)
    assert response.status in (200, 422)  # a page needs an article
    assert "<script>alert" not in response.body.decode() and "<img src=x" not in response.body.decode()
    refused = sent(HOSTILE, date=HOSTILE, name=name)
    assert refused.status == 422
    assert "<script>alert" not in refused.body.decode() and "<img src=x" not in refused.body.decode()
    assert "&lt;/textarea&gt;" in refused.body.decode()  # what was sent is still there


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 422, "No text"),
        (b"text=%20", 422, "No text"),
        (b"text=a%00b", 422, "null character"),
        (b"text=a&date=soon", 422, "Invalid date"),
        (b"text=" + quote("é").encode("ascii")[:3] + b"&date=", 422, "Invalid form"),
        (b"\xff\xfe\x00", 422, "Invalid form"),
        (b"a=1&b=2&c=3&d=4", 422, "Invalid form"),
        (b"text=" + b"a" * 20_000, 413, "larger than"),
        (b"text=BUG", 500, "bug"),
        (b"text=<html></html>&name=a.html", 422, "no main text"),
    ],
)
def test_what_cannot_be_used_is_told_on_the_form(data: bytes, status: int, words: str) -> None:
    response = answer(data, "/")
    page = response.body.decode()
    assert response.status == status
    (told,) = re.findall(r'role="alert">(.+?)</p>', page)
    assert words.lower() in told.lower()
    assert "<form" in page
