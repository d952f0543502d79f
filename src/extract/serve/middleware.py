"""Middleware for every request: its log line, its response headers, the limit on concurrent requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from secrets import token_hex
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extract.serve.bodies import GoneError
from extract.serve.logs import LOGGED, note, requests
from extract.serve.refusals import Refusal

_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Logged:
    """Logs each request: its id (also in the response), status, time and counts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, name, status = perf_counter(), token_hex(8), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = name
                for key, value in _HEADERS.items():
                    headers.setdefault(key, value)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except GoneError:
            note(scope, error="client_left")
        except Exception:
            note(scope, error="internal")
            raise
        finally:
            # the route, never the path, which may contain anything
            route = getattr(scope.get("route"), "path", None)
            seconds = round(perf_counter() - begun, 4)
            known = {"request": name, "method": scope["method"], "route": route, "status": status}
            noted = {**known, "seconds": seconds, **scope.get(LOGGED, {})}
            requests.info("request", extra={"noted": noted})


class Admitted:
    """Refuses a request with a body if the limit on concurrent requests is reached."""

    def __init__(self, app: ASGIApp, at_once: int) -> None:
        self._app, self._at_once, self._count = app, at_once, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        if self._count >= self._at_once:
            reason = f"{self._at_once} requests are in progress"
            await refuse(
                scope, send, Refusal("busy", reason, "send it again in a second, or send fewer at a time")
            )
            return
        self._count += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._count -= 1


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    """Respond with an error, without reading the rest of the request."""
    note(scope, error=refusal.code)
    body = json.dumps({"error": refusal.body}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "content-length": str(len(body)), **refusal.headers}
    raw = [(key.lower().encode(), value.encode()) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": refusal.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
