from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from subprocess import run
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI

from extract import record_builders
from extract.serve.logs import JsonLines
from extract.writers.schema import schema
from tests.samples import dollars
from tests.serve.asking import SMALL, Inline, Response, application, post

LINES = "application/x-ndjson"
Ask = Callable[[FastAPI, Inline], Awaitable[Any]]


@pytest.fixture(autouse=True)
def _dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))


def asked(ask: Ask) -> Any:
    async def within() -> Any:
        async with application() as (app, pool), asyncio.timeout(20):
            return await ask(app, pool)

    return asyncio.run(within())


def answer(parts: Any, media_type: str | None = "application/json", **more: Any) -> Response:
    """The answer to one request."""
    response: Response = asked(lambda app, _: post(app, parts, media_type, **more))
    return response


def test_an_article_as_json() -> None:
    article = {"text": "It cost $5.", "date": "11 June 2024", "id": 3, "title": "Ü", "section": "ignored"}
    response = answer(json.dumps(article).encode())
    assert response.status == 200
    assert response.headers["content-type"] == "application/json"
    held = response.json
    assert (held["id"], held["title"], held["published"]) == ("3", "Ü", "2024-06-11")
    (fact,) = held["facts"]
    assert (fact["doc_id"], fact["text"], fact["start"], fact["amount"]) == ("3", "$5", 8, 5)
    jsonschema.validate(fact, schema("money"))


def test_a_bare_text() -> None:
    text = "\ufeffÉté: $5, $6.".encode()
    held = answer(text, "Text/Plain; charset=utf-8", query="date=2024-06-11&title=T&kind=money").json
    assert (held["id"], held["title"], held["published"]) == ("", "T", "2024-06-11")
    assert [fact["start"] for fact in held["facts"]] == [5, 9]
    assert answer(text, "text/plain", query="kind=growth").json["facts"] == []


def test_the_date_of_a_dateline_as_in_a_run() -> None:
    held = answer(b"LONDON, June 9, 2024 (Agency) - It cost $5.", "text/plain").json
    assert held["published"] == "2024-06-09"


def test_a_list_of_articles_one_of_which_fails() -> None:
    articles = [{"text": "$1"}, {"text": "BUG", "id": "b"}, {"text": "$3", "id": "c"}]
    held = answer(json.dumps({"articles": articles}).encode()).json["articles"]
    assert [one["id"] for one in held] == ["0", "b", "c"]
    assert held[1]["error"]["code"] == "failed"
    assert [len(one.get("facts", ())) for one in held] == [1, 0, 1]


def test_a_stream_of_lines_is_answered_in_order_with_what_is_wrong_in_its_place() -> None:
    lines = [b'{"text": "$1"}', b"", b"{", b'{"text": "$4", "id": "d"}', b'"x"', b"\xff", b'{"text": "BUG"}']
    response = answer(b"\n".join(lines), LINES)
    assert response.status == 200 and response.ended
    assert [(one["line"], one.get("id"), one.get("error", {}).get("code")) for one in response.lines] == [
        (1, "1", None),
        (3, None, "not_json"),
        (4, "d", None),
        (5, None, "invalid"),
        (6, None, "not_utf8"),
        (7, None, "failed"),
    ]


def test_lines_are_answered_while_further_ones_come() -> None:
    async def ask(app: FastAPI, _: Inline) -> None:
        answered = asyncio.Event()

        async def send(message: Any) -> None:
            if message.get("body"):
                answered.set()

        async def leaves() -> None:
            await answered.wait()

        response = await post(app, [b'{"text": "$1"}\n{"te', b'xt"'], LINES, leaves=leaves, send=send)
        assert [line["line"] for line in response.lines] == [1]
        assert not response.ended

    asked(ask)


def test_a_long_stream_in_any_parts() -> None:
    lines = [json.dumps({"text": f"${n} " + "é" * (n % 50)}, ensure_ascii=False) for n in range(300)]
    data = "\n".join(lines).encode()
    response = answer([data[n : n + 7] for n in range(0, len(data), 7)], "application/jsonl; charset=utf-8")
    assert [line["facts"][0]["amount"] for line in response.lines] == list(range(300))
    assert len(data) > SMALL.size


@pytest.mark.parametrize(
    ("data", "media_type", "status", "code"),
    [
        (b"", "application/json", 400, "not_json"),
        (b"{", "application/json", 400, "not_json"),
        (b'{"text": "\\ud800"}', "application/json", 400, "not_json"),
        (b"[" * 1500, "application/json", 400, "not_json"),
        (b'{"text": NaN}', "application/json", 422, "invalid"),
        (b"\x00\x01\xff\xfe", "application/json", 400, "not_utf8"),
        (b"[]", "application/json", 422, "invalid"),
        (b"null", "application/json", 422, "invalid"),
        (b"{}", "application/json", 422, "invalid"),
        (b'{"text": 5}', "application/json", 422, "invalid"),
        (b'{"text": " \\n"}', "application/json", 422, "invalid"),
        (b'{"text": "a\\u0000"}', "application/json", 422, "invalid"),
        (b'{"text": "a", "id": [1]}', "application/json", 422, "invalid"),
        (b'{"text": "a", "id": true}', "application/json", 422, "invalid"),
        (b'{"text": "a", "date": "06/09/2024"}', "application/json", 422, "invalid"),
        (b'{"text": "a", "date": 20240609}', "application/json", 422, "invalid"),
        (b'{"articles": []}', "application/json", 422, "invalid"),
        (b'{"articles": {"text": "a"}}', "application/json", 422, "invalid"),
        (b'{"articles": [{"text": "a"}, 5]}', "application/json", 422, "invalid"),
        (b'{"articles": [1, 2, 3, 4, 5, 6]}', "application/json", 413, "too_many_articles"),
        (b" " * 2001, "application/json", 413, "too_large"),
        (b"\xff", "text/plain", 400, "not_utf8"),
        (b"", "text/plain", 422, "invalid"),
        (b"a\0b", "text/plain", 422, "invalid"),
        (b"BUG", "text/plain", 500, "failed"),
        (b"a", "text/html", 415, "unknown_type"),
        (b"a", "multipart/form-data; boundary=x", 415, "unknown_type"),
        (b"a", None, 415, "unknown_type"),
    ],
)
def test_what_cannot_be_used_is_refused(data: bytes, media_type: str | None, status: int, code: str) -> None:
    response = answer(data, media_type)
    assert (response.status, response.code) == (status, code)
    told = response.json["error"]
    assert told["reason"] and told["remedy"]
    assert len(response.body) < 600  # what was sent is not sent back


def test_a_wrong_field_is_named() -> None:
    told = answer(b'{"articles": [{"text": "a"}, {"text": "b", "date": "soon"}]}').json["error"]
    assert told["reason"] == "articles.1.date: is not a date; write it as 2024-06-11"


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/v1/schema", 405), ("//", 404)])
def test_other_addresses(path: str, status: int) -> None:
    response = answer(b"", path=path)
    assert (response.status, set(response.json)) == (status, {"error"})


def test_a_line_that_is_too_long_is_left_out() -> None:
    long = b'{"text": "' + b"a" * 5000 + b'"}'
    response = answer(
        [b'{"text": "$1"}\n', long[:1500], long[1500:4000], long[4000:] + b'\n{"text": "$3"}'], LINES
    )
    assert [(line["line"], line.get("error", {}).get("code")) for line in response.lines] == [
        (1, None),
        (2, "too_large"),
        (3, None),
    ]


def test_a_body_whose_length_is_too_large_is_refused_before_it_is_sent() -> None:
    async def ask(app: FastAPI, _: Inline) -> Response:
        return await post(app, [10.0, b"x"], "application/json", content_length=10**12)

    response = asked(ask)
    assert (response.status, response.code) == (413, "too_large")


def test_a_slow_client() -> None:
    response = answer([b'{"text"', 1.0, b': "a"}'])
    assert (response.status, response.code) == (408, "too_slow")
    response = answer([b'{"text": "$1"}\n{"text"', 1.0, b': "a"}'], LINES)
    assert [line.get("error", {}).get("code") for line in response.lines] == [None, "too_slow"]
    response = answer([b"{", *([0.1, b" "] * 20)], LINES)  # a line that never ends
    assert response.lines[-1]["error"]["code"] == "too_slow"


def test_a_client_that_takes_no_answer() -> None:
    async def ask(app: FastAPI, _: Inline) -> None:
        async def send(message: Any) -> None:
            if message.get("body"):
                await asyncio.sleep(60)

        response = await post(app, b'{"text": "$1"}\n' * 100, LINES, send=send)
        assert not response.ended

    asked(ask)


def test_a_client_that_leaves() -> None:
    """Its work is given up, and the next client finds room."""

    async def ask(app: FastAPI, pool: Inline) -> None:
        async def soon() -> None:
            await asyncio.sleep(0.05)

        pool.go.clear()
        for media_type, body in (("application/json", b'{"text": "$1"}'), (LINES, b'{"text": "$1"}\n' * 9)):
            for _ in range(SMALL.at_once + 1):
                response = await post(app, [body, b""], media_type, leaves=soon)
                assert not response.ended
        assert pool.cancelled >= 2 * (SMALL.at_once + 1)
        response = await post(app, [b'{"text":'], leaves=soon)  # in the middle of the body
        assert response.status == 0
        pool.go.set()
        assert (await post(app, b'{"text": "$1"}')).status == 200

    asked(ask)


def test_more_at_once_than_the_limit_are_refused_and_none_that_was_accepted_is_lost() -> None:
    async def ask(app: FastAPI, pool: Inline) -> None:
        pool.go.clear()
        burst = [asyncio.create_task(post(app, b'{"text": "$1"}')) for _ in range(20)]
        await asyncio.sleep(0.1)
        refused = [task.result() for task in burst if task.done()]
        assert len(refused) == 20 - SMALL.at_once
        assert {(one.status, one.code, one.headers["retry-after"]) for one in refused} == {(503, "busy", "1")}
        assert (await post(app, b"", path="/healthz", method="GET")).status == 200
        pool.go.set()
        accepted = [one for one in await asyncio.gather(*burst) if one.status == 200]
        assert [one.json["facts"][0]["amount"] for one in accepted] == [1] * SMALL.at_once

    asked(ask)


def test_a_server_that_stops_answers_the_lines_that_it_has() -> None:
    async def ask(app: FastAPI, pool: Inline) -> Response:
        pool.stopping = True
        return await post(
            app, [b'{"text": "$1"}\n{"text": "$2"}\n{"te', b'xt": "$3"}\n{"text": "$4"}'], LINES
        )

    response = asked(ask)
    assert [line.get("error", {}).get("code") for line in response.lines] == [None, None, "not_ready"]
    assert response.lines[-1]["line"] == 3 and response.ended


def test_health() -> None:
    async def ask(app: FastAPI, pool: Inline) -> list[Response]:
        well = await post(app, b"", path="/healthz", method="GET")
        pool.ready = 0
        return [well, await post(app, b"", path="/healthz", method="GET")]

    well, ill = asked(ask)
    assert (well.status, well.json) == (
        200,
        {"status": "ok", "workers": 2, "ready": 2, "busy": 0, "waiting": 0},
    )
    assert (ill.status, ill.json["status"]) == (503, "no worker is ready")


def test_schema() -> None:
    assert answer(b"", path="/v1/schema", method="GET").json == schema()
    assert answer(b"", path="/v1/schema", method="GET", query="kind=growth").json == schema("growth")
    assert answer(b"", path="/v1/schema", method="GET", query="kind=x").code == "invalid"


def test_the_description_names_what_there_is() -> None:
    api = answer(b"", path="/openapi.json", method="GET").json
    assert set(api["paths"]) == {"/v1/facts", "/v1/schema", "/healthz"}
    known = api["components"]["schemas"]
    assert {"ArticleIn", "Answer", "Error", "growth"} <= set(known)
    used = {
        ref.rpartition("/")[2].rstrip('"')
        for ref in json.dumps(api).split('"$ref": ')[1:]
        for ref in [ref.split(",")[0].split("}")[0]]
    }
    assert used <= set(known)


@pytest.fixture
def logged() -> Iterator[list[str]]:
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    handler, logger = Kept(), logging.getLogger("extract")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lines
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_the_log_has_no_texts(logged: list[str]) -> None:
    secret = "SECRET"
    article = json.dumps({"text": f"{secret} $5 BUG", "id": secret, "title": secret}).encode()
    answer(article)
    answer(article[:-1])
    answer(article, LINES)
    answer(f"{secret} $5".encode(), "text/plain", query=f"id={secret}&kind=money")
    answer(b"", path=f"/{secret}", method="GET")
    assert secret not in "".join(logged)
    noted = [json.loads(line) for line in logged if '"status"' in line]
    assert [(one["status"], one.get("error")) for one in noted] == [
        (500, "failed"),
        (400, "not_json"),
        (200, None),
        (200, None),
        (404, "not_found"),
    ]
    assert noted[3].items() >= {"method": "POST", "route": "/v1/facts", "articles": 1, "facts": 1}.items()


def test_the_log_of_an_exception_has_its_place_alone() -> None:
    try:
        raise ValueError("a secret text")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "a secret text", (), sys.exc_info())
    line = JsonLines().format(record)
    assert "secret" not in line
    assert "test_api.py" in json.loads(line)["at"][0]


def test_the_process_that_answers_does_without_spacy() -> None:
    code = "import sys, extract.serve; sys.exit('spacy' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0
