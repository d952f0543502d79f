"""What an amount is: a fine, revenue, a loan. The lexicon `money_roles` explains the notation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract import lexicons
from extract.records import Money, MoneyRole
from extract.rules.modifiers import REACH as _NEAR
from extract.rules.modifiers import without_modifier
from extract.rules.money.role_patterns import patterns, words_of

_COMPARED = lexicons.load("currencies")["compared"]["words"]
_BY_SHARE = re.compile(r",?\s+or\s+(?:about\s+)?")  # `$5.8 million, or 28 cents a share`
_BEFORE = re.compile(  # `$5 million, compared with $4 million`
    rf"(?:\s(?:an?|per)\s\w+)?,?\s+(?:{lexicons.alternation(_COMPARED)})\s+(?:about\s+)?"
)
_BRACKET = re.compile(r"\s?\([^()]{1,60}\)")  # `a $2bn (£1.05bn) settlement`
# Code points after an amount and before it that are looked at. On gold 20 and 40 cost 0.6 and 2.8 points of
# F1 of roles, 160 and 320 change nothing.
_BEHIND = 80
_AHEAD = 160


def stated_role(text: str, fact: Money) -> tuple[MoneyRole, str] | None:
    """The role that the words beside an amount tell in its sentence, and the pattern."""
    first, last = fact.source.sentence_start, fact.source.sentence_end
    left = _with_mark(text[max(first, fact.start - _AHEAD) : fact.start])
    right = text[fact.end : min(last, fact.end + _BEHIND)]
    bracket = _BRACKET.match(right)
    right = right[bracket.end() :] if bracket else right
    before, after = words_of(left), words_of(right)
    for pattern in patterns():
        if not pattern.words.isdisjoint(before if pattern.before else after):
            role = pattern.role_of(left, right, fact.amount)
            if role is not None:
                return role, pattern.name
    return None


def _with_mark(left: str) -> str:
    """The text before an amount, with a mark in place of its modifier: `a fine ~ ` of `a fine of up to `."""
    rest = left[:-_NEAR] + without_modifier(left[-_NEAR:])
    return rest if len(rest) == len(left) else f"{rest.rstrip()} ~ "


def with_roles(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts of an article in order, each with the role that the words beside it tell."""
    return shared(text, [in_role(fact, (stated_role(text, fact) or (None,))[0]) for fact in facts])


def in_role(fact: Money, role: MoneyRole | None) -> Money:
    """An amount with a role; itself where it has it."""
    return fact if fact.role == role else replace(fact, role=role)


def shared(text: str, facts: Sequence[Money]) -> list[Money]:
    """The amounts in order; one that restates another, or is compared with it, has the role of that one."""
    found: dict[str, Money] = {}
    last: Money | None = None
    for fact in facts:
        root = found.get(fact.restates or "")
        if root is None and last is not None and _goes_on(text, last, fact):
            root = last
        last = found[fact.fact_id] = in_role(fact, root.role) if root else fact
    return list(found.values())


def _goes_on(text: str, last: Money, fact: Money) -> bool:
    """An amount is what the last one is: by the share, or before, when it has no role of its own."""
    if fact.per == "share" != last.per:
        return bool(_BY_SHARE.fullmatch(text, last.end, fact.start))
    alike = fact.role is None and last.role is not None and fact.currency == last.currency
    return alike and bool(_BEFORE.fullmatch(text, last.end, fact.start))
