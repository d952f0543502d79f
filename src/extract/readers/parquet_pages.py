"""The pages of a column of Parquet: how large each is unpacked, as its header says.

A page is unpacked whole, so its size bounds the memory of reading. The metadata of the file says it of whole
columns only. Headers are structures of Thrift's compact protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_MOST = 100_000  # pages of a column in a group of rows; they are of about a megabyte each
_DEPTH = 8  # of structures within structures; a header has three
_PLAIN, _PACKED = 2, 3  # fields of a header
_STRUCTURE = 12
_LENGTHS = {1: 0, 2: 0, 3: 1, 7: 8}  # bytes of a value, by its type
_NUMBERS = (4, 5, 6)
_BINARY = 8


def sizes(stream: BinaryIO, start: int, length: int) -> Iterator[int]:
    """The bytes that each page of a column unpacks to.

    Args:
        stream: The file; its position is moved.
        start: Where the first header begins.
        length: Bytes of all pages with their headers.

    Raises:
        ValueError: there is no header where one should be, or there are too many.
    """
    place, end = start, start + length
    for _ in range(_MOST):
        if place >= end:
            return
        stream.seek(place)
        header = _fields(stream)
        plain, packed = header.get(_PLAIN, -1), header.get(_PACKED, -1)
        if plain < 0 or packed < 0:
            raise ValueError("a page has no header")
        yield plain
        place = stream.tell() + packed
    raise ValueError(f"a column has more than {_MOST:,} pages")


def _fields(stream: BinaryIO, depth: int = 0) -> dict[int, int]:
    """The numbers of a structure, by their fields; other values are skipped."""
    if depth > _DEPTH:
        raise ValueError("the header of a page is nested too deeply")
    found: dict[int, int] = {}
    field = 0
    while head := _byte(stream):
        step, kind = head >> 4, head & 15
        field = field + step if step else _number(stream)
        if kind in _NUMBERS:
            found[field] = _number(stream)
        else:
            _skip(stream, kind, depth)
    return found


def _skip(stream: BinaryIO, kind: int, depth: int) -> None:
    if kind == _STRUCTURE:
        _fields(stream, depth + 1)
    elif kind in _LENGTHS:
        stream.read(_LENGTHS[kind])
    elif kind == _BINARY:
        stream.seek(_unsigned(stream), 1)
    else:  # lists and maps, of which a header has none
        raise ValueError("the header of a page holds what is not known")


def _number(stream: BinaryIO) -> int:
    coded = _unsigned(stream)
    return (coded >> 1) ^ -(coded & 1)


def _unsigned(stream: BinaryIO) -> int:
    value = shift = 0
    while True:
        byte = _byte(stream)
        value |= (byte & 127) << shift
        if byte < 128:
            return value
        shift += 7
        if shift > 63:
            raise ValueError("the header of a page holds a number that is too long")


def _byte(stream: BinaryIO) -> int:
    read = stream.read(1)
    if not read:
        raise ValueError("it ends within the header of a page")
    return read[0]
