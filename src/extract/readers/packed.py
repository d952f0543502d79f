"""Packed files: gzip, and Zstandard by the extra `zst`. One that ends too early is damaged, not short."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO, cast

from extract.errors import ArticleError

SUFFIXES = (".gz", ".zst")  # after the suffix that chooses the reader

_CHUNK = 2048  # packed bytes at a time: what they unpack to is held, 64 MB at the very most


class DamagedError(Exception):
    """Zstandard data that cannot be unpacked."""


DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, DamagedError)


def without(path: str) -> str:
    """A path without the suffix that says how it is packed."""
    return next((path[: -len(suffix)] for suffix in SUFFIXES if path.lower().endswith(suffix)), path)


def unpacked(stream: BinaryIO, path: str) -> BinaryIO:
    """The stream of a file, unpacked as its path says. Reading raises one of `DAMAGED` where it is damaged.

    Raises:
        ArticleError: Zstandard is not installed.
    """
    if path.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if path.lower().endswith(".zst"):
        try:
            return cast(BinaryIO, io.BufferedReader(_Zstandard(stream)))
        except ImportError as error:
            raise ArticleError(path, ".zst files need zstandard", "pip install zstandard") from error
    return stream


class _Zstandard(io.RawIOBase):
    """Zstandard frames, unpacked. The library's own reader takes a frame that is cut off for a whole one."""

    def __init__(self, source: BinaryIO) -> None:
        import zstandard

        self._library, self._source = zstandard, source
        self._frame: Any = None  # under way
        self._packed = self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain and self._advance():
            pass
        taken = self._plain[: len(buffer)]
        buffer[: len(taken)] = taken
        self._plain = self._plain[len(taken) :]
        return len(taken)

    def _advance(self) -> bool:
        """Unpack some more; whether there was any."""
        self._packed = self._packed or self._source.read(_CHUNK)
        if not self._packed:
            if self._frame is not None:
                raise EOFError("it ends before its end marker")
            return False
        if self._frame is None:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._plain = self._frame.decompress(self._packed)
        except self._library.ZstdError as error:
            raise DamagedError(str(error)) from error
        self._packed = self._frame.unused_data
        if self._frame.eof:
            self._frame = None
        return True
