"""The documents say what is so: examples run, commands and options exist, columns are those of the records.

`pytest tests/test_docs.py --force-regen` writes the outputs of today into the README.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from extract.cli import main
from extract.records import KINDS, Fact, columns
from extract.writers.schema import types

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PORT = """---
title: Exports rise at Varna
date: 2024-06-11
---
Exports through the port of Varna rose by 5.5% to $71.6 million last year, Bulgaria said on Sunday.
"""
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMES = {str: "text", int: "integer", Decimal: "decimal", date: "date", type(None): "null"}


def blocks(language: str) -> list[str]:
    return [found[2] for found in BLOCK.finditer(README.read_text(encoding="utf-8")) if found[1] == language]


def shell(command: str, folder: Path) -> str:
    """What a command prints, with the `extract` and `python` of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.mark.parametrize("number", range(len(blocks("console"))))
def test_console_examples(tmp_path: Path, number: int, request: pytest.FixtureRequest) -> None:
    (tmp_path / "port.txt").write_text(PORT)
    commands = re.findall(r"^\$ (.+)$", blocks("console")[number], re.MULTILINE)
    shown = "".join(f"$ {command}\n{shell(command, tmp_path)}" for command in commands)
    hold("console", number, "\n".join(line.rstrip() for line in shown.splitlines()) + "\n", request)


def test_python_example(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    (code,) = blocks("python")
    exec(compile(code, str(README), "exec"), {})
    hold("text", 0, capsys.readouterr().out, request)


def hold(language: str, number: int, real: str, request: pytest.FixtureRequest) -> None:
    """Hold a block of the README to what is real, or write it anew when asked to."""
    text = README.read_text(encoding="utf-8")
    block = [found for found in BLOCK.finditer(text) if found[1] == language][number]
    if block[2] != real and request.config.getoption("force_regen"):
        README.write_text(text[: block.start(2)] + real + text[block.end(2) :], encoding="utf-8")
    assert block[2] == real


def test_commands_and_options_exist() -> None:
    lines = [line for block in blocks("sh") + blocks("console") for line in block.splitlines()]
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
    return {name for parameter in command.params for name in parameter.opts}


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    used = set(re.findall(r"\bmake (\w+)\b", README.read_text(encoding="utf-8")))
    assert {"demo", "test"} <= used
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in used)


@pytest.mark.parametrize("path", [README, *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_column_is_told_with_its_type() -> None:
    """`docs/records.md` has a section for the common columns, and one for each kind's own."""
    sections = (ROOT / "docs" / "records.md").read_text(encoding="utf-8").split("\n## ")[1:]
    told = {section.partition("\n")[0]: rows(section) for section in sections}
    common = columns(Fact)
    assert told.pop("All kinds") == [(name, type_name(hint)) for name, hint in own(Fact, common)]
    for kind, cls in KINDS.items():
        assert told.pop(kind) == [
            (name, type_name(hint)) for name, hint in own(cls, columns(cls)[len(common) :])
        ]
    assert not told


def rows(section: str) -> list[tuple[str, ...]]:
    lines = [line for line in section.splitlines() if re.match(r"\| \w+ \|", line)]
    return [
        tuple(cell.strip() for cell in line.split("|")[1:3]) for line in lines if "| column |" not in line
    ]


def own(cls: type[Fact], names: tuple[str, ...]) -> list[tuple[str, Any]]:
    hints = types(cls if cls is not Fact else KINDS["date"])
    return [(name, hints[name]) for name in names]


def type_name(hint: Any) -> str:
    """A type as the document names it; a choice of words is a text."""
    if hint in NAMES:
        return NAMES[hint]
    names = dict.fromkeys(type_name(choice) if choice in NAMES else "text" for choice in get_args(hint))
    return " or ".join(names)
