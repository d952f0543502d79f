"""Decoding: UTF-8, otherwise a detected encoding. Line ends are not changed.

A file is decoded as a whole, or as a stream of lines with the encoding detected at its start.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, TextIO

from extract.errors import ArticleError

logger = logging.getLogger(__name__)

_MARKS = {  # the longer mark first: UTF-32 LE begins like UTF-16 LE
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 1_000_000  # bytes around the first invalid one: enough to detect the encoding
_BEGINNING = 2**18  # bytes of a stream used to detect its encoding
_BLANK_LINES = 100_000  # consecutive ones; more than in any file of articles
_BLANK = 100  # code points of a line that is checked for being blank
_MANY_NULLS = 0.1  # share of null bytes: UTF-8 text is always below, UTF-16 above
_CLOSE = 0.05  # difference in chaos up to which two guesses count as equally likely


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """The text of a file.

    Args:
        data: All bytes of the file. A byte order mark is dropped.
        where: The file, for messages.
        declared: The encoding that the file declares, tried before detection.

    Raises:
        ArticleError: the bytes are not text, or only white space.
    """
    if not data.strip():
        raise ArticleError(where, "is empty", "remove it, or fill it")
    text = _marked(data)
    if text is None:
        text = _plain(data, where, declared)
    if "\x00" in text or len(_CONTROL.findall(text, 0, 10_000)) > 10:
        raise _binary(where)
    if not text.strip():
        raise ArticleError(where, "is empty", "remove it, or fill it")
    return text


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _plain(data: bytes, where: str, declared: str | None) -> str:
    """The text of bytes without a byte order mark; a detected encoding is logged as a warning."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if b"\x00" in data:
        raise _binary(where)
    with suppress(UnicodeError, LookupError):  # `undefined` is a Python codec that always fails
        return data.decode(declared or "utf-8")
    if _mostly_utf8(data):
        logger.warning("%s: a few bytes are not UTF-8; save it as UTF-8 to be sure", where)
        return data.decode("utf-8", "replace")
    return data.decode(_guess(data, where, first), "replace")


def _guess(data: bytes, where: str, first: int) -> str:
    """The most likely encoding; cp1252 if it is about as likely as the best one."""
    from charset_normalizer import from_bytes

    start = max(0, first - _LOOKED_AT // 2)
    guesses = from_bytes(data[start : start + _LOOKED_AT])
    best = guesses.best()
    if best is None:
        raise _binary(where)
    close = [guess for guess in guesses if guess.chaos < best.chaos + _CLOSE]
    western = any("cp1252" in guess.could_be_from_charset for guess in close)
    encoding = "cp1252" if western else best.encoding
    logger.warning(
        "%s: not UTF-8, read as %s (%.0f%% sure); save it as UTF-8 to be sure",
        where,
        encoding,
        min(99.0, 100 - best.percent_chaos),
    )
    return encoding


def decoded(stream: BinaryIO, where: str, *, newline: str = "\n") -> TextIO:
    """The text of a stream. Invalid bytes in a UTF-8 stream become lone surrogates.

    Args:
        stream: Opened to read; a byte order mark is dropped.
        where: The file, for messages.
        newline: As for `open`.

    Raises:
        ArticleError: the start of the stream is not text.
    """
    buffered = io.BufferedReader(_SmallReads(stream), _BEGINNING)
    encoding = _encoding(buffered.peek(_BEGINNING), where)
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return io.TextIOWrapper(buffered, encoding, errors, newline)


def lines(text: TextIO, most: int, where: str) -> Iterator[str]:
    """The lines of a text; a longer line is cut after `most` + 1 code points.

    Raises:
        ArticleError: there are too many consecutive blank lines.
    """
    blank = 0
    while line := text.readline(most + 1):
        blank = 0 if len(line) > _BLANK or not line.isspace() else blank + 1
        if blank > _BLANK_LINES:
            raise ArticleError(where, f"has more than {_BLANK_LINES:,} blank lines", "remove them")
        yield line
        while len(line) > most and not line.endswith("\n"):
            line = text.readline(most + 1)


class _SmallReads(io.RawIOBase):
    """Reads a stream in small steps, so that everything before a damaged part is returned."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _encoding(beginning: bytes, where: str) -> str:
    """The encoding of a stream, from its first bytes."""
    for mark, encoding in _MARKS.items():
        if beginning.startswith(mark):
            return (
                "utf-8-sig" if mark == codecs.BOM_UTF8 else encoding[: -len("-le")]
            )  # these codecs drop the mark
    if beginning.count(0) > _MANY_NULLS * len(beginning):
        raise _binary(where)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)  # the last character may be incomplete
    except UnicodeDecodeError as error:
        if _mostly_utf8(beginning):
            return "utf-8"
        if 0 in beginning:
            raise _binary(where) from error
        return _guess(beginning, where, error.start)
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    """Whether there are fewer invalid bytes than valid non-ASCII characters, as only in UTF-8 text."""
    text = data.decode("utf-8", "ignore")
    broken = len(data.decode("utf-8", "surrogateescape")) - len(text)
    return broken < len(text) - len(text.encode("ascii", "ignore"))


def _binary(where: str) -> ArticleError:
    return ArticleError(where, "is binary data, not text", "give a text file, saved as UTF-8")
