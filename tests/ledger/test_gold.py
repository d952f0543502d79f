"""The gold of the ledger is consistent: claims quote their articles once each, references lead somewhere."""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from extract.corpus import read_articles
from extract.evaluate.texts import occurrences
from extract.ledger.score import Counts, Scores, render
from tests.documents import ROOT

FOLDER = ROOT / "gold" / "ledger"
ARTICLES = {Path(article.id).stem: article for article in read_articles(str(FOLDER / "articles"))}
GROUPS: dict[str, list[dict[str, Any]]] = tomllib.loads((FOLDER / "groups.toml").read_text(encoding="utf-8"))
STATEMENTS = {group["id"]: group for group in GROUPS["statement"]}
CLAIMS = [claim for group in GROUPS["statement"] for claim in group["claims"]]
LINKS = {
    "contradiction": {"statements", "revision"},
    "forecast": {"forecast", "outcomes", "error"},
    "different": {"statements", "reason"},
}
SAME_THING = ("owner", "metric", "period", "basis", "status")
STATUSES = {"actual", "projected", "hypothetical"}
BASES = {"year", "quarter", "month", "week", "day", "previous"}
REASONS = {
    *("period", "baseline", "owner", "region", "qualifier", "metric", "flow", "real_nominal", "adjustment"),
    *("level_growth", "status", "forecaster"),
}


def linked(kind: str) -> list[frozenset[str]]:
    """The pairs of statements that the entries of one kind name, without order."""
    pairs = [group["statements"] for group in GROUPS[kind]]
    assert all(len(pair) == 2 for pair in pairs)
    return [frozenset(pair) for pair in pairs]


def test_keys_are_known() -> None:
    assert set(GROUPS) == {"statement", *LINKS}
    for group in GROUPS["statement"]:
        assert set(group) - {"note"} == {"id", *SAME_THING, "value", "claims"}, group["id"]
        assert group["claims"], group["id"]
    for kind, keys in LINKS.items():
        assert all(set(group) | {"revision"} == keys | {"revision"} for group in GROUPS[kind]), kind
    assert all(set(claim) - {"nth"} == {"article", "text"} for claim in CLAIMS)
    assert {group["status"] for group in GROUPS["statement"]} <= STATUSES
    assert {group["basis"] for group in GROUPS["statement"]} <= BASES
    assert {group["reason"] for group in GROUPS["different"]} <= REASONS


@pytest.mark.parametrize("stem", ARTICLES)
def test_article_is_dated_sourced_and_quoted(stem: str) -> None:
    article = ARTICLES[stem]
    assert article.title
    assert article.published
    assert article.source
    assert 80 <= len(article.text.split()) <= 180
    spans = []
    for claim in (claim for claim in CLAIMS if claim["article"] == stem):
        found = list(occurrences(claim["text"], article.text))
        assert len(found) >= claim.get("nth", 1) >= 1, claim
        spans.append(found[claim.get("nth", 1) - 1])
    assert spans
    assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans)))


def test_each_claim_is_in_one_statement() -> None:
    counts = Counter((claim["article"], claim["text"], claim.get("nth", 1)) for claim in CLAIMS)
    assert not [claim for claim, count in counts.items() if count > 1]
    assert {claim["article"] for claim in CLAIMS} == set(ARTICLES)


def test_each_statement_is_listed_once() -> None:
    assert len(STATEMENTS) == len(GROUPS["statement"])


def test_references_lead_to_statements() -> None:
    used = {name for kind in ("contradiction", "different") for pair in linked(kind) for name in pair}
    used |= {name for group in GROUPS["forecast"] for name in (group["forecast"], *group["outcomes"])}
    assert used <= set(STATEMENTS)


def test_contradictions_are_about_one_thing() -> None:
    for one, other in map(sorted, linked("contradiction")):
        ours, theirs = STATEMENTS[one], STATEMENTS[other]
        assert [ours[key] for key in SAME_THING] == [theirs[key] for key in SAME_THING], (one, other)
        assert ours["value"] != theirs["value"]


def test_contradictions_are_complete() -> None:
    """Two statements on one thing that are neither linked nor set apart were forgotten."""
    known = {*linked("contradiction"), *linked("different")}
    for ours, theirs in combinations(GROUPS["statement"], 2):
        if [ours[key] for key in SAME_THING] == [theirs[key] for key in SAME_THING]:
            assert frozenset((ours["id"], theirs["id"])) in known


def test_pairs_are_linked_in_one_way() -> None:
    pairs = [*linked("contradiction"), *linked("different")]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)


def test_forecasts_come_before_their_outcomes() -> None:
    for group in GROUPS["forecast"]:
        forecast, *outcomes = (STATEMENTS[name] for name in (group["forecast"], *group["outcomes"]))
        assert forecast["status"] == "projected"
        assert all(outcome["status"] == "actual" for outcome in outcomes)
        assert all(outcome["period"] == forecast["period"] for outcome in outcomes)
        assert all(outcome["owner"] == forecast["owner"] for outcome in outcomes)
        float(group["error"])


def test_the_gold_of_single_articles_is_apart() -> None:
    """`extract evaluate` takes the files right in gold/, whose articles are in corpus/."""
    assert not {path.stem for path in (ROOT / "corpus").iterdir()} & set(ARTICLES)
    assert not (ROOT / "gold" / "groups.toml").exists()


def test_a_share_of_nothing_is_no_figure() -> None:
    nothing, half = Counts(0, 0, 0), Counts(1, 1, 0)
    assert (nothing.precision, nothing.recall, half.precision, half.recall) == (None, None, 50, 100)
    scores = Scores(half, nothing, nothing, nothing, nothing, ())
    lines = render([("as extracted", scores)]).splitlines()
    assert lines[2:4] == [
        "| as extracted | claims | 50.0 | 100.0 | 1 of 1, 1 wrong |",
        "| as extracted | pairs | – | – | 0 of 0, 0 wrong |",
    ]
