"""The journal of a run: the facts of each article that is done, so that a killed run can go on.

It is a file beside the output, `facts.jsonl.journal`, gone when the run is complete. Its first line says how
the run was made; each other line holds the digest of an article and its facts. Lines are only ever added, so
a kill can cut off the last one at most, and that one does not count. A resumed run writes the output anew, in
the order of the articles, with the facts of the journal where the article is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, get_args, get_type_hints

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError
from extract.records import KINDS, Fact, Source
from extract.run.outcomes import Item, Outcome
from extract.writers.output import written

_DIGEST = slice(len('["'), len('["') + 32)  # of a line


class Journal:
    """What a run has done. Entered, it takes more; it is kept unless `remove` is called."""

    def __init__(self, path: str, made: Mapping[str, str | int | None], *, resume: bool = False) -> None:
        """Check that the run can go on. Nothing is written yet.

        Args:
            path: The file; without `resume` one that is there will be replaced.
            made: How the run is made: the version and whatever its facts depend on beside the articles.
            resume: Go on where the run that wrote the file ended.

        Raises:
            OptionError: the file cannot be read, or the run to resume was made in another way.
        """
        self._path, self._made, self._resume = Path(path), dict(made), resume and Path(path).exists()
        self._places: dict[bytes, int] = {}  # of lines, by the digest of the article
        if self._resume:
            with written(path), self._path.open("rb") as stream:
                header = stream.readline()
            self._resume = header.endswith(b"\n")
            if self._resume:
                self._check(header)

    def __enter__(self) -> Self:
        with written(str(self._path)):
            self._stream = self._path.open("r+b" if self._resume else "w+b")
            if self._resume:
                self._index()
            else:
                self._append([json.dumps(self._made)])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def remove(self) -> None:
        """The run is complete, and the journal closed."""
        self._path.unlink(missing_ok=True)

    def known(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the facts of each that was done before. Whether it was, only an article tells."""
        for item in items:
            if isinstance(item, Page) and self._places:
                item = _drawn(item)
            place = self._places.get(bytes.fromhex(item.digest)) if isinstance(item, Article) else None
            yield item if place is None or not isinstance(item, Article) else (item, self._read(place))

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        """Note what is newly done. An article that failed is not done: a resumed run tries it again.

        Raises:
            OptionError: the file takes no more.
        """
        done = [outcome for outcome in outcomes if not isinstance(outcome, ArticleError)]
        new = [item for item in done if bytes.fromhex(item[0].digest) not in self._places]
        with written(str(self._path)):
            self._append([_line(article, facts) for article, facts in new])

    def _check(self, header: bytes) -> None:
        """Refuse to mix the facts of runs that were made in different ways."""
        try:
            found = json.loads(header)
        except ValueError as error:
            raise OptionError(f"{self._path}: is no journal of a run; delete it") from error
        differing = sorted(k for k in found | self._made if found.get(k) != self._made.get(k))
        if differing:
            told = ", ".join(f"{key} {found.get(key)!r}, now {self._made.get(key)!r}" for key in differing)
            raise OptionError(
                f"{self._path}: the run to resume was made in another way ({told}); "
                "make it the same, or start anew without --resume"
            )

    def _index(self) -> None:
        """Find the lines, and cut off one that was not written to its end."""
        place = len(self._stream.readline())
        for line in self._stream:
            if not line.endswith(b"\n"):
                break
            self._places[bytes.fromhex(line[_DIGEST].decode())] = place
            place += len(line)
        self._stream.seek(place)
        self._stream.truncate()

    def _append(self, lines: Iterable[str]) -> None:
        self._stream.seek(0, 2)
        self._stream.write("".join(line + "\n" for line in lines).encode())
        self._stream.flush()

    def _read(self, place: int) -> list[Fact]:
        self._stream.seek(place)
        _, *rows = json.loads(self._stream.readline())
        return [_fact(*row) for row in rows]


def _drawn(page: Page) -> Article | ArticleError:
    try:
        return page.article()
    except ArticleError as error:
        return error


def _line(article: Article, facts: Iterable[Fact]) -> str:
    return json.dumps([article.digest, *map(_row, facts)], default=str)  # of decimals and dates


def _row(fact: Fact) -> tuple[str, list[Any], list[Any]]:
    source = [getattr(fact.source, field.name) for field in fields(fact.source)]
    return fact.kind, source, [getattr(fact, name) for name, _ in _fields(fact.kind)]


def _fact(kind: str, source: Sequence[Any], values: Sequence[Any]) -> Fact:
    """The fact of a row."""
    pairs = zip(_fields(kind), values, strict=True)
    own = {name: value if value is None else read(value) for (name, read), value in pairs}
    return KINDS[kind](source=Source(**dict(zip(_SOURCE, source, strict=True))), **own)


_SOURCE = tuple(field.name for field in fields(Source))


@cache
def _fields(kind: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """A kind's own fields, each with what reads its value from JSON."""
    hints = get_type_hints(KINDS[kind])
    names = (field.name for field in fields(KINDS[kind]) if field.name != "source")
    return tuple((name, _reading(hints[name])) for name in names)


def _reading(hint: Any) -> Callable[[Any], Any]:
    types = {hint, *get_args(hint)}
    return Decimal if Decimal in types else date.fromisoformat if date in types else lambda value: value
