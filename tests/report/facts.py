"""Facts of some articles, made without a pipeline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extract.articles import Article
from extract.records import Date, Entity, Fact, Growth, Money, Quantity, Source
from extract.writers import Found

HOSTILE = "</table><script>alert('1')</script><img src=x onerror=alert(1)> =1+1 \u202e`"


def _source(article: Article, quote: str, rule: str) -> Source:
    start = article.text.index(quote)
    end = article.text.index(".", start) + 1
    first = article.text.rfind("\n", 0, start) + 1
    return Source.of(article.text, (start, start + len(quote)), (first, end), doc_id=article.id, rule=rule)


def article(number: int, **known: object) -> Article:
    """An article, published a day later than the one before."""
    text = f"Acme said on Monday that exports rose {number}%.\nIt paid $5,000 for 3 tonnes."
    given = {
        "id": f"day/{number}.txt",
        "text": text,
        "title": f"Exports rise by {number}",
        "published": date(2024, 6, number),
        "source": "The Courier" if number % 2 else "Cape Monitor",
        "url": f"https://example.org/{number}",
    }
    return Article(**{**given, **known})  # type: ignore[arg-type]


def facts(of: Article, number: int, **claim: object) -> list[Fact]:
    """The facts of such an article."""
    change = f"{number}%"
    given: dict[str, object] = {
        "metric": "exports",
        "metric_id": "exports",
        "direction": "increase",
        "status": "actual",
    }
    given |= {"subject": "org:acme", "subject_name": "Acme", "metric_start": 25, "metric_end": 32}
    given |= {"change_value": Decimal(number), "change_unit": "percent", "percent_change": Decimal(number)}
    return [
        Entity(source=_source(of, "Acme", "entities.model"), label="ORG", name="Acme", entity_id="org:acme"),
        Date(source=_source(of, "Monday", "dates.weekday"), timex_type="DATE", value="2024-06-03"),
        Money(
            source=_source(of, "$5,000", "money.symbol_amount"),
            amount=Decimal("5000.50"),
            currency="USD",
            rate_date=date(2024, 6, 1),
        ),
        Quantity(source=_source(of, "3 tonnes", "quantities.measure"), amount=Decimal(3), unit="tonne"),
        Growth(source=_source(of, change, "growth.verb_size"), **{**given, **claim}),  # type: ignore[arg-type]
    ]


def found(count: int = 9) -> list[Found]:
    """Articles with their facts."""
    made = [(number, article(number)) for number in range(1, count + 1)]
    return [(one, facts(one, number)) for number, one in made]


def hostile() -> Found:
    """An article whose every text is meant to break a page."""
    one = article(10, id=HOSTILE, title=HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    wrong = {"metric": HOSTILE, "metric_id": HOSTILE, "subject_name": HOSTILE, "check": "inconsistent"}
    made = facts(one, 10, **wrong)
    name = Entity(
        source=_source(one, "Acme", "entities.model"), label="ORG", name=HOSTILE, entity_id=f"org:{HOSTILE}"
    )
    return one, [name, *made[1:]]
