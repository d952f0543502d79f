"""Money: explicit amounts with their currency.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_money")
>>> [(s.text, s.id_) for s in nlp("$1.762bn, RM79, 20 billion won, 85 cents").spans["money"]]
[('$1.762bn', 'money.symbol_amount'), ('RM79', 'money.symbol_amount'),
 ('20 billion won', 'money.amount_word'), ('85 cents', 'money.minor_unit')]

An amount is as written: a loss of $3m is 3000000, `($3 million)` too; only a minus sign makes it negative.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons
from extract.records import Fact, Money
from extract.rules import stated
from extract.rules.guard import guarded
from extract.rules.modifiers import modifier_of, per_of
from extract.rules.money.currencies import code_on
from extract.rules.money.evidence import gather
from extract.rules.money.match import amounts, own_patterns, patterns
from extract.rules.money.rates import with_shared_rates
from extract.rules.money.resolve import resolve_currency
from extract.rules.money.restated import with_restated
from extract.rules.money.roles import with_roles
from extract.rules.money.roles_of_claims import with_roles_of_claims
from extract.rules.spans import group, longest, sources, span_at, write
from extract.rules.sums import checked
from extract.rules.words import text_of

__all__ = ["GROUP", "MoneyComponent", "build_records", "make_money", "with_roles_of_claims"]

GROUP = "money"


class MoneyComponent:
    """Writes `doc.spans["money"]`."""

    def __init__(self, lexicons: Lexicons | None = None) -> None:
        """Keep the lexicons of a user's rules; None for the shipped ones."""
        self.lexicons = lexicons

    @guarded("extract_money")
    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        write(doc, GROUP, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        ours = longest(
            span_at(doc, amount.start, amount.end, label="MONEY", rule=amount.rule)
            for amount in amounts(text_of(doc))
        )
        return stated.kept(doc, GROUP, "currency", ours)


def build_records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Money]:
    """The records of the spans; a bare dollar takes the country that the facts in `known` mention."""
    found = with_shared_rates(text_of(doc), list(_records(doc, article, known)))
    return checked(text_of(doc), with_roles(text_of(doc), with_restated(text_of(doc), found)))


def _records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Money]:
    text = text_of(doc)
    found = {amount.start: amount for amount in amounts(text)}
    evidence = gather(text, list(found.values()), known, article)
    source = sources(doc, article)
    for span in group(doc, GROUP):
        if span._.fact is not None:
            low, high, code = stated.values(span, "currency")
            yield Money(
                source=source(span), amount=low, amount_max=high, currency=code, currency_source="stated"
            )
            continue
        amount = next((found[at] for at in range(span.start_char, span.end_char) if at in found), None)
        if amount is None:
            continue
        currency, ground = resolve_currency(amount.unit, evidence, at=amount.start)
        if currency and currency not in span.text:  # by a name, which the money of that day may have had too
            currency = code_on(currency, article.published)
        yield Money(
            source=source(span),
            amount=amount.low,
            amount_max=amount.high,
            currency=currency,
            currency_source="beside" if amount.beside and ground == "stated" else ground,
            modifier=modifier_of(text, amount.start, amount.end),
            per=per_of(text, amount.start, amount.end, any_noun=True),
        )


def _prepare() -> None:
    """Compile what a user's rules change, so that its errors come before a text is read."""
    patterns()
    own_patterns()


@Language.factory("extract_money", default_config={"rules": None}, assigns=["doc.spans"])
def make_money(nlp: Language, name: str, rules: config.Rules) -> MoneyComponent:
    """The factory of the component; `rules` are a user's, as `config.of` takes them."""
    return MoneyComponent(config.of(rules, _prepare))
