"""`docs/engines.md`: its examples run, each after the first one, and print what it says.

`pytest tests/engines/test_doc.py --force-regen` writes what they print today; `-m engines` those of engines.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator

import pytest

from tests.documents import BLOCK, ROOT, hold

DOCUMENT = ROOT / "docs" / "engines.md"
FIRST = "One function"
LIGHT = ("DuckDB", "Polars")
NEEDS = {"Ray": "ray.data", "Spark": "pyspark", "Dask": "dask"}


@pytest.fixture(scope="module")
def _machine() -> Iterator[None]:
    """Small engines, and no more processes than needed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("PYSPARK_SUBMIT_ARGS", "--master local[1] --conf spark.ui.enabled=false pyspark-shell")
        patch.setenv("RAY_worker_niceness", "0")
        yield


def parts_of(section: str) -> tuple[str, tuple[int, int]]:
    """The code of a section, and the place of what it prints."""
    text = DOCUMENT.read_text(encoding="utf-8")
    start = text.index(f"\n## {section}\n")
    end = text.find("\n## ", start + 1)
    found = {block[1]: block for block in BLOCK.finditer(text, start, end if end > 0 else len(text))}
    output = next(block for block in BLOCK.finditer(text, found["python"].end()) if block[1] == "text")
    return found["python"][2], output.span(2)


def hold_example(section: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    names: dict[str, object] = {}
    if section != FIRST:
        exec(compile(parts_of(FIRST)[0], FIRST, "exec"), names)
        capsys.readouterr()
    code, place = parts_of(section)
    exec(compile(code, section, "exec"), names)
    hold(DOCUMENT, place, capsys.readouterr().out, request)


@pytest.mark.parametrize("section", [FIRST, *LIGHT])
def test_examples(section: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    hold_example(section, capsys, request)


@pytest.mark.engines
@pytest.mark.usefixtures("_machine")
@pytest.mark.parametrize("section", NEEDS)
def test_examples_of_engines(
    section: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    pytest.importorskip(NEEDS[section], reason=f"needs {section}: make test-engines")
    if section == "Spark" and not shutil.which("java"):
        pytest.skip("needs Java: apt-get install default-jre-headless")
    if section == "Ray":
        import ray
        from ray.data import DataContext

        ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
        DataContext.get_current().enable_progress_bars = False
    hold_example(section, capsys, request)
    if section == "Ray":
        ray.shutdown()


def test_every_example_is_run() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(re.findall("^```python$", text, re.MULTILINE)) == len([FIRST, *LIGHT, *NEEDS])
