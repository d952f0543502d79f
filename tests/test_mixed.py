from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_all_formats_in_one_run_some_of_them_broken() -> None:
    """What `benchmarks/mixed.py` does with a thousand files, with sixty-three: each format broken once."""
    command = [sys.executable, str(ROOT / "benchmarks/mixed.py"), "--files", "63", "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[:1]) == (
        0,
        ["63 files, 9 of them broken; 141 good articles"],
    ), done.stdout + done.stderr
