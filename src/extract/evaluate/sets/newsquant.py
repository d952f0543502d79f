"""NewsQuant (Almasian et al. 2023): sentences with their quantities, but without offsets.

Facts are therefore scored by value. A money fact is right if a quantity of the sentence has its amount (and
currency); a range may be found as two facts, one for each end. A claim of change is right if it states the
number and direction of a quantity; one claim may cover several quantities.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.scores import Figures, Score, summed
from extract.evaluate.sets.base import AnnotatedSet, Span
from extract.evaluate.sets.units import money_of
from extract.records import Fact, Growth, Money

_SIGNS = {"up": "increase", "down": "decrease"}
_CLOSE, _SMALL = Decimal("1E-5"), Decimal("1E-8")  # tolerances, as the numbers of the set are rounded
_UNITS = ("percent", "percentage_point", "basis_point", "factor")

Ends = tuple[Decimal, Decimal | None]  # both ends of a range, or a number and None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a sentence.

    `change` is `up`, `down` or another mark of the set; `concepts` are the words for what is measured.
    """

    ends: Ends
    unit: str
    change: str
    concepts: str


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The sentences of a file, named `stem-number` from 0; each span is the whole sentence."""
    try:
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            text = row["text"]
            spans = [Span(0, len(text), "QUANTITY", {"of": _quantity(q)}) for q in row["quantities"]]
            yield Article(id=f"{path.stem}-{number}", text=text), spans
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise GoldError(f"{path}: holds no sentences of NewsQuant ({error!r})") from error


def _quantity(entry: Mapping[str, str]) -> Quantity:
    text = entry["value"].strip()
    is_range = "-" in text and not text.startswith("-") and "E" not in text
    low, _, high = text.partition("-") if is_range else (text, "", "")
    ends = Decimal(low), Decimal(high) if high else None
    concepts = entry.get("referred_concepts") or ""
    return Quantity(ends, entry["normalized_unit"], entry.get("change") or "", concepts)


@dataclass(frozen=True, slots=True)
class NewsQuant(AnnotatedSet):
    """The sentences, with `quantities` by sentence id."""

    quantities: Mapping[str, Sequence[Quantity]] = field(default_factory=dict)

    @classmethod
    def of(cls, annotated: Iterable[tuple[Article, Iterable[Span]]]) -> NewsQuant:
        """Make a set of sentences."""
        pairs = list(annotated)
        quantities = {article.id: [span.values["of"] for span in spans] for article, spans in pairs}
        nothing = Gold((), {article.id: Coverage({}) for article, _ in pairs})
        return cls(tuple(article for article, _ in pairs), nothing, quantities=quantities)

    def figures(self, found: Iterable[Fact]) -> Figures:
        """Score facts on money and change."""
        facts: dict[str, list[Fact]] = {name: [] for name in self.quantities}
        for fact in found:
            facts.setdefault(fact.doc_id, []).append(fact)
        articles = {name: _scores(self.quantities[name], facts[name]) for name in sorted(self.quantities)}
        return Figures(summed(articles.values()), {}, articles)


def _scores(quantities: Sequence[Quantity], facts: Iterable[Fact]) -> tuple[Score, ...]:
    """The scores of one sentence."""
    facts = list(facts)
    in_money = [quantity for quantity in quantities if money_of(quantity.unit)]
    changing = [quantity for quantity in quantities if quantity.change in _SIGNS]
    made = [
        *_of_money(in_money, [fact for fact in facts if isinstance(fact, Money)]),
        *_of_change(changing, [fact for fact in facts if isinstance(fact, Growth) and _tells(fact)]),
    ]
    return tuple(score for score in made if score.gold or score.found)


def _tells(claim: Growth) -> bool:
    """Whether a claim has a direction (increase or decrease) and a number."""
    return claim.direction in _SIGNS.values() and any(_stated(claim))


def _of_money(gold: Sequence[Quantity], found: Sequence[Money]) -> Iterator[Score]:
    for row in ("amount", "amount+currency"):
        right, answered = _matched(gold, found, with_currency=row == "amount+currency")
        yield Score("money", row, len(right), len(gold), len(found), len(answered))


def _matched(
    gold: Sequence[Quantity], found: Sequence[Money], *, with_currency: bool
) -> tuple[set[int], set[int]]:
    """The indices of the facts that are right, and of the quantities that they match."""

    def in_currency(i: int, j: int) -> bool:
        codes, _ = money_of(gold[i].unit) or ((), 1)
        return not with_currency or found[j].currency in codes

    def equal(i: int, j: int) -> bool:
        _, factor = money_of(gold[i].unit) or ((), Decimal(1))
        return in_currency(i, j) and _same(gold[i].ends, factor, (found[j].amount, found[j].amount_max))

    pairs = _assigned(len(gold), len(found), equal)
    right, answered = set(pairs.values()), set(pairs)
    for i, quantity in enumerate(gold):
        low, high = quantity.ends
        if i in answered or high is None:
            continue
        _, factor = money_of(quantity.unit) or ((), Decimal(1))
        ends: list[int] = []
        for end in (low, high):
            fits = (
                j
                for j, fact in enumerate(found)
                if j not in right
                and j not in ends
                and fact.amount_max is None
                and in_currency(i, j)
                and _near(fact.amount, end * factor)
            )
            ends += list(fits)[:1]
        if len(ends) == 2:
            right.update(ends)
            answered.add(i)
    return right, answered


def _of_change(gold: Sequence[Quantity], found: Sequence[Growth]) -> Iterator[Score]:
    tests: dict[str, Callable[[Quantity, Growth, list[str | None]], bool]] = {
        "value+direction": lambda quantity, claim, units: True,
        "value+direction+unit": lambda quantity, claim, units: any(
            _class(unit) in _classes(quantity.unit) for unit in units
        ),
        "value+direction+concept": lambda quantity, claim, units: bool(
            _words(claim.metric or "") & _words(quantity.concepts)
        ),
    }
    for row, test in tests.items():
        right, answered = set(), set()
        for j, claim in enumerate(found):
            for i, quantity in enumerate(gold):
                units = [unit for ends, unit in _stated(claim) if _same_number(quantity, ends)]
                if _SIGNS[quantity.change] == claim.direction and units and test(quantity, claim, units):
                    right.add(j)
                    answered.add(i)
        yield Score("growth", row, len(right), len(gold), len(found), len(answered))


def _stated(claim: Growth) -> Iterator[tuple[Ends, str | None]]:
    """The numbers that a claim states, with their units: its size, its levels, and both levels as a range."""
    if claim.change_value is not None:
        yield (claim.change_value, claim.change_max), claim.change_unit
    if claim.from_value is not None:
        yield (claim.from_value, None), claim.from_unit
    if claim.to_value is not None:
        yield (claim.to_value, None), claim.to_unit
    if claim.from_value is not None and claim.to_value is not None:
        yield (claim.from_value, claim.to_value), claim.to_unit


def _same_number(quantity: Quantity, ends: Ends) -> bool:
    """Whether they agree, in the quantity's own unit or in the main unit of its currency."""
    money = money_of(quantity.unit)
    return any(
        _same(quantity.ends, factor, ends) for factor in {Decimal(1), money[1] if money else Decimal(1)}
    )


def _same(gold: Ends, factor: Decimal, found: Ends) -> bool:
    """Whether both ends of the ranges agree, ignoring their order and signs."""
    wanted = sorted(abs(end) * factor for end in gold if end is not None)
    ends = sorted(abs(end) for end in found if end is not None)
    return len(wanted) == len(ends) and all(map(_near, ends, wanted))


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _SMALL + _CLOSE * abs(other)


def _classes(unit: str) -> set[str]:
    """The classes of unit that a unit of the set may belong to."""
    name = unit.lower()
    if name.startswith("percentage point"):
        return {"percentage_point"}
    if name.startswith(("percentage", "%")):
        return {"percent"}
    if name in ("basis point", "count"):
        return {"basis_point" if name == "basis point" else "factor"}
    money = money_of(name)
    return set(money[0]) if money else {"noun"}


def _class(unit: str | None) -> str:
    """The class of a unit of a record: the unit itself if it is named or a currency, else `noun`."""
    return unit if unit and (unit in _UNITS or re.fullmatch(r"[A-Z]{3}", unit)) else "noun"


def _words(text: str) -> set[str]:
    """The lower-case words of a phrase, without possessives and surrounding punctuation."""
    parts = (re.sub(r"['’]s$", "", part.strip(".;:()\"“”'’")) for part in re.split(r"[,\s]+", text.lower()))
    return {part for part in parts if part and part != "-"}


def _assigned(left: int, right: int, fits: Callable[[int, int], bool]) -> dict[int, int]:
    """A maximum bipartite matching by augmenting paths: the right index by left index."""
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in range(right):
            if j not in seen and fits(i, j):
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(left):
        place(i, set())
    return {i: j for j, i in owner.items()}
