"""Money: explicit amounts with their currency.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_money")
>>> [(s.text, s.id_) for s in nlp("$1.762bn, RM79, 20 billion won, 85 cents").spans["money"]]
[('$1.762bn', 'money.symbol_amount'), ('RM79', 'money.symbol_amount'),
 ('20 billion won', 'money.amount_word'), ('85 cents', 'money.minor_unit')]

The named patterns, each hit by a case in `tests/cases/money*.toml`:

- money.symbol_amount: `$5`, `HK$5.4m`, `Rs 5,000 crore`, `RM79`
- money.code_amount: `USD10m`, `EUR 50m`
- money.amount_symbol: `1,200€`, `150 kn`
- money.amount_code: `110 JPY`
- money.amount_word: `20 billion won`, `half a million dollars`, `a million-dollar deal`
- money.minor_unit: `85 cents`, `five pence`, `20p`
- money.range: `$3-5 million`, `between $3 million and $5 million`
- money.part: `[280 million] of the 1.5 billion shekels`
- money.level: the bare end of a change: `from [3] to 5 million euros`

An amount is as written: a loss of $3m is 3000000, `($3 million)` too; only a minus sign makes it negative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Entity, Fact, Money
from extract.rules.amounts import Amount
from extract.rules.modifiers import modifier_of, per_of
from extract.rules.money.currencies import Evidence, settle
from extract.rules.money.match import amounts
from extract.rules.spans import group, longest, sources, span_at

GROUP = "money"

_HOME = re.compile(r"\w\.([a-z]{2})(?:[:/?#]|$)", re.IGNORECASE)  # the country in a source's address
_HOME_MENTIONS = 3  # how many mentions in the text it weighs


class MoneyComponent:
    """Writes `doc.spans["money"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        doc.spans[GROUP] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        return longest(
            span_at(doc, amount.start, amount.end, label="MONEY", rule=amount.rule)
            for amount in amounts(doc.text)
        )


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Money]:
    """The records of the spans; a bare dollar takes the country that the facts in `known` speak of."""
    text = doc.text  # built anew at each use
    found = {amount.start: amount for amount in amounts(text)}
    evidence = _evidence(text, list(found.values()), known, article)
    source = sources(doc, article)
    for span in group(doc, GROUP):
        amount = next((found[at] for at in range(span.start_char, span.end_char) if at in found), None)
        if amount is None:
            continue
        yield Money(
            source=source(span),
            amount=amount.low,
            amount_max=amount.high,
            currency=settle(amount.unit, evidence, at=amount.start),
            modifier=modifier_of(text, amount.start, amount.end),
            per=per_of(text, amount.start, amount.end, any_noun=True),
        )


def _evidence(text: str, found: list[Amount], known: tuple[Fact, ...], article: Article) -> Evidence:
    """What the article says about whose money it means."""
    home = _HOME.search(article.source or "")
    source_country = [(-1, home[1].upper())] * _HOME_MENTIONS if home else []
    mentions = sorted((f.start, f.country) for f in known if isinstance(f, Entity) and f.country)
    return Evidence(
        explicit=Counter(amount.unit for amount in found if amount.unit.isupper()),
        open=frozenset(amount.unit for amount in found if not amount.unit.isupper()),
        mentions=[*source_country, *mentions],
        lines=[0, *(match.end() for match in re.finditer("\n", text))],
        converted=any(
            _is_conversion(first, text[first.end : second.start].strip(), second)
            for first, second in pairwise(found)
        ),
        on=article.published,
    )


def _is_conversion(first: Amount, gap: str, second: Amount) -> bool:
    """An amount of another currency in bare dollars: `HK$78 ($10)`."""
    return gap == "(" and second.unit == "dollar" and first.unit not in ("dollar", "USD")


@Language.factory("extract_money")
def make_money(nlp: Language, name: str) -> MoneyComponent:
    """The factory of the component."""
    return MoneyComponent()
