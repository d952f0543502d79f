"""Opening local, remote and compressed files, with errors that name the file and the remedy."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from extract.errors import ArticleError
from extract.readers import packed, remote

STDIN = "-"

_MB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read, or standard input.

    Attributes:
        path: The path as given; `-` is standard input.
        id: The id of the file's article (of its articles when their own ids are missing).
        within: Its path within the folder given, or its name; metadata may use it as a key.
        format: The suffix that selects the reader, if the path has no known suffix.
    """

    path: str
    id: str
    within: str = ""
    format: str | None = None

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return "" if self.path == STDIN else Path(self.path).name

    @property
    def suffix(self) -> str:
        """The suffix that selects the reader, in lower case; `.txt` for standard input."""
        return self.format or (".txt" if self.path == STDIN else suffix_of(self.path))

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file to read bytes; a compressed file is decompressed.

        Raises:
            ArticleError: the file is missing, not readable or damaged; also raised while reading.
        """
        with reading(self.path), ExitStack() as stack:
            stream = stack.enter_context(_opened(self.path))
            yield stack.enter_context(packed.unpacked(stream, self.path))

    def read(self, most: int) -> bytes:
        """All bytes of the file.

        Args:
            most: Maximum number of bytes.

        Raises:
            ArticleError: it is missing, may not be read, is damaged, or too large for an article.
        """
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise too_large(self.path, most)
        return data


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of a folder or glob whose suffix has no reader."""

    path: str


def suffix_of(path: str) -> str:
    """The suffix that selects the reader: `.txt` for `a.TXT` and `a.txt.gz`; `.html` for a bare URL."""
    if remote.is_web(path):
        path = urlsplit(path).path
        return Path(packed.without(path).lower()).suffix or ".html"
    lowered = path.lower()
    return Path(packed.without(lowered)).suffix or Path(lowered).suffix


def _opened(path: str) -> BinaryIO:
    if path == STDIN:
        if sys.stdin is None:
            raise ArticleError("standard input", "is closed", "pipe the articles to it, or name files")
        return sys.stdin.buffer
    if remote.is_remote(path):
        return remote.opened(path)
    mode = Path(path).stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening a pipe without a writer would block
        raise ArticleError(path, "is a pipe or device, not a file", "pass its content to standard input, `-`")
    return Path(path).open("rb")


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Convert errors while a file is read to `ArticleError`."""
    try:
        yield
    except packed.DAMAGED as error:
        reason = f"is damaged ({str(error).lower()})"
        raise ArticleError(
            path, reason, "fetch or compress it again; the articles before are extracted"
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: str, error: OSError) -> ArticleError:
    """The `ArticleError` of an `OSError`, with a remedy."""
    remedy = "check its permissions" if isinstance(error, PermissionError) else "check the path"
    missing = "not found, or out of reach" if isinstance(error, FileNotFoundError) else str(error)
    return ArticleError(path, f"cannot be read ({(error.strerror or missing).lower()})", remedy)


def too_large(where: str, most: int) -> ArticleError:
    """The error of an input that is too large for an article."""
    size = f"{most // _MB} MB" if most % _MB == 0 else f"{most:,} bytes"
    return ArticleError(
        where, f"is larger than {size}", "split it into articles, or raise --max-article-bytes"
    )
