"""Finds the files of paths: folders, globs, addresses, standard input; and the ids of their articles."""

from __future__ import annotations

import glob
import logging
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ArticleError, counted
from extract.readers import remote
from extract.readers.files import STDIN, File, Unread, suffix_of, unreadable
from extract.readers.options import Ids

logger = logging.getLogger(__name__)

Entry = File | Unread | ArticleError
Found = Iterator[Entry]


def find(
    paths: Iterable[str], *, suffixes: Collection[str], format: str | None = None, ids: Ids = "path"
) -> list[Entry]:
    """The files of paths, each once, or an error for a path without files."""
    expand = _Expansion(tuple(suffixes), format, by_name=ids == "name")
    return list(_once(item for path in paths for item in expand(path)))


def _once(items: Iterable[Entry]) -> Found:
    """The files without repetitions. Links to a file that is read anyway are named in a warning."""
    seen: dict[str, str] = {}  # the path of each file, by what identifies it
    links: list[tuple[str, str]] = []
    for item in items:
        if not isinstance(item, ArticleError):
            identity = _identity(item.path)
            if identity in seen:
                if os.path.normpath(seen[identity]) != os.path.normpath(item.path):
                    links.append((item.path, seen[identity]))
                continue
            seen[identity] = item.path
        yield item
    if links:
        more = f", and {counted(len(links) - 1, 'more such link')}" if len(links) > 1 else ""
        logger.warning("%s: skipped, the same file as %s%s", *links[0], more)


def _identity(path: str) -> str:
    """What identifies a file: its path with all links resolved; an address as it is."""
    return path if path == STDIN or remote.is_remote(path) else os.path.realpath(path)


@dataclass(frozen=True, slots=True)
class _Expansion:
    """Expands a path to its files.

    Attributes:
        suffixes: The suffixes with a reader.
        format: The suffix for standard input and for named files without a known suffix.
        by_name: Ids are names, or paths within the folder given, instead of paths as given.
    """

    suffixes: tuple[str, ...]
    format: str | None
    by_name: bool

    def __call__(self, path: str) -> Found:
        if path == STDIN:
            yield File(path=STDIN, id="stdin", format=self.format)
        elif not path or "\0" in path:
            yield ArticleError(repr(path), "is not a path", "name a file, a folder or a glob")
        elif remote.is_remote(path):
            yield from self._remote(path)
        elif Path(path).is_dir():
            yield from self._folder(path)
        elif glob.has_magic(path) and not os.path.lexists(path):
            yield from self._glob(path)
        else:
            yield self._file(path, Path(path).name, exists=os.path.lexists(path))

    def _as_file(self, path: str, within: str, format: str | None = None) -> File:
        own, within = _as_id(path), _as_id(within)
        return File(path=path, id=within if self.by_name else own, within=within, format=format)

    def _file(self, path: str, name: str, *, exists: bool) -> Entry:
        if suffix_of(path) in self.suffixes:
            return self._as_file(path, name)
        if not exists:
            return ArticleError(path, "does not exist", "check the path")
        if self.format:
            return self._as_file(path, name, self.format)
        suffix = suffix_of(path)
        kind = f"files that end in {suffix!r}" if suffix else "files without a suffix"
        remedy = f"known are {self._known()} and folders of them; or set its format with --input-format"
        return ArticleError(path, f"no reader for {kind}", remedy)

    def _folder(self, folder: str) -> Found:
        """The files below a folder, sorted by path; hidden files are skipped."""
        found: list[Path] = []
        failed: list[OSError] = []
        for parent, folders, names in os.walk(folder, onerror=failed.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, name) for name in names]
        found.sort(key=lambda path: path.relative_to(folder).parts)
        entries = self._listed((path.relative_to(folder).as_posix(), str(path)) for path in found)
        yield from entries
        yield from (unreadable(str(error.filename), error) for error in failed)
        if not failed and not any(isinstance(entry, File) for entry in entries):
            yield ArticleError(folder, "contains no articles", f"known suffixes are {self._known()}")

    def _listed(self, files: Iterable[tuple[str, str]]) -> list[Entry]:
        """The files of a folder or glob, from pairs of path within it and path, without hidden ones."""
        return [
            self._as_file(path, within) if suffix_of(within) in self.suffixes else Unread(path)
            for within, path in files
            if not Path(within).name.startswith(".")
        ]

    def _glob(self, pattern: str) -> Found:
        matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (absolute ones)
        entries = self._listed((path.name, str(path)) for path in matches if not path.is_dir())
        yield from entries
        if not any(isinstance(entry, File) for entry in entries):
            yield ArticleError(pattern, "matches no articles", f"known suffixes are {self._known()}")

    def _remote(self, path: str) -> Found:
        try:
            listed = remote.listed(path)
        except OSError as error:
            yield unreadable(path, error)
            return
        except ArticleError as error:
            yield error
            return
        if listed is None:
            yield self._file(path, path if remote.is_web(path) else Path(path).name, exists=True)
            return
        entries = self._listed(listed)
        yield from entries
        if not any(isinstance(entry, File) for entry in entries):
            yield ArticleError(path, "contains no articles", f"known suffixes are {self._known()}")

    def _known(self) -> str:
        return " ".join(self.suffixes)


def _as_id(name: str) -> str:
    """A normalised path that can be encoded in UTF-8."""
    plain = name if remote.is_remote(name) else Path(os.path.normpath(name)).as_posix()
    return os.fsencode(plain).decode("utf-8", "replace")
