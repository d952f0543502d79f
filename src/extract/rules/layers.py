"""Layers that both networks have, over plain arrays: a row of numbers per word."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar, cast

import numpy
from numpy.typing import NDArray

Numbers = NDArray[numpy.float32]
Word = TypeVar("Word", bound=Hashable)
_LITTLE = numpy.float32(1e-8)  # keeps a row of equal numbers from a division by zero


def by_piece(array: NDArray[Any], *, axis: int = 0) -> Numbers:
    """Weights or bias of maxout units by piece, then unit; thinc has them by unit, then piece.

    The maximum of the pieces is then that of whole blocks of columns, and no loop over single numbers.

    Args:
        array: Weights or bias.
        axis: That of the units; the next one is that of the pieces.
    """
    return numpy.asarray(array.swapaxes(axis, axis + 1), dtype="float32", order="C")


def largest(every: Numbers, pieces: int) -> Numbers:
    """The largest piece of each unit."""
    units = every.shape[-1] // pieces
    best = numpy.maximum(every[..., :units], every[..., units : 2 * units])
    for piece in range(2, pieces):
        numpy.maximum(best, every[..., piece * units : (piece + 1) * units], out=best)
    return cast("Numbers", best)


def normalised(vectors: Numbers, scale: Numbers, shift: Numbers) -> Numbers:
    """Layer normalisation: each row with mean 0 and variance 1, then scaled and shifted by column."""
    width = vectors.shape[1]
    made = vectors - numpy.einsum("ij->i", vectors)[:, None] / width
    made /= numpy.sqrt(numpy.einsum("ij,ij->i", made, made)[:, None] / width + _LITTLE)
    made *= scale
    made += shift
    return cast("Numbers", made)


class KnownRows(Generic[Word]):
    """A row of numbers for each word, computed once for a word; threads may share it."""

    def __init__(self, width: int, most: int) -> None:
        """Rows of so many numbers, of `most` words; where there are more, all are computed anew."""
        self.most = most
        self._places: dict[Word, int] = {}
        self._rows = numpy.zeros((most, width), dtype="float32")  # takes no memory before it is written to
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._places)

    def of(self, words: list[Word], compute: Callable[[list[Word]], Numbers]) -> Numbers:
        """The rows of words, in their order; `compute` gives those of words that are not known."""
        with self._lock:
            places, rows = self._places, self._rows
            found = [places.get(word, -1) for word in words]
            if -1 in found:
                new = [word for word in dict.fromkeys(words) if word not in places]
                if len(places) + len(new) > self.most:
                    places.clear()
                    new = list(dict.fromkeys(words))
                first = len(places)
                if len(new) > self.most:  # of one text, which alone has so many; nothing is kept
                    places, rows = {}, numpy.empty((len(new), rows.shape[1]), dtype="float32")
                places.update({word: first + i for i, word in enumerate(new)})
                rows[first : len(places)] = compute(new)
                found = [places[word] for word in words]
            return cast("Numbers", rows.take(found, axis=0))
