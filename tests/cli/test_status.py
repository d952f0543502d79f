"""Exit statuses of wrong inputs: 2 for a path or option that cannot be used, whichever option names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("It cost $5.")
    Path("facts.jsonl").write_text("")
    Path("broken.toml").write_text("[verbs")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("run a.txt --rules nothere", "error: nothere does not exist"),
        ("run a.txt --rules broken.toml", "error: broken.toml:1:"),
        ("run a.txt --metadata nothere", "error: nothere: cannot be read"),
        ("rules check nothere", "error: nothere: does not exist; check the path"),
        (
            "report facts.jsonl --articles nothere",
            "error: --articles nothere: does not exist; check the path",
        ),
        ("report facts.jsonl --failures nothere", "error: nothere: does not exist; name a file that"),
        ("report facts.jsonl --failures a.txt", "error: a.txt: is not a file of failures; name a file that"),
        ("ledger show facts.jsonl", "error: facts.jsonl: is not a ledger; build one with `extract ledger"),
        ("ledger show nothere", "error: nothere: does not exist; build a ledger with `extract ledger"),
    ],
)
def test_wrong_inputs(arguments: str, message: str) -> None:
    result = CliRunner().invoke(main, arguments.split())
    assert result.exit_code == 2
    assert message in result.stderr
    for internal in ("Catalog", "IO Error", "Invalid Input", "pattern"):
        assert internal not in result.stderr
