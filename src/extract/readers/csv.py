"""CSV and TSV: one article per row, its columns named by the first line and the options. Read as a stream.

id,date,title,text
a1,2024-06-09,Exports,"Exports soared, and ""how"": by 5%."
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from extract.articles import Article
from extract.errors import ArticleError
from extract.readers import outputs
from extract.readers.decode import decoded, lines
from extract.readers.fields import article_of, columns_of
from extract.readers.files import File, too_large
from extract.readers.options import LARGEST, Options

SEPARATORS = {".csv": ",", ".tsv": "\t"}

_OTHERS = ",;\t|"
_QUOTES = "quote cells with quotes or separators, and double each quote in them"
_READ_AGAIN = 8 * LARGEST  # characters of a file at most, so that its quotes never cost quadratic time

_CELLS = 500_000  # of a line, separators of texts counted too
_LONG = "a line is too long"

Row = list[str] | ArticleError


def read(file: File, options: Options) -> Iterator[Article | ArticleError]:
    """The articles of the rows, and an error that names the line for each row that is none.

    A row without an id is named by the file's id and its line: `news.csv:12`. Cells are separated by commas
    or tabs, as the suffix says, or by what else separates the column of texts from others in the first line.

    Raises:
        ArticleError: the file cannot be read, holds no row, or has no such column.
    """
    with file.open() as stream, decoded(stream, file.path, newline="") as text:
        rows = _Rows(text, file.path, SEPARATORS[file.suffix], options.max_bytes)
        header = rows.header(options.text_field)
        if outputs.is_output(header):
            outputs.warn_skipped(file.path)
            return
        wanted = columns_of(header, file.path, options)
        empty = True
        for number, row in rows:
            empty = False
            try:
                cells = _cells(row, header, f"{file.path} line {number}")
                yield article_of(
                    {name: cells[place] for name, place in wanted.items()},
                    where=f"{file.path} line {number}",
                    fallback_id=f"{file.id}:{number}",
                    options=options,
                )
            except ArticleError as error:
                yield error
        if empty:
            raise ArticleError(file.path, "has a first line of columns but no row", "remove it, or fill it")


def _cells(row: Row, header: list[str], where: str) -> list[str]:
    """The cells of a row that has as many as the header, apart from empty ones at its end."""
    if isinstance(row, ArticleError):
        raise row
    if len(row) < len(header) or any(row[len(header) :]):
        raise ArticleError(where, f"has {len(row):,} cells, but the first line has {len(header):,}", _QUOTES)
    return row


class _Rows:
    """The rows of a table, each with the number of its first line.

    The lines of a row are kept until it is whole: where its quotes are broken, the row is lost, and reading
    goes on with its second line.
    """

    def __init__(self, text: TextIO, path: str, separator: str, most: int) -> None:
        self._source, self._path, self._separator = lines(text, most, path), path, separator
        self._most = most  # code points of a line or cell
        self._row: list[str] = []  # the lines of the row under way
        self._again: deque[str] = deque()
        self._number = 0  # of the last line
        self._read_again = 0

    def header(self, column: str) -> list[str]:
        """The names of the columns; the separator becomes the one by which a column is among them."""
        given = self._separator
        for separator in dict.fromkeys((given, *_OTHERS)):
            self._separator = separator
            _, names = next(self, (0, None))
            if names is None:
                raise ArticleError(self._path, "is empty", "remove it, or fill it")
            if isinstance(names, list) and column in (found := [name.strip() for name in names]):
                return found
            self._put_back(self._row)
        self._separator = given
        _, names = next(self)
        if isinstance(names, ArticleError):
            raise names
        return [name.strip() for name in names]

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        return self

    def __next__(self) -> tuple[int, Row]:
        while True:
            self._row = []
            first = self._number + 1
            try:
                with _large_cells(self._most):
                    row = next(csv.reader(self._lines(), delimiter=self._separator, strict=True))
            except csv.Error as error:
                self._put_back(self._row[1:])
                del self._row[1:]
                return first, self._broken(f"{self._path} line {first}", str(error))
            if row:
                return first, row

    def _lines(self) -> Iterator[str]:
        while line := self._again.popleft() if self._again else next(self._source, ""):
            self._row.append(line)
            self._number += 1
            if len(line) > self._most:
                raise csv.Error(_LONG)
            if line.count(self._separator) > _CELLS:
                raise csv.Error(f"its line has more than {_CELLS:,} cells")
            yield line

    def _put_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))
        self._number -= len(lines)
        self._read_again += sum(map(len, lines))
        if self._read_again > _READ_AGAIN:
            raise ArticleError(self._path, "has too many rows with broken quotes", _QUOTES)

    def _broken(self, where: str, reason: str) -> ArticleError:
        if reason == _LONG:
            return too_large(where, self._most)
        if reason.startswith(("unexpected end", "field larger")):
            return ArticleError(where, "a quoted cell is not closed", _QUOTES)
        return ArticleError(where, f"is not a row ({reason})", _QUOTES)


@contextmanager
def _large_cells(most: int) -> Iterator[None]:
    """Let cells be as long as articles: a setting of the csv module, and so only for a moment."""
    before = csv.field_size_limit(most)
    try:
        yield
    finally:
        csv.field_size_limit(before)
