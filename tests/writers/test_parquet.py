from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import OptionError
from extract.records import KINDS, Fact, columns
from extract.writers import Found, Layout, open_writer
from extract.writers.tables import Numbers, tables
from tests.samples import ARTICLE, FACTS

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

GROWTH = Layout(kinds=("growth",), keep=("title",))


def table(output: Path, kind: str) -> Any:
    return parquet.read_table(output / f"{kind}.parquet")


def test_typed_columns(tmp_path: Path) -> None:
    output = tmp_path / "facts"
    with open_writer(str(output), format="parquet") as writer:
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


def test_one_kind_is_one_file(tmp_path: Path) -> None:
    output = tmp_path / "growth.parquet"
    with open_writer(str(output), layout=GROWTH) as writer:
        writer.write([(replace(ARTICLE, title="Sales"), FACTS)])
        assert not output.exists()
    assert list(tmp_path.iterdir()) == [output]
    held = parquet.read_table(output)
    assert tuple(held.column_names) == (*columns(KINDS["growth"]), "title")
    assert held["title"].to_pylist() == ["Sales"]


@pytest.mark.parametrize("output", ["facts.parquet", "facts.parquet/", "FACTS.PARQUET"])
@pytest.mark.parametrize("kinds", [tuple(KINDS), ("money", "growth")])
def test_several_kinds_are_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, kinds: tuple[str, ...]
) -> None:
    """Readers would stack them into one table without a word."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OptionError, match=r"--kind, or write a folder with -o \w+ --format parquet"):
        open_writer(output, layout=Layout(kinds=kinds))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("numbers", ["exact", "float"])
def test_every_file_of_a_folder_opens_in_every_reader(
    tmp_path: Path, numbers: Numbers, found: list[Found]
) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    duckdb, dataset = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow.dataset")
    layout = Layout(numbers=numbers, keep=("section",))
    with open_writer(str(tmp_path), format="parquet", layout=layout) as writer:
        writer.write(found)
    for name, made in tables(layout).items():
        path, wanted = str(tmp_path / f"{name}.parquet"), [column.name for column in made]
        count = sum(name == "articles" or fact.kind == name for _, facts in found for fact in facts)
        count = len(found) if name == "articles" else count
        frame = pandas.read_parquet(path)
        assert (list(frame.columns), len(frame)) == (wanted, count)
        lazy = polars.read_parquet(path)
        assert (lazy.columns, lazy.height) == (wanted, count)
        relation = duckdb.sql(f"SELECT * FROM '{path}'")
        assert (relation.columns, len(relation.fetchall())) == (wanted, count)
        opened = dataset.dataset(path)
        assert (opened.schema.names, opened.count_rows()) == (wanted, count)


def test_floats_can_be_computed_with(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    output = tmp_path / "money.parquet"
    amounts = [Decimal("2.5"), Decimal("1E+30"), Decimal(7)]
    facts: list[Fact] = [replace(FACTS[2], amount=amount) for amount in amounts]  # type: ignore[call-arg]
    with open_writer(str(output), layout=Layout(kinds=("money",), numbers="float")) as writer:
        writer.write([(ARTICLE, facts)])
    frame = pandas.read_parquet(output)
    assert str(frame["amount"].dtype) == "float64"
    assert frame.nlargest(2, "amount")["amount"].tolist() == [1e30, 7.0]  # decimals are objects, and fail


def test_long_texts_make_row_groups_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.writers.parquet.LETTERS", 3 * len(ARTICLE.text))
    with open_writer(str(tmp_path), format="parquet") as writer:
        for n in range(7):
            writer.write([(replace(ARTICLE, id=str(n)), [])])
    assert parquet.ParquetFile(tmp_path / "articles.parquet").num_row_groups == 3
    assert table(tmp_path, "articles")["text"].to_pylist() == [ARTICLE.text] * 7


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    for output, layout in ((tmp_path / "facts", Layout()), (tmp_path / "growth.parquet", GROWTH)):
        with open_writer(str(output), format="parquet", layout=layout) as writer:
            writer.write([(ARTICLE, FACTS)])
        with pytest.raises(KeyError), open_writer(str(output), format="parquet", layout=layout):
            raise KeyError
        held = output / "growth.parquet" if output.is_dir() else output
        assert parquet.read_table(held).num_rows == 1
        assert not list(output.parent.rglob(".*"))


def test_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match="name a folder with -o FOLDER"):
        open_writer(format="parquet")
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.parquet").mkdir()
    for name in ("file", "folder.parquet", "file/growth.parquet"):
        with pytest.raises(OptionError, match="cannot be written"):
            open_writer(str(tmp_path / name), format="parquet", layout=GROWTH)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OptionError, match=r"parquet needs pyarrow; pip install pyarrow$"):
        open_writer("x.parquet", layout=GROWTH)
