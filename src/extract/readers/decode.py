"""From bytes to text: UTF-8, or else the encoding that the bytes suggest. Newlines stay as they are."""

from __future__ import annotations

import codecs
import logging
import re

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
_LOOKED_AT = 1_000_000  # bytes around the first one that is not UTF-8: enough to tell an encoding


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """The text of a file.

    Args:
        data: All bytes of the file. A byte order mark is dropped.
        where: The file, for messages.
        declared: The encoding that the file itself declares, tried before a guess.

    Raises:
        ArticleError: the bytes are no text, or hold nothing but white space.
    """
    if not data.strip():
        raise ArticleError(where, "is empty", "leave it out or fill it")
    text = _marked(data)
    if text is None:
        text = _plain(data, where, declared)
    if "\x00" in text or len(_CONTROL.findall(text, 0, 10_000)) > 10:
        raise _binary(where)
    if not text.strip():
        raise ArticleError(where, "is empty", "leave it out or fill it")
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
    """The text of bytes without a mark; a guess of the encoding is told as a warning."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if b"\x00" in data:
        raise _binary(where)
    try:
        return data.decode(declared or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return _guessed(data, where, first)


def _guessed(data: bytes, where: str, first: int) -> str:
    from charset_normalizer import from_bytes

    start = max(0, first - _LOOKED_AT // 2)
    best = from_bytes(data[start : start + _LOOKED_AT]).best()
    if best is None:
        raise _binary(where)
    logger.warning(
        "%s: not UTF-8, read as %s (%d%% sure); save it as UTF-8 to be certain",
        where,
        best.encoding,
        round(100 - best.percent_chaos),
    )
    return data.decode(best.encoding, "replace")


def _binary(where: str) -> ArticleError:
    return ArticleError(where, "is not text but binary data", "give a text file, saved as UTF-8")
