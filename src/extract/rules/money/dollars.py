"""Whose dollars or cents bare ones are; a dollar needs more than other money, as it is the world's."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from extract.records import CurrencySource
from extract.rules.money.currencies import default_of
from extract.rules.money.evidence import Evidence

# No score of gold changes from 2 to 5 mentions, nor from 0.4 to 0.8 of all mentions.
_OWN_DOLLAR = 3  # mentions of a country before its own dollar is thought of
_SENT_FROM = 3  # how many mentions a dateline weighs
_MOSTLY = 0.6  # the share of all mentions that a country needs
_HALF = 0.5  # the share that it needs where its dateline or government speaks too

Resolved = tuple[str, CurrencySource]


def resolve_dollar(unit: str, evidence: Evidence, at: int) -> Resolved:
    """What a bare dollar or cent at an offset is.

    1. The US dollar, where another dollar is converted into it (`HK$78 ($10)`).
    2. The dollar that the article has introduced (`US$331 billion, up from $308 billion`), unless it has used
       the bare sign before, and so distinguishes its own from the other.
    3. The dollar of the country where the article is plainly at home, else the US dollar.
    """
    if evidence.converted:
        return "USD", "default"
    stated = evidence.stated(unit)
    if unit == "cent" and _are_of_one_dollar(evidence):
        return stated[0][1], "beside"
    home = home_dollar(evidence, apart="USD" in _codes("dollar", evidence))
    before = bisect_left(stated, (at, ""))
    introduced = stated[before - 1][1] if before else None
    if introduced is not None and not _is_overruled(introduced, unit, evidence, home):
        return introduced, "beside"
    return (home, "country") if home else (default_of("dollar") or "USD", "default")


def _are_of_one_dollar(evidence: Evidence) -> bool:
    """All amounts that say whose cents they are have one dollar, not the American, and no bare dollars."""
    codes = _codes("cent", evidence)
    return len(codes) == 1 and codes != {"USD"} and not _has_open_dollars(evidence)


def _is_overruled(introduced: str, unit: str, evidence: Evidence, home: str | None) -> bool:
    """The dollar that the article has introduced is not what a bare one is: that of its home is."""
    codes = _codes(unit, evidence)
    if codes == {"USD"}:
        return home is not None and _bare_before(evidence, evidence.stated(unit)[0][0])
    if len(codes) > 1:
        return home is not None
    return home not in (None, introduced) or _is_american(introduced, evidence)


@lru_cache(maxsize=8)
def _codes(unit: str, evidence: Evidence) -> frozenset[str]:
    return frozenset(code for _, code in evidence.stated(unit))


@lru_cache(maxsize=8)
def _has_open_dollars(evidence: Evidence) -> bool:
    return any(unit == "dollar" for _, unit in evidence.amounts)


def _bare_before(evidence: Evidence, at: int) -> bool:
    return evidence.first_open_dollar is not None and evidence.first_open_dollar < at


@lru_cache(maxsize=8)
def _is_american(code: str, evidence: Evidence) -> bool:
    """The text is of an agency of the world, or names the United States as often as a dollar's countries."""
    named = evidence.by_country("dollar", evidence.countries)
    return evidence.international or named["USD"] >= max(1, named[code])


@lru_cache(maxsize=8)
def home_dollar(evidence: Evidence, *, apart: bool) -> str | None:
    """The dollar of the country where an article is plainly at home.

    Most countries that it names are this one, and it is sent from there, names it often or mentions its
    government, courts or police; or it is named most and US dollars are told `apart`. No other country that
    has dollars may be named as often.
    """
    if evidence.international:
        return None
    weights = Counter(evidence.countries)
    if evidence.dateline:
        weights[evidence.dateline] += _SENT_FROM
    weights.update(evidence.governments)
    ranks = evidence.by_country("dollar", weights.elements()).most_common(2)
    if not ranks or (len(ranks) > 1 and ranks[0][1] == ranks[1][1]):
        return None
    code, own = ranks[0]
    sent_from = [evidence.dateline] if evidence.dateline else []
    at_home = code in evidence.by_country("dollar", [*sent_from, *evidence.governments])
    has_local_news = code in evidence.by_country("dollar", evidence.local_jurisdictions)
    mostly = at_home or has_local_news or own >= _OWN_DOLLAR
    if mostly and own >= (_HALF if at_home else _MOSTLY) * weights.total():
        return code
    return code if apart and own >= _OWN_DOLLAR - 1 and own == max(weights.values()) else None
