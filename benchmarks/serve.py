"""A server under load: requests per second, their times, memory; and a burst beyond its capacity.

    python -m benchmarks.serve [--requests 20000] [--workers 2] [--clients 8] [--burst 300] [--corpus corpus]

Each request is a paragraph of corpus/ with its number added. The clients send the next request when the last
one is answered, from the same machine and on the same cores. Memory is that of the server and its workers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from statistics import quantiles
from time import perf_counter

from benchmarks import measure, texts

_MOST = 60  # seconds that an answer may take


@dataclass(slots=True)
class Seen:
    """What came back: the seconds of each answer of status 200, how many of each status, memory in MB."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0  # requests without a whole answer, or with that of another one
    memory: list[int] = field(default_factory=list)


class Client:
    """A connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Client:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer to a request."""
        head = f"POST /v1/facts HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + body)
        top = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", top, re.IGNORECASE)
        assert length, top
        return int(top.split(" ", 2)[1]), await self._reader.readexactly(int(length[1]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--requests", type=int, default=20_000, help="(%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--clients", type=int, default=8, help="(%(default)s)")
    parser.add_argument("--burst", type=int, default=300, help="clients at once (%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="where the paragraphs come from (%(default)s)")
    arguments = parser.parse_args()
    print(asyncio.run(report(arguments)))


async def report(arguments: argparse.Namespace) -> str:
    """The table: a row of the load, and one of the burst."""
    bodies = _bodies(arguments.corpus)
    rows = []
    async with _server(arguments.workers) as (pid, port):
        loads = (
            ("load", arguments.clients, arguments.requests),
            ("burst", arguments.burst, arguments.burst * 4),
        )
        for name, clients, requests in loads:
            begun = perf_counter()
            seen = await _load(pid, port, bodies, clients=clients, requests=requests)
            rows.append(_row(name, clients, seen, perf_counter() - begun))
    heads = ["", "clients", "requests", "answered", "refused (503)", "lost", "requests/s"]
    return measure.table([*heads, "p50 ms", "p99 ms", "first MB", "most MB", "last MB"], rows)


def _row(name: str, clients: int, seen: Seen, seconds: float) -> tuple[str, ...]:
    cuts = quantiles(seen.seconds, n=100)
    counts = (clients, seen.statuses.total(), seen.statuses[200], seen.statuses[503], seen.lost)
    memory = (seen.memory[0], max(seen.memory), seen.memory[-1])
    rate = f"{seen.statuses[200] / seconds:,.0f}"
    return (
        name,
        *(f"{number:,}" for number in counts),
        rate,
        *(f"{cuts[place] * 1000:,.0f}" for place in (49, 98)),
        *(f"{number:,}" for number in memory),
    )


async def _load(
    pid: int, port: int, bodies: Iterator[tuple[str, bytes]], *, clients: int, requests: int
) -> Seen:
    """Let clients send so many requests in all."""
    seen, left = Seen(), count(requests - 1, -1)

    async def client() -> None:
        async with Client(port) as line:
            while next(left) >= 0:
                name, body = next(bodies)
                begun = perf_counter()
                try:
                    status, answer = await asyncio.wait_for(line.post(body), _MOST)
                    seen.lost += status == 200 and json.loads(answer)["id"] != name
                except (OSError, EOFError, TimeoutError, ValueError):
                    seen.lost += 1
                    return
                seen.statuses[status] += 1
                if status == 200:
                    seen.seconds.append(perf_counter() - begun)

    watching = asyncio.create_task(_watch(pid, seen))
    await asyncio.gather(*(client() for _ in range(clients)))
    watching.cancel()
    seen.memory.append(measure.memory(pid))
    return seen


async def _watch(pid: int, seen: Seen) -> None:
    while True:
        seen.memory.append(measure.memory(pid))
        await asyncio.sleep(0.5)


def _bodies(corpus: str) -> Iterator[tuple[str, bytes]]:
    """Paragraphs with their numbers, without end."""
    articles = texts.corpus(corpus)
    parts = [part for one in articles for part in re.split(r"\n\s*\n", one.text) if texts.words(part) > 20]
    for number, part in enumerate(cycle(parts)):
        text = f"{part} It was report {number:,}."
        yield str(number), json.dumps({"id": str(number), "text": text, "date": "2024-06-11"}).encode()


@asynccontextmanager
async def _server(workers: int) -> AsyncIterator[tuple[int, int]]:
    """The process of a server that is ready, and its port."""
    command = [*measure.COMMAND, "serve", "--port", "0", "--workers", str(workers)]
    process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE, limit=2**20)
    log = process.stderr
    assert log
    port = 0
    while line := json.loads(await log.readline() or sys.exit("the server did not start")):
        message = str(line.get("message"))
        port = int(message.rpartition(":")[2]) if message.startswith("starting at") else port
        if message.startswith("Application startup complete"):
            break
    reading = asyncio.create_task(_drop(log))
    try:
        yield process.pid, port
    finally:
        process.terminate()
        await process.wait()
        reading.cancel()


async def _drop(log: asyncio.StreamReader) -> None:
    while await log.read(2**16):
        pass


if __name__ == "__main__":
    main()
