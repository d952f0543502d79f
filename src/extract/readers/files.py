"""From paths to files: folders, globs, standard input, and the id of each file's article."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from extract.errors import ArticleError

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read, or standard input.

    Attributes:
        path: The path as given; `-` is standard input.
        id: The id of the file's article (of its articles when their own ids are missing).
    """

    path: str
    id: str

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return "" if self.path == STDIN else Path(self.path).name

    @property
    def suffix(self) -> str:
        """The suffix that chooses the reader, in small letters; standard input is plain text."""
        return ".txt" if self.path == STDIN else Path(self.path).suffix.lower()

    def open(self) -> BinaryIO:
        """The file, opened to read bytes.

        Raises:
            ArticleError: it is missing or may not be read.
        """
        try:
            return sys.stdin.buffer if self.path == STDIN else Path(self.path).open("rb")
        except OSError as error:
            raise unreadable(self.path, error) from error

    def read(self) -> bytes:
        """All bytes of the file.

        Raises:
            ArticleError: it is missing or may not be read.
        """
        with self.open() as stream:
            try:
                return stream.read()
            except OSError as error:
                raise unreadable(self.path, error) from error


def unreadable(path: str, error: OSError) -> ArticleError:
    """The error of the operating system about a path, with a remedy."""
    remedy = "check the path" if isinstance(error, FileNotFoundError) else "check its permissions"
    return ArticleError(path, f"cannot be read ({(error.strerror or str(error)).lower()})", remedy)


def find(paths: Iterable[str], *, suffixes: Collection[str]) -> list[File | ArticleError]:
    """The files that paths name, each once and with an id of its own, or an error where there is none."""
    found = list(_once(item for path in paths for item in _expand(path, suffixes)))
    uses = Counter(item.id for item in found if isinstance(item, File))
    return [
        replace(item, id=_as_id(Path(item.path).as_posix()))
        if isinstance(item, File) and uses[item.id] > 1
        else item
        for item in found
    ]


def _once(items: Iterable[File | ArticleError]) -> Iterator[File | ArticleError]:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, File):
            place = item.path if item.path == STDIN else os.path.realpath(item.path)
            if place in seen:
                continue
            seen.add(place)
        yield item


def _expand(path: str, suffixes: Collection[str]) -> Iterator[File | ArticleError]:
    if path == STDIN:
        yield File(path=STDIN, id="stdin")
    elif not path or "\0" in path:
        yield ArticleError(repr(path), "is no path", "name a file, a folder or a glob")
    elif Path(path).is_dir():
        yield from _folder(path, suffixes)
    elif glob.has_magic(path) and not Path(path).exists():
        yield from _glob(path, suffixes)
    elif Path(path).suffix.lower() in suffixes:
        yield File(path=path, id=_as_id(Path(path).name))
    elif Path(path).exists():
        kind = f"files that end in {Path(path).suffix!r}" if Path(path).suffix else "files without a suffix"
        yield ArticleError(
            path, f"no reader for {kind}", f"known are {' '.join(suffixes)} and folders of them"
        )
    else:
        yield ArticleError(path, "does not exist", "check the path")


def _folder(folder: str, suffixes: Collection[str]) -> Iterator[File | ArticleError]:
    """The files below a folder that a reader knows, sorted by path; hidden ones are left out."""
    found: list[Path] = []
    failed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if _is_article(Path(parent, name), suffixes)]
    for path in sorted(found, key=lambda path: path.relative_to(folder).parts):
        yield File(path=str(path), id=_as_id(path.relative_to(folder).as_posix()))
    yield from (unreadable(str(error.filename), error) for error in failed)
    if not found and not failed:
        yield ArticleError(folder, "holds no articles", f"known files end in {' '.join(suffixes)}")


def _glob(pattern: str, suffixes: Collection[str]) -> Iterator[File | ArticleError]:
    matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (absolute ones)
    found = [path for path in matches if _is_article(path, suffixes)]
    yield from (File(path=str(path), id=_as_id(path.name)) for path in found)
    if not found:
        yield ArticleError(pattern, "matches no article", f"known files end in {' '.join(suffixes)}")


def _is_article(path: Path, suffixes: Collection[str]) -> bool:
    return path.suffix.lower() in suffixes and not path.name.startswith(".") and path.is_file()


def _as_id(name: str) -> str:
    """A file name as text that every encoding of the output can hold."""
    return os.fsencode(name).decode("utf-8", "replace")
