from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.evaluate import draft, load_gold, score
from extract.records import Fact
from tests.evaluate.build import fact

TEXT = """\
Ann Lee of Acme "North"
Sea said sales rose 5% to $3 million in 2024, and in 2024 costs rose US$3. Lee and Lee left; sales fell.
"""
ARTICLE = Article(id="a.txt", text=TEXT)


def at(kind: str, quote: str, nth: int = 1, **values: Any) -> Fact:
    start = -1
    for _ in range(nth):
        start = TEXT.index(quote, start + 1)
    return fact(kind, start, start + len(quote), text=quote, **values)


def drafted(*facts: Fact) -> dict[str, Any]:
    return tomllib.loads(draft(ARTICLE, facts))


LEE: dict[str, Any] = {"label": "PERSON", "name": "Ann Lee", "entity_id": "person:ann-lee"}


def test_a_draft_is_marked() -> None:
    assert drafted() == {"draft": True}


def test_mentions_of_one_name_are_one_entry() -> None:
    entity = [at("entity", "Ann Lee", **LEE), at("entity", "Lee", 2, **LEE), at("entity", "Lee", 3, **LEE)]
    assert drafted(*entity)["entity"] == [
        {"text": "Ann Lee", "label": "PERSON"},
        {"text": "Lee", "nth": [2, 3], "label": "PERSON", "name": "Ann Lee"},
    ]


def test_values_are_toml() -> None:
    made = drafted(
        at("entity", 'Acme "North"\nSea', label="ORG", name='Acme "North" Sea'),
        at("money", "$3 million", amount=Decimal("3E+6"), amount_max=Decimal("3000000.5")),
        at("date", "2024", 2, date_start=date(2024, 1, 1), date_end=date(2024, 12, 31)),
    )
    assert made["entity"] == [{"text": 'Acme "North"\nSea', "label": "ORG", "name": 'Acme "North" Sea'}]
    assert made["money"][0]["amount"] == 3_000_000
    assert made["money"][0]["amount_max"] == "3000000.5"
    assert made["date"][0] == {
        "text": "2024",
        "nth": 2,
        "type": "DATE",
        "value": "2024",
        "date_start": "2024-01-01",
        "date_end": "2024-12-31",
    }


def test_ids_are_names_and_parts_have_their_places() -> None:
    second = TEXT.rindex("sales")
    claim = at(
        "growth",
        "5%",
        metric="sales",
        metric_start=second,
        metric_end=second + 5,
        speaker="person:ann-lee",
        period="2024",
        period_value="2024",
        percent_change=Decimal(5),
        check="consistent",
    )
    (entry,) = drafted(at("entity", "Ann Lee", **LEE), at("date", "2024"), claim)["growth"]
    assert entry == {
        "text": "5%",
        "metric": "sales",
        "metric_nth": 2,
        "direction": "increase",
        "change_value": 5,
        "change_unit": "percent",
        "period": "2024",  # its value is that of the date
        "status": "actual",
        "speaker": "Ann Lee",
    }
    assert drafted(claim)["growth"][0]["period_value"] == "2024"


def test_what_gold_cannot_say_is_a_comment() -> None:
    content = draft(ARTICLE, [at("money", "$3", 2), at("money", "$3 million"), at("money", "3 million")])
    assert content.count("[[money]]") == 1
    assert f'# left out: money "$3" at {TEXT.index("$3.")}' in content
    assert f'# left out: money "3 million" at {TEXT.index("3 million")}' in content


def test_a_corrected_draft_scores_what_it_was_made_of(tmp_path: Path) -> None:
    times: dict[str, Any] = {"period": "2024", "period_value": "2023", "percent_change": Decimal(5)}
    facts = [
        at("entity", "Ann Lee", **LEE),
        at("entity", "Lee", 3, **LEE),
        at("date", "2024"),
        at("date", "2024", 2, value="2023"),
        at("growth", "5%", speaker="person:ann-lee", **times),
        at("growth", "US$3", metric="costs", change_unit=None),
    ]
    (tmp_path / "a.toml").write_text(draft(ARTICLE, facts).replace("draft = true\n", ""))
    figures = score(load_gold(tmp_path, [ARTICLE]), facts)
    assert {(s.kind, s.row) for s in figures.scores} >= {("growth", "speaker"), ("growth", "period_value")}
    assert all(s.f1 == 1 for s in figures.scores)
