"""Documents that say what is so: code blocks that run, parts that `--force-regen` writes anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a document in one language."""
    text = document.read_text(encoding="utf-8")
    return [found[2] for found in BLOCK.finditer(text) if found[1] == language]


def shell(command: str, folder: Path) -> str:
    """What a command prints, with the `extract` and `python` of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def hold_block(document: Path, language: str, number: int, real: str, request: pytest.FixtureRequest) -> None:
    """Hold a block of a document to what is real, or write it anew when asked to."""
    text = document.read_text(encoding="utf-8")
    block = [found for found in BLOCK.finditer(text) if found[1] == language][number]
    hold(document, block.span(2), real, request)


def hold(document: Path, place: tuple[int, int], real: str, request: pytest.FixtureRequest) -> None:
    """Hold a part of a document to what is real, or write it anew when asked to."""
    text = document.read_text(encoding="utf-8")
    start, end = place
    if text[start:end] != real and request.config.getoption("force_regen"):
        document.write_text(text[:start] + real + text[end:], encoding="utf-8")
    assert text[start:end] == real
