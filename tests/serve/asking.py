"""An application whose workers are this process, and clients of it that are slow, leave, or send anything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import spacy
from fastapi import FastAPI
from starlette.types import Message

from extract.serve import Limits, Pool, make_app
from extract.serve.jobs import Answer, Job, answers
from extract.serve.refusals import Refusal
from tests.samples import load_dollars

SMALL = Limits(size=2000, articles=5, timeout=1.0, patience=0.3, at_once=2)


class Inline(Pool):
    """Workers that are no processes: jobs are done here, once `go` is set."""

    def __init__(self) -> None:
        super().__init__(load_dollars, workers=2, timeout=1)
        self.go = asyncio.Event()
        self.go.set()
        self.done, self.cancelled = list[Job](), 0
        self._nlp = spacy.blank("en")

    async def start(self) -> None:
        self.ready = self.workers

    async def answer(self, job: Job) -> Answer:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.done.append(job)
        (answer,) = answers(self._nlp, [job])
        if isinstance(answer, Refusal):
            raise answer
        return answer


@dataclass
class Response:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    ended: bool = False

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


@asynccontextmanager
async def application(limits: Limits = SMALL) -> AsyncIterator[tuple[FastAPI, Inline]]:
    """An application that has been started, and its workers."""
    pool = Inline()
    app = make_app(pool, limits)
    async with app.router.lifespan_context(app):
        yield app, pool


async def post(
    app: FastAPI,
    parts: bytes | Iterable[bytes | float],
    media_type: str | None = "application/json",
    *,
    path: str = "/v1/facts",
    query: str = "",
    leaves: Callable[[], Awaitable[object]] | None = None,
    send: Callable[[Message], Awaitable[None]] | None = None,
    method: str = "POST",
    content_length: int | None = None,
) -> Response:
    """The answer to a request.

    Args:
        app: The application.
        parts: The parts of the body; a number is a pause in seconds.
        media_type: The Content-Type.
        path: The path.
        query: The query.
        leaves: The client leaves, after all parts are sent, when this is done.
        send: Called with each message of the answer.
        method: The method.
        content_length: The header of that name.
    """
    response = Response()
    waiting = list(parts) if not isinstance(parts, bytes) else [parts]

    async def receive() -> Message:
        while waiting and isinstance(pause := waiting[0], float | int):
            waiting.pop(0)
            await asyncio.sleep(pause)
        if waiting:
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting or leaves)}
        await (leaves() if leaves else asyncio.Event().wait())
        return {"type": "http.disconnect"}

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            response.status = message["status"]
            response.headers = {key.decode(): value.decode() for key, value in message["headers"]}
        else:
            response.body += message.get("body", b"")
            response.ended = not message.get("more_body")
        if send:
            await send(message)

    headers = [(b"host", b"127.0.0.1")]
    headers += [(b"content-type", media_type.encode())] if media_type else []
    headers += [(b"content-length", b"%d" % content_length)] if content_length is not None else []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    await app(scope, receive, sent)
    return response
