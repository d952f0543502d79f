"""Files of a user's rules: read, checked, and found upwards from a folder.

>>> own = parse('[verbs]\\nincrease = ["zoom"]\\n', "mine.toml")
>>> own.lexicons.layers
({'verbs': {'increase': ['zoom']}},)
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extract.errors import RulesError
from extract.lexicons.own import positions, schema
from extract.lexicons.scope import Lexicons

LIMIT = 16_000_000  # bytes of a file; some 400,000 names
FOUND = ("extract.toml", "pyproject.toml")
_INCLUDES = 20  # files that include one another in a row
# Keys of more parts than any rules have; TOML's parser takes time that is quadratic in their number.
_KEY = r"""(?:[\w-]{1,99}|"[^"\n]{0,99}"|'[^'\n]{0,99}')"""
_DEEP = re.compile(rf"""(?<![\w."'-])(?:{_KEY}[ \t]{{0,9}}\.[ \t]{{0,9}}){{16}}""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class File:
    """One file of rules: its name as given, its text and tables."""

    name: str
    text: str
    tables: dict[str, Any]
    inside: positions.Path = ()  # where in the file they are: `tool.extract` of pyproject.toml

    def error(self, path: positions.Path, message: str, column: int = 0) -> RulesError:
        """An error at a key or an item of a list, with file, line and column.

        Args:
            path: The keys that lead there.
            message: What is wrong, with the remedy.
            column: The place within the string that is there, from 1; 0 for the key.
        """
        if not self.text:
            return RulesError(self.name, 0, 0, f"[{'.'.join(map(str, path))}]: {message}")
        found = self._places()
        at = self.inside + path
        inside = found.get((*at, positions.VALUE))
        if column and inside:
            return RulesError(self.name, *positions.within(self.text, inside, column), message)
        while at and at not in found:
            at = at[:-1]
        return RulesError(self.name, *found.get(at, (1, 1)), message)

    def _places(self) -> dict[positions.Path, positions.Place]:
        try:
            return positions.places(self.text)
        except RecursionError:  # nested nearly too deep
            return {}

    def errors(self) -> Iterator[RulesError]:
        """What is wrong with the sections and keys of the file."""
        for path, why in schema.wrong(self.tables):
            yield self.error(path, why)


@dataclass(frozen=True, slots=True)
class Own:
    """A user's rules as they were read.

    Attributes:
        files: The files, the included ones before those that include them.
        lexicons: The shipped lexicons with the rules laid over them.
    """

    files: tuple[File, ...]
    lexicons: Lexicons

    @classmethod
    def of(cls, files: Iterable[File]) -> Own:
        """The rules of files, the later over the earlier.

        Raises:
            RulesError: one of them holds what rules cannot.
        """
        files = tuple(files)
        for file in files:
            for error in file.errors():
                raise error
        layers = [{k: v for k, v in file.tables.items() if k != "include"} for file in files]
        return cls(files, Lexicons.of(dumped([layer for layer in layers if layer])))

    def without(self, path: positions.Path) -> Own:
        """The rules without the entry at a path, in each file that has it."""
        entry = path[: 3 if path[0] == "patterns" else 2]
        return Own.of(replace(file, tables=_without(file.tables, entry)) for file in self.files)

    @property
    def summary(self) -> str:
        """The files by name, and the digest of the rules: for summaries."""
        return f"{', '.join(file.name for file in self.files)} ({self.lexicons.digest})"

    def error(self, path: positions.Path, message: str, column: int = 0) -> RulesError:
        """An error at a key, in the last file that has it; as `File.error`."""
        for file in reversed(self.files):
            tables: Any = file.tables
            for key in path:
                tables = tables.get(key) if isinstance(tables, dict) else None
            if tables is not None:
                return file.error(path, message, column)
        return self.files[-1].error(path, message, column)


def read(paths: Iterable[str | Path]) -> Own:
    """The rules of files, the later over the earlier.

    Raises:
        RulesError: a file cannot be read, is not TOML, or holds what rules cannot; with line and column.
    """
    return Own.of(file for path in paths for file in opened(Path(path)))


def parse(text: str, name: str) -> Own:
    """The rules of a text; `name` is the file's in messages. Raises as `read`."""
    return Own.of([File(name, text, _tables(text, name))])


def opened(path: Path, within: tuple[Path, ...] = (), known: set[Path] | None = None) -> list[File]:
    """A file after those that it includes, each of them once; what is in them is not checked.

    Args:
        path: The file.
        within: The files that include it, by their real paths.
        known: What was read already.

    Raises:
        RulesError: a file cannot be read, is not TOML, or includes itself.
    """
    text = _text(path)
    tables = _tables(text, str(path))
    inside: positions.Path = ()
    if path.name == "pyproject.toml":
        inside = ("tool", "extract")
        tool = tables.get("tool")
        tables = tool["extract"] if isinstance(tool, dict) and isinstance(tool.get("extract"), dict) else {}
    file = File(str(path), text, tables, inside)
    real, known = path.resolve(), known if known is not None else set()
    known.add(real)
    files: list[File] = []
    included = tables.get("include", [])
    for number, name in enumerate(included if isinstance(included, list) else []):
        if isinstance(name, str):
            other = (path.parent / name).resolve()
            if other in (real, *within):
                raise file.error(("include", number), f"{name} includes itself; take it out")
            if len(within) >= _INCLUDES:
                raise file.error(
                    ("include", number), f"more than {_INCLUDES} files in a row; include them here"
                )
            if other not in known:
                files += opened(path.parent / name, (real, *within), known)
    return [*files, file]


def find(folder: Path) -> Path | None:
    """The `extract.toml`, or `pyproject.toml` with `[tool.extract]`, of a folder or the nearest above it."""
    for place in (folder, *folder.parents):
        for name in FOUND:
            path = place / name
            if _is_file(path) and (name == FOUND[0] or _has_rules(path)):
                return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be looked into
        return False


def _has_rules(path: Path) -> bool:
    """A project file of ours; one that is not TOML is none of our business."""
    try:
        content = path.read_text(encoding="utf-8")
        return "tool.extract" in content and "extract" in tomllib.loads(content).get("tool", {})
    except (OSError, ValueError, RecursionError):
        return False


def _text(path: Path) -> str:
    """The text of a file of rules."""
    try:
        if not path.is_file():
            reason = (
                "is a folder" if path.is_dir() else "does not exist" if not path.exists() else "is no file"
            )
            raise RulesError(str(path), 0, 0, f"{reason}; name a TOML file of rules, or make one with "
                             "`extract rules new`")  # fmt: skip
        if path.stat().st_size > LIMIT:
            raise RulesError(str(path), 0, 0, f"is larger than {LIMIT // 10**6} MB; split it, or list less")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RulesError(str(path), 0, 0, f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise RulesError(str(path), 0, 0, f"cannot be read ({error.strerror}); check it") from None


def _tables(text: str, name: str) -> dict[str, Any]:
    deep = _DEEP.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise RulesError(name, line, 1, "has a key of more than 16 parts; rules need four")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (text.count("\n") + 1, 1)
        why = _AT.sub("", str(error))
        raise RulesError(name, line, column, f"is not valid TOML: {why}") from None
    except RecursionError:
        raise RulesError(name, 1, 1, "is nested too deep; rules need four levels") from None
    except ValueError as error:  # a number of thousands of digits
        raise RulesError(name, 1, 1, f"is not valid TOML: {error}") from None


def _without(tables: dict[str, Any], path: positions.Path) -> dict[str, Any]:
    """Tables without what is at a path."""
    first, *rest = path
    if first not in tables:
        return tables
    if not rest:
        return {key: value for key, value in tables.items() if key != first}
    return {**tables, str(first): _without(tables[str(first)], tuple(rest))}


def dumped(layers: list[dict[str, Any]]) -> str:
    """Layers as JSON that a config of spaCy can keep, in which `${` would be replaced."""
    return json.dumps(layers, sort_keys=True).replace("${", "\\u0024{")


def words(listed: list[str] | str | None) -> list[str]:
    """The words of a list, or of a text with one in each line."""
    if isinstance(listed, str):
        return [line.strip() for line in listed.splitlines() if line.strip()]
    return listed or []
