"""What a run reads and what it writes, kept apart.

No file that is read is written, under whatever name, and no file that something else wrote is replaced.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

from extract import readers, writers
from extract.errors import ArticleError, OptionError
from extract.readers.files import STDIN
from extract.writers import Layout
from extract.writers.tables import tables

JOURNAL = "journal"  # beside the formats of the writers
STDOUT = "standard output"

Identity = str | tuple[int, int]  # a resolved path, or a device and an inode on it


def written(
    output: str | None, *, format: str | None, layout: Layout, failures: str | None, journal: str | None
) -> dict[str, str]:
    """The files that a run to an output writes, each with its format; standard output is one, if a file.

    Raises:
        OptionError: the format is not known, or two of them are one file.
    """
    places: list[tuple[str, str]] = []
    if output is None:
        places.append((STDOUT, "jsonl"))
    else:
        name = format or writers.format_of(output)
        places += [(path, name) for path in writers.files(output, format=name, layout=layout)]
    if journal:
        places.append((journal, JOURNAL))
    if failures:
        places.append((failures, "jsonl"))
    taken: set[Identity] = set()
    for path, _ in places:
        own = _identities(path)
        if not taken.isdisjoint(own):
            raise OptionError(f"{path}: would hold two things of this run; choose another name")
        taken.update(own)
    return dict(places)


@dataclass(slots=True)
class Inputs:
    """What a run reads.

    Attributes:
        files: The files, and errors in the place of those that cannot be found.
        unread: Files of folders and globs that no reader reads.
    """

    files: list[readers.File | ArticleError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def inputs(entries: Iterable[readers.Entry], written: Mapping[str, str], metadata: str | None) -> Inputs:
    """What of the entries a run reads: neither the metadata nor what an earlier run wrote to the same output.

    Raises:
        OptionError: a file that is read would be written too.
    """
    places = {identity: path for path in written for identity in _identities(path)}
    about = set(_identities(metadata)) if metadata else set()
    for place in about & places.keys():
        raise OptionError(
            f"{metadata}: is the file of --metadata{_as(places[place], metadata)}; "
            "write to another place with -o"
        )
    found = Inputs()
    for entry in entries:
        if isinstance(entry, ArticleError):
            found.files.append(entry)
            continue
        own = set(_identities(readers.local(entry.path) or ""))
        target = next((places[place] for place in own if place in places), None)
        if target is not None and isinstance(entry, readers.File) and not _is_replaceable(entry):
            name = "standard input" if entry.path == STDIN else entry.path
            raise OptionError(
                f"{name}: is among the articles to read{_as(target, name)}; write to another place with -o"
            )
        if target is not None or own & about:
            continue
        if isinstance(entry, readers.Unread):
            found.unread.append(entry.path)
        else:
            found.files.append(entry)
    return found


def check_replaced(written: Mapping[str, str], layout: Layout) -> None:
    """Refuse to replace files that this program has not written; journals and databases see to themselves.

    Args:
        written: The files and their formats.
        layout: Its `keep` are columns that what was written may have too.

    Raises:
        OptionError: there is such a file.
    """
    columns = [{column.name for column in table} for table in tables().values()]
    for path, format in written.items():
        kept = path == STDOUT or format == JOURNAL or format in writers.DATABASES
        if kept or path.endswith(".part") or not Path(path).is_file():
            continue
        if not readers.is_written(path, format, tables=columns, keep=layout.keep):
            told = "was not written by extract, or with other columns"
            remedy = "choose another output with -o, or replace it by --overwrite"
            raise OptionError(f"{path}: {told}; {remedy}")


class Presence:
    """A log that fails when files of the output are no longer there: they may be removed as a run goes on."""

    def __init__(self, written: Iterable[str]) -> None:
        """Look at nothing yet; `written` are the files of the output."""
        self._written = tuple(written)
        self._paths: list[str] | None = None

    def write(self, outcomes: Sequence[object], /) -> None:
        """Check the files that were there at the first batch.

        Raises:
            OptionError: one is gone.
        """
        if self._paths is None:
            self._paths = [path for path in self._written if os.path.lexists(path)]
        self._check(self._paths)

    def check(self) -> None:
        """Check the files that a run leaves.

        Raises:
            OptionError: one is not there.
        """
        helpers = [ending for endings in writers.DATABASES.values() for ending in endings]
        self._check(path for path in self._written if not path.endswith((".part", *helpers)))

    def _check(self, paths: Iterable[str]) -> None:
        if gone := next((path for path in paths if not os.path.lexists(path)), None):
            told = "was removed while the run was writing to it; run it again with --resume"
            raise OptionError(f"{gone}: {told}")


def _identities(path: str | None) -> Sequence[Identity]:
    """What tells a file from others: its resolved path, and its inode where it exists. A device has none."""
    streams = {STDIN: sys.stdin, STDOUT: sys.stdout}
    if path is None:
        return ()
    found: list[Identity] = [] if path in streams else [os.path.realpath(path)]
    try:
        state = os.fstat(streams[path].fileno()) if path in streams else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # it does not exist yet, or a stream has no file
        return found
    return [*found, (state.st_dev, state.st_ino)] if S_ISREG(state.st_mode) else ()


def _as(written: str, read: str | None) -> str:
    """How a file that is read would be written, where that is by another name."""
    return "" if written == read else f", and would be written as {written}"


def _is_replaceable(file: readers.File) -> bool:
    """Whether a file is empty, or holds what an earlier run wrote."""
    place = readers.local(file.path)
    return file.path != STDIN and place is not None and readers.is_output(replace(file, path=place))
