from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
import zstandard

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import Known, Options, find, read


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def items(*paths: str, options: Options | None = None) -> list[Article | ArticleError]:
    return list(read(find(paths), options or Options()))


def test_every_format_may_be_packed() -> None:
    lines = "".join(json.dumps({"text": f"Line {n}."}) + "\n" for n in range(2))
    Path("2024-06-09.txt.gz").write_bytes(gzip.compress(b"It cost $5."))
    Path("b.jsonl.GZ").write_bytes(gzip.compress(lines.encode()))
    Path("c.pdf.gz").write_bytes(gzip.compress(b"no article"))
    known = {"b": Known(), "2024-06-09": Known(title="Prices")}
    first, *others = items(".", options=Options(metadata=known))
    assert first == Article(
        id="2024-06-09.txt.gz", text="It cost $5.", title="Prices", published=date(2024, 6, 9)
    )
    assert [item.id for item in others if isinstance(item, Article)] == ["b.jsonl.GZ:1", "b.jsonl.GZ:2"]


def test_a_damaged_file_costs_what_is_damaged() -> None:
    whole = gzip.compress("".join(json.dumps({"text": f"Line {n}."}) + "\n" for n in range(5000)).encode())
    Path("a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    Path("b.txt.gz").write_bytes(gzip.compress(b"It cost $5.")[:-9])
    Path("c.txt.gz").write_bytes(b"It cost $5, unpacked.")
    found = items("a.jsonl.gz", "b.txt.gz", "c.txt.gz")
    failed = [item for item in found if isinstance(item, ArticleError)]
    assert [error.where for error in failed][-3:] == ["a.jsonl.gz", "b.txt.gz", "c.txt.gz"]
    assert all("is damaged" in error.reason for error in failed)
    assert len(found) > 100


def test_zstandard() -> None:
    pack = zstandard.ZstdCompressor().compress
    Path("a.txt.zst").write_bytes(pack(b"It cost ") + pack(b"$5."))  # frames follow one another
    Path("b.jsonl.zst").write_bytes(b"".join(pack(b'{"text": "Line."}\n' * 5000) for _ in range(3)))
    first, *others = items(".")
    assert first == Article(id="a.txt.zst", text="It cost $5.")
    assert len(others) == 15_000
    assert all(isinstance(item, Article) for item in others)


def test_damaged_zstandard() -> None:
    lines = "".join(json.dumps({"text": f"Line {n}, {n * n % 1009}."}) + "\n" for n in range(50_000))
    whole = zstandard.ZstdCompressor().compress(lines.encode())
    Path("a.jsonl.zst").write_bytes(whole[: len(whole) // 2])
    *good, error = items("a.jsonl.zst")
    assert len(good) > 10_000
    assert str(error).startswith("a.jsonl.zst: is damaged (it ends before its end marker)")
    for content in (b"It cost $5, unpacked.", whole[:9] + b"xxxxxxxxxxxxxxx"):
        Path("b.txt.zst").write_bytes(content)
        (error,) = items("b.txt.zst")
        assert str(error).startswith("b.txt.zst: is damaged")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_what_unpacks_to_more_than_an_article(pack: Callable[[bytes], bytes]) -> None:
    name = f"a.txt.{'gz' if pack is gzip.compress else 'zst'}"
    Path(name).write_bytes(pack(bytes(17_000_000)))
    (error,) = items(".")
    assert str(error).endswith(
        "decompresses to more than 200 times its size; decompress it first, if it is trusted"
    )
    Path(name).write_bytes(pack(Random(1).randbytes(2**17)))
    (error,) = items(".", options=Options(max_bytes=2**16))
    assert "is larger than 65,536 bytes; split it into articles, or raise" in str(error)


def test_without_zstandard(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt.zst").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (error,) = items("a.txt.zst")
    assert str(error) == "a.txt.zst: .zst files need zstandard; pip install zstandard"
