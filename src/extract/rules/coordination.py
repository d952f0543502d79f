"""Members of a list that share the unit of the last one: `5 and 6 kg`, `2, 3 and 4 million euros`.

Pure functions of text, shared by the rules of money and quantities. Ranges and changes are in `relations`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.rules.amounts import Amount
from extract.rules.numbers import Number, spread
from extract.rules.relations import relation

_LAST = re.compile(r"(?:,?\s+and|\s+or)\s+")  # `6,630, or 12.9%` says one thing twice
_EARLIER = re.compile(r",\s+")
_STARTS = re.compile(r"(?:^|[\s(“\"])[-−]?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def shared(
    text: str,
    counted: Sequence[Number],
    priced: Sequence[Amount | None],
    *,
    kind: str,
    may_share: Callable[[Number, Amount], bool] = lambda bare, last: True,
) -> list[Amount | None]:
    """The amount of each number, with the unit of a list's last member given to the bare members before it.

    Args:
        text: The article's text.
        counted: Its numbers.
        priced: The amount of each number, None for a bare one.
        kind: First part of the rule's name: `money.shared`.
        may_share: Whether a bare number may be a member of a list that ends in an amount.
    """
    found = list(priced)
    model: Amount | None = None  # the last member, whose unit and scale the others share
    for i in range(len(counted) - 2, -1, -1):
        bare, last = counted[i], found[i + 1]
        if found[i] or last is None or last.prefix or not _may_share(text, bare, counted[i + 1]):
            continue
        inner = last.rule == f"{kind}.shared"
        model = model if inner and model else last
        if not (_is_joined(text, bare, last, counted[i + 1], inner=inner) and may_share(bare, model)):
            continue
        if bare.letter_scale and not model.number.scale:
            continue  # `800m and 1500m races`: the letter is a unit there
        low = spread(bare, model.number)[0] * model.size
        rule = f"{kind}.shared"
        found[i] = replace(
            model, start=bare.start, end=bare.end, number=bare, low=low, rule=rule, beside=True
        )
    return found


def _is_joined(text: str, bare: Number, last: Amount, number: Number, *, inner: bool) -> bool:
    """Two neighbours are members of a list, of which the second is the last or an `inner` one."""
    if inner:
        return bool(_EARLIER.fullmatch(text, bare.end, last.start))
    return bool(_LAST.fullmatch(text, bare.end, last.start)) and relation(text, bare, number) is None


def _may_share(text: str, bare: Number, last: Number) -> bool:
    """Both are written alike; the bare one is no year, no pronoun (`one`), no part of a word or a score."""
    written = text[bare.start : bare.end]
    if bare.form != last.form or bare.glued or written.lower() == "one" or _YEAR.fullmatch(written):
        return False
    return bool(_STARTS.search(text[max(0, bare.start - 2) : bare.start]))
