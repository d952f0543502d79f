"""Where the keys and strings of a TOML file stand, for messages; `tomllib` does not say.

>>> places('[verbs]\\nincrease = ["zoom", "soar"]\\n')[("verbs", "increase", 1)]
(2, 21)
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1
VALUE = "="  # last in the path of a string, for the place of the string instead of its key

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_OPENING = re.compile(r"(?:\"\"\"|\'\'\'|\"|\')")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(r"[^,\]}\n#]*")


def places(text: str) -> dict[Path, Place]:
    """The line and column of each key, and of each item of a list, by its path. `text` is valid TOML."""
    return _Scanner(text).scan()


def within(text: str, start: Place, column: int) -> Place:
    """The place of a character of a string that starts at `start`, by its number in the string, from 1."""
    lines = text.split("\n")
    line, at = start
    opening = _OPENING.match(lines[line - 1], at - 1)
    first = opening.end() if opening else at
    left = column - 1
    if opening and len(opening[0]) == 3 and first == len(lines[line - 1]):
        line, first = line + 1, 0  # the line break after the quotes is none of the string's
    while line < len(lines) and left > len(lines[line - 1]) - first:
        left -= len(lines[line - 1]) - first + 1
        line, first = line + 1, 0
    return line, first + left + 1


class _Scanner:
    """One pass over a valid file; it only needs to see where things begin and end."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.found: dict[Path, Place] = {}

    def scan(self) -> dict[Path, Place]:
        table: Path = ()
        while self._space() < len(self.text):
            start = self.at
            if self.text[self.at] == "[":
                double = self.text.startswith("[[", self.at)
                self.at += 1 + double
                self._space()
                table = self._key(())
                self._space()
                self.at += 1 + double
                self._note(table, start)
            else:
                self._pair(table)
        return self.found

    def _pair(self, table: Path) -> None:
        start = self._space()
        path = self._key(table)
        self._note(path, start)
        self._space()
        self.at += 1  # =
        self._value(path)

    def _key(self, table: Path) -> Path:
        path = table
        while True:
            quoted = _STRING.match(self.text, self.at)
            bare = quoted or _BARE.match(self.text, self.at)
            if bare is None:
                self.at += 1
                return path
            path = (*path, tomllib.loads(f"k={bare[0]}")["k"] if quoted else bare[0])
            self.at = bare.end()
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                return path
            self._note(path, bare.start())
            self.at = dot.end()

    def _value(self, path: Path) -> None:
        start = self._space()
        string = _STRING.match(self.text, start)
        opening = self.text[start : start + 1]
        if string:
            self._note((*path, VALUE), start)
            self.at = string.end()
        elif opening in ("[", "{"):
            self.at += 1
            self._items(path, "]" if opening == "[" else "}")
        else:
            self.at = max(_SCALAR.match(self.text, start).end(), start + 1)  # type: ignore[union-attr]

    def _items(self, path: Path, closing: str) -> None:
        number = 0
        while self._space() < len(self.text) and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "]":
                self._note((*path, number), self.at)
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
        self.at += 1

    def _space(self) -> int:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.at

    def _note(self, path: Path, start: int) -> None:
        line = bisect_right(self.lines, start)
        self.found.setdefault(path, (line, start - self.lines[line - 1] + 1))
