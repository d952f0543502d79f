"""The files that a run reads and the files that it writes, checked against each other.

A run never writes to a file that it reads, under any name, and never replaces a file that extract did not
write.
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

JOURNAL = "journal"  # a format that no writer has
STDOUT = "standard output"

Identity = str | tuple[int, int]  # a resolved path, or a device and an inode on it


def output_files(
    output: str | None, *, format: str | None, layout: Layout, failures: str | None, journal: str | None
) -> dict[str, str]:
    """The files that a run writes, with their formats; standard output counts if it is a file.

    Raises:
        OptionError: the format is unknown, or two of the files are the same.
    """
    outputs: list[tuple[str, str]] = []
    if output is None:
        outputs.append((STDOUT, "jsonl"))
    else:
        name = format or writers.format_of(output)
        outputs += [(path, name) for path in writers.files(output, format=name, layout=layout)]
    if journal:
        outputs.append((journal, JOURNAL))
    if failures:
        outputs.append((failures, "jsonl"))
    taken: set[Identity] = set()
    for path, _ in outputs:
        own = _identities(path)
        if not taken.isdisjoint(own):
            raise OptionError(f"{path}: is named for two outputs of this run; choose another name")
        taken.update(own)
    return dict(outputs)


@dataclass(slots=True)
class Inputs:
    """What a run reads.

    Attributes:
        files: The files, and an error for each path that was not found.
        unread: Files of folders and globs that have no reader.
    """

    files: list[readers.File | ArticleError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def select_inputs(
    entries: Iterable[readers.Entry], outputs: Mapping[str, str], metadata: str | None
) -> Inputs:
    """The entries that a run reads: all but the metadata and what an earlier run wrote to the same output.

    Args:
        entries: The files that the paths name.
        outputs: The files that the run writes, see `output_files`.
        metadata: The file of metadata.

    Raises:
        OptionError: a file is both read and written.
    """
    written = {identity: path for path in outputs for identity in _identities(path)}
    about = set(_identities(metadata))
    for identity in about & written.keys():
        raise OptionError(
            f"{metadata}: is the file of --metadata{_also_named(written[identity], metadata)}; "
            "choose another output with -o"
        )
    inputs = Inputs()
    for entry in entries:
        if isinstance(entry, ArticleError):
            inputs.files.append(entry)
            continue
        own = set(_identities(readers.local(entry.path) or ""))
        output = next((written[identity] for identity in own if identity in written), None)
        _check_not_lost(entry, output)
        if output is not None or own & about:
            continue
        if isinstance(entry, readers.Unread):
            inputs.unread.append(entry.path)
        else:
            inputs.files.append(entry)
    return inputs


def _check_not_lost(entry: readers.File | readers.Unread, output: str | None) -> None:
    """Reject a run that would write to a file with articles.

    Raises:
        OptionError: the entry is an output of the run, and not one that an earlier run wrote.
    """
    if output is None or not isinstance(entry, readers.File) or _is_replaceable(entry):
        return
    name = "standard input" if entry.path == STDIN else entry.path
    raise OptionError(
        f"{name}: is among the articles to read{_also_named(output, name)}; choose another output with -o"
    )


def check_replaceable(outputs: Mapping[str, str], layout: Layout) -> None:
    """Refuse to replace files that extract did not write; journals and databases check that themselves.

    Args:
        outputs: The files and their formats.
        layout: Its `keep` names further columns that an earlier output may have.

    Raises:
        OptionError: such a file exists.
    """
    columns = [{column.name for column in table} for table in tables().values()]
    for path, format in outputs.items():
        checks_itself = path == STDOUT or format == JOURNAL or format in writers.DATABASES
        if checks_itself or path.endswith(".part") or not Path(path).is_file():
            continue
        if not readers.is_written(path, format, tables=columns, keep=layout.keep):
            reason = "was not written by extract, or has other columns"
            remedy = "choose another output with -o, or replace it with --overwrite"
            raise OptionError(f"{path}: {reason}; {remedy}")


class OutputGuard:
    """A log that fails if a file of the output is removed during the run."""

    def __init__(self, outputs: Iterable[str]) -> None:
        """Check nothing yet; `outputs` are the files of the output."""
        self._outputs = tuple(outputs)
        self._paths: list[str] | None = None

    def write(self, outcomes: Sequence[object], /) -> None:
        """Check the files that existed at the first batch.

        Raises:
            OptionError: one was removed.
        """
        if self._paths is None:
            self._paths = [path for path in self._outputs if os.path.lexists(path)]
        self._check(self._paths)

    def check(self) -> None:
        """Check the files that a completed run leaves.

        Raises:
            OptionError: one is missing.
        """
        helpers = [ending for endings in writers.DATABASES.values() for ending in endings]
        self._check(path for path in self._outputs if not path.endswith((".part", *helpers)))

    def _check(self, paths: Iterable[str]) -> None:
        if gone := next((path for path in paths if not os.path.lexists(path)), None):
            raise OptionError(f"{gone}: was removed during the run; run the command again with --resume")


def _identities(path: str | None) -> Sequence[Identity]:
    """What identifies a file: its resolved path, and its inode if it exists. A device has none."""
    streams = {STDIN: sys.stdin, STDOUT: sys.stdout}
    if path is None:
        return ()
    found: list[Identity] = [] if path in streams else [os.path.realpath(path)]
    try:
        state = os.fstat(streams[path].fileno()) if path in streams else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # it does not exist yet, or a stream has no file
        return found
    return [*found, (state.st_dev, state.st_ino)] if S_ISREG(state.st_mode) else ()


def _also_named(output: str, read: str | None) -> str:
    """The name under which a file that is read would be written, if it differs."""
    return "" if output == read else f", and is also the output {output}"


def _is_replaceable(file: readers.File) -> bool:
    """Whether a file is empty, or holds what an earlier run wrote."""
    path = readers.local(file.path)
    return file.path != STDIN and path is not None and readers.is_output(replace(file, path=path))
