"""A server as people start it: its processes are killed, filled up and stopped. `make test-server`."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.documents import ROOT

pytestmark = pytest.mark.server

# As `extract serve`, but its pipeline knows one rule: DIE kills the worker, SLEEP takes a minute.
PROGRAM = """
from extract.serve import Limits, Pool, make_app, serve
from tests.samples import load_dollars
limits = Limits(size=100_000, timeout=1.5, patience=2, at_once={at_once})
serve(make_app(Pool(load_dollars, workers=2, timeout=limits.timeout), limits), host="127.0.0.1", port=0)
"""

# Connects at the moment when the server says that it is ready, then stops it.
CONNECTS = """
import logging, os, signal, socket

class Connects(logging.Handler):
    def emit(self, record):
        message = record.getMessage()
        if message.startswith("starting at"):
            self.port = int(message.rpartition(":")[2])
        elif message.startswith("ready"):
            socket.create_connection(("127.0.0.1", self.port), timeout=10).close()
            os.kill(os.getpid(), signal.SIGTERM)

logging.getLogger("extract.serve.server").addHandler(Connects())
"""


@dataclass
class Server:
    process: subprocess.Popen[str]
    address: str
    log: Path

    def children(self) -> set[int]:
        path = Path(f"/proc/{self.process.pid}/task")
        found = [int(pid) for task in path.iterdir() for pid in (task / "children").read_text().split()]
        return {pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}

    def get(self, text: str) -> httpx.Response:
        return httpx.post(f"{self.address}/v1/facts", json={"text": text}, timeout=60)

    def amounts(self, text: str) -> list[int]:
        return [fact["amount"] for fact in self.get(text).json()["facts"]]

    def logged(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("server"), at_once=8) as running:
        yield running


@contextmanager
def started(folder: Path, *, at_once: int) -> Iterator[Server]:
    log = folder / "log"
    with log.open("w") as stream:
        command = [sys.executable, "-c", PROGRAM.format(at_once=at_once)]
        process = subprocess.Popen(
            command,
            stderr=stream,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT)])},
        )
        try:
            yield Server(process, address_in(log, process), log)
        finally:
            process.kill()
            process.wait()


def address_in(log: Path, process: subprocess.Popen[str]) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        messages = [
            str(json.loads(line).get("message"))
            for line in log.read_text().splitlines()
            if line.endswith("}")
        ]
        if any(message.startswith("ready") for message in messages):
            return next(m.removeprefix("starting at ") for m in messages if m.startswith("starting at "))
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def until(test: object) -> None:
    end = time.monotonic() + 30
    while not test():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_article_that_takes_too_long_stops_no_other(server: Server) -> None:
    before = server.children()
    with ThreadPoolExecutor() as threads:
        slow = threads.submit(server.get, "SLEEP")
        until(lambda: httpx.get(f"{server.address}/healthz").json()["busy"])
        assert server.amounts("$1") == [1]
        assert not slow.done()
        response = slow.result()
    assert (response.status_code, response.json()["error"]["code"]) == (504, "took_too_long")
    until(lambda: len(server.children()) == 2 and server.children() != before)
    assert server.amounts("$1 $2") == [1, 2]


def test_an_article_that_kills_its_worker_is_tried_twice(server: Server) -> None:
    response = server.get("DIE")
    assert (response.status_code, response.json()["error"]["code"]) == (500, "worker_died")
    assert "SIGKILL" in response.json()["error"]["reason"]
    assert server.amounts("$3") == [3]


def test_workers_that_are_killed_are_replaced(server: Server) -> None:
    until(lambda: len(server.children()) == 2)
    before = server.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert server.amounts("$4") == [4]
    until(lambda: len(server.children()) == 2 and not server.children() & before)


def test_a_list_and_a_stream_go_on_behind_what_fails(server: Server) -> None:
    texts = ["$1", "SLEEP", "$2", "DIE", "$3"]
    body = {"articles": [{"text": text} for text in texts]}
    held = httpx.post(f"{server.address}/v1/facts", json=body, timeout=60).json()["articles"]
    lines = "\n".join(json.dumps({"text": text}) for text in texts)
    headers = {"Content-Type": "application/x-ndjson"}
    answer = httpx.post(f"{server.address}/v1/facts", content=lines, headers=headers, timeout=60)
    for found in (held, [json.loads(line) for line in answer.text.splitlines()]):
        codes = [one.get("error", {}).get("code") for one in found]
        assert codes == [None, "took_too_long", None, "worker_died", None]


def test_a_stream_larger_than_a_body_may_be(server: Server) -> None:
    """The client reads no answer before it has sent all: it may be that far ahead, and no further."""
    lines = [json.dumps({"text": f"${n} " + "word " * 40}) + "\n" for n in range(400)]
    headers = {"Content-Type": "application/x-ndjson"}
    data = "".join(lines)
    assert len(data) < 100_000
    answer = httpx.post(f"{server.address}/v1/facts", content=data * 3, headers=headers, timeout=60)
    assert [json.loads(line)["facts"][0]["amount"] for line in answer.text.splitlines()] == list(
        range(400)
    ) * 3


def test_a_burst_beyond_capacity(server: Server) -> None:
    """What is beyond it is refused at once, in whole answers; none that was accepted is lost."""
    limits = httpx.Limits(max_connections=60)
    with httpx.Client(limits=limits, timeout=60) as client, ThreadPoolExecutor(60) as threads:

        def ask(n: int) -> httpx.Response:
            return client.post(f"{server.address}/v1/facts", json={"text": f"${n}" + " word" * 3000})

        answers = list(threads.map(ask, range(600)))
    assert {answer.status_code for answer in answers} == {200, 503}
    for n, answer in enumerate(answers):
        if answer.status_code == 200:
            assert [fact["amount"] for fact in answer.json()["facts"]] == [n]
        else:
            assert answer.json()["error"]["code"] == "busy" and answer.headers["retry-after"] == "1"


def test_large_bodies_are_refused_while_they_come(server: Server) -> None:
    response = httpx.post(
        f"{server.address}/v1/facts", content=b"x" * 50_000_000, headers={"Content-Type": "text/plain"}
    )
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")
    chunked = httpx.post(
        f"{server.address}/v1/facts",
        content=(b"x" * 50_000 for _ in range(9)),
        headers={"Content-Type": "text/plain"},
    )
    assert chunked.status_code == 413


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,  # TLS
        b"GET / HTTP/1.1\r\n\r\n\r\n" * 3,
        b"POST /v1/facts HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
        b"POST /v1/facts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\0" * 1000,
    ],
)
def test_what_is_no_http(server: Server, data: bytes) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(data)
        line.recv(100_000)
    assert server.amounts("$5") == [5]


def test_a_client_that_leaves_in_the_middle(server: Server) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    head = b"POST /v1/facts HTTP/1.1\r\nHost: x\r\nContent-Type: %b\r\nContent-Length: 9000\r\n\r\n"
    for media_type in (b"application/json", b"application/x-ndjson"):
        for _ in range(30):
            with socket.create_connection((host, int(port)), timeout=10) as line:
                line.sendall(head % media_type + b'{"text": "SLEEP"}\n{"text')
    until(lambda: server.get("$6").status_code == 200)
    health = httpx.get(f"{server.address}/healthz").json()
    assert health["waiting"] == 0


def test_a_stop_finishes_what_was_accepted(tmp_path: Path) -> None:
    with started(tmp_path, at_once=50) as server:
        count = 40

        def ask(n: int) -> int:
            return server.get(f"${n}" + " word" * 3000).status_code

        with ThreadPoolExecutor(count) as threads:
            answers = [threads.submit(ask, n) for n in range(count)]
            until(lambda: httpx.get(f"{server.address}/healthz").json()["waiting"] > count // 2)
            server.process.send_signal(signal.SIGTERM)
            got = [
                0 if isinstance(answer.exception(), httpx.ConnectError) else answer.result()
                for answer in answers
            ]
        assert server.process.wait(20) == -signal.SIGTERM
        assert set(got) <= {200, 0}  # 0: it was not accepted any more
        assert got.count(200) > count // 2


def test_a_server_that_says_it_is_ready_accepts_connections() -> None:
    code = CONNECTS + PROGRAM.format(at_once=1)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == -signal.SIGTERM, done.stderr


def test_workers_that_do_not_start_are_told() -> None:
    command = [sys.executable, "-m", "extract.cli", "serve", "--model", "no_such_model", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert (
        "error: no spaCy pipeline 'no_such_model' is installed" in done.stderr
        and "Traceback" not in done.stderr
    )


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "extract.cli", "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert f"127.0.0.1:{port}: cannot listen (address already in use)" in done.stderr
