from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import OptionError
from extract.records import KINDS, Fact, columns
from extract.writers import open_writer
from extract.writers.tables import tables
from tests.samples import ARTICLE, FACTS

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def table(output: Path, kind: str) -> Any:
    return parquet.read_table(output / f"{kind}.parquet")


def test_typed_columns(tmp_path: Path) -> None:
    output = tmp_path / "facts.parquet"
    with open_writer(str(output)) as writer:
        writer.write([(ARTICLE, FACTS[:3])])
        writer.write([(ARTICLE, FACTS[3:])])
        assert not (output / "money.parquet").exists()  # never there by half
    assert {path.name for path in output.iterdir()} == {f"{table}.parquet" for table in tables()}
    for kind, cls in KINDS.items():
        assert tuple(table(output, kind).column_names) == columns(cls)
    money, day, entity = (table(output, kind) for kind in ("money", "date", "entity"))
    assert money.schema.field("amount").type == arrow.decimal128(38, 12)
    assert money["amount"].to_pylist() == [Decimal(1000)]
    assert money["currency"].to_pylist() == ["EUR"]
    assert day.schema.field("date_start").type == arrow.date32()
    assert day["date_start"].to_pylist() == [date(2024, 6, 9)]
    assert arrow.types.is_dictionary(entity.schema.field("label").type)
    assert table(output, "growth")["to_value"].to_pylist() == [Decimal("0.0000001")]


def test_an_amount_that_does_not_fit_is_null(tmp_path: Path) -> None:
    amounts = [Decimal("1E+25"), Decimal("1E+26"), Decimal(1) / 3]
    facts: list[Fact] = [replace(FACTS[2], amount=amount) for amount in amounts]  # type: ignore[call-arg]
    with open_writer(f"{tmp_path}/", format="parquet") as writer:
        writer.write([(ARTICLE, facts)])
    assert table(tmp_path, "money").column("amount").to_pylist() == [
        Decimal("1E+25"),
        None,
        Decimal("0.333333333333"),
    ]


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    output = tmp_path / "facts.parquet"
    with open_writer(str(output)) as writer:
        writer.write([(ARTICLE, FACTS)])
    with pytest.raises(KeyError), open_writer(str(output)):
        raise KeyError
    assert table(output, "money").num_rows == 1
    assert not list(output.glob(".*"))


def test_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match="name a folder with -o FOLDER"):
        open_writer(format="parquet")
    (tmp_path / "file.parquet").write_text("")
    with pytest.raises(OptionError, match="cannot be written"):
        open_writer(str(tmp_path / "file.parquet"))
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OptionError, match=r"parquet needs pyarrow; pip install pyarrow$"):
        open_writer("x.parquet")
