"""`docs/python.md`: its examples run, one after another, and print what it says.

`pytest tests/test_python_doc.py --force-regen` writes what they print today.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents import ROOT, blocks, hold_block

DOCUMENT = ROOT / "docs" / "python.md"


def test_examples(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, code in enumerate(blocks(DOCUMENT, "python")):
        exec(compile(code, f"example {number}", "exec"), names)
        hold_block(DOCUMENT, "text", number, capsys.readouterr().out, request)
