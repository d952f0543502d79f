"""The check of `make lint` that no function is too long or too complex."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "function_limits.py"


@pytest.fixture(scope="module")
def limits() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_boolean_operators_count(limits: dict[str, Any]) -> None:
    operators = " and ".join(["a"] * limits["MOST_COMPLEX"])
    assert list(limits["problems"](f"def f(a):\n    return {operators}\n")) == []
    assert list(limits["problems"](f"def f(a):\n    return {operators} or a\n")) == [
        ("f", 1, "complexity 13; at most 12")
    ]


def test_a_docstring_does_not_count_as_length(limits: dict[str, Any]) -> None:
    body = "    x = 1\n" * (limits["MOST_LINES"] - 1)
    assert list(limits["problems"](f'def f():\n    """Two\n\n    lines."""\n{body}')) == []
    assert [name for name, _, _ in limits["problems"](f"class C:\n  def f():\n    y = 1\n{body}")] == ["C.f"]


def test_a_function_within_another_counts_for_itself(limits: dict[str, Any]) -> None:
    inner = "    def g(a):\n" + "        if a: pass\n" * limits["MOST_COMPLEX"]
    assert [name for name, _, _ in limits["problems"](f"def f(a):\n{inner}")] == ["f.g"]
