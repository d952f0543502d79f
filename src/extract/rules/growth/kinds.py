"""The kinds of words, from `growth_kinds.toml`, and the language of the patterns over them.

    cue:{change_verb} {modifier}* by? size:{size}      rose sharply by 5 %

`{...}` is one item of a kind, of several kinds or of a group; `{^ ...}` is one of any other kind.
`[rose risen]` is one of these words, of any kind; only a user's own patterns may use it. A bare
word (`to`, `by`, `from`, `of`, `at`, `and`, `or`) or an escaped mark (`\\,`) is that word or mark. `name:`
captures what follows, `<name>` is a named part; brackets, `|`, `?`, `*`, `+`, `{0,3}`, `^`, `$` and
look-around are as in regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.lexicons.own.patterns import OWN
from extract.lexicons.scope import cached
from extract.rules.growth.literals import Literals

FILE = "growth_kinds"
COMPARING = "COMPARING"  # of `year-on-year`, which is a baseline but not a time expression
_DIRECTIONS = ("increase", "decrease", "unchanged")
_NOT_WORDS = {"letter", "meaning", "phrases"}
_MARKS = {",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", '"': "quote", ".": "stop"}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<name>[a-z_]+):(?=\S)
      | <(?P<part>[a-z_]+)>
      | (?P<repeat>\{\d*,?\d*\}\??|[*+?]\??)
      | \{(?P<negated>\^?)(?P<kinds>[^{}]+)\}
      | \[(?P<literal>[^][]+)\]
      | \\(?P<mark>[,;:().])
      | (?P<quote>")
      | (?P<word>[a-z_]+)
      | (?P<open>\((?:\?(?:=|!|<=|<!))?)
      | (?P<close>[)])
      | (?P<plain>[|^$])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and phrases with the letter of their kind, and their direction or COMPARING."""

    words: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, str]  # noun of change -> direction
    factors: Mapping[str, str]  # `doubled` -> 2
    phrases: Mapping[tuple[str, ...], tuple[str, str]]


def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = lexicons.load(FILE)["kinds"]
    return tables


@cache
def kinds(names: str) -> str:
    """The letters of the kinds and groups that `names` lists, for `in` and `==`.

    Raises:
        LexiconError: a name is neither a kind nor a group.
    """
    tables, groups = _tables(), lexicons.load(FILE)["groups"]
    letters = []
    for name in names.split():
        name = _MARKS.get(name, name)
        if name in groups:
            letters.append(kinds(groups[name]))
        elif name in tables:
            letters.append(tables[name]["letter"])
        else:
            known = ", ".join(sorted([*tables, *groups]))
            raise LexiconError(f"{FILE}.toml has no kind or group {name!r}; it has {known}")
    return "".join(letters)


@cache
def kind_name(letter: str) -> str:
    """The name of a kind by its letter: for explanations."""
    return next(name for name, table in _tables().items() if table["letter"] == letter)


@cached
def lexicon() -> Lexicon:
    """The words of all kinds as look-up tables."""
    words: dict[str, tuple[str, str]] = {}
    nouns: dict[str, str] = {}
    factors: dict[str, str] = {}
    phrases: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, table in _tables().items():
        letter = table["letter"]
        for form, direction in _forms(table):
            if " " in form:
                phrases[tuple(form.split())] = letter, direction
            elif name == "change_noun":
                nouns[form] = direction
            else:
                words[form] = letter, direction
        for entry in table.values():
            if isinstance(entry, dict) and "factor" in entry:
                factors |= dict.fromkeys(entry["forms"].split(), str(entry["factor"]))
    return Lexicon(words, nouns, factors, phrases)


def _forms(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every word and phrase of a kind, with its direction."""
    for key, entry in table.items():
        direction = key if key in _DIRECTIONS else ""
        if key == "comparing":
            yield from ((form, COMPARING) for form in entry)
        elif key == "phrases" and isinstance(entry, dict):
            yield from ((phrase, way) for way, listed in entry.items() for phrase in listed)
        elif key == "phrases":
            yield from ((phrase, "") for phrase in entry)
        elif key not in _NOT_WORDS and not isinstance(entry, dict):
            rows = (
                entry.split() if isinstance(entry, str) else [form for row in entry for form in row.split()]
            )
            yield from ((form, direction) for form in rows)


@cached
def verb_forms(kind: str, group: str = "forms") -> frozenset[str]:
    """All forms of the verbs of a kind; `particle` verbs need `up` or `down` next to them."""
    return frozenset(form for row in _tables()[kind][group] for form in row.split())


@cached
def named_words() -> frozenset[str]:
    """The words that a user's patterns contain: a sentence with one of them may have a claim."""
    entries = lexicons.load("growth_patterns")["patterns"]
    own = [entry["match"] for name, entry in entries.items() if name.startswith(OWN)]
    return frozenset(word for match in own for words in Literals.of(match).words for word in words)


@cached
def past_forms() -> frozenset[str]:
    """The past forms of the verbs of change."""
    table = _tables()["change_verb"]
    return frozenset(row.split()[2] for way in ("increase", "decrease") for row in table[way])


@cache
def word_group(name: str) -> frozenset[str]:
    """The words of a group of `growth.toml`, which documents each group: `sayings`, `lengths`."""
    return frozenset(lexicons.load("growth")["words"][name].split())


def compiled(
    pattern: str, parts: Mapping[str, str] | None = None, *, where: str = "", literals: Literals | None = None
) -> re.Pattern[str]:
    """A pattern in words as a regular expression over the letters of kinds.

    Args:
        pattern: in the language described in the module docstring.
        parts: what `<name>` stands for.
        where: file and name of the pattern, for errors.
        literals: the words that it contains.

    Raises:
        LexiconError: the pattern cannot be parsed; the message has `where` and the column.
    """
    expression = _regex(pattern, parts or {}, where, literals or Literals())
    try:
        return re.compile(expression)
    except re.error as error:
        raise LexiconError(f"{where or repr(pattern)}: {error.msg}") from None


@cache
def matcher(words: str) -> re.Pattern[str]:
    """A pattern in words without parts, compiled once."""
    return compiled(words)


def _regex(pattern: str, parts: Mapping[str, str], where: str, literals: Literals) -> str:
    out: list[str] = []
    named = ""  # the name of the next atom
    brackets: list[bool] = []  # for each open bracket, whether a named group must be closed with it
    position = 0
    while position < len(pattern):
        match = _TOKEN.match(pattern, position)
        try:
            if match is None:
                raise LexiconError(f"cannot read {pattern[position : position + 12]!r}")
            kind = match.lastgroup
            if kind == "name":
                named += f"(?P<{match['name']}>"
            elif match["open"]:
                out.append(named + ("(?:" if match["open"] == "(" else match["open"]))
                brackets.append(bool(named))
                named = ""
            elif kind == "close":
                out.append("))" if brackets and brackets.pop() else ")")
            elif kind in ("repeat", "plain"):
                out.append(match[0])
            elif kind != "space":
                atom = _atom(match, parts, where, literals)
                out.append(f"{named}{atom})" if named else atom)
                named = ""
        except LexiconError as error:
            raise LexiconError(f"{where or repr(pattern)}, column {position + 1}: {error}") from None
        position = match.end()
    return "".join(out)


def _atom(match: re.Match[str], parts: Mapping[str, str], where: str, literals: Literals) -> str:
    """One item, or a named part."""
    if match["part"]:
        if match["part"] not in parts:
            raise LexiconError(f"no part {match['part']!r}; there are {', '.join(parts)}")
        return f"(?:{_regex(parts[match['part']], parts, where, literals)})"
    if match["kinds"]:
        return literals.kinds(kinds(match["kinds"]), negated=bool(match["negated"]))
    if match["literal"]:
        return literals.one_of(match["literal"])
    letter = kinds(match["word"] or match["mark"] or match["quote"])
    if len(letter) > 1:
        raise LexiconError(f"the group {match['word']!r} needs braces")
    return literals.kinds(letter)
