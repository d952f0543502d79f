"""Spark on this machine, with two workers: the rows of one process, also when a worker dies."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime
from threading import Thread
from typing import Any

import pyarrow as pa
import pytest

from extract.engines import arrow
from extract.errors import OptionError
from tests.documents import ROOT
from tests.engines.news import news
from tests.engines.processes import kill_one

sql = pytest.importorskip("pyspark.sql", reason="needs Spark: pip install '.[spark]'")

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(not shutil.which("java"), reason="needs Java: apt-get install default-jre-headless"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark with two workers, each task of which may fail twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
        builder = sql.SparkSession.builder.master("local[2, 3]")
        options = {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
        }
        for name, value in options.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def expected() -> pa.Table:
    """What one process makes of the articles."""
    return arrow.facts(pa.Table.from_pylist(news()))


def rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """All rows, in an order of their own."""
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


def frame(spark: Any) -> Any:
    data = [tuple(article.values()) for article in news()]
    return spark.createDataFrame(data, "id string, text string, title string, date string").repartition(8)


def collected(df: Any) -> pa.Table:
    return pa.Table.from_pylist([row.asDict() for row in df.collect()], schema=arrow.schema())


def test_a_data_frame_gives_the_rows_of_one_process(spark: Any, expected: pa.Table) -> None:
    from extract.engines.spark import facts

    found = facts(frame(spark))
    assert found.columns == arrow.schema().names
    assert rows(collected(found)) == rows(expected)


def test_a_data_frame_survives_the_death_of_a_worker(spark: Any, expected: pa.Table) -> None:
    from extract.engines.spark import facts

    killed: list[set[int]] = []
    killer = Thread(target=lambda: killed.append(kill_one(os.getpid(), "pyspark")))
    killer.start()
    found = collected(facts(frame(spark)))
    killer.join()
    assert killed
    assert rows(found) == rows(expected)


def test_types_failures_and_other_columns(spark: Any) -> None:
    from extract.engines.spark import facts

    data = [("a", "Sales rose 5% last year.", datetime(2024, 6, 11, 12), "p"), ("b", None, None, "p")]
    df = spark.createDataFrame(data, "url string, body string, date timestamp, paper string")
    options: dict[str, Any] = {
        "columns": {"id": "url", "text": "body"},
        "keep": ["paper"],
        "kinds": ["date", "growth"],
    }
    found = facts(df, **options, numbers="float").orderBy("doc_id", "kind").collect()
    assert [(row.doc_id, row.kind, row.paper) for row in found] == [
        ("a", "date", "p"),
        ("a", "growth", "p"),
        ("b", "failure", None),
    ]
    assert found[0].date_start == date(2023, 1, 1)
    assert found[1].change_value == 5.0
    assert found[2].reason == "the column 'body' holds no text"


def test_what_cannot_be_meant(spark: Any) -> None:
    from extract.engines.spark import facts

    df = spark.createDataFrame([("a",)], "id string")
    with pytest.raises(OptionError, match="the batch has no column 'text'"):
        facts(df)
    with pytest.raises(OptionError, match="batch_size is at least 1"):
        facts(df, batch_size=0)
