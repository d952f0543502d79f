"""The errors of this package. Each names what is wrong and the remedy.

ExtractError
├── ArticleError      an input cannot be read as an article: the file, the reason, the remedy
├── OptionError       an option or argument cannot be used
├── ModelError        a statistical model is missing or does not fit
├── ComponentError    a component failed on a text: the component and the cause
├── PipelineError     a pipeline lacks a component that another one needs
├── LexiconError      a lexicon file is invalid
│   ├── RulesError    a user's own rules cannot be used: file, line, column, why
│   └── PatternError  a pattern among them cannot be used, as a component reports it
├── GoldError         a gold file cannot be trusted: file, entry, reason
└── GateError         accuracy fell below a floor, or a floor may not be lowered
"""

from __future__ import annotations

import re

_CLASS = re.compile(r"^(?:[A-Z][a-z]+ )+(?:Error|Exception): ")


class ExtractError(Exception):
    """Base of all errors that this package raises on purpose."""


class ArticleError(ExtractError):
    """An input cannot be read as an article."""

    def __init__(self, where: str, reason: str, remedy: str) -> None:
        """Store the three parts: the file (and line), the reason, the remedy."""
        reason = shortened(reason)
        super().__init__(f"{shortened(where)}: {reason}; {remedy}")
        self.where, self.reason, self.remedy = where, reason, remedy

    def __reduce__(self) -> tuple[type[ArticleError], tuple[str, str, str]]:
        return type(self), (self.where, self.reason, self.remedy)

    @classmethod
    def of(cls, error: Exception, where: str, doing: str, *, given: str) -> ArticleError:
        """The failure of one article because of an unexpected error in its reader or rules.

        Args:
            error: What was raised: a module is missing, or else this is a bug.
            where: The file or article.
            doing: What failed, such as "extraction".
            given: What to send with a report of the bug, such as "article".
        """
        if isinstance(error, ComponentError):
            doing, error = error.component, error.error
        if isinstance(error, ImportError):
            reason = f"needs a module that cannot be imported ({first_line(error)})"
            return cls(where, reason, "install what `pip check` says is missing")
        reason = f"{doing} failed ({type(error).__name__}: {error})"
        return cls(where, reason, f"report it with the {given} as a bug")


class OptionError(ExtractError):
    """An option or argument cannot be used."""


class ModelError(ExtractError):
    """A statistical model is missing or does not fit the pipeline."""


class ComponentError(ExtractError):
    """A component failed on a text, which is a bug."""

    def __init__(self, component: str, error: Exception) -> None:
        """Keep the name of the component, and what it raised."""
        cause = shortened(f"{type(error).__name__}: {error}")
        super().__init__(f"{component} failed ({cause}); report it with the text as a bug")
        self.component, self.error = component, error

    def __reduce__(self) -> tuple[type[ComponentError], tuple[str, Exception]]:
        return type(self), (self.component, self.error)


class PipelineError(ExtractError):
    """A pipeline lacks a component that another one needs."""


class LexiconError(ExtractError):
    """A lexicon file breaks its own contract."""


class RulesError(LexiconError):
    """A user's own rules cannot be used."""

    def __init__(self, file: str, line: int, column: int, why: str) -> None:
        """Keep where it is (0 where it is the file as a whole), and what is wrong with the remedy."""
        where = f"{file}:{line}:{column}" if line else file
        super().__init__(f"{where}: {shortened(why, 600)}" if line else f"{where} {why}")
        self.file, self.line, self.column, self.why = file, line, column, why

    def __reduce__(self) -> tuple[type[RulesError], tuple[str, int, int, str]]:
        return type(self), (self.file, self.line, self.column, self.why)


class PatternError(LexiconError):
    """A pattern of a user cannot be used."""

    def __init__(self, path: tuple[str | int, ...], why: str, column: int = 0) -> None:
        """Keep the keys that lead to it in the rules, what is wrong, and the column in it, from 1."""
        super().__init__(f"[{'.'.join(map(str, path))}]: {why}")
        self.path, self.why, self.column = path, why, column

    def __reduce__(self) -> tuple[type[PatternError], tuple[tuple[str | int, ...], str, int]]:
        return type(self), (self.path, self.why, self.column)


class GoldError(ExtractError):
    """A gold file cannot be trusted."""


class GateError(ExtractError):
    """Accuracy fell below a floor, or a floor may not be lowered."""


def shortened(text: str, length: int = 300) -> str:
    """A text for a message; only the beginning and end of a long one."""
    half = length // 2
    return text if len(text) <= length else f"{text[:half]}…{text[-half:]}"


def printable(text: str) -> str:
    """A text for a terminal: control characters are escaped."""
    return "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in text)


def first_line(error: Exception) -> str:
    """The first line of an error's message, without the class that databases put before it.

    >>> first_line(ValueError("Binder Error: no column named x!\\nLINE 1: ..."))
    'no column named x'
    """
    line = (str(error).splitlines() or [""])[0]
    return _CLASS.sub("", line).rstrip(" .!")


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(names: tuple[str, ...], shown: int = 5) -> str:
    """The first of some names, and how many more there are."""
    more = f" and {len(names) - shown:,} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
