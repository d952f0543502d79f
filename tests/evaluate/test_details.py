"""Errors as plain data: their sentences, values side by side, what changed between two systems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from extract.articles import Article
from extract.evaluate import changes, details
from extract.records import Fact
from tests.evaluate.build import fact

TEXT = "It rained. Acme sold shares for $3 million and bonds for $4 million. Bo sold none in 2024."
ARTICLE = Article(id="a.txt", text=TEXT)
SENTENCE = (11, 68)


def at(kind: str, quote: str, *, sentence: tuple[int, int] = (0, 0), **values: Any) -> Fact:
    start = TEXT.index(quote)
    made = fact(kind, start, start + len(quote), text=quote, **values)
    return replace(made, source=replace(made.source, sentence_start=sentence[0], sentence_end=sentence[1]))


GOLD = [
    at("entity", "Acme"),
    at("money", "$3 million", amount=Decimal(3000000)),
    at("money", "$4 million", amount=Decimal(4000000), modifier="approx"),
]
FOUND = [
    at("money", "$3 million", amount=Decimal(3000000), sentence=SENTENCE),
    at("money", "$4 million", amount=Decimal(4), per="year", sentence=SENTENCE),
    at("entity", "Bo", label="PERSON", name="Bo"),
]


def test_each_error_is_told_with_its_sentence_and_both_sides() -> None:
    missed, false, wrong = details(GOLD, FOUND, [ARTICLE])["cases"]
    assert [case["outcome"] for case in (missed, false, wrong)] == ["missed", "false", "wrong"]
    assert (wrong["offset"], wrong["sentence"]) == (11, TEXT[11:68])
    assert {side: wrong["sentence"][start:end] for side, start, end in wrong["spans"]} == {
        "gold": "$4 million",
        "found": "$4 million",
    }
    assert wrong["fields"] == [
        {"name": "text", "gold": "$4 million", "found": ["$4 million"], "differ": [False]},
        {"name": "amount", "gold": "4000000", "found": ["4"], "differ": [True]},
        {"name": "currency", "gold": "USD", "found": ["USD"], "differ": [False]},
        {"name": "modifier", "gold": "approx", "found": [""], "differ": [True]},
        {"name": "per", "gold": "", "found": ["year"], "differ": [True]},
    ]
    assert "amount" in wrong["rows"] and not missed["rows"]
    assert (missed["rule"], wrong["rule"]) == ("", "test.rule")
    assert [field["found"] for field in missed["fields"]] == [[""]] * 3


def test_where_no_sentence_is_known_there_is_some_text_around() -> None:
    long = Article(id="a.txt", text="x" * 500 + "Acme" + "y" * 500)
    (case,) = details([fact("entity", 500, 504, text="Acme")], [], [long])["cases"]
    assert case["sentence"] == "x" * 200 + "Acme" + "y" * 200


def test_counts_of_rules_and_fields() -> None:
    told = details(GOLD, FOUND, [ARTICLE])
    assert told["rules"] == [
        {
            "kind": "entity",
            "rule": "test.rule",
            "found": 1,
            "right": 0,
            "wrong": 0,
            "false": 1,
            "interval": None,
        },
        {
            "kind": "money",
            "rule": "test.rule",
            "found": 2,
            "right": 1,
            "wrong": 1,
            "false": 0,
            "interval": None,
        },
    ]
    fields = {
        one["field"]: [one[name] for name in ("agrees", "differs", "absent", "extra")]
        for one in told["fields"]
    }
    assert fields == {
        "amount": [1, 1, 0, 0],
        "currency": [2, 0, 0, 0],
        "modifier": [0, 0, 1, 0],
        "per": [0, 0, 0, 1],
    }


def test_days_that_the_gold_leaves_open_are_no_difference() -> None:
    found = at("date", "2024", value="2023", date_start=date(2024, 1, 1), date_end=date(2024, 12, 31))
    (case,) = details([at("date", "2024")], [found], [ARTICLE])["cases"]
    assert [field["name"] for field in case["fields"] if any(field["differ"])] == ["value"]


def test_what_changed_between_two_systems() -> None:
    better = [GOLD[0], FOUND[0], at("money", "$4 million", per="year")]
    cases = changes(GOLD, FOUND, better, [ARTICLE])
    assert [(case["kind"], case["change"], case["outcomes"]) for case in cases] == [
        ("entity", "fixed", ["missed", "right"]),
        ("entity", "fixed", ["false", "right"]),
        ("money", "changed", ["wrong", "wrong"]),
    ]
    amount = next(field for field in cases[2]["fields"] if field["name"] == "amount")
    assert amount == {"name": "amount", "gold": "4000000", "found": ["4", "5"], "differ": [True, True]}
    assert [side for side, _, _ in cases[2]["spans"]] == ["gold", "a", "b"]
    assert [case["change"] for case in changes(GOLD, better, FOUND, [ARTICLE])] == [
        "broken",
        "broken",
        "changed",
    ]
    assert changes(GOLD, FOUND, FOUND, [ARTICLE]) == []
