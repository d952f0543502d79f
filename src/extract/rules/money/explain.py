"""Why an amount of money has its currency: the ground, and the evidence of the article for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from extract.articles import Article
from extract.records import Fact, Money
from extract.rules.amounts import Amount
from extract.rules.money.evidence import Evidence, gather
from extract.rules.money.match import amounts
from extract.rules.money.roles import stated_role
from extract.rules.steps import Step


def explain(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Mapping[int, tuple[Step, ...]]:
    """The steps to each amount of money, by the offset at which it starts; `known` are all its facts."""
    found = {amount.start: amount for amount in amounts(doc.text)}
    evidence = gather(doc.text, list(found.values()), known, article)
    steps: dict[int, tuple[Step, ...]] = {}
    for fact in known:
        if isinstance(fact, Money):
            amount = next((found[at] for at in range(fact.start, fact.end) if at in found), None)
            steps[fact.start] = (
                Step("pattern", fact.rule, f"matches `{fact.text}`"),
                *(_currency(fact, amount, evidence) if amount else ()),
                *_role(doc.text, fact),
            )
    return steps


def _role(text: str, fact: Money) -> Iterator[Step]:
    """Why the amount has its role."""
    if fact.role is None:
        return
    pattern = stated_role(text, fact)
    if pattern and pattern[0] == fact.role:
        yield Step("role", fact.role, f"the pattern `{pattern[1]}` of money_roles.toml matches beside it")
    else:
        yield Step(
            "role", fact.role, "by the claim whose level it is, or the amount that it restates or follows"
        )


def _currency(fact: Money, amount: Amount, evidence: Evidence) -> Iterator[Step]:
    """The ground of the currency, and what else the article says."""
    unit = f"its unit is `{amount.unit}`"
    grounds = {
        "stated": f"stated: {unit}, by its own sign, code or name",
        "beside": f"beside: {unit}, which takes the currency that another amount states",
        "country": f"country: {unit}, which takes the country that the article or its source is about",
        "default": f"default: {unit}, and the article does not say whose",
        None: f"none: {unit}, which several countries have, and neither the article nor a default says whose",
    }
    yield Step("currency", fact.currency, grounds[fact.currency_source])
    if fact.currency_source == "stated":
        return
    near = ", ".join(dict.fromkeys(evidence.near(amount.start)))
    yield Step("countries near", near or None, "named before it in its line, the nearest first")
    yield Step(
        "countries", _counted(Counter(evidence.countries)), "how often the article and its source name them"
    )
    yield Step("currencies", _counted(evidence.explicit), "how often the article states them in full")
    others = (
        ("dateline", evidence.dateline, "the country that the article is sent from"),
        (
            "institutions",
            ", ".join(sorted(evidence.local_jurisdictions)),
            "the countries of courts, police or councils named by place",
        ),
        (
            "governments",
            ", ".join(sorted(evidence.governments)),
            "the countries whose governments it speaks of",
        ),
        (
            "agency",
            "yes" if evidence.international else None,
            "it writes for all the world, so a bare dollar is the US dollar",
        ),
        (
            "conversion",
            "yes" if evidence.converted else None,
            "another dollar is converted into bare dollars",
        ),
    )
    yield from (Step(about, value, why) for about, value, why in others if value)


def _counted(counter: Counter[str]) -> str | None:
    return " ".join(f"{name}:{count}" for name, count in counter.most_common(5)) or None
