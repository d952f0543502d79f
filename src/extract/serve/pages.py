"""The web pages: a form for a text or file, the page of its facts, and the documentation of the API."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from extract.readers.dates import parse
from extract.serve.answers import while_there
from extract.serve.bodies import received
from extract.serve.inputs import item_of_file
from extract.serve.jobs import Job
from extract.serve.limits import Limits
from extract.serve.logs import note
from extract.serve.pool import Pool
from extract.serve.refusals import Refusal, in_units
from extract.view import render

_FIELDS = ("text", "date", "name")


def add(app: FastAPI, pool: Pool, limits: Limits) -> None:
    """Add the pages to an application."""

    @app.get("/", include_in_schema=False)
    async def form() -> Response:
        return HTMLResponse(_form(limits))

    @app.post("/", include_in_schema=False)
    async def article(request: Request) -> Response:
        held: dict[str, str] = {}
        try:
            held = _fields(await received(request.scope, request.receive, limits))
            answer = await while_there(request.receive, pool.answer(_job(held)))
        except Refusal as refusal:
            note(request.scope, error=refusal.code)
            page = _form(limits, refusal=refusal, **held)
            return HTMLResponse(page, refusal.status, headers=refusal.headers)
        note(request.scope, articles=1, facts=answer.facts)
        return HTMLResponse(answer.body)

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        shown = {**asdict(limits), "size": in_units(limits.size), "articles": f"{limits.articles:,}"}
        api = app.openapi()
        return HTMLResponse(render("docs.html", title="API", api=api, limits=shown, address=request.base_url))


def _form(limits: Limits, *, refusal: Refusal | None = None, **held: str) -> str:
    known = dict.fromkeys(_FIELDS, "") | held
    return render(
        "form.html",
        scripts=("form.js",),
        forms=True,
        title="Facts of a text",
        size=limits.size,
        limit=in_units(limits.size),
        refusal=refusal,
        **known,
    )


def _fields(data: bytes) -> dict[str, str]:
    """The fields of a submitted form.

    Raises:
        Refusal: they are not the fields of the form.
    """
    try:
        fields = parse_qs(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=len(_FIELDS)
        )
    except ValueError as error:
        raise Refusal("invalid", "invalid form", "use the form on this page") from error
    return {name: fields.get(name, [""])[0] for name in _FIELDS}


def _job(held: dict[str, str]) -> Job:
    """The job of a submitted form.

    Raises:
        Refusal: there is no text, or the date is invalid.
    """
    if "\0" in held["text"]:
        raise Refusal("unreadable", "contains a null character", "choose a text file")
    if not held["text"].strip():
        raise Refusal("unreadable", "no text", "paste a text, or choose a file")
    try:
        published = parse(held["date"])
    except ValueError as error:
        raise Refusal("invalid", "invalid date", "write it as 2024-06-11") from error
    data = held["text"].replace("\r\n", "\n").encode(errors="replace")
    return Job(item=item_of_file(data, held["name"]), published=published, form="page")
