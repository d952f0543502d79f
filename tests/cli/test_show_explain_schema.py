"""`extract show`, `explain` and `schema`."""

from __future__ import annotations

import json

import pytest

from extract.records import KINDS
from extract.writers.schema import schema
from tests.cli.commands import Extract


def test_show(extract: Extract) -> None:
    result = extract("show", "news/b.md")
    assert result.exit_code == 0
    assert result.stdout.startswith("news/b.md · Prices · 2024-06-09\n\nNow it is $8.\n")
    assert "amount=8 currency=USD" in result.stdout
    missing = extract("show", "no.txt")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.startswith("error: no.txt: cannot be read")


def test_explain_prints_a_sentence_for_people_or_json_for_programs(extract: Extract) -> None:
    assert "money:" in extract("explain", "news/a.txt").stdout
    (line,) = extract("explain", "-", "--json", given=b"It cost $5.").stdout.splitlines()
    assert [fact["text"] for fact in json.loads(line)["facts"]] == ["$5"]


@pytest.mark.parametrize("arguments", [["money:1-2"], ["--at", "nowhere"], ["money:1-2", "--at", "cost"]])
def test_explain_names_what_it_cannot_do(extract: Extract, arguments: list[str]) -> None:
    result = extract("explain", "news/a.txt", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_schema(extract: Extract) -> None:
    assert json.loads(extract("schema").stdout) == schema()
    for kind in KINDS:
        assert json.loads(extract("schema", kind).stdout) == schema(kind)


def test_schema_of_metrics_lists_the_concepts_with_codes(extract: Extract) -> None:
    concepts = {row["metric_id"]: row for row in json.loads(extract("schema", "metrics").stdout)}
    assert concepts["gdp"]["world_bank"] == "NY.GDP.MKTP.CD"
    assert concepts["revenue"]["xbrl"] == "Revenues"
    assert concepts["turnout"]["world_bank"] is None
