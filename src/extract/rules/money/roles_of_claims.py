"""What an amount is by the claim of growth that it belongs to: `Net sales rose 5% to [$3bn]` is revenue.

A level has the role of what changed. The size of a change has none: it would make a wrong sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from extract import lexicons
from extract.levels import Part, levels
from extract.records import Entity, Fact, Growth, Money, MoneyRole
from extract.rules.money.role_patterns import FILE, names_a_role, role_of_noun, words_of
from extract.rules.money.roles import in_role, shared

_LEXICON = lexicons.load(FILE)
_GOODS = frozenset(_LEXICON["goods"]["words"])
_UNITS_OF_GOODS = frozenset(_LEXICON["units_of_goods"]["words"])
_OF_SOMETHING_ELSE = frozenset(_LEXICON["units_of_goods"]["not_of"])
_TRANSPARENT = frozenset(_LEXICON["transparent"]["words"])
_DEAREST_SHARE = 5_000  # in any currency: more may be what the firm earns
_LONGEST = 4  # words of a noun that names a role
_PREPOSITION = re.compile(
    rf",|\s+(?=(?:{lexicons.alternation(_LEXICON['words']['prepositions'])})\b)\w+\s+",
    re.IGNORECASE,
)


def with_roles_of_claims(text: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of an article; money that is part of a claim of growth with the role that the claim gives."""
    claims = levels(facts)
    firms = {(fact.start, fact.end) for fact in facts if isinstance(fact, Entity) and fact.label == "ORG"}

    def resolved(amount: Money) -> Money:
        claim, part = claims.get(amount.fact_id, (None, None))
        return _with_role(amount, claim, part, firms)

    amounts = iter(shared(text, [resolved(fact) for fact in facts if isinstance(fact, Money)]))
    return [next(amounts) if isinstance(fact, Money) else fact for fact in facts]


def _with_role(amount: Money, claim: Growth | None, part: Part | None, firms: Set[tuple[int, int]]) -> Money:
    if part == "change":
        return in_role(amount, None)
    role = amount.role or (_of_level(claim, part) if claim else None)
    if claim and role is None and _is_of_share(amount, claim, firms):
        role = "price"
    return in_role(amount, role or ("price" if _is_of_goods(amount) else None))


def _is_of_share(amount: Money, claim: Growth, firms: Set[tuple[int, int]]) -> bool:
    """`Acme rose 3% to [$36.40]`: what is so small and told of a firm is the price of a share."""
    at = (claim.metric_start or 0, claim.metric_end or 0)
    return at in firms and amount.amount < _DEAREST_SHARE


def _is_of_goods(amount: Money) -> bool:
    """One amount for a barrel or a tonne, in a sentence that mentions no costs or fees."""
    return amount.per in _UNITS_OF_GOODS and _OF_SOMETHING_ELSE.isdisjoint(words_of(amount.sentence))


def _of_level(claim: Growth, part: Part | None) -> MoneyRole | None:
    """The role of a level: a profit below nothing is a loss."""
    role = role_of_metric(claim.metric or "")
    value = claim.to_value if part == "to" else claim.from_value
    return "loss" if role == "profit" and value is not None and value < 0 else role


def role_of_metric(metric: str) -> MoneyRole | None:
    """The role that the head of a noun phrase names.

    >>> role_of_metric("the value of Turkish exports to Iraq"), role_of_metric("the price of bread")
    ('trade', 'price')
    """
    parts = _PREPOSITION.split(" ".join(metric.split()))  # runs of spaces would take quadratic time
    words = parts[0].split()
    if len(parts) > 1 and words and words[-1].lower() in _TRANSPARENT:
        words = parts[1].split()
    for count in range(min(_LONGEST, len(words)), 0, -1):
        noun = " ".join(words[-count:])
        if names_a_role(noun):
            role = role_of_noun(noun)
            return role if role != "deal" else None  # a contract that is traded
    return "price" if words and words[-1].lower() in _GOODS else None
