"""The documents say what is so: examples run, commands and options exist, links lead somewhere.

`pytest tests/test_docs.py --force-regen` writes the outputs of today into the README.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from extract.cli import main
from tests.documents import ROOT, blocks, hold_block, shell

README = ROOT / "README.md"
PORT = """---
title: Exports rise at Varna
date: 2024-06-11
---
Exports through the port of Varna rose by 5.5% to $71.6 million last year, Bulgaria said on Sunday.
"""


@pytest.mark.parametrize("number", range(len(blocks(README, "console"))))
def test_console_examples(tmp_path: Path, number: int, request: pytest.FixtureRequest) -> None:
    (tmp_path / "port.txt").write_text(PORT)
    commands = re.findall(r"^\$ (.+)$", blocks(README, "console")[number], re.MULTILINE)
    shown = "".join(f"$ {command}\n{shell(command, tmp_path)}" for command in commands)
    hold_block(
        README, "console", number, "\n".join(line.rstrip() for line in shown.splitlines()) + "\n", request
    )


def test_python_example(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    (code,) = blocks(README, "python")
    exec(compile(code, str(README), "exec"), {})
    hold_block(README, "text", 0, capsys.readouterr().out, request)


def test_commands_and_options_exist() -> None:
    lines = [
        line for block in blocks(README, "sh") + blocks(README, "console") for line in block.splitlines()
    ]
    used = [
        re.split(r"[|#]", line.removeprefix("$ "))[0].split()
        for line in lines
        if re.match(r"(\$ )?extract ", line)
    ]
    assert {words[1] for words in used} <= set(main.commands)
    for words in used:
        options = {word for word in words if re.match(r"--?[a-z]", word)}
        assert options <= options_of(main.commands[words[1]]), words
    assert all(name in README.read_text(encoding="utf-8") for name in main.commands)


def options_of(command: click.Command) -> set[str]:
    """The options of a command, or of all commands of a group."""
    others = command.commands.values() if isinstance(command, click.Group) else ()
    own = {name for parameter in command.params for name in parameter.opts}
    return own.union(*map(options_of, others))


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    used = set(re.findall(r"\bmake ([\w-]+)", README.read_text(encoding="utf-8")))
    assert {"demo", "test", "test-fast", "lint"} <= used
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in used)


@pytest.mark.parametrize("path", [README, *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"
