"""What the OpenAPI description says of requests and answers that the application reads and writes itself."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from extract.records import KINDS
from extract.serve.inputs import ArticleIn, ArticlesIn
from extract.serve.refusals import STATUS
from extract.writers.schema import schema

_REFS = "#/components/schemas/{model}"
_ERRORS = (400, 408, 413, 415, 422, 500, 503, 504)
_TEXT = "Exports through the port of Varna rose by 5.5% to $71.6 million last year."


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _REFS.format(model=name)}


_ANSWER = {
    "type": "object",
    "description": "An article with its facts, or the reason why there are none.",
    "properties": {
        "line": {"type": "integer", "description": "Of a stream: the number of the line, from 1."},
        "id": {"type": "string"},
        "title": {"type": ["string", "null"]},
        "published": {"type": ["string", "null"], "format": "date"},
        "facts": {"type": "array", "items": {"oneOf": [_ref(kind) for kind in KINDS]}},
        "error": _ref("Error"),
    },
}
_ERROR = {
    "type": "object",
    "properties": {
        "code": {"enum": list(STATUS)},
        "reason": {"type": "string"},
        "remedy": {"type": "string"},
    },
    "required": ["code", "reason", "remedy"],
}
_BODIES = {
    "text/plain": {"schema": {"type": "string"}, "example": _TEXT},
    "application/json": {
        "schema": {"oneOf": [_ref("ArticleIn"), _ref("ArticlesIn")]},
        "example": {"text": _TEXT, "date": "2024-06-11"},
    },
    "application/x-ndjson": {"schema": _ref("ArticleIn")},
}
_FOUND = {
    "application/json": {
        "schema": {
            "oneOf": [
                _ref("Answer"),
                {"type": "object", "properties": {"articles": {"type": "array", "items": _ref("Answer")}}},
            ]
        }
    },
    "application/x-ndjson": {"schema": _ref("Answer")},
}
_REFUSED = {
    "content": {"application/json": {"schema": {"type": "object", "properties": {"error": _ref("Error")}}}}
}


def _codes(status: int) -> str:
    return ", ".join(code for code, known in STATUS.items() if known == status)


# Of a bare text, what else is known of it; the body has these fields otherwise.
_PARAMETERS = [
    {"name": name, "in": "query", "schema": {"type": "string"}, "description": f"With text/plain: {meaning}."}
    for name, meaning in {
        "date": "the day of publication, such as 2024-06-11",
        "title": "the headline",
        "id": "what names it in its records",
    }.items()
]

FACTS: dict[str, Any] = {
    "responses": {
        200: {"description": "The facts.", "content": _FOUND},
        **{status: {"description": _codes(status), **_REFUSED} for status in _ERRORS},
    },
    "openapi_extra": {
        "parameters": _PARAMETERS,
        "requestBody": {"required": True, "content": _BODIES},
    },
}


def add_records(app: FastAPI) -> None:
    """Let the description of an application have the schemas of articles, records and errors."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            known = made.setdefault("components", {}).setdefault("schemas", {})
            known |= {kind: {k: v for k, v in schema(kind).items() if k != "$schema"} for kind in KINDS}
            known |= {"Answer": _ANSWER, "Error": _ERROR}
            for model in (ArticleIn, ArticlesIn):
                own = model.model_json_schema(ref_template=_REFS)
                own.pop("$defs", None)
                known[model.__name__] = own
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
