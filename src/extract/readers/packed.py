"""Packed files: gzip, and Zstandard by the extra `zst`. One that ends too early is damaged, not short."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, BinaryIO, cast

from extract.errors import ArticleError

SUFFIXES = (".gz", ".zst")  # after the suffix that chooses the reader

_RATIO = 200  # of plain bytes to packed ones; news packs to a third or a tenth, repeated lines to a hundredth
_FREE = 16 * 2**20  # plain bytes that any file may have, however few it is packed to
_BUFFER = 2**17
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
    packed = _Counted(stream)
    if path.lower().endswith(".gz"):
        return cast(
            BinaryIO, io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=packed), packed, path), _BUFFER)
        )
    if path.lower().endswith(".zst"):
        try:
            plain = io.BufferedReader(_Zstandard(packed), _BUFFER)
            return cast(BinaryIO, io.BufferedReader(_Bounded(plain, packed, path), _BUFFER))
        except ImportError as error:
            raise ArticleError(path, ".zst files need zstandard", "pip install zstandard") from error
    return stream


class _Counted:
    """A stream that is read, and how many bytes were."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Bounded(io.RawIOBase):
    """An unpacked stream that is refused when it grows out of proportion, as a bomb does."""

    def __init__(self, plain: Any, packed: _Counted, path: str) -> None:
        self._plain, self._packed, self._path, self._given = plain, packed, path, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._plain.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._plain.seek(offset, whence))

    def tell(self) -> int:
        return int(self._plain.tell())

    def readinto(self, buffer: Any) -> int:
        data = self._plain.read1(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > max(_FREE, _RATIO * self._packed.count):
            reason = f"decompresses to more than {_RATIO} times its size"
            raise ArticleError(self._path, reason, "decompress it first, if it is trusted")
        return len(data)


class _Zstandard(io.RawIOBase):
    """Zstandard frames, unpacked. The library's own reader takes a frame that is cut off for a whole one."""

    def __init__(self, source: _Counted) -> None:
        import zstandard

        self._library, self._source = zstandard, source
        self._frame: Any = None  # under way
        self._packed = self._plain = b""
        self._given = 0  # bytes of the plain ones

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._given == len(self._plain) and self._advance():
            self._given = 0
        taken = min(len(buffer), len(self._plain) - self._given)
        buffer[:taken] = memoryview(self._plain)[self._given : self._given + taken]
        self._given += taken
        return taken

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
