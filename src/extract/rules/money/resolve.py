"""Whose dollar, peso or shilling it is, by what the article says, and what says so.

>>> resolve_currency("shilling", Evidence(mentions=[(4, "UG")]), at=30)
('UGX', 'country')
>>> resolve_currency("EUR", Evidence(), at=0)
('EUR', 'stated')
>>> resolve_currency("dollar", Evidence(), at=0), resolve_currency("dinar", Evidence(), at=0)
(('USD', 'default'), (None, None))
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from extract import lexicons
from extract.records import CurrencySource
from extract.rules.money.currencies import default_of, nouns_of
from extract.rules.money.dollars import Resolved, resolve_dollar
from extract.rules.money.evidence import Evidence

_LEXICON = lexicons.load("currencies")
_DEFAULT: dict[str, str] = _LEXICON["default"]
_GONE = frozenset(_LEXICON["gone"]["nouns"])


def resolve_currency(unit: str, evidence: Evidence, *, at: int) -> Resolved | tuple[None, None]:
    """The ISO 4217 code of a unit that is at an offset of an article, and the ground for it.

    A code is returned as it is. A noun takes the country named most, or last, before it in its line, the
    currency that the article names in full, the country it is sent from, or the country it names most; the
    dollar needs more, as it is the world's. None when neither the article nor a default decides it.
    """
    if unit.isupper():
        return unit, "stated"
    if unit in ("dollar", "cent"):
        return resolve_dollar(unit, evidence, at)
    near = evidence.by_country(unit, evidence.near(at))
    return (near.most_common(1)[0][0], "country") if near else _anywhere(unit, evidence)


@lru_cache(maxsize=32)
def _anywhere(unit: str, evidence: Evidence) -> Resolved | tuple[None, None]:
    """What the whole article says of a unit."""
    grounds: tuple[tuple[CurrencySource, Counter[str]], ...] = (
        ("beside", Counter({code: n for code, n in evidence.explicit.items() if unit in nouns_of(code)})),
        ("country", evidence.by_country(unit, evidence.home())),
        ("country", evidence.by_country(unit, evidence.countries)),
        ("country", evidence.by_country(unit, evidence.countries, past=True) if unit in _GONE else Counter()),
    )
    for ground, named in grounds:
        if named:
            return named.most_common(1)[0][0], ground
    default = default_of(unit) or _DEFAULT.get(unit)
    return (default, "default") if default else (None, None)
