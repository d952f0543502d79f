"""Responses to requests with one article, several articles, or a stream of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import suppress
from typing import TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from extract.articles import Article
from extract.serve.bodies import GoneError, Line, Lines, left
from extract.serve.inputs import article_of, object_of
from extract.serve.jobs import Answer, Job
from extract.serve.limits import Limits
from extract.serve.logs import note
from extract.serve.pool import Pool
from extract.serve.refusals import Refusal

Result = TypeVar("Result")

JSON_LINES = "application/x-ndjson"


async def while_there(receive: Receive, work: Awaitable[Result]) -> Result:
    """The result of the work, unless the client disconnects first; the body must have been received.

    Raises:
        GoneError: the client disconnected; the work is cancelled.
    """
    doing, leaving = asyncio.ensure_future(work), asyncio.ensure_future(left(receive))
    try:
        await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise GoneError
        return doing.result()
    finally:
        for task in (doing, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


async def of_many(pool: Pool, articles: Sequence[Article], kinds: tuple[str, ...]) -> tuple[str, int]:
    """The answer to several articles, and its number of facts; a refused article has an error instead."""
    turn = asyncio.Semaphore(pool.workers)  # so that a request with many articles does not block the others

    async def one(article: Article) -> Answer:
        async with turn:
            return await _answer_one(pool, article, kinds)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(article)) for article in articles]
    answers = [task.result() for task in tasks]
    return f'{{"articles": [{", ".join(one.body for one in answers)}]}}', sum(one.facts for one in answers)


async def _answer_one(pool: Pool, article: Article, kinds: tuple[str, ...]) -> Answer:
    try:
        return await pool.answer(Job(item=article, kinds=kinds))
    except Refusal as refusal:
        return Answer(json.dumps({"id": article.id, "error": refusal.body}, ensure_ascii=False), 0)


class Stream(Response):
    """A streaming response: one line per line of the request, in order, while the request arrives."""

    media_type = JSON_LINES

    def __init__(self, pool: Pool, limits: Limits, kinds: tuple[str, ...]) -> None:
        super().__init__()
        self._pool, self._limits, self._kinds = pool, limits, kinds
        self._articles = self._facts = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            GoneError: the client disconnected, or does not read the response.
        """
        headers = [(b"content-type", JSON_LINES.encode()), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        lines = Lines(receive, self._limits, lambda: self._pool.stopping)
        feeding = asyncio.create_task(lines.feed())
        sending = asyncio.create_task(self._send(lines, send))
        try:
            await asyncio.wait({feeding, sending}, return_when=asyncio.FIRST_COMPLETED)
            await (sending if sending.done() else feeding)
        finally:
            note(scope, articles=self._articles, facts=self._facts)
            for task in (feeding, sending):
                task.cancel()
            await asyncio.gather(feeding, sending, return_exceptions=True)

    async def _send(self, lines: Lines, send: Send) -> None:
        """Send the answers; GoneError if the client does not read them."""
        async for answer in self._answers(lines):
            self._articles += 1
            self._facts += answer.facts
            try:
                async with asyncio.timeout(self._limits.patience):
                    await send(
                        {"type": "http.response.body", "body": f"{answer.body}\n".encode(), "more_body": True}
                    )
            except TimeoutError as error:
                raise GoneError from error
        await send({"type": "http.response.body", "body": b""})

    async def _answers(self, lines: Lines) -> AsyncIterator[Answer]:
        """The answers in order; at most one job per worker is in progress."""
        tasks = asyncio.Queue[asyncio.Task[Answer] | None](self._pool.workers)

        async def begin() -> None:
            async for line in lines:
                await tasks.put(asyncio.create_task(self._answer(line)))
            await tasks.put(None)

        beginning = asyncio.create_task(begin())
        task: asyncio.Task[Answer] | None = None
        try:
            while task := await tasks.get():
                yield await task
        finally:
            beginning.cancel()
            while not tasks.empty():
                if waiting := tasks.get_nowait():
                    waiting.cancel()
            if task:
                task.cancel()

    async def _answer(self, line: Line) -> Answer:
        number, held = line
        try:
            if isinstance(held, Refusal):
                raise held
            job = Job(item=article_of(object_of(held), str(number)), kinds=self._kinds)
            answer = await self._pool.answer(job)
        except Refusal as refusal:
            return Answer(json.dumps({"line": number, "error": refusal.body}, ensure_ascii=False), 0)
        return Answer(f'{{"line": {number}, {answer.body[1:]}', answer.facts)
