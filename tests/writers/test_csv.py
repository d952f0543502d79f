from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extract.errors import OptionError
from extract.records import KINDS, columns
from extract.writers import Layout, open_writer
from extract.writers.tables import tables
from tests.samples import ARTICLE, FACTS


def test_a_file_for_each_kind(tmp_path: Path, file_regression: FileRegressionFixture) -> None:
    folder = tmp_path / "new" / "facts"
    with open_writer(str(folder), format="csv") as writer:
        writer.write([(ARTICLE, FACTS[:3])])
        with (folder / "money.csv").open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.reader(stream))) == 2  # on disk before the writer closes
        writer.write([(ARTICLE, FACTS[3:])])
    assert {path.name for path in folder.iterdir()} == {f"{table}.csv" for table in tables()}
    content = "\n".join((folder / f"{kind}.csv").read_bytes().decode() for kind in tables())
    file_regression.check(content.encode(), extension=".csv", binary=True)


def test_cells_come_back(tmp_path: Path) -> None:
    with open_writer(f"{tmp_path}/") as writer:
        writer.write([(ARTICLE, FACTS)])
    with (tmp_path / "growth.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row) == columns(KINDS["growth"])
    assert row["text"] == "5.50%\nto"
    assert (row["change_value"], row["to_value"], row["from_value"]) == ("5.5", "0.0000001", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("-5.5%", "-5.5%"),
        ("+1,000", "+1,000"),
        ("5 = 5", "5 = 5"),
        ("'tis", "'tis"),
    ],
)
def test_formulas(tmp_path: Path, text: str, cell: str) -> None:
    fact = replace(FACTS[0], source=replace(FACTS[0].source, text=text))
    for format, shown in (("csv", cell), ("csv-exact", text)):
        with open_writer(str(tmp_path / format), format=format) as writer:
            writer.write([(replace(ARTICLE, title=text), [fact])])
        with (tmp_path / format / "entity.csv").open(encoding="utf-8", newline="") as stream:
            assert next(csv.DictReader(stream))["text"] == shown
        with (tmp_path / format / "articles.csv").open(encoding="utf-8", newline="") as stream:
            assert next(csv.DictReader(stream))["title"] == shown


def test_a_negative_amount_is_a_number(tmp_path: Path) -> None:
    fact = replace(FACTS[4], percent_change=Decimal("-5.5"))  # type: ignore[call-arg]  # a growth fact
    with open_writer(f"{tmp_path}/") as writer:
        writer.write([(ARTICLE, [fact])])
    assert ",-5.5,,unchecked," in (tmp_path / "growth.csv").read_text()


def test_a_kind_without_facts_has_its_columns(tmp_path: Path) -> None:
    with open_writer(str(tmp_path), format="csv") as writer:
        writer.write([])
    assert (tmp_path / "date.csv").read_text() == ",".join(columns(KINDS["date"])) + "\n"


def test_a_name_in_csv_names_the_files(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "facts.csv")) as writer:
        writer.write([(ARTICLE, FACTS)])
    assert {path.name for path in tmp_path.iterdir()} == {f"facts.{table}.csv" for table in tables()}


@pytest.mark.parametrize("format", ["csv", "csv-exact"])
def test_one_kind_is_one_file(
    tmp_path: Path, format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    output = tmp_path / "growth.csv"
    layout = Layout(kinds=("growth",), keep=("section",))
    for place in (str(output), None):
        with open_writer(place, format=format, layout=layout) as writer:
            writer.write([(replace(ARTICLE, kept=(("section", "Economy"),)), FACTS)])
    assert list(tmp_path.iterdir()) == [output]
    with output.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row) == (*columns(KINDS["growth"]), "section")
    assert (row["change_value"], row["section"]) == ("5.5", "Economy")
    assert capsysbinary.readouterr().out == output.read_bytes()


def test_floats(tmp_path: Path) -> None:
    layout = Layout(kinds=("growth",), numbers="float")
    with open_writer(str(tmp_path / "growth.csv"), layout=layout) as writer:
        writer.write([(ARTICLE, [replace(FACTS[4], from_value=Decimal("123456789012345678901234567890.5"))])])  # type: ignore[call-arg]
    with (tmp_path / "growth.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["change_value"], row["to_value"], row["from_value"]) == (
        "5.5",
        "1e-07",
        "1.2345678901234568e+29",
    )


def test_no_folder() -> None:
    with pytest.raises(OptionError, match="choose one with --kind, or name a folder with -o"):
        open_writer(None, format="csv")


def test_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OptionError, match=r"cannot be written \(.*\); choose another output with -o"):
        open_writer(str(tmp_path / "file"), format="csv")
