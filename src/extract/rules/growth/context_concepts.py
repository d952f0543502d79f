"""Concepts of metrics that do not name one: by owner, by unit, and by the other claims of the article.

the rate, of a central bank                   -> policy_rate
Acme, that would cut 45,000 jobs              -> jobs
Acme, in a report on shares                   -> share_price
sales, in an article on home sales            -> home_sales
"""

from __future__ import annotations

import re
from collections.abc import Set

from extract.lexicons.metrics import metrics
from extract.records import Growth
from extract.rules.growth.evidence import Evidence
from extract.rules.growth.kinds import word_group
from extract.rules.growth.row_concepts import MARKET, NEAR, SHARE_PRICE, Facts, is_company, is_name
from extract.rules.growth.sorts import is_central_bank

_POLICY_RATE = "policy_rate"
_TITLED = re.compile(r"\b[a-z]+ (?:The )?[A-Z][\w.&’'-]*$")  # `implant maker Cochlear`
_EIGHTHS = re.compile(r"(?:\d+-)?\d+/\d+")  # how shares were quoted: `up 1-3/8`
_RATE = word_group("context_concepts_rate")
_OWNER = ("'s", "’s")
_GDP = frozenset({"gdp", "gdp_growth_rate"})
_SALES = frozenset({"revenue", "sales_volume"})
_NOUNS = ("growth.noun",)  # rules that find a noun of change: `a growth rate of 55 %` is not a price


def of_rate(claim: Growth, last: Growth | None, evidence: Evidence, stated: Set[str]) -> str | None:
    """The concept of a bare `rate`: that of its owner, of the previous claim, or the only one in the article.

    Args:
        claim: A claim whose metric does not name a concept.
        last: The last claim before it on a rate that this word can mean.
        evidence: What its amounts are.
        stated: The concepts that the article's claims name.
    """
    if (
        evidence.sort not in ("rate", None)
        or not _RATE & _words(claim.metric)
        or len(_words(claim.metric)) > 1
    ):
        return None
    owned = claim.subject_name is not None and is_central_bank(claim.subject_name)
    if owned and (
        "rate" in _words(claim.metric) or _POLICY_RATE in stated
    ):  # it also speaks of market `rates`
        return _POLICY_RATE
    rates = metrics().words["rates"] & stated
    if last is not None and claim.source.sentence_start - last.source.sentence_end < NEAR:
        return last.metric_id if claim.subject in (None, last.subject) else None
    return next(iter(rates)) if len(rates) == 1 else None


def of_counted(claim: Growth, inside: Facts) -> str | None:
    """The concept that the counted noun names, where the metric is who has them: `Acme cut 45,000 jobs`."""
    lexicon = metrics()
    units = [unit for unit in (claim.to_unit, claim.from_unit, claim.change_unit) if unit]
    name = lexicon.names.get(f"{units[0]}s") if units and is_name(claim, inside) else None
    if name is None or name.metric_id is None or name.use != "names":
        return None
    concept = lexicon.concepts[name.metric_id]
    if (claim.subject or "").startswith("country:"):
        concept = lexicon.concepts[concept.of_country.get(f"{units[0]}s", concept.metric_id)]
    return concept.metric_id if concept.sort == "count" else None


def of_company(
    claim: Growth, last: Growth | None, inside: Facts, evidence: Evidence, stated: Set[str]
) -> str | None:
    """The share price, if the metric is a company's name and the claim has a price or follows shares."""
    if claim.source.rule.startswith(_NOUNS):
        return None
    on_shares = MARKET & stated or (last is not None and last.metric_id in MARKET)
    if not (_is_priced(claim, evidence) or (evidence.sort is None and on_shares)):
        return None
    prepositions = metrics().words["prepositions"]  # their offer for Acme
    if not prepositions.isdisjoint((claim.metric or "").lower().split()):
        return None
    ending = [fact for fact in inside if fact.end == claim.metric_end]
    if ending:
        return SHARE_PRICE if any(is_company(fact) for fact in ending) else None
    return SHARE_PRICE if _follows_shares(claim, last) and _TITLED.search(claim.metric or "") else None


def _is_priced(claim: Growth, evidence: Evidence) -> bool:
    """The amounts of a claim are prices: by their sort, or in eighths."""
    eighths = claim.subject is not None and claim.change_unit is None
    return evidence.sort == "price" or (eighths and _EIGHTHS.fullmatch(claim.source.text) is not None)


def _follows_shares(claim: Growth, last: Growth | None) -> bool:
    """The previous claim is near, and about a share price."""
    near = last is not None and claim.source.sentence_start - last.source.sentence_end < NEAR
    return near and last is not None and last.metric_id == SHARE_PRICE


def of_sales(claim: Growth, stated: Set[str]) -> str | None:
    """The concept of bare `sales` in statistics: the only one that the article names in full."""
    words = metrics().words
    if claim.metric_id not in _SALES or _words(claim.metric) != {"sales"}:
        return None
    if claim.subject is not None and not claim.subject.startswith("country:"):
        return None
    kinds = words["of_sales"] & stated
    return next(iter(kinds)) if len(kinds) == 1 and words["of_companies"].isdisjoint(stated) else None


def is_bare_growth(claim: Growth) -> bool:
    """The metric is only `growth`, which says nothing about what grows."""
    return claim.metric_id in _GDP and _words(claim.metric) == {"growth"}


def of_growth(claim: Growth, last: Growth | None, stated: Set[str]) -> tuple[str | None, str | None]:
    """The concept of bare `growth` and its qualifier: economic growth, or that of what was told before.

    `Remittances reached $63 billion. The bank had predicted growth of 5 %` is about remittances; the rate at
    which they grow, `but growth will slow to 1.5 %`, has no concept.

    Args:
        claim: A claim on bare growth.
        last: The claim before it.
        stated: The concepts that the article's other claims name.
    """
    economic = claim.metric_id, claim.metric_qualifier
    if last is None or claim.source.sentence_start - last.source.sentence_end >= NEAR:
        return economic
    if not _GDP.isdisjoint(stated):
        return economic
    if last.metric_id is None:
        own = last.subject is not None and not last.subject.startswith("country:")
        return (None, None) if own else economic
    if metrics().concepts[last.metric_id].sort not in ("money", "count"):
        return economic
    return (last.metric_id, last.metric_qualifier) if claim.to_unit is None else (None, None)


def _words(metric: str | None) -> set[str]:
    """The words of a metric that carry meaning."""
    words = metrics().words
    idle = words["empty"] | words["statistical"] | words["times"] | {"interest"}
    return {word for word in (metric or "").lower().split() if word not in idle and word[-2:] not in _OWNER}
