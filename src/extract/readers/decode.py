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
_CLOSE = 0.05  # share of disorder by which guesses may differ and still be as likely


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
    """The text in the likeliest encoding. Of those that fit about as well, English news is in cp1252."""
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
        "%s: not UTF-8, read as %s (%.0f%% sure); save it as UTF-8 to be certain",
        where,
        encoding,
        min(99.0, 100 - best.percent_chaos),
    )
    return data.decode(encoding, "replace")


def _binary(where: str) -> ArticleError:
    return ArticleError(where, "is not text but binary data", "give a text file, saved as UTF-8")
