"""Two nodes of Ray, each in a network of its own, and the worker without the folders of the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.engines import arrow
from tests.documents import ROOT
from tests.engines.news import news, write_news

pytest.importorskip("ray", reason="needs Ray: pip install '.[ray]'")

pytestmark = pytest.mark.engines

FEW = 200
PATIENCE = 240  # seconds
HERE, THERE, PORT = "10.231.7.1", "10.231.7.2", 6399
_SPACE, _LINKS = f"extract-{os.getpid()}", ("xray0", "xray1")
_RAY = [sys.executable, "-m", "ray.scripts.scripts"]
_HEAD = ["start", "--head", f"--node-ip-address={HERE}", f"--port={PORT}", "--num-cpus=0", "--block"]
_WORKER = ["start", f"--address={HERE}:{PORT}", f"--node-ip-address={THERE}", "--num-cpus=2", "--block"]
_HIDDEN = """
mount -t tmpfs none "$1" && mount -t tmpfs none "$2" && test ! -e "$1/news.jsonl" && shift 2 && exec "$@"
"""


@pytest.fixture
def _network() -> Iterator[None]:
    """A namespace that one cable leads to."""
    if not shutil.which("ip") or subprocess.run(["unshare", "-mn", "true"], check=False).returncode:
        pytest.skip("needs ip and unshare, and the rights to use them")
    own, other = _LINKS
    steps = [
        f"netns add {_SPACE}",
        f"link add {own} type veth peer name {other}",
        f"link set {other} netns {_SPACE}",
        f"addr add {HERE}/24 dev {own}",
        f"link set {own} up",
        f"-n {_SPACE} addr add {THERE}/24 dev {other}",
        f"-n {_SPACE} link set {other} up",
        f"-n {_SPACE} link set lo up",
    ]
    with ExitStack() as stack:
        stack.callback(subprocess.run, ["ip", "netns", "del", _SPACE], check=False)
        for step in steps:
            subprocess.run(["ip", *step.split()], check=True)
        yield


@contextmanager
def _node(command: list[str], folder: Path) -> Iterator[None]:
    """A node of Ray while the block runs."""
    environment = os.environ | {"RAY_worker_niceness": "0", "RAY_AUTH_MODE": "disabled"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    with folder.with_suffix(".log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.mark.usefixtures("_network")
def test_nothing_depends_on_a_shared_folder(tmp_path: Path) -> None:
    write_news(tmp_path / "news.jsonl", FEW)
    apart = ["ip", "netns", "exec", _SPACE, "unshare", "-m", "sh", "-c", _HIDDEN, "sh"]
    worker = [*apart, str(tmp_path), "/tmp/ray", *_RAY, *_WORKER]
    run = [sys.executable, "-m", "extract.cli", "run", "news.jsonl", "-o", "out", "--engine", "ray"]
    environment = os.environ | {"RAY_AUTH_MODE": "disabled"}
    Path("/tmp/ray").mkdir(exist_ok=True)
    with _node([*_RAY, *_HEAD], tmp_path), ExitStack() as stack:
        log = tmp_path.with_suffix(".log")
        _wait_for_nodes(log, 1)
        stack.enter_context(_node(worker, tmp_path))
        _wait_for_nodes(log, 2)
        done = subprocess.run(
            [*run, "--address", f"{HERE}:{PORT}", "--part-size", "50"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    expected = arrow.split(arrow.facts(pa.Table.from_pylist(news(FEW))))
    for kind in set(expected) - {arrow.FAILURE}:
        assert pq.read_table(tmp_path / "out" / kind).to_pylist() == expected[kind].to_pylist()


def _wait_for_nodes(log: Path, count: int) -> None:
    """Wait until so many nodes have said that they run."""
    until = time.monotonic() + PATIENCE
    while log.read_text().count("Ray runtime started") < count:
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.5)
