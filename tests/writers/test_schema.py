from __future__ import annotations

import json

import jsonschema
import pytest

from extract.errors import OptionError
from extract.records import KINDS, columns
from extract.writers.jsonl import line
from extract.writers.schema import schema
from tests.samples import FACTS


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_it_is_a_schema(kind: str | None) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_the_columns_of_the_kind(kind: str) -> None:
    assert tuple(schema(kind)["properties"]) == columns(KINDS[kind])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", None),
        ("amount", "5"),
        ("currency", 5),
        ("kind", "date"),
        ("modifier", "nearly"),
        ("more", 1),
    ],
)
def test_a_record_that_breaks_it_is_refused(column: str, value: object) -> None:
    record = json.loads(line(FACTS[2])) | {column: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema("money"), jsonschema.Draft202012Validator)


def test_unknown_kind() -> None:
    with pytest.raises(
        OptionError, match="unknown kind 'price'; choose one of entity, date, money, quantity, growth"
    ):
        schema("price")
