"""From paths to files: folders, globs, standard input, and the id of each file's article."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from extract.errors import ArticleError

STDIN = "-"
PACKED = ".gz"  # after the suffix that chooses the reader


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
        return ".txt" if self.path == STDIN else suffix_of(self.path)

    def open(self) -> BinaryIO:
        """The file, opened to read bytes; one that is packed is unpacked.

        Raises:
            ArticleError: it is missing or may not be read.
        """
        try:
            if self.path.lower().endswith(PACKED):
                return cast(BinaryIO, gzip.open(self.path))
            return sys.stdin.buffer if self.path == STDIN else Path(self.path).open("rb")
        except OSError as error:
            raise unreadable(self.path, error) from error

    def read(self) -> bytes:
        """All bytes of the file.

        Raises:
            ArticleError: it is missing, may not be read or is damaged.
        """
        with self.open() as stream, reading(self.path):
            return stream.read()


def suffix_of(path: str) -> str:
    """The suffix that chooses the reader: `.txt` for `a.TXT` and for `a.txt.gz`."""
    lowered = path.lower()
    return Path(lowered.removesuffix(PACKED)).suffix or Path(lowered).suffix


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn what may go wrong while a file is read into an `ArticleError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = f"is damaged ({str(error).lower()})"
        raise ArticleError(path, reason, "fetch or pack it again; what came before is kept") from error
    except OSError as error:
        raise unreadable(path, error) from error


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
    elif suffix_of(path) in suffixes:
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
    return suffix_of(path.name) in suffixes and not path.name.startswith(".") and path.is_file()


def _as_id(name: str) -> str:
    """A file name as text that every encoding of the output can hold."""
    return os.fsencode(name).decode("utf-8", "replace")
