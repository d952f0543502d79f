"""What the package says of its own installation: its dependencies, and every `pip install` that it names."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.documents import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
START = ROOT / "docs" / "start.md"
DOCUMENTS = [ROOT / "README.md", ROOT / "Makefile", *sorted((ROOT / "docs").rglob("*.md"))]

NAME = re.compile(r"[\w.-]+")
COMMAND = re.compile(r"pip install((?: +(?:'[^'\n]+'|[\w.=\[\]-]+))*)")
HERE = re.compile(r"\.(?:\[([\w,]+)\])?")
NEEDED_BY = {  # what the message of each extra tells to install
    "parquet": ["src/extract/readers/parquet.py", "src/extract/writers/columnar.py"],
    "arrow": ["src/extract/writers/columnar.py"],
    "duckdb": ["src/extract/writers/duckdb.py"],
    "ledger": ["src/extract/ledger/store.py"],
    "pandas": ["src/extract/writers/pandas.py"],
    "zst": ["src/extract/readers/packed.py"],
    "warc": ["src/extract/readers/warc.py"],
    "remote": ["src/extract/readers/remote.py"],
    "convert": ["src/extract/rates.py"],
    "serve": ["src/extract/cli/serve.py"],
    "report": ["src/extract/report/base.py"],
    "ray": ["src/extract/engines/ray.py"],
    "spark": ["src/extract/engines/spark.py"],
}
NOT_USERS = {"examples", "browser", "docs", "release", "fuzz", "training", "dev"}
ENGINES = {"ray", "spark"}  # hundreds of megabytes, which only `make test-engines` installs


def plain(requirement: str) -> str:
    """The distribution of a requirement, in the one spelling of the index."""
    found = NAME.match(requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def distributions(*extras: str) -> set[str]:
    return {
        plain(requirement)
        for requirement in [*PROJECT["dependencies"], *(need for extra in extras for need in EXTRAS[extra])]
    }


def commands(text: str) -> list[list[str]]:
    """The arguments of each `pip install` in a text, without options."""
    parts = [found[1].replace("'", "").split() for found in COMMAND.finditer(text)]
    return [[word for word in words if not word.startswith("-")] for words in parts]


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, at any place, by their first names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_each_pip_install_works_as_written() -> None:
    """It names packages that we need, or this one as a folder: it is on no index."""
    for path in [*SOURCES, *DOCUMENTS]:
        for word in (word for words in commands(path.read_text(encoding="utf-8")) for word in words):
            if here := HERE.fullmatch(word):
                assert set((here[1] or "dev").split(",")) <= EXTRAS.keys(), f"{path}: pip install {word}"
            else:
                assert plain(word) in distributions(*EXTRAS), f"{path}: pip install {word}"


@pytest.mark.parametrize("extra", NEEDED_BY)
def test_the_message_installs_what_the_extra_does(extra: str) -> None:
    needed = {plain(need) for need in EXTRAS[extra]}
    for source in NEEDED_BY[extra]:
        told = commands((ROOT / source).read_text(encoding="utf-8"))
        assert needed in [{plain(word) for word in words} for words in told], source


def test_every_extra_is_known_to_a_message_and_to_the_first_page() -> None:
    assert set(NEEDED_BY) == EXTRAS.keys() - NOT_USERS
    told = "".join(word for words in commands(START.read_text(encoding="utf-8")) for word in words)
    assert all(re.search(rf"[\[,]{extra}[\],]", told) for extra in NEEDED_BY)


def test_every_import_is_of_a_named_dependency() -> None:
    """Also where another one happens to install it."""
    theirs = {module for path in SOURCES for module in imported(path)} - sys.stdlib_module_names - {"extract"}
    homes = packages_distributions()
    for module in sorted(theirs - (ENGINES - homes.keys())):
        names = {plain(name) for name in homes[module]}
        assert names & distributions(*NEEDED_BY), f"{module} is imported, but pyproject.toml names no {names}"


def test_the_developers_extra_has_what_the_others_have() -> None:
    assert distributions(*NEEDED_BY.keys() - ENGINES) <= distributions("dev")
