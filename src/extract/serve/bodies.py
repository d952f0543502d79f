"""Reading request bodies, with limits on size and time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from starlette.types import Receive, Scope

from extract.serve.limits import Limits
from extract.serve.refusals import Refusal, in_units

Line = tuple[int, bytes | Refusal]  # its number from 1, and its content or the reason why it is refused

_SLOW = "send it faster, or in smaller parts"
_HELD = 200  # bytes that a line takes beside its own


class GoneError(Exception):
    """The client has disconnected."""


async def received(scope: Scope, receive: Receive, limits: Limits) -> bytes:
    """The whole body of a request.

    Raises:
        Refusal: it is too large, or the client is too slow.
        GoneError: the client disconnected.
    """
    if _stated_size(scope) > limits.size:
        raise _too_large(limits)
    parts, size = list[bytes](), 0
    try:
        async with asyncio.timeout(limits.patience):
            async for part in _parts(receive):
                parts.append(part)
                size += len(part)
                if size > limits.size:
                    raise _too_large(limits)
    except TimeoutError as error:
        reason = f"the body did not arrive within {limits.patience:g} s"
        raise Refusal("too_slow", reason, _SLOW) from error
    return b"".join(parts)


async def left(receive: Receive) -> None:
    """Wait until the client disconnects; the body must have been received."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Lines:
    """The lines of a body, as a stream; up to the size limit of a body is buffered.

    So a client that sends everything before it reads can send that much, and one that reads while it sends
    can send any amount.
    """

    def __init__(self, receive: Receive, limits: Limits, stopping: Callable[[], bool]) -> None:
        """Set the options; when the server is stopping, no further lines are read."""
        self._receive, self._limits, self._stopping = receive, limits, stopping
        self._lines, self._number = deque[Line](), 0
        self._ahead, self._ended = 0, False
        self._changed = asyncio.Condition()

    async def feed(self) -> None:
        """Receive the body to its end, then wait until the client disconnects.

        Raises:
            GoneError: the client disconnected.
        """
        rest, skips = b"", False  # a line that is too long is skipped to its end
        try:
            async for part in self._timely():
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    await self._add(line, skips=skips)
                    skips = False
                if len(rest) > self._limits.size:
                    await self._add(rest, skips=skips)
                    rest, skips = b"", True
            await self._add(rest, skips=skips)
        except Refusal as refusal:
            self._lines.append((self._number + 1, refusal))
        self._ended = True
        async with self._changed:
            self._changed.notify_all()
        await left(self._receive)
        raise GoneError

    async def __aiter__(self) -> AsyncIterator[Line]:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._lines or self._ended)
                if not self._lines:
                    return
                number, line = self._lines.popleft()
                self._ahead -= _held(line)
                self._changed.notify_all()
            yield number, line

    async def _timely(self) -> AsyncIterator[bytes]:
        """The parts of the body; Refusal if the next line does not arrive in time."""
        parts = aiter(_parts(self._receive))
        loop = asyncio.get_running_loop()
        until = loop.time() + self._limits.patience
        while True:
            try:
                async with asyncio.timeout_at(until):
                    part = await anext(parts, None)
            except TimeoutError as error:
                reason = f"the next line did not arrive within {self._limits.patience:g} s"
                raise Refusal("too_slow", reason, "send it faster, and end the request") from error
            if part is None:
                return
            yield part
            if self._stopping():
                raise Refusal(
                    "not_ready", "the server is stopping", "send this line and the following ones again"
                )
            if b"\n" in part:  # the time for the answers does not count
                until = loop.time() + self._limits.patience

    async def _add(self, line: bytes, *, skips: bool) -> None:
        """Queue a line that is not blank, and wait until there is room for the next."""
        self._number += not skips
        line = line.strip()
        if skips or not line:
            return
        taken: bytes | Refusal = line
        if len(line) > self._limits.size:
            reason = f"the line is larger than {in_units(self._limits.size)}"
            taken = Refusal("too_large", reason, "split it into articles")
        self._lines.append((self._number, taken))
        self._ahead += _held(taken)
        async with self._changed:
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._ahead <= self._limits.size)


def _held(line: bytes | Refusal) -> int:
    """The bytes that a line counts in the buffer."""
    return _HELD + (len(line) if isinstance(line, bytes) else 0)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    """The parts of a body as they arrive. GoneError if the client disconnects before the end."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        if message.get("body"):
            yield message["body"]
        more = message.get("more_body", False)


def _stated_size(scope: Scope) -> int:
    stated = dict(scope["headers"]).get(b"content-length", b"0")
    return int(stated) if stated.isdigit() else 0


def _too_large(limits: Limits) -> Refusal:
    reason = f"the body is larger than {in_units(limits.size)}"
    return Refusal("too_large", reason, "send fewer articles per request, or JSON Lines, which have no limit")
