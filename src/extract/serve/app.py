"""The ASGI application: its routes and error handlers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from extract import __version__
from extract.errors import ExtractError
from extract.serve import pages
from extract.serve.answers import JSON_LINES, Stream, of_many, while_there
from extract.serve.bodies import received
from extract.serve.described import FACTS, add_records
from extract.serve.inputs import article_of, article_of_text, articles_of, object_of
from extract.serve.jobs import Job
from extract.serve.limits import Limits
from extract.serve.logs import note
from extract.serve.middleware import Admitted, Logged
from extract.serve.pool import Pool
from extract.serve.refusals import Refusal
from extract.writers.schema import schema

Kind = Literal["entity", "date", "money", "quantity", "growth"]
Kinds = Annotated[Sequence[Kind], Query(alias="kind", description="Return only these kinds of facts.")]
_OF_TEXT = ("id", "title", "date", "source", "url", "author")  # of a plain text, as query parameters
_LINES = (JSON_LINES, "application/jsonl", "application/x-jsonlines")


def make_app(pool: Pool, limits: Limits) -> FastAPI:
    """The ASGI application. Its lifespan starts and stops the workers.

    If they fail to start, `app.state.failure` is the `ExtractError`.

    Args:
        pool: The workers.
        limits: The limits for requests.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await pool.start()
        except ExtractError as error:
            app.state.failure = error
            raise
        try:
            yield
        finally:
            await pool.close()

    app = FastAPI(
        title="extract",
        version=__version__,
        description="Extracts facts from English news: entities, dates, money, quantities and growth claims.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.pool, app.state.limits, app.state.failure = pool, limits, None
    app.add_middleware(Admitted, at_once=limits.at_once)
    app.add_middleware(Logged)
    _add_errors(app)
    _add_api(app, pool, limits)
    pages.add(app, pool, limits)
    add_records(app)
    return app


def _add_api(app: FastAPI, pool: Pool, limits: Limits) -> None:
    @app.post("/v1/facts", tags=["facts"], **FACTS)
    async def facts(request: Request, kind: Kinds = ()) -> Response:
        """Extract the facts of an article, of several articles or of a stream, by the type of the body.

        In a list or stream, an article that fails has `error` in place of `facts`.
        """
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        kinds = tuple(dict.fromkeys(kind))
        if media_type in _LINES:
            return Stream(pool, limits, kinds)
        if media_type not in ("application/json", "text/plain"):
            raise Refusal(
                "unknown_type",
                "unsupported Content-Type" if media_type else "no Content-Type",
                f"send text/plain, application/json or {JSON_LINES}",
            )
        data = await received(request.scope, request.receive, limits)
        if media_type == "text/plain":
            fields = {name: request.query_params[name] for name in _OF_TEXT if name in request.query_params}
            return await _one(request, pool, Job(item=article_of_text(data, fields), kinds=kinds))
        held = object_of(data)
        if "articles" not in held:
            return await _one(request, pool, Job(item=article_of(held, ""), kinds=kinds))
        articles = articles_of(held, limits.articles)
        body, count = await while_there(request.receive, of_many(pool, articles, kinds))
        note(request.scope, articles=len(articles), facts=count)
        return Response(body, media_type="application/json")

    @app.get("/v1/schema", tags=["facts"])
    async def records(
        kind: Annotated[Kind | None, Query(description="Return only this kind.")] = None,
    ) -> dict[str, Any]:
        """The JSON Schema of the records."""
        return schema(kind)

    @app.get("/healthz", tags=["server"])
    async def health() -> JSONResponse:
        """Health check: 200 if a worker is ready, otherwise 503; with the state of the workers."""
        state = {"workers": pool.workers, "ready": pool.ready, "busy": pool.busy, "waiting": pool.waiting}
        well = pool.ready > 0
        return JSONResponse({"status": "ok" if well else "no worker is ready", **state}, 200 if well else 503)


async def _one(request: Request, pool: Pool, job: Job) -> Response:
    answer = await while_there(request.receive, pool.answer(job))
    note(request.scope, articles=1, facts=answer.facts)
    return Response(answer.body, media_type="application/json")


def _add_errors(app: FastAPI) -> None:
    """Give all errors the same form."""

    def respond(request: Request, refusal: Refusal, status: int | None = None) -> JSONResponse:
        note(request.scope, error=refusal.code)
        body = {"error": refusal.body}
        return JSONResponse(body, status or refusal.status, headers=refusal.headers)

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> JSONResponse:
        return respond(request, refusal)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        one = error.errors()[0]
        reason = f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
        return respond(request, Refusal("invalid", reason, "see /docs"))

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> JSONResponse:
        code = "wrong_method" if error.status_code == 405 else "not_found"
        return respond(request, Refusal(code, str(error.detail), "see /docs"), error.status_code)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        return respond(request, Refusal("failed", "the server has a bug", "report it with the request"))
