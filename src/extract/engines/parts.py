"""A run on a cluster: parts of the articles go to its workers and come back as Parquet, whoever does them.

This process reads the articles and writes what comes back; workers need neither folder. A worker that dies
costs its part another try. A part whose workers die again and again is halved until the article is found.
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
    """What a worker has to know beside the articles.

    Attributes:
        extraction: How facts are extracted.
        layout: What of them is written.
        package: The digest of this program; a worker has to have the same.
    """

    extraction: Extraction
    layout: Layout
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a part came to: its tables as Parquet, by their names, and its summary."""

    files: Mapping[str, bytes]
    summary: Summary


def extracted(job: Job, items: list[Item]) -> Done:
    """The facts of a part. This is what a worker does.

    Raises:
        OptionError: the program of this machine is another one than that of the run.
        ExtractError: the pipeline cannot be loaded.
    """
    own = _package()
    if own != job.package:
        versions = f"version {extract.__version__} ({own}), the run {job.package}"
        raise OptionError(
            f"a worker has another version of extract: {versions}; install the same on every machine"
        )
    return _written(job.extraction.work, items, job.layout)


@cache
def _package() -> str:
    return digest_of(Path(extract.__file__).parent)


def _written(work: Work, items: list[Item], layout: Layout) -> Done:
    with TemporaryDirectory() as folder:
        with ParquetWriter(folder, layout) as writer:
            summary = run(work, items, writer)
        if summary.stopped_by:
            raise KeyboardInterrupt
        files = {path.stem: path.read_bytes() for path in Path(folder).glob("*.parquet")}
    return Done(files=files, summary=summary)


class Lost(Exception):  # noqa: N818 (no error: it is tried again)
    """The worker of some articles has died, and those of all further tries."""


class Cluster(Protocol):
    """Where parts are done."""

    def width(self) -> int:
        """How many may be under way."""
        ...

    def submit(self, items: list[Item], /) -> object:
        """Begin with some articles; the ticket is for `result`."""
        ...

    def next(self, tickets: Sequence[object], /) -> object:
        """One of the tickets, as soon as one is done."""
        ...

    def result(self, ticket: object, /) -> Done:
        """What a ticket that is done came to. `Lost` when its workers have died."""
        ...


@dataclass(slots=True)
class _Part:
    """A part that is under way, perhaps in pieces, which have places such as (0, 1)."""

    number: int
    digest: str
    open: int = 1
    pieces: dict[tuple[int, ...], Done] = field(default_factory=dict)

    def done(self) -> Done:
        """What came of all pieces, in the order of the articles."""
        pieces = [piece for _, piece in sorted(self.pieces.items())]
        return pieces[0] if len(pieces) == 1 else _joined(pieces)


@dataclass(slots=True)
class _Piece:
    part: _Part
    place: tuple[int, ...]
    items: list[Item]


class Parts:
    """The parts of a run that are under way on a cluster."""

    def __init__(self, cluster: Cluster, layout: Layout) -> None:
        """Begin with none."""
        self._cluster, self._layout = cluster, layout
        self._pieces: dict[object, _Piece] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def full(self) -> bool:
        """The cluster has enough to do."""
        return len(self._pieces) >= self._cluster.width()

    def add(self, number: int, digest: str, items: list[Item]) -> None:
        """Begin with a part."""
        self._submit(_Piece(_Part(number, digest), (), items))

    def take(self) -> Iterator[tuple[int, str, Done]]:
        """Wait for what is done next; a part is given when all of it is."""
        ticket = self._cluster.next(list(self._pieces))
        piece = self._pieces.pop(ticket)
        part = piece.part
        try:
            part.pieces[piece.place] = self._cluster.result(ticket)
            part.open -= 1
        except Lost as lost:
            self._try_less(piece, lost)
        if not part.open:
            yield part.number, part.digest, part.done()

    def _submit(self, piece: _Piece) -> None:
        self._pieces[self._cluster.submit(piece.items)] = piece

    def _try_less(self, piece: _Piece, lost: Lost) -> None:
        """Halve what killed its workers. A single article has failed."""
        pending = [n for n, item in enumerate(piece.items) if isinstance(item, Pending)]
        if len(pending) <= 1:
            reason, remedy = (
                f"its worker died at each try ({lost})",
                "split the article, or give workers more memory",
            )
            settled: list[Item] = [
                ArticleError(item.id, reason, remedy) if isinstance(item, Pending) else item
                for item in piece.items
            ]
            piece.part.pieces[piece.place] = _written(_as_they_are, settled, self._layout)
            piece.part.open -= 1
            return
        half = pending[len(pending) // 2]
        piece.part.open += 1
        for n, items in enumerate((piece.items[:half], piece.items[half:])):
            self._submit(_Piece(piece.part, (*piece.place, n), items))


def digest(items: Iterable[Item]) -> str:
    """What tells the articles of a part from any others, and from an older state of themselves."""
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


def _joined(pieces: Sequence[Done]) -> Done:
    """Pieces of a part as one."""
    from pyarrow import concat_tables
    from pyarrow.parquet import read_table, write_table

    files, summary = {}, Summary()
    for piece in pieces:
        add(summary, piece.summary)
    for name in pieces[0].files:
        made = BytesIO()
        write_table(concat_tables([read_table(BytesIO(piece.files[name])) for piece in pieces]), made)
        files[name] = made.getvalue()
    return Done(files=files, summary=summary)


def add(summary: Summary, other: Summary) -> None:
    """Count what another summary has."""
    summary.articles += other.articles
    summary.words += other.words
    summary.facts.update(other.facts)
    summary.failures += other.failures


def _as_they_are(batches: Iterable[list[Item]]) -> Results:
    """The work of what is settled."""
    for batch in batches:
        yield [item for item in batch if not isinstance(item, Pending)]
