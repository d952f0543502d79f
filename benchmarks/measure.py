"""What a run costs: seconds, processor seconds and memory of its processes; and tables of it.

Memory and processor time are read from /proc, so this needs Linux. Memory that processes share counts once
for each.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

COMMAND = [sys.executable, "-c", "from extract.cli import main; main()"]
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run costs.

    Attributes:
        seconds: From its start to its end.
        own: Processor seconds of the process that was started.
        workers: Processor seconds of its children.
        peak: The most memory that all had at one time, in MB.
        early: What they had after a fifth of the run, in MB.
        steady: The most that they had in the last quarter of the run, in MB.
    """

    seconds: float
    own: float
    workers: float
    peak: int
    early: int
    steady: int


def run(*arguments: str, command: str = "run") -> Cost:
    """The cost of `extract run`, or of another command."""
    begun, process = (
        perf_counter(),
        subprocess.Popen([*COMMAND, command, *arguments], stderr=subprocess.DEVNULL),
    )
    taken, processor = list[int](), dict[int, float]()
    while process.poll() is None:
        family = [process.pid, *_children(process.pid)]
        taken.append(sum(map(_resident, family)) // 1024)
        processor |= {pid: spent for pid in family if (spent := _spent(pid))}
        sleep(0.05)
    if process.returncode:
        sys.exit(f"the run ended with status {process.returncode}")
    own = processor.pop(process.pid, 0.0)
    return Cost(
        seconds=perf_counter() - begun,
        own=own,
        workers=sum(processor.values()),
        peak=max(taken),
        early=taken[len(taken) // 5],
        steady=max(taken[-len(taken) // 4 :]),
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; all columns but the first are numbers."""
    marks = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *rows)) + "\n"


def memory(pid: int) -> int:
    """The memory that a process and its children have now, in MB."""
    return sum(map(_resident, [pid, *_children(pid)])) // 1024


def _children(pid: int) -> list[int]:
    return [int(child) for child in _read(f"/proc/{pid}/task/{pid}/children").split()]


def _resident(pid: int) -> int:
    """The memory that a process has now, in kB; 0 when it has ended."""
    found = re.search(r"VmRSS:\s+(\d+)", _read(f"/proc/{pid}/status"))
    return int(found[1]) if found else 0


def _spent(pid: int) -> float:
    """The processor seconds of a process; 0 when it has ended."""
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
