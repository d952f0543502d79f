from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.errors import OptionError
from extract.writers import Layout, open_writer
from tests.samples import ARTICLE, FACTS

arrow = pytest.importorskip("pyarrow")


def table(data: bytes) -> Any:
    return arrow.ipc.open_stream(io.BytesIO(data)).read_all()


def test_one_stream_of_all_kinds(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with open_writer(format="arrow") as writer:
        writer.write([(ARTICLE, FACTS[:3])])
        first = capsysbinary.readouterr().out
        writer.write([])
        writer.write([(ARTICLE, FACTS[3:])])
    assert table(first).num_rows == 3  # what was written can be read before the writer closes
    facts = table(first + capsysbinary.readouterr().out)
    assert facts["kind"].to_pylist() == ["entity", "date", "money", "quantity", "growth"]
    assert facts["amount"].to_pylist() == [None, None, Decimal(1000), Decimal("3.9"), None]
    assert facts.schema.field("amount").type == arrow.decimal128(38, 12)
    assert not facts.schema.field("start").nullable
    assert facts.schema.field("direction").nullable


def test_some_kinds_with_floats_and_what_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "facts.arrow"
    layout = Layout(kinds=("money", "quantity"), keep=("section", "published"), numbers="float")
    with open_writer(str(output), layout=layout) as writer:
        writer.write([(replace(ARTICLE, kept=(("section", "Economy"),)), FACTS)])
    facts = table(output.read_bytes())
    assert facts["amount"].to_pylist() == [1000.0, 3.9]
    assert facts.schema.field("amount").type == arrow.float64()
    assert "direction" not in facts.column_names
    assert facts["section"].to_pylist() == ["Economy"] * 2
    assert facts["published"].to_pylist() == [ARTICLE.published] * 2


@pytest.mark.parametrize("name", ["facts.arrow", "facts.arrows"])
def test_a_file(tmp_path: Path, name: str) -> None:
    with open_writer(str(tmp_path / name)) as writer:
        writer.write([(ARTICLE, FACTS)])
    assert table((tmp_path / name).read_bytes()).num_rows == len(FACTS)


def test_what_breaks_off_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(KeyError), open_writer(str(tmp_path / "facts.arrow")) as writer:
        writer.write([(ARTICLE, FACTS)])
        raise KeyError
    assert table((tmp_path / "facts.arrow").read_bytes()).num_rows == len(FACTS)


def test_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(OptionError, match="pipe it to a program, or name a file with -o"):
        open_writer(format="arrow")


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OptionError, match=r"arrow needs pyarrow; pip install pyarrow$"):
        open_writer("facts.arrow")


def test_a_reader_that_goes_away() -> None:
    """A closed pipe ends the program without a traceback, as with lines."""
    code = (
        "from extract.writers import open_writer; from tests.samples import *\n"
        "with open_writer(format='arrow') as writer:\n"
        "    for _ in range(1000): writer.write([(ARTICLE, FACTS)])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert b"BrokenPipeError" in process.stderr.read()
    assert process.wait() == 1
