"""Claims of a row: their concept is that of the claim at its head.

House prices rose 3 %, while Adelaide gained 1.8 %   -> house_prices
The Nikkei fell 2 %. Manila added 0.8 %              -> stock_index
Exports rose 5 %. Knitwear gained 9.6 %              -> exports; Knitwear
Cases rose: Junin (+3,192), Ancash (+3,152)          -> cases

An entry of the row must be a place, a branch or a good, and the concept must allow its amounts: a
claim in percent cannot have a rate, since `Britain fell 6 %` after one on inflation is of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.lexicons.metrics import Metrics, metrics
from extract.records import Date, Entity, Growth, Money
from extract.rules.growth.evidence import Evidence
from extract.rules.growth.series import BRACKETED, SIGNED
from extract.rules.nouns import singular

SHARE_PRICE = "share_price"
STOCK_INDEX = "stock_index"
MARKET = frozenset({SHARE_PRICE, STOCK_INDEX})  # claims of these show that it is a report on shares
NEAR = 10  # code points between a sentence and the next, a line break and its indent among them
_NEAR_LIST = 200  # a list of places may follow its heading after a sentence that has no claim

_LISTS = frozenset({SIGNED, BRACKETED})  # `Junin (+3,192)`, `Ate (788 to 1,222)`
_NO_ROWS = frozenset({"exchange_rate"})
_LED = re.compile(r"(?:(?:the|The|in|In)\s+)?")
_NAME = re.compile(r"[A-Z][\w.’'-]*(?:\s+(?:de|del|la|el|of|the|and|[A-Z][\w.’'-]*))*$")
_LONGEST = 4  # words of a branch or good
_KNOWN_PLACE = re.compile(r"(?:country|subdivision):|place:(?:\d|[A-Z]{2}:)")

Facts = Sequence[Date | Entity | Money]


def of_row(
    claim: Growth, head: Growth | None, inside: Facts, evidence: Evidence, *, listed: bool
) -> tuple[str | None, str | None]:
    """The concept of a claim in a row, and the words that narrow it; None if it is not in a row.

    Args:
        claim: A claim whose metric does not name a concept.
        head: The claim before it that has one.
        inside: The facts within its metric.
        evidence: What its amounts are.
        listed: The head has its concept from a row too, which continues only in its own sentence or a list.
    """
    if head is None or head.metric_id is None or claim.metric is None or head.metric_id in _NO_ROWS:
        return None, None
    lexicon = metrics()
    in_list = claim.source.rule in _LISTS
    if _is_far(claim, head, in_list=in_list, listed=listed) or not _may_have(
        head.metric_id, claim, evidence, lexicon
    ):
        return None, None
    if _is_entry(claim, claim.metric, inside, in_list=in_list):
        return (STOCK_INDEX if head.metric_id in MARKET else head.metric_id), None
    if head.metric_id in lexicon.words["of_parties"] and is_name(claim, inside):
        return head.metric_id, None
    is_good = head.metric_id in lexicon.words["of_goods"] and _is_good(claim.metric, lexicon)
    return (head.metric_id, claim.metric) if is_good else (None, None)


def _is_entry(claim: Growth, metric: str, inside: Facts, *, in_list: bool) -> bool:
    """The metric is a place; or, in a list, a name."""
    return _is_place(claim, inside) or (in_list and _NAME.search(metric) is not None)


def _is_far(claim: Growth, head: Growth, *, in_list: bool, listed: bool) -> bool:
    """The head is too far before a claim, or has its concept from a row that ended."""
    far = claim.source.sentence_start - head.source.sentence_end
    return far >= (_NEAR_LIST if in_list else NEAR) or (listed and not in_list and far >= 0)


def is_company(fact: Date | Entity | Money) -> bool:
    """A name that may be a company's; the model takes some companies for persons or places."""
    if not isinstance(fact, Entity) or fact.country is not None:
        return False
    if fact.label in ("ORG", "PERSON"):
        return True
    return fact.label in ("GPE", "LOC") and not _KNOWN_PLACE.match(fact.entity_id)


def is_name(claim: Growth, inside: Facts) -> bool:
    """The metric is only a name."""
    return any(
        isinstance(fact, Entity) and fact.end == claim.metric_end and _leads(claim, fact) for fact in inside
    )


def _may_have(metric_id: str, claim: Growth, evidence: Evidence, lexicon: Metrics) -> bool:
    """The concept allows amounts like the claim's."""
    concept = lexicon.concepts[metric_id]
    if concept.sort == "rate":
        return evidence.sort == "rate"
    return evidence.sort is None or evidence.sort in (concept.sort, *concept.also)


def _is_place(claim: Growth, inside: Facts) -> bool:
    """The metric is only the name of a known place, or ends with one in a list."""
    return any(
        isinstance(fact, Entity)
        and (fact.country is not None or (fact.label == "LOC" and claim.subject == fact.entity_id))
        and fact.label in ("GPE", "LOC")
        and fact.end == claim.metric_end
        and (claim.source.rule in _LISTS or _leads(claim, fact))
        for fact in inside
    )


def _leads(claim: Growth, fact: Entity) -> bool:
    """There is at most an article before the name."""
    before = (claim.metric or "")[: fact.start - (claim.metric_start or 0)]
    return _LED.fullmatch(before) is not None


def _is_good(metric: str, lexicon: Metrics) -> bool:
    """A few words of which the last is a branch or a good."""
    words = metric.lower().split()
    if len(words) > _LONGEST or not lexicon.words["prepositions"].isdisjoint(words):
        return False
    name = lexicon.names.get(words[-1])
    goods = lexicon.words["goods"]
    return words[-1] in goods or singular(words[-1]) in goods or (name is not None and name.use == "things")
