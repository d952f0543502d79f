"""The processes below one, and the end of one of them."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 120  # seconds
_BESIDE = "spawn_main"  # on the command line of the process in which a worker extracts


def running() -> dict[int, int]:
    """All processes, each with its parent."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            _, _, fields = (folder / "stat").read_text().rpartition(")")
            parents[int(folder.name)] = int(fields.split()[1])
    return parents


def kill_one(above: int, name: str) -> set[int]:
    """Kill a worker below a process, as soon as there is one that extracts.

    Args:
        above: The process.
        name: On the command line of the worker.

    Returns:
        The processes that the worker had started.
    """
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        parents = running()
        for beside, worker in parents.items():
            if _BESIDE in _command(beside) and name in _command(worker) and _is_below(worker, above, parents):
                os.kill(worker, signal.SIGKILL)
                return {pid for pid, parent in parents.items() if parent == worker}
        time.sleep(0.05)
    raise AssertionError(f"no process {name} with one of its own")


def wait_until_gone(processes: set[int]) -> None:
    """Wait for the end of processes."""
    until = time.monotonic() + _PATIENCE
    while left := processes & running().keys():
        assert time.monotonic() < until, {pid: _command(pid) for pid in left}
        time.sleep(0.2)


def _is_below(pid: int, above: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != above:
        pid = parents[pid]
    return pid == above


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
