"""What an amount is: a fine, revenue, a loan. The lexicon `money_roles` explains the notation.

>>> role_of("The bank was fined ", " in May.")
('fine', 'fined')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from extract import lexicons
from extract.errors import LexiconError
from extract.records import Money
from extract.rules.modifiers import REACH as _NEAR
from extract.rules.modifiers import without_modifier

FILE = "money_roles"
_KEYS = frozenset(
    ["role", "verbs", "before", "after", "not_before", "not_after", "examples", "counterexamples"]
)
_LEXICON = lexicons.load(FILE)
_BY_SHARE = re.compile(r",?\s+or\s+(?:about\s+)?")  # `$5.8 million, or 28 cents a share`
_BEFORE = re.compile(  # `$5 million, compared with $4 million`
    r"(?:\s(?:an?|per)\s\w+)?,?\s+(?:vs\.?|versus|compared\s+(?:with|to)|against|(?:up|down)\s+from)\s+(?:about\s+)?"
)
_BRACKET = re.compile(r"\s?\([^()]{1,60}\)")  # `a $2bn (£1.05bn) settlement`
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 160  # code points before an amount that are looked at
_AHEAD = 80  # and behind it


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; what its fields mean is said in the file."""

    name: str
    role: str | None
    words: frozenset[str]  # one of these stands in the text that it matches first
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def role_of(self, left: str, right: str) -> str | None:
        """The role of the amount between two texts, one of which has a word of the pattern."""
        before = self.before.search(left) if self.before else None
        after = self.after.match(right) if self.after else None
        if (self.before and not before) or (self.after and not after):
            return None
        if before and self.not_before and self.not_before.search(left[: before.start()]):
            return None
        if self.not_after and self.not_after.match(right):
            return None
        found = before if before and "noun" in before.groupdict() else after
        return self.role or (role_of_noun(found["noun"]) if found else None)


def role_of(left: str, right: str) -> tuple[str, str] | None:
    """The role of an amount, and the pattern that tells it.

    Args:
        left: The text before the amount, in its sentence.
        right: The text behind it.
    """
    left = _with_mark(left[-_REACH:])
    bracket = _BRACKET.match(right)
    right = right[bracket.end() if bracket else 0 :][:_AHEAD]
    before, after = (frozenset(_WORD.findall(side.lower())) for side in (left, right))
    for pattern in patterns():
        if not pattern.words.isdisjoint(before if pattern.before else after):
            role = pattern.role_of(left, right)
            if role is not None:
                return role, pattern.name
    return None


def _with_mark(left: str) -> str:
    """The text before an amount, with a mark in place of its modifier: `a fine ~ ` of `a fine of up to `."""
    rest = left[:-_NEAR] + without_modifier(left[-_NEAR:])
    return rest if len(rest) == len(left) else f"{rest.rstrip()} ~ "


def with_roles(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts of an article in order, each with the role that the words beside it tell."""
    told = (
        role_of(text[fact.source.sentence_start : fact.start], text[fact.end : fact.source.sentence_end])
        for fact in facts
    )
    return shared(
        text, [replace(fact, role=role[0] if role else None) for fact, role in zip(facts, told, strict=True)]
    )


def shared(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts in order; one that restates another, or is compared with it, has the role of that one."""
    found: dict[str, Money] = {}
    last: Money | None = None
    for fact in facts:
        root = found.get(fact.restates or "")
        if root is None and last is not None and _goes_on(text, last, fact):
            root = last
        last = found[fact.fact_id] = replace(fact, role=root.role) if root else fact
    return list(found.values())


def _goes_on(text: str, last: Money, fact: Money) -> bool:
    """An amount is what the last one is: by the share, or before, when it has no role of its own."""
    if fact.per == "share" != last.per:
        return bool(_BY_SHARE.fullmatch(text, last.end, fact.start))
    alike = fact.role is None and last.role is not None and fact.currency == last.currency
    return alike and bool(_BEFORE.fullmatch(text, last.end, fact.start))


def role_of_noun(noun: str) -> str | None:
    """The role that a noun names, in the singular or plural."""
    return _nouns().get(" ".join(noun.lower().split()))


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in their order.

    Raises:
        LexiconError: a pattern has an unknown key, role, part or list of words, or two roles have one noun.
    """
    return tuple(_pattern(name, entry) for name, entry in _LEXICON["patterns"].items())


def _pattern(name: str, entry: Mapping[str, Any]) -> Pattern:
    where = f"{FILE}.toml, pattern {name!r}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(_KEYS))}")
    role = entry.get("role")
    if role is not None and role not in _LEXICON["roles"]:
        raise LexiconError(f"{where}: unknown role {role!r}; there are {', '.join(_LEXICON['roles'])}")
    verbs = entry.get("verbs", ())

    def compiled(key: str) -> re.Pattern[str] | None:
        return _compiled(entry[key], verbs, where, ends=key.endswith("before")) if key in entry else None

    return Pattern(
        name,
        role,
        frozenset(verb.partition(" ")[0] for verb in verbs) or _last_words(),
        before=compiled("before"),
        after=compiled("after"),
        not_before=compiled("not_before"),
        not_after=compiled("not_after"),
    )


def _compiled(template: str, verbs: Sequence[str], where: str, *, ends: bool) -> re.Pattern[str]:
    """Put in parts and words, and turn blanks into white space; `ends` where the amount stands behind it."""
    kinds: dict[str, Sequence[str]] = {"verbs": verbs, "noun": tuple(_nouns()), **_LEXICON["words"]}
    try:
        for _ in range(2):  # a part may hold parts
            template = re.sub(r"(?<!\?P)<([a-z]+)>", lambda part: str(_LEXICON["parts"][part[1]]), template)
        template = re.sub(
            r"\{([a-z]+)\}",
            lambda name: rf"\b({'?P<noun>' if name[1] == 'noun' else '?:'}{_alternation(kinds[name[1]])})\b",
            template,
        )
    except KeyError as error:
        raise LexiconError(f"{where}: there are no parts or words {error}") from error
    template = template.replace("[ -]", r"[\s-]").replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(template + ("$" if ends else ""), re.IGNORECASE)


def _alternation(words: Sequence[str]) -> str:
    """The words as a regular expression, by their first letters, so that few are tried at each place."""
    groups = groupby(sorted(words), key=lambda word: word[:1])
    return "|".join(
        re.escape(letter) + f"(?:{lexicons.alternation(w[1:] for w in group)})" for letter, group in groups
    )


def _last_words() -> frozenset[str]:
    """The words that the nouns of the roles end in."""
    return frozenset(_WORD.findall(noun)[-1] for noun in _nouns())


@cache
def _nouns() -> dict[str, str]:
    """The role of each noun, in the singular and plural."""
    nouns: dict[str, str] = {}
    for role, entry in _LEXICON["roles"].items():
        for noun in entry["nouns"]:
            for form in (noun.lower(), _plural(noun.lower())):
                if nouns.setdefault(form, role) != role:
                    raise LexiconError(
                        f"{FILE}.toml: {noun!r} names {nouns[form]} and {role}; keep it in one of them"
                    )
    return nouns


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
