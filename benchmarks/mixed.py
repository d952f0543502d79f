"""A folder of files of all formats, some of them broken, in one run: nothing is lost, and nothing differs.

    python benchmarks/mixed.py [--files 1000] [--workers 2] [--corpus corpus]

Articles made of the paragraphs of corpus/ are written in every format, packed or not; some files are broken,
or hold a broken line, row or record. The facts of each good article must be the same in whichever format it
came, and each broken file must be named among the failures. Ends with status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import io
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow
import pyarrow.parquet
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import extract
from extract import readers
from extract.articles import Article
from extract.writers.jsonl import line

COMMAND = [sys.executable, "-c", "from extract.cli import main; main()", "run", "--id", "name"]
OLDEST_PAGE = date(1995, 1, 1)  # a web page that gives an earlier day is not believed
TOGETHER = 3  # articles in a file of many


def main() -> None:
    """Write the folder, run, check and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=1000, help="how many (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes (%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="where the paragraphs come from (%(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder, "news")
        bases = articles(arguments.corpus)
        made, broken = write(news, arguments.files, bases)
        begun = perf_counter()
        command = [*COMMAND, str(news), "-o", f"{folder}/facts.jsonl", "--workers", str(arguments.workers)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        seconds = perf_counter() - begun
        wrong = differing(Path(folder, "facts.jsonl"), made, bases)
        failures = [json.loads(row)["where"] for row in lines_of(Path(folder, "facts.jsonl.failures.jsonl"))]
    paths = {str(news / name) for name in broken}
    unnamed = [path for path in paths if not any(where.startswith(path) for where in failures)]
    blamed = [where for where in failures if not where.startswith(tuple(paths))]
    print(f"{arguments.files:,} files, {len(broken):,} of them broken; {len(made):,} good articles")
    print(f"{len(failures):,} failures, {seconds:.1f} s with {arguments.workers} workers")
    for what, names in (("differ", wrong), ("are broken but not named", unnamed), ("are named", blamed)):
        if names:
            print(f"{len(names)} {what}: {', '.join(names[:5])}")
    if wrong or unnamed or blamed or done.returncode != bool(broken):
        sys.exit(done.stderr[-2000:] or 1)


def articles(corpus: str) -> list[Article]:
    """Articles of three paragraphs each, as every format can hold them."""
    items = readers.read(readers.find([corpus], ids="name"), readers.Options())
    found = []
    for item in items:
        if not isinstance(item, Article) or not item.id.endswith(".txt"):
            continue
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", item.text)]
        text = "\n".join([part for part in parts if len(part.split()) > 25][:3])
        day = item.published if item.published and item.published >= OLDEST_PAGE else date(2024, 6, 11)
        found.append(Article(id=item.id, text=text, title=f"News of {item.id}", published=day))
    return [article for article in found if article.text.count("\n") == 2]


def write(folder: Path, count: int, bases: Sequence[Article]) -> tuple[dict[str, Article], set[str]]:
    """Write so many files: the good articles by their ids, and the names of the broken files."""
    made: dict[str, Article] = {}
    broken: set[str] = set()
    supply = cycle(bases)
    for number in range(count):
        suffix, form = list(FORMS.items())[number % len(FORMS)]
        packing = "" if suffix == ".parquet" else PACKINGS[number // len(FORMS) % len(PACKINGS)]
        bad = number % 7 == 6
        name = f"{number % 10}/{number:04}{suffix}{'' if bad else packing}"
        given = list(islice(supply, 1 if suffix in SINGLE else TOGETHER))
        ids = [name] if suffix in SINGLE else [f"http://example.org/{number}/{n}" for n in range(TOGETHER)]
        content = form(ids, given)
        if bad:
            broken.add(name)
            content = damaged(suffix, content, number)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if bad else packed(content, packing))
        if not bad or suffix in ENDINGS:
            made.update(zip(ids, given, strict=True))
    return made, broken


def damaged(suffix: str, content: bytes, number: int) -> bytes:
    """The content, damaged at its end where it holds many articles, else altogether."""
    if suffix in ENDINGS:
        return content + ENDINGS[suffix]
    return (b"", b"\0\1\2\3" * 100, content[:20] + bytes(20))[number % 3]


def packed(content: bytes, packing: str) -> bytes:
    """The content as its suffix says."""
    if packing == ".gz":
        return gzip.compress(content)
    return zstandard.ZstdCompressor().compress(content) if packing else content


def _text(ids: Sequence[str], given: Sequence[Article]) -> bytes:
    (article,) = given
    return f"---\ntitle: {article.title}\ndate: {article.published}\n---\n{article.text}".encode()


def _page(article: Article) -> bytes:
    title, body = html.escape(article.title or ""), html.escape(article.text).replace("\n", "</p><p>")
    stamp = f'<meta property="article:published_time" content="{article.published}T08:00:00Z">'
    head = f'<meta charset="utf-8"><title>{title}</title>{stamp}'
    body = f"<body><article><p>{body}</p></article></body>"
    return f"<!doctype html><html><head>{head}</head>{body}</html>".encode()


def _html(ids: Sequence[str], given: Sequence[Article]) -> bytes:
    (article,) = given
    return _page(article)


def _rows(ids: Sequence[str], given: Sequence[Article]) -> list[dict[str, str]]:
    return [
        {"id": name, "date": str(article.published), "title": article.title or "", "text": article.text}
        for name, article in zip(ids, given, strict=True)
    ]


def _jsonl(ids: Sequence[str], given: Sequence[Article]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _rows(ids, given)).encode()


def _table(separator: str) -> Callable[[Sequence[str], Sequence[Article]], bytes]:
    def form(ids: Sequence[str], given: Sequence[Article]) -> bytes:
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, ["id", "date", "title", "text"], delimiter=separator)
        table.writeheader()
        table.writerows(_rows(ids, given))
        return text.getvalue().encode()

    return form


def _parquet(ids: Sequence[str], given: Sequence[Article]) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(_rows(ids, given)), stream)
    return stream.getvalue()


def _warc(ids: Sequence[str], given: Sequence[Article]) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    for name, article in zip(ids, given, strict=True):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = io.BytesIO(_page(article))
        writer.write_record(writer.create_warc_record(name, "response", payload=page, http_headers=head))
    return stream.getvalue()


FORMS: dict[str, Callable[[Sequence[str], Sequence[Article]], bytes]] = {
    ".txt": _text,
    ".md": _text,
    ".html": _html,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".parquet": _parquet,
    ".warc": _warc,
}
SINGLE = (".txt", ".md", ".html")
PACKINGS = ("", ".gz", ".zst")
ENDINGS = {  # what is broken, after articles that are not
    ".jsonl": b'{"text": "a line that is none\n',
    ".ndjson": b'["no object"]\n',
    ".csv": b'a,"a cell that never ends\n',
    ".tsv": b"one cell\n",
    ".warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\ncut off",
}


def differing(path: Path, made: dict[str, Article], bases: Sequence[Article]) -> list[str]:
    """The ids of articles whose facts are not those of the article itself; also of those not made at all."""
    nlp = extract.load()
    right = {base.id: [_without_id(line(fact)) for fact in extract.facts(nlp, base)] for base in bases}
    found: dict[str, list[Any]] = defaultdict(list)
    for row in lines_of(path):
        found[json.loads(row)["doc_id"]].append(_without_id(row))
    wrong = [name for name, article in made.items() if found.pop(name, []) != right[article.id]]
    return wrong + list(found)


def lines_of(path: Path) -> list[str]:
    """The lines of a file; none where there is no file."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _without_id(row: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(row).items() if name != "doc_id"}


if __name__ == "__main__":
    main()
