"""Builds a ledger from the claims of an existing ledger and of new facts.

Everything else is derived from all claims in a fixed order, so the result does not depend on the order or
batches in which they were added. The new file replaces the old one when it is complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import extract
from extract.errors import OptionError, first_line
from extract.ledger import facts
from extract.ledger.store import attach, check_file, connect, create, quoted
from extract.ledger.words import set_words
from extract.writers.output import unwritable, written

MEMORY = "3GB"  # memory limit of DuckDB; beyond it, data is spilled to files next to the ledger
_STEPS = ("context", "keys", "values", "tellings", "order", "near", "pairs", "candidates", "near", "linkage")
_RESULTS = ("statements", "contradictions", "series")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The result of a build.

    Attributes:
        added: Number of claims added to the ledger.
        known: Number of claims of the inputs that were in the ledger already or occurred before.
        undated: Number of articles with claims but without a date of publication.
        empty: The inputs without claims.
        mentions: Number of claims in the ledger.
        statements: Number of statements into which the claims are merged.
        contradictions: Number of pairs of statements that cannot both be true.
        forecasts: Number of forecasts.
    """

    added: int
    known: int
    undated: int
    empty: tuple[str, ...]
    mentions: int
    statements: int
    contradictions: int
    forecasts: int


Progress = Callable[[str], None]


def build(
    inputs: Sequence[str],
    output: str,
    *,
    memory: str = MEMORY,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Add the growth claims of facts to a ledger; create it if it does not exist.

    Args:
        inputs: Outputs of `extract run`: files of facts, or folders of Parquet.
        output: The file of the ledger.
        memory: The memory limit of DuckDB, such as `3GB`.
        threads: Number of threads; None: one per core.
        progress: Called with the name of each step as it starts.

    Raises:
        OptionError: an input or the old ledger cannot be used, or the output cannot be written.
    """
    import duckdb

    target = Path(output)
    _check_inputs(inputs, target)
    try:
        with _part(target) as part:
            with _base(part, memory, threads) as base:
                summary = _filled(base, inputs, target, progress or (lambda step: None))
                base.execute("CHECKPOINT made")
            _keep(part, target)
    except duckdb.OutOfMemoryException as error:
        raise OptionError(f"{output}: needs more memory than {memory}; give it more with --memory") from error
    except duckdb.IOException as error:
        raise unwritable(output, first_line(error)) from error
    return summary


def _check_inputs(inputs: Sequence[str], target: Path) -> None:
    """Reject inputs that do not exist or are the output itself, with an OptionError."""
    for path in inputs:
        if not Path(path).exists():
            raise OptionError(f"{path}: does not exist; name facts that `extract run` wrote")
        if target.exists() and Path(path).samefile(target):
            raise OptionError(f"{path}: is the output too; name the facts alone, a ledger keeps what it has")


@contextmanager
def _base(part: Path, memory: str, threads: int | None) -> Iterator[Any]:
    """A connection that creates its tables in a new file. OptionError if `memory` is not a size."""
    import duckdb

    try:
        base = connect(memory_limit=memory, temp_directory=f"{part}.tmp")
    except (duckdb.ParserException, duckdb.InvalidInputException) as error:
        raise OptionError(f"{memory!r} is not a memory size; give one such as 3GB with --memory") from error
    try:
        if threads:
            base.execute(f"SET threads = {threads}")
        base.execute(f"ATTACH {quoted(str(part))} AS made")
        base.execute("USE made")
        yield base
    finally:
        base.close()


def _filled(base: Any, inputs: Sequence[str], target: Path, told: Progress) -> Summary:
    """Fill an empty ledger: copy the claims of the old one, add new ones, derive the other tables."""
    base.execute("SET preserve_insertion_order = false")
    base.execute("SET enable_progress_bar = false")
    create(base, extract.__version__)
    if target.exists():
        told("reading the ledger")
        check_file(str(target))
        attach(base, str(target), "old")
        for table in ("articles", "claims"):
            base.execute(f"INSERT INTO {table} SELECT * FROM old.{table}")
        base.execute("DETACH old")
    before = _count(base, "claims")
    seen, empty = 0, []
    for path in inputs:
        told(f"reading {path}")
        found = _read(base, path)
        seen += found
        empty += [path] * (not found)
    _tidy(base)
    set_words(base)
    derive(base, told)
    mentions = _count(base, "claims")
    return Summary(
        added=mentions - before,
        known=seen - (mentions - before),
        undated=_count(base, "articles WHERE published IS NULL AND doc_id IN (SELECT doc_id FROM claims)"),
        empty=tuple(empty),
        mentions=mentions,
        statements=_count(base, "statements"),
        contradictions=_count(base, "contradictions"),
        forecasts=_count(base, "forecasts"),
    )


def _read(base: Any, path: str) -> int:
    """Add the claims and articles of an input; returns the number of its claims."""
    with facts.source(base, path) as found:
        if found is None:
            return 0
        query = facts.claims_of(found)
        base.execute(f"INSERT INTO articles {facts.articles_of(base, found)}")
        base.execute(f"INSERT INTO claims {query} WHERE mention_id NOT IN (SELECT mention_id FROM claims)")
        return int(_count(base, f"{found.claims} WHERE kind::VARCHAR = '{facts.KIND}'"))


def _tidy(base: Any) -> None:
    """Remove duplicate claims and articles; of several values of an article, the greatest is used."""
    twice = "SELECT mention_id FROM claims GROUP BY mention_id HAVING count(*) > 1"
    base.execute(
        "DELETE FROM claims WHERE rowid IN (SELECT rowid FROM claims WHERE mention_id IN "
        f"({twice}) QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY rowid) > 1)"
    )
    base.execute(
        "CREATE TEMP TABLE known AS SELECT doc_id, max(published) AS published, max(source) AS source, "
        "max(title) AS title, max(url) AS url FROM articles GROUP BY doc_id"
    )
    base.execute("DELETE FROM articles")
    base.execute("INSERT INTO articles SELECT * FROM known")
    base.execute("DROP TABLE known")


def derive(base: Any, told: Progress) -> None:
    """Derive statements, contradictions, series and forecasts from the claims of the ledger."""
    run(base, "macros")
    for step in _STEPS:
        told(step)
        run(base, step)
    base.execute("CREATE TEMP TABLE open_pairs AS SELECT a, b FROM pairs")
    base.execute("CREATE TEMP TABLE followers (t BIGINT)")
    while _count(base, "open_pairs"):
        run(base, "round")
    for step in _RESULTS:
        told(step)
        run(base, step)


def run(base: Any, step: str) -> None:
    """Run the SQL of a file in `sql/`."""
    base.execute(files(__package__ or "").joinpath("sql", f"{step}.sql").read_text(encoding="utf-8"))


def _count(base: Any, what: str) -> int:
    return int(base.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """The temporary file in which a ledger is built, locked for this run, and removed at the end.

    Raises:
        OptionError: it cannot be written, or another run is writing it.
    """
    part = target.with_name(f".{target.name}.part")
    lock = target.with_name(f".{target.name}.lock")
    with written(str(target)):
        if target.is_dir():
            raise OptionError(
                f"{target}: is a folder; name a file with -o, such as {target / 'ledger.duckdb'}"
            )
        stream = lock.open("ab")
    try:
        with stream:
            _lock(stream, target)
            _remove(part)
            try:
                yield part
            finally:
                _remove(part)
                lock.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(str(target), error.strerror or str(error)) from error


def _lock(stream: BinaryIO, target: Path) -> None:
    """Lock the ledger against other runs, on systems with file locks.

    Raises:
        OptionError: another run has the lock.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    with suppress(OSError):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OptionError(f"{target}: another run is writing this ledger; wait for its end") from None


def _remove(part: Path) -> None:
    """Delete an unfinished ledger and its temporary files, such as those of a killed run."""
    for path in (part, part.with_name(f"{part.name}.wal")):
        path.unlink(missing_ok=True)
    folder = part.with_name(f"{part.name}.tmp")
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        folder.rmdir()


def _keep(part: Path, target: Path) -> None:
    """Replace the old ledger by the complete new one."""
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    part.replace(target)
