"""Check that no function of the package is too long or too complex: part of `make lint`.

    python .ci/function_limits.py [FOLDER ...]

The length is the number of lines from `def` to the end, without the docstring. The complexity is McCabe's:
one, plus one for each `if`, `elif`, `for`, `while`, `except` and `case`, plus one for each `and` and `or`,
which C901 of ruff does not count. A nested function is measured by itself.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 44
MOST_COMPLEX = 12
ROOT = Path(__file__).parent.parent
EXEMPT = Path(__file__).with_name("function_limits_exempt.txt")  # one `path:function` a line

Function = ast.FunctionDef | ast.AsyncFunctionDef
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """The functions below a node, with their names within the module, such as `Journal.write`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = prefix + child.name
            if not isinstance(child, ast.ClassDef):
                yield name, child
            yield from functions(child, f"{name}.")
        else:
            yield from functions(child, prefix)


def lines(function: Function) -> int:
    """The number of lines of a function without its docstring."""
    first = function.body[0]
    docstring = 0
    if ast.get_docstring(function, clean=False) is not None:
        docstring = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def complexity(function: Function) -> int:
    """The cyclomatic complexity of a function, boolean operators included."""
    total, stack = 1, list[ast.AST](function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, _BRANCHES):
            total += 1
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        stack.extend(ast.iter_child_nodes(node))
    return total


def problems(source: str) -> Iterator[tuple[str, int, str]]:
    """The functions of a module that are over a limit: name, line, and what is over."""
    for name, function in functions(ast.parse(source)):
        if (count := lines(function)) > MOST_LINES:
            yield name, function.lineno, f"{count} lines; at most {MOST_LINES}"
        if (count := complexity(function)) > MOST_COMPLEX:
            yield name, function.lineno, f"complexity {count}; at most {MOST_COMPLEX}"


def main(folders: list[str]) -> int:
    """Print each function over a limit and each exemption no longer needed; return the exit status."""
    lines = EXEMPT.read_text(encoding="utf-8").splitlines() if EXEMPT.exists() else []
    exempt = {line for line in lines if line and not line.startswith("#")}
    used, found = set(), 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.py")):
        place = path.resolve().relative_to(ROOT).as_posix()
        for name, line, why in problems(path.read_text(encoding="utf-8")):
            if f"{place}:{name}" in exempt:
                used.add(f"{place}:{name}")
                continue
            print(f"{place}:{line}: {name}: {why}")
            found += 1
    for unused in sorted(exempt - used):
        print(f"{EXEMPT.name}: {unused} is within the limits; remove the line")
    return int(bool(found or exempt - used))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [str(ROOT / "src")]))
