"""The journal of a run: the facts of each article that is done, so that a killed run can go on.

It is a file beside the output, `facts.jsonl.journal`, gone when the run is complete. Its first line says how
the run was made; each other line holds the digest and id of an article, and its facts. Lines are only ever
added, so a kill can cut off the last one at most, and that one does not count. A resumed run writes the
output anew, in the order of the articles, with the facts of the journal where the article is the same.
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

_HEADER = 2**20  # bytes; far more than a first line has

logger = logging.getLogger(__name__)


class Journal:
    """What a run has done. It is kept until `complete` is called, unless nothing was done.

    It locks the output too: while it is entered, no other run can enter it.
    """

    def __init__(self, path: str, provenance: Provenance, *, resume: bool = False) -> None:
        """Touch nothing yet.

        Args:
            path: The file.
            provenance: How the run is made: whatever its facts depend on beside the articles.
            resume: Go on where the run that wrote the file ended; where there is no file, begin.
        """
        self._path, self._provenance, self._resume = Path(path), dict(provenance), resume
        self._places: dict[bytes, int] = {}  # of lines, by the digest of the article
        self._ids: set[int] = set()  # of these articles, hashed
        self._needed = False

    def __enter__(self) -> Self:
        """Open the file; its folder is made.

        Raises:
            OptionError: it cannot be written, another run writes it, it is of an unfinished run that is not
                to be resumed or was made in another way, or it is no journal.
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
                self._path.unlink(missing_ok=True)  # while it is locked: after that it may be another run's
        except PermissionError:  # Windows deletes no open file
            self._close()
            self._path.unlink(missing_ok=True)
        finally:
            self._close()

    def complete(self) -> None:
        """The run is complete, so nothing is left to resume."""
        self._needed = False

    def known(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the facts of each that was done before. Only an article tells whether it was."""
        for item in items:
            if isinstance(item, Page) and hash(item.id) in self._ids:
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
        self._needed = self._needed or bool(new)
        self._append([lines.line(article, facts) for article, facts in new])

    def _begin(self) -> None:
        """Take over what the file holds, or begin it."""
        self._stream.seek(0)
        header = self._stream.readline(_HEADER)
        if header.endswith(b"\n"):
            try:
                found = dict(json.loads(header))
                if "version" not in found:
                    raise ValueError
                self._index(len(header))
            except (ValueError, TypeError) as error:
                raise self._is_none() from error
            if self._places:
                check_resumed(self._path, found, self._provenance, resume=self._resume, kind="file")
        elif not json.dumps(self._provenance).encode().startswith(header):  # nor one that a kill cut off
            raise self._is_none()
        if not self._places:
            self._stream.truncate(0)
            self._append([json.dumps(self._provenance)])
        self._needed = bool(self._places)

    def _is_none(self) -> OptionError:
        return OptionError(f"{self._path}: is no journal of a run; move or delete it")

    def _index(self, place: int) -> None:
        """Find the lines from a place on, and cut off one that was not written to its end.

        What is in a line that was damaged is done again.
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
                "%s: %d damaged lines are left out; their articles are done again", self._path, damaged
            )

    def _close(self) -> None:
        with suppress(OSError):  # all is flushed already, so it could only repeat what `write` told
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
    """Keep other runs away until the stream is closed, or its process ends; where the system can.

    Raises:
        OptionError: another run has the lock.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _taken(path) from None
    except OSError:  # a file system without locks
        return


def _is_at(stream: BinaryIO, path: Path) -> bool:
    """Whether an open file still is that of the path: another run may have deleted it as it ended."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _taken(path: Path) -> OptionError:
    told = "another run is writing this output; wait for its end, or choose another output with -o"
    return OptionError(f"{path}: {told}")
