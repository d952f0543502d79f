"""Parts of the network over the words of several sentences, which follow one another in one array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy
from numpy.typing import NDArray

NEAR = 16  # distances beyond this many words are one

Numbers = NDArray[numpy.float32]
Places = NDArray[numpy.intp]


def sides(lengths: Sequence[int], distance: int) -> tuple[Places, Places]:
    """The positions of the words `distance` to the left and the right in the same sentence; -1 for none."""
    sizes = numpy.asarray(lengths)
    ends = numpy.repeat(numpy.cumsum(sizes), sizes)
    starts = ends - numpy.repeat(sizes, sizes)
    here = numpy.arange(len(ends))
    left, right = here - distance, here + distance
    left[left < starts] = -1
    right[right >= ends] = -1
    return left, right


def window(vectors: Numbers, left: Places, right: Places) -> Numbers:
    """Each word's vector between those of two others, or zeros if there is no such word."""
    count, width = vectors.shape
    made = numpy.empty((count, 3 * width), dtype=vectors.dtype)
    made[:, :width] = vectors[left]
    made[:, width : 2 * width] = vectors
    made[:, 2 * width :] = vectors[right]
    made[left < 0, :width] = 0
    made[right < 0, 2 * width :] = 0
    return made


def by_distance(near: Numbers) -> Numbers:
    """For each pair of words of a sentence, the value in `near` (a row per word) for their distance."""
    length = len(near)
    if length == 1:
        return near[:, NEAR : NEAR + 1]
    spread = near[:, offset(numpy.arange(1 - length, length))]
    # each row begins one place further to the left than the row above
    return spread.ravel()[length - 1 : -1].reshape(length, 2 * length - 2)[:, :length]


def offset(distance: Any) -> Any:
    """A distance between words as a row of a table of `2 * NEAR + 1` rows."""
    return numpy.clip(distance, -NEAR, NEAR) + NEAR


class Order:
    """The words of sentences in parallel, so that one step processes the next word of each sentence."""

    def __init__(self, lengths: Sequence[int]) -> None:
        sizes = numpy.asarray(lengths)
        ends = numpy.cumsum(sizes)
        step = numpy.arange(sizes.max())[:, None]
        inside = step < sizes
        self.forward: Places = numpy.where(inside, ends - sizes + step, -1)
        self.backward: Places = numpy.where(inside, ends - 1 - step, -1)

    def steps(self, values: Numbers) -> Numbers:
        """Values of words by step and sentence; the left half goes forward, the right half backward."""
        count, width = values.shape
        padded = numpy.zeros((count + 1, width), dtype=values.dtype)
        padded[:count] = values
        half = width // 2
        return numpy.concatenate([padded[self.forward, :half], padded[self.backward, half:]], axis=2)

    def words(self, stepped: Numbers, count: int) -> Numbers:
        """Values by step and sentence as an array of `count` words."""
        half = stepped.shape[2] // 2
        made = numpy.empty((count + 1, 2 * half), dtype=stepped.dtype)
        made[self.forward, :half] = stepped[:, :, :half]
        made[self.backward, half:] = stepped[:, :, half:]
        return made[:count]


def recur(keep: Numbers, add: Numbers) -> Numbers:
    """The state after each step: that of the previous step times `keep`, plus `add`."""
    made = numpy.empty_like(add)
    memory = numpy.zeros_like(add[0])
    for step in range(len(add)):
        memory = numpy.multiply(keep[step], memory, out=made[step])
        memory += add[step]
    return made


def sigmoid(values: Numbers) -> Numbers:
    """The logistic function."""
    return cast("Numbers", 0.5 + 0.5 * numpy.tanh(0.5 * values))
