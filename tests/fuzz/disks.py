"""A campaign of full disks: `python -m tests.fuzz.disks`, as root. Runs fill them, and are resumed with room.

Each format is written to a tmpfs of each size. Nothing that is left there is broken, and when the file system
has been enlarged, a resumed run leaves what a run with room leaves.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.ipc
import pyarrow.parquet

from tests.forks import extract
from tests.fuzz.kills import OUTPUTS
from tests.run.test_kills import content

ARTICLES = 150
SIZES = (24, 90, 300, 700, 1500, 4500)  # kB; all formats have room in the last of them


def main() -> int:
    """Fill and compare; the exit status is 1 where something is broken or differs."""
    tally = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("news").mkdir()
        Path("disk").mkdir()
        for n in range(ARTICLES):
            Path(f"news/{n:03}.txt").write_text(
                f"It cost ${n} or ${n}00. " + "More of the same was said. " * 20
            )
        for output, options in OUTPUTS.items():
            line = f"run news -o {{}}/{output} {' '.join(options)}"
            assert extract(line.format("clean")).returncode == 0
            print(f"{output}: {dict(tally)} so far", flush=True)
            for size in SIZES:
                _mount(f"size={size}k")
                try:
                    tally[_filled(line.format("disk"), output, size)] += 1
                finally:
                    subprocess.run(["umount", "disk"], check=True)
    print(f"{sum(tally.values())} disks: {dict(tally)}")
    return int(bool(tally["broken"] or tally["differs"]))


def _mount(options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", "disk"], check=True)


def _filled(line: str, output: str, size: int) -> str:
    """What came of a run to a disk of so many kB, and of the one that goes on when there is room."""
    full = extract(line)
    if full.returncode not in (0, 2) or "Traceback" in full.stderr:
        print(f"{output} {size} kB: status {full.returncode}, {full.stderr[-300:]}")
        return "broken"
    try:
        _check(Path("disk", output))
    except Exception as error:  # noqa: BLE001 (what a campaign is for)
        print(f"{output} {size} kB: {type(error).__name__}: {error}; {full.stderr[-300:]}")
        return "broken"
    _mount("remount,size=64m")
    again = extract(f"{line} --resume") if full.returncode else full
    if again.returncode or content(f"disk/{output}") != content(f"clean/{output}"):
        print(f"{output} {size} kB differs: {full.stderr[-300:]} {again.stderr[-300:]}")
        return "differs"
    return "filled, resumed, equal" if full.returncode else "had room, equal"


def _check(output: Path) -> None:
    """Read all that a run has left, as other programs would; whatever is there is whole."""
    for path in [output] if output.is_file() else sorted(output.glob("[!.]*")):
        if path.suffix in (".jsonl", ".csv"):
            assert path.read_bytes()[-1:] in (b"", b"\n")
        elif path.suffix == ".parquet":
            pyarrow.parquet.read_table(path)
        elif path.suffix == ".arrow" and path.stat().st_size:
            with path.open("rb") as stream:
                pyarrow.ipc.open_stream(stream).read_all()
        elif path.suffix == ".sqlite" and path.stat().st_size:
            with closing(sqlite3.connect(path)) as base:
                assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        elif path.suffix == ".duckdb":
            with closing(duckdb.connect(str(path), read_only=True)) as base:
                base.execute("SELECT count(*) FROM sqlite_master").fetchone()


if __name__ == "__main__":
    sys.exit(main())
