"""The patterns of money and quantities: what is before a number or after it.

In a `match`, `{number}` is the number, first or last; `{name}` one of the words of that name, the longest
first; the rest is a regular expression, in which line breaks are left out. What precedes a number is
looked for in the few characters before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType

from extract import lexicons
from extract.lexicons.patterns import Entry, entries
from extract.rules import registry
from extract.rules.amounts import Amount
from extract.rules.numbers import Number

NUMBER = "{number}"
_REACH = 12  # characters before a number: the longest sign of a currency, with its spaces
_LINE = re.compile(r"\n\s*")
_WORDS = re.compile(r"\{([a-z]\w*)\}")

Words = Mapping[str, Iterable[str]]  # by the name that a `match` gives them
Reader = Callable[[str, Number, "re.Match[str]", str], Amount | None]


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A compiled pattern.

    Attributes:
        rule: Its name in records.
        ahead: What it requires is before the number, not after it.
        regex: That, as a regular expression.
        reader: Makes an amount of a text, a number, the match beside it and the rule; None where it is none.
    """

    rule: str
    ahead: bool
    regex: re.Pattern[str]
    reader: Reader

    def amount(self, text: str, number: Number) -> Amount | None:
        """The amount that a number is by this pattern, or None."""
        if self.ahead:
            match = self.regex.search(text[max(0, number.start - _REACH) : number.start])
        else:
            match = self.regex.match(text, number.end)
        return self.reader(text, number, match, self.rule) if match else None


def number_patterns(kind: str, modules: Iterable[ModuleType], words: Words) -> tuple[NumberPattern, ...]:
    """The patterns of a kind that match beside a number, in their order; callers cache them.

    Args:
        kind: money or quantity.
        modules: Those of its readers.
        words: What `{name}` stands for.

    Raises:
        LexiconError: a pattern cannot be used; names the file, the pattern and the column.
    """
    modules = tuple(modules)
    return tuple(
        _compiled(entry, registry.function(entry, modules), words)
        for entry in entries(kind)
        if entry.reader and not entry.is_own
    )


def _compiled(entry: Entry, reader: Reader, words: Words) -> NumberPattern:
    ahead = entry.match.endswith(NUMBER)
    if entry.match.count(NUMBER) != 1 or not (ahead or entry.match.startswith(NUMBER)):
        raise entry.error(f"must have {NUMBER} once, as its beginning or its end")

    offset = 0 if ahead else len(NUMBER)

    def alternatives(name: re.Match[str]) -> str:
        if name[1] not in words:
            known = ", ".join(words)
            raise entry.error(f"there are no words {name[1]!r}; there are {known}", offset + name.start() + 1)
        return f"(?:{lexicons.alternation(words[name[1]])})"

    template = entry.match.removeprefix(NUMBER).removesuffix(NUMBER)
    try:
        expression = _LINE.sub("", _WORDS.sub(alternatives, template))
        regex = re.compile(f"(?:{expression})$" if ahead else expression)
    except re.error as error:
        raise entry.error(f"cannot be read ({error.msg})", offset + 1) from None
    return NumberPattern(entry.rule, ahead, regex, reader)
