"""Quantities: a number with a unit that is no money, date, duration or age.

>>> nlp = extract.load()
>>> [(s.text, s.label_) for s in nlp("86.5%, 25 basis points, 12 new turbines").spans["quantities"]]
[('86.5%', 'percent'), ('25 basis points', 'basis_point'), ('12 new turbines', 'turbine')]

The label of a span is its unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons
from extract.records import Fact, Quantity
from extract.rules import stated
from extract.rules.guard import guarded
from extract.rules.modifiers import modifier_of, per_of
from extract.rules.quantities.match import own_patterns, patterns, quantities
from extract.rules.spans import group, longest, require, sources, span_at, write
from extract.rules.sums import checked
from extract.rules.words import text_of

GROUP = "quantities"

_TAKEN = ("money", "dates")
_NAMES = "entities"


class QuantitiesComponent:
    """Writes `doc.spans["quantities"]`, clear of the money and dates that earlier components wrote."""

    def __init__(self, lexicons: Lexicons | None = None) -> None:
        """Keep the lexicons of a user's rules; None for the shipped ones."""
        self.lexicons = lexicons

    @guarded("extract_quantities")
    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        require(doc, "extract_quantities", "entities", "dates", "money")
        write(doc, GROUP, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        taken = {
            name: {i for span in group(doc, name) for i in range(span.start, span.end)} for name in _TAKEN
        }
        names = {i for span in group(doc, _NAMES) for i in range(span.start, span.end)}
        spans = []
        for found in quantities(text_of(doc)):
            span = span_at(doc, found.start, found.end, label=found.unit, rule=found.rule)
            named = found.rule == "quantities.counted_noun" and span.start in names
            where = range(span.start, span.end)
            in_date = found.number.form != "fraction" and not taken["dates"].isdisjoint(where)
            if not named and not in_date and taken["money"].isdisjoint(where):
                spans.append(span)
        return stated.kept(doc, GROUP, "unit", longest(spans))


def build_records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Quantity]:
    """The records of the spans."""
    return checked(text_of(doc), list(_records(doc, article)))


def _records(doc: Doc, article: Article) -> Iterator[Quantity]:
    text = text_of(doc)
    found = {quantity.start: quantity for quantity in quantities(text)}
    source = sources(doc, article)
    for span in group(doc, GROUP):
        if span._.fact is not None:
            low, high, unit = stated.values(span, "unit")
            yield Quantity(source=source(span), amount=low, amount_max=high, unit=unit)
            continue
        quantity = next((found[at] for at in range(span.start_char, span.end_char) if at in found), None)
        if quantity is None:
            continue
        yield Quantity(
            source=source(span),
            amount=quantity.low,
            amount_max=quantity.high,
            unit=quantity.unit,
            modifier=modifier_of(text, quantity.start, quantity.end),
            per=quantity.per or per_of(text, quantity.start, quantity.end),
        )


def _prepare() -> None:
    """Compile what a user's rules change, so that its errors come before a text is read."""
    patterns()
    own_patterns()


@Language.factory(
    "extract_quantities",
    default_config={"rules": None},
    requires=["doc.spans"],
    assigns=["doc.spans"],
)
def make_quantities(nlp: Language, name: str, rules: config.Rules) -> QuantitiesComponent:
    """The factory of the component; `rules` are a user's, as `config.of` takes them."""
    return QuantitiesComponent(config.of(rules, _prepare))
