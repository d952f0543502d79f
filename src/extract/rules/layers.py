"""Layers that both networks have, over plain arrays: a row of numbers per word."""

from __future__ import annotations

from typing import Any, cast

import numpy
from numpy.typing import NDArray

Numbers = NDArray[numpy.float32]
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
