"""The named patterns of what an amount is, and the nouns of the roles, from `money_roles.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, cast

from extract import lexicons
from extract.errors import LexiconError
from extract.records import MoneyRole

FILE = "money_roles"
_CONDITIONS = ("before", "after", "not_before", "not_after", "least", "most")
_KEYS = frozenset(["role", "verbs", *_CONDITIONS, "examples", "counterexamples"])
_LEXICON = lexicons.load(FILE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; what its fields mean is said in the file."""

    name: str
    role: MoneyRole | None
    words: frozenset[str]  # one of these is in the text that it matches first
    before: str | None  # regular expressions, compiled when they are first tried: few are in most articles
    after: str | None
    not_before: str | None
    not_after: str | None
    least: Decimal = Decimal("-Infinity")
    most: Decimal = Decimal("Infinity")

    def role_of(self, left: str, right: str, amount: Decimal) -> MoneyRole | None:
        """The role of an amount between two texts, one of which has a word of the pattern."""
        if not self.least <= amount <= self.most:
            return None
        before = _compiled(self.before).search(left) if self.before else None
        after = _compiled(self.after).match(right) if self.after else None
        if (self.before and not before) or (self.after and not after):
            return None
        if self._is_excluded(left[: before.start()] if before else None, right):
            return None
        found = before if before and "noun" in before.groupdict() else after
        return self.role or (role_of_noun(found["noun"]) if found else None)

    def _is_excluded(self, ahead: str | None, right: str) -> bool:
        """What must not be there does: before the match of `before`, or after the amount."""
        if ahead is not None and self.not_before and _compiled(self.not_before).search(ahead):
            return True
        return bool(self.not_after and _compiled(self.not_after).match(right))


def names_a_role(noun: str) -> bool:
    """The noun is one of the file, be it that it has no role."""
    return " ".join(noun.lower().split()) in _nouns()


def role_of_noun(noun: str) -> MoneyRole | None:
    """The role that a noun names, in the singular or plural."""
    return _nouns().get(" ".join(noun.lower().split()))


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, by which patterns are chosen."""
    return frozenset(_WORD.findall(text.lower()))


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in their order.

    Raises:
        LexiconError: a pattern has an unknown key, role, part or list of words, or two roles have one noun.
    """
    return tuple(pattern_of(name, entry) for name, entry in _LEXICON["patterns"].items())


def pattern_of(name: str, entry: Mapping[str, Any]) -> Pattern:
    """A pattern of the file.

    Raises:
        LexiconError: a key, role, part or list of words is unknown.
    """
    where = f"{FILE}.toml, pattern {name!r}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(_KEYS))}")
    role = entry.get("role")
    if role is not None and role not in _LEXICON["roles"]:
        raise LexiconError(f"{where}: unknown role {role!r}; there are {', '.join(_LEXICON['roles'])}")
    verbs = entry.get("verbs", ())

    def expression(key: str) -> str | None:
        return _expression(entry[key], verbs, where, ends=key.endswith("before")) if key in entry else None

    return Pattern(
        name,
        role,
        frozenset(verb.partition(" ")[0] for verb in verbs) or _last_words(),
        before=expression("before"),
        after=expression("after"),
        not_before=expression("not_before"),
        not_after=expression("not_after"),
        **{key: Decimal(entry[key]) for key in ("least", "most") if key in entry},
    )


def _expression(template: str, verbs: Sequence[str], where: str, *, ends: bool) -> str:
    """Put in parts and words, and turn blanks into white space; `ends` where the amount follows it."""
    kinds: dict[str, Sequence[str]] = {"verbs": verbs, "noun": tuple(_nouns()), **_LEXICON["words"]}
    try:
        for _ in range(2):  # a part may hold parts
            template = re.sub(r"(?<!\?P)<([a-z]+)>", lambda part: str(_LEXICON["parts"][part[1]]), template)
        template = re.sub(
            r"\{([a-z]+)\}",
            lambda name: (
                rf"\b({'?P<noun>' if name[1] == 'noun' else '?:'}{_alternation(tuple(kinds[name[1]]))})\b"
            ),
            template,
        )
    except KeyError as error:
        raise LexiconError(f"{where}: there are no parts or words {error}") from error
    template = template.replace("[ -]", r"[\s-]").replace(" ?", r"\s*").replace(" ", r"\s+")
    return template + ("$" if ends else "")


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


@cache
def _alternation(words: tuple[str, ...]) -> str:
    return lexicons.alternation(words)


def _last_words() -> frozenset[str]:
    """The words that the nouns of the roles end in."""
    return frozenset(_WORD.findall(noun)[-1] for noun in _nouns())


@cache
def _nouns() -> dict[str, MoneyRole | None]:
    return roles_by_noun({**_LEXICON["roles"], None: _LEXICON["no_role"]})


def roles_by_noun(roles: Mapping[str | None, Mapping[str, Any]]) -> dict[str, MoneyRole | None]:
    """The role of each noun, in the singular and plural.

    Raises:
        LexiconError: a noun names two roles.
    """
    nouns: dict[str, MoneyRole | None] = {}
    for role, entry in roles.items():
        for noun in entry["nouns"]:
            for form in (noun.lower(), _plural(noun.lower())):
                if nouns.setdefault(form, cast("MoneyRole | None", role)) != role:
                    why = f"{noun!r} names {nouns[form]} and {role}; keep it in one of them"
                    raise LexiconError(f"{FILE}.toml: {why}")
    return nouns


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
