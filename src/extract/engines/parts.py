"""The parts of a run on a cluster: they go to workers and come back as Parquet.

This process reads the articles and writes the results; workers need no access to either folder. If a worker
dies, its part is tried again. A part whose workers die repeatedly is halved until the article is found.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import extract
from extract.articles import Article, Page
from extract.engines.extraction import Extraction
from extract.errors import ArticleError, OptionError
from extract.run import Summary, run
from extract.run.outcomes import Item, Pending, Results, Work
from extract.run.provenance import digest as digest_of
from extract.writers.parquet import ParquetWriter
from extract.writers.tables import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker needs besides the articles.

    Attributes:
        extraction: The options of the extraction.
        layout: The layout of the output.
        package: The digest of this program; workers must have the same.
    """

    extraction: Extraction
    layout: Layout
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """The result of a part: its tables as Parquet files by name, and its summary."""

    files: Mapping[str, bytes]
    summary: Summary


def extract_part(job: Job, items: list[Item]) -> PartResult:
    """Extract the facts of a part: the function that workers run.

    Raises:
        OptionError: this machine has another version of the program.
        ExtractError: the pipeline cannot be loaded.
    """
    own = _package()
    if own != job.package:
        versions = f"version {extract.__version__} ({own}), the run {job.package}"
        raise OptionError(
            f"a worker has another version of extract: {versions}; install the same on every machine"
        )
    return _extract_to_parquet(job.extraction.work, items, job.layout)


@cache
def _package() -> str:
    return digest_of(Path(extract.__file__).parent)


def _extract_to_parquet(work: Work, items: list[Item], layout: Layout) -> PartResult:
    with TemporaryDirectory() as folder:
        with ParquetWriter(folder, layout) as writer:
            summary = run(work, items, writer)
        if summary.stopped_by:
            raise KeyboardInterrupt
        files = {path.stem: path.read_bytes() for path in Path(folder).glob("*.parquet")}
    return PartResult(files=files, summary=summary)


class WorkerDied(Exception):  # noqa: N818 (no error: fewer articles are tried)
    """The worker of some articles died, at every try."""


class Cluster(Protocol):
    """The interface of a cluster."""

    def width(self) -> int:
        """How many submissions may be in progress."""
        ...

    def submit(self, items: list[Item], /) -> object:
        """Start the extraction of articles; returns a ticket for `result`."""
        ...

    def next(self, tickets: Sequence[object], /) -> object:
        """Wait for one of the tickets to be done, and return it."""
        ...

    def result(self, ticket: object, /) -> PartResult:
        """The result of a ticket that is done. Raises `WorkerDied` if its workers died."""
        ...


@dataclass(slots=True)
class _Part:
    """A part in progress, whole or split; the place of a piece is such as (0, 1)."""

    number: int
    digest: str
    open: int = 1
    pieces: dict[tuple[int, ...], PartResult] = field(default_factory=dict)

    def done(self) -> PartResult:
        """The result of all pieces, in the order of the articles."""
        pieces = [piece for _, piece in sorted(self.pieces.items())]
        return pieces[0] if len(pieces) == 1 else _joined(pieces)


@dataclass(slots=True)
class _Piece:
    part: _Part
    place: tuple[int, ...]
    items: list[Item]


class Parts:
    """The parts of a run that are in progress on a cluster."""

    def __init__(self, cluster: Cluster, layout: Layout) -> None:
        """Start without parts."""
        self._cluster, self._layout = cluster, layout
        self._pieces: dict[object, _Piece] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def full(self) -> bool:
        """Whether the cluster has enough work."""
        return len(self._pieces) >= self._cluster.width()

    def add(self, number: int, digest: str, items: list[Item]) -> None:
        """Start a part."""
        self._submit(_Piece(_Part(number, digest), (), items))

    def take(self) -> Iterator[tuple[int, str, PartResult]]:
        """Wait for the next result; yields a part when all of it is done."""
        ticket = self._cluster.next(list(self._pieces))
        piece = self._pieces.pop(ticket)
        part = piece.part
        try:
            part.pieces[piece.place] = self._cluster.result(ticket)
            part.open -= 1
        except WorkerDied as lost:
            self._split(piece, lost)
        if not part.open:
            yield part.number, part.digest, part.done()

    def _submit(self, piece: _Piece) -> None:
        self._pieces[self._cluster.submit(piece.items)] = piece

    def _split(self, piece: _Piece, lost: WorkerDied) -> None:
        """Split a piece whose workers died; a single article fails."""
        pending = [n for n, item in enumerate(piece.items) if isinstance(item, Pending)]
        if len(pending) <= 1:
            reason, remedy = (
                f"its worker died at each try ({lost})",
                "split the article, or give workers more memory",
            )
            resolved: list[Item] = [
                ArticleError(item.id, reason, remedy) if isinstance(item, Pending) else item
                for item in piece.items
            ]
            piece.part.pieces[piece.place] = _extract_to_parquet(_pass_through, resolved, self._layout)
            piece.part.open -= 1
            return
        half = pending[len(pending) // 2]
        piece.part.open += 1
        for n, items in enumerate((piece.items[:half], piece.items[half:])):
            self._submit(_Piece(piece.part, (*piece.place, n), items))


def digest(items: Iterable[Item]) -> str:
    """A digest of the articles of a part with their content."""
    state = blake2b(digest_size=16)
    for item in items:
        if isinstance(item, Article):
            identity: object = (item.digest, item.kept)
        elif isinstance(item, Page):
            identity = (item.id, blake2b(item.data).hexdigest(), pickle.dumps(item.draw))
        else:
            identity = str(item)
        state.update(repr(identity).encode())
    return state.hexdigest()


def _joined(pieces: Sequence[PartResult]) -> PartResult:
    """Join the results of pieces."""
    from pyarrow import concat_tables
    from pyarrow.parquet import read_table, write_table

    files, summary = {}, Summary()
    for piece in pieces:
        add(summary, piece.summary)
    for name in pieces[0].files:
        buffer = BytesIO()
        write_table(concat_tables([read_table(BytesIO(piece.files[name])) for piece in pieces]), buffer)
        files[name] = buffer.getvalue()
    return PartResult(files=files, summary=summary)


def add(summary: Summary, other: Summary) -> None:
    """Add the counts of another summary."""
    summary.articles += other.articles
    summary.words += other.words
    summary.facts.update(other.facts)
    summary.failures += other.failures


def _pass_through(batches: Iterable[list[Item]]) -> Results:
    """Work that passes outcomes through."""
    for batch in batches:
        yield [item for item in batch if not isinstance(item, Pending)]
