"""The partner of a trade or flow: in the metric's phrase, next to the claim, or that of the previous claim.

Exports to Japan rose 5 %; exports rose 5 % to Japan      -> Japan
Exports to Egypt fell 2 %, to Oman 4 %                    -> Egypt, Oman
Exports to Japan rose 5 % while imports fell 3 %          -> Japan, for both
"""

from __future__ import annotations

from extract.records import Entity
from extract.rules.growth import owners
from extract.rules.growth.asked import Asked
from extract.rules.growth.names import COUNTRIES, Name

_SIDES = (*COUNTRIES, "LOC")
_BARE = frozenset({"imports", "exports"})


def other_side(asked: Asked) -> Entity | None:
    """The partner of a claim; None if its metric has none."""
    before = asked.before_here
    again = before is not None and before.asked.metric.start == asked.metric.start
    own = owners.partner(asked.phrase) or (None if again else asked.side)
    if own is not None and _is_abroad(asked, own):
        return None
    found = own or _beside(asked) or asked.side
    return found.entity if found else _of_claim_before(asked)


def _is_abroad(asked: Asked, name: Name) -> bool:
    """The people of the article's country: `remittances from Filipinos abroad` do not come from one place."""
    country = asked.topic.country
    people = name.entity.label == "NORP" and name.entity.country is not None
    own = people and country is not None and country.country == name.entity.country
    return own and asked.names.doc[name.end - 1].tag_ in ("NNS", "NNPS")


def _beside(asked: Asked) -> Name | None:
    """`exports rose 5 % | to Japan`; between two claims, `exports to Egypt fell 2 %, | to Oman | 4 %`."""
    led = owners.leading(asked.flow)
    start, end = asked.window
    if not led:
        return None
    before = asked.before_here
    if before is not None:
        start = before.asked.span.end
    ahead = asked.names.within(start, asked.span.start)
    behind = asked.names.within(asked.span.end, end)[:1]
    sides = (name for name in (*ahead, *behind) if name.entity.label in _SIDES)
    return next((name for name in sides if asked.led_by(name) in led), None)


def _of_claim_before(asked: Asked) -> Entity | None:
    before = asked.before_here
    if before is None or len(asked.metric) > 1:
        return None
    return before.whose.partner if asked.metric[0].lower_ in _BARE else None
