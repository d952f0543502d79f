"""The journal of a run: the facts of each article that is done, so that an interrupted run can be resumed.

It is a file next to the output, `facts.jsonl.journal`, which is deleted when the run is complete. Its first
line is the provenance of the run; each other line has the digest and id of an article, and its facts. Lines
are only appended, so a kill truncates at most the last one, which is then ignored. A resumed run writes the
output again, in the order of the articles, and takes the facts of unchanged articles from the journal.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError
from extract.records import Fact
from extract.run import lines
from extract.run.outcomes import Item, Outcome
from extract.run.provenance import Provenance, check_resumed
from extract.writers.output import written

_HEADER = 2**20  # bytes; much more than the first line has

logger = logging.getLogger(__name__)


class Journal:
    """The journal of a run. The file remains until `complete` is called, unless it has no articles.

    It also locks the output: while it is open, no other run can open it.
    """

    def __init__(self, path: str, provenance: Provenance, *, resume: bool = False) -> None:
        """Set the options; the file is opened by `__enter__`.

        Args:
            path: The file.
            provenance: Everything besides the articles on which the facts depend.
            resume: Continue the run that wrote the file, if there is one.
        """
        self._path, self._provenance, self._resume = Path(path), dict(provenance), resume
        self._places: dict[bytes, int] = {}  # offset of the line, by the digest of the article
        self._ids: set[int] = set()  # hashes of the ids of these articles
        self._needed = False

    def __enter__(self) -> Self:
        """Open the file, and create its folder.

        Raises:
            OptionError: it cannot be written, is in use by another run, belongs to an unfinished run that is
                not resumed or has another provenance, or is not a journal.
        """
        with written(str(self._path)):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("a+b")
        try:
            lock(self._stream, self._path)
            if not _is_at(self._stream, self._path):
                raise _taken(self._path)
            self._begin()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self._needed:
                self._path.unlink(missing_ok=True)  # while it is locked, as another run may own it afterwards
        except PermissionError:  # Windows cannot delete an open file
            self._close()
            self._path.unlink(missing_ok=True)
        finally:
            self._close()

    def complete(self) -> None:
        """Mark the run as complete, so that the file is deleted on exit."""
        self._needed = False

    def known(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; an article that is in the journal comes with its facts, as an outcome."""
        for item in items:
            if isinstance(item, Page) and hash(item.id) in self._ids:
                item = _drawn(item)
            place = self._places.get(bytes.fromhex(item.digest)) if isinstance(item, Article) else None
            yield item if place is None or not isinstance(item, Article) else (item, self._read(place))

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        """Append the articles that are newly done. Failed articles are not: a resumed run tries them again.

        Raises:
            OptionError: the file cannot be written.
        """
        done = [outcome for outcome in outcomes if not isinstance(outcome, ArticleError)]
        new = [item for item in done if bytes.fromhex(item[0].digest) not in self._places]
        self._needed = self._needed or bool(new)
        self._append([lines.line(article, facts) for article, facts in new])

    def _begin(self) -> None:
        """Load an existing journal, or write the first line of a new one."""
        self._stream.seek(0)
        header = self._stream.readline(_HEADER)
        if header.endswith(b"\n"):
            try:
                found = dict(json.loads(header))
                if "version" not in found:
                    raise ValueError
                self._index(len(header))
            except (ValueError, TypeError) as error:
                raise self._not_a_journal() from error
            if self._places:
                check_resumed(self._path, found, self._provenance, resume=self._resume, kind="file")
        elif (
            not json.dumps(self._provenance).encode().startswith(header)
        ):  # not a truncated first line either
            raise self._not_a_journal()
        if not self._places:
            self._stream.truncate(0)
            self._append([json.dumps(self._provenance)])
        self._needed = bool(self._places)

    def _not_a_journal(self) -> OptionError:
        return OptionError(f"{self._path}: is not a journal of extract; move or delete it")

    def _index(self, place: int) -> None:
        """Index the lines from an offset on, and truncate an incomplete last line.

        Articles whose line is damaged are processed again.
        """
        damaged = 0
        for line in self._stream:
            if not line.endswith(b"\n"):
                self._stream.truncate(place)
                break
            try:
                digest, doc_id = lines.key(line)
                self._places[digest] = place
                self._ids.add(hash(doc_id))
            except ValueError:
                damaged += 1
            place += len(line)
        if damaged:
            logger.warning(
                "%s: %d damaged lines ignored; their articles are processed again", self._path, damaged
            )

    def _close(self) -> None:
        with suppress(OSError):  # everything is flushed; an error here repeats that of `write`
            self._stream.close()

    def _append(self, added: Iterable[str]) -> None:
        with written(str(self._path)):
            self._stream.write("".join(line + "\n" for line in added).encode())
            self._stream.flush()

    def _read(self, place: int) -> list[Fact]:
        self._stream.seek(place)
        return lines.facts(self._stream.readline())


def _drawn(page: Page) -> Article | ArticleError:
    try:
        return page.article()
    except ArticleError as error:
        return error


def lock(stream: BinaryIO, path: Path) -> None:
    """Lock a file until the stream is closed or the process ends, if the system supports it.

    Raises:
        OptionError: another run holds the lock.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _taken(path) from None
    except OSError:  # the file system has no locks
        return


def _is_at(stream: BinaryIO, path: Path) -> bool:
    """Whether an open file is still the one at the path: another run may have deleted it on exit."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _taken(path: Path) -> OptionError:
    remedy = "wait until it ends, or choose another output with -o"
    return OptionError(f"{path}: another run is writing this output; {remedy}")
