"""docs/your-own-rules.md, step by step; `--force-regen` writes the outputs of today into it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.cli import main
from tests.documents import ROOT, blocks, hold_block

PAGE = ROOT / "docs" / "your-own-rules.md"


def test_the_tutorial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    Path("report.txt").write_text(blocks(PAGE, "text")[0])
    Path("mine.toml").write_text("\n".join(blocks(PAGE, "toml")))
    for number, block in enumerate(blocks(PAGE, "console")):
        shown = ""
        for command in re.findall(r"^\$ extract (.+)$", block, re.MULTILINE):
            result = CliRunner().invoke(main, shlex.split(command))
            assert result.exit_code == 0, result.output
            shown += f"$ extract {command}\n{result.output}"
        hold_block(PAGE, "console", number, "\n".join(map(str.rstrip, shown.splitlines())) + "\n", request)


def test_the_ruler(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(PAGE, "python")
    exec(compile(code, str(PAGE), "exec"), {})
    assert capsys.readouterr().out == "[('quiltworks', 'ORG', 'mine.ruler')]\n"
