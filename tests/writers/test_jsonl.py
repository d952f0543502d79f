from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extract.errors import OptionError
from extract.records import Fact, columns
from extract.writers import open_writer
from extract.writers.jsonl import line
from extract.writers.schema import schema
from tests.samples import ARTICLE, FACTS


def test_lines(tmp_path: Path, file_regression: FileRegressionFixture) -> None:
    path = tmp_path / "facts.jsonl"
    with open_writer(str(path)) as writer:
        writer.write([(ARTICLE, FACTS[:2])])
        assert len(path.read_text().splitlines()) == 2  # on disk before the writer closes
        writer.write(iter([(ARTICLE, FACTS[2:])]))
        writer.write([])
    file_regression.check(path.read_bytes(), extension=".jsonl", binary=True)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_a_line_has_every_column_and_follows_the_schema(fact: Fact) -> None:
    record = json.loads(line(fact), parse_float=Decimal)
    assert tuple(record) == columns(type(fact))
    for kind in (fact.kind, None):
        jsonschema.validate(record, schema(kind), jsonschema.Draft202012Validator)


def test_amounts_are_exact_and_plain() -> None:
    money, growth = line(FACTS[2]), line(FACTS[4])
    assert '"amount": 1000,' in money
    assert '"change_value": 5.5,' in growth
    assert '"to_value": 0.0000001,' in growth


def test_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with open_writer() as writer:
        writer.write([(ARTICLE, FACTS[:1])])
    with open_writer("-") as writer:
        writer.write([(ARTICLE, FACTS[:1])])
    assert not sys.stdout.closed
    assert capsysbinary.readouterr().out.decode() == 2 * (line(FACTS[0]) + "\n")


@pytest.mark.parametrize("output", ["no/such/folder/facts.jsonl", "."])
def test_unwritable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OptionError, match=r"cannot be written \(.*\); choose another output with -o"):
        open_writer(output, format="jsonl")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_told() -> None:
    with open_writer("/dev/full") as writer, pytest.raises(OptionError, match="no space left"):
        writer.write([(ARTICLE, FACTS)])
