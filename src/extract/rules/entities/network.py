"""The layers of the shipped model that make a vector of each token, over plain arrays: sooner than spaCy's.

The first layer is linear in the embedding of each feature, so it is a sum of what each feature adds. Most
features describe a word's letters alone: what these add is computed once for a word and kept. The others have
few values: what each of these adds is computed beforehand.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import numpy
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from extract.lexicons.scope import using
from extract.rules.entities.features import OF_ARTICLE, OF_WORD, PLACED, SIZES, of_words
from extract.rules.layers import KnownRows, Numbers, by_piece, largest, normalised

_KNOWN_WORDS = 10_000  # of which the sum of the first layer is kept: 12 MB

Ids = NDArray[numpy.uint64]
Wanted = NDArray[numpy.bool_]  # per token
Word = bytes  # of its letters and its norm, as numbers of spaCy's strings


class _Layer(NamedTuple):
    """Maxout units, whose largest pieces are then normalised for each token."""

    weights: Numbers
    bias: Numbers
    pieces: int
    scale: Numbers
    shift: Numbers
    ops: NumpyOps

    @classmethod
    def of(cls, maxout: Model[Any, Any], normal: Model[Any, Any], ops: NumpyOps) -> _Layer:
        """The layer of two of thinc's."""
        weights, bias = (by_piece(_param(maxout, name)) for name in "Wb")
        scale, shift = (_param(normal, name) for name in "Gb")
        return cls(weights.reshape(bias.size, -1), bias.ravel(), len(bias), scale, shift, ops)

    @property
    def units(self) -> int:
        """How many numbers it makes for a token."""
        return len(self.scale)

    def __call__(self, vectors: Numbers, every: Numbers) -> Numbers:
        """What it makes of vectors; `every` is room for all pieces."""
        every = every[: len(vectors)]
        self.ops.gemm(vectors, self.weights, trans2=True, out=every)
        every += self.bias
        return self.normalised(every)

    def normalised(self, every: Numbers) -> Numbers:
        """Of all pieces the largest, normalised."""
        return normalised(largest(every, self.pieces), self.scale, self.shift)


def _param(layer: Model[Any, Any], name: str) -> Numbers:
    return cast("Numbers", layer.get_param(name))


def _windows(vectors: Numbers) -> Numbers:
    """Each row between the one before it and the one after it, as a view; none of the first and last row."""
    count, width = vectors.shape
    windows: Numbers = as_strided(vectors, (count - 2, 3 * width), vectors.strides, writeable=False)
    return windows


def _widened(wanted: Wanted) -> Wanted:
    """The rows wanted, and those beside them."""
    made = wanted.copy()
    made[1:] |= wanted[:-1]
    made[:-1] |= wanted[1:]
    return made


def _letters(words: list[Word]) -> Ids:
    """The letters and the norm of each word."""
    return numpy.frombuffer(b"".join(words), dtype="uint64").reshape(-1, 2)


class Vectors:
    """The trained layers, from the inputs of a document to a vector of each token."""

    def __init__(self, tok2vec: Model[Any, Any], ops: NumpyOps) -> None:
        """Take the weights of `entity_tok2vec`, and what multiplies matrices."""
        embed, encode = tok2vec.layers
        _, _, concatenated, mixed, _ = embed.layers
        units = [layer for part in (mixed, encode) for layer in part.walk() if layer.name == "maxout"]
        normals = [layer for part in (mixed, encode) for layer in part.walk() if layer.name == "layernorm"]
        (first, *self.layers) = [_Layer.of(*pair, ops) for pair in zip(units, normals, strict=True)]
        self.mixed, self.ops, self.edge = first, ops, encode.attrs["pad"]
        self.tables = [step.layers[1] for step in concatenated.layers[0].layers]
        self.weights = numpy.split(first.weights, len(self.tables), axis=1)
        self._of_article = [
            self._added(column, numpy.arange(size, dtype="uint64"))
            for column, size in zip(OF_ARTICLE, SIZES, strict=True)
        ]
        self.known: KnownRows[Word] = KnownRows(len(first.bias), _KNOWN_WORDS)

    def __call__(self, given: Ids, wanted: Wanted, vocab: Vocab) -> Numbers:
        """The vectors of the wanted tokens, a row for each, by the inputs of all tokens of a document.

        The layers see rows before and after the tokens, which begin as zeros.
        """
        rows = [numpy.pad(wanted, self.edge)]
        for _ in self.layers:
            rows.append(_widened(rows[-1]))
        of_tokens = slice(self.edge, self.edge + len(given))
        begun = rows[-1][of_tokens]
        vectors = numpy.zeros((len(given) + 2 * self.edge + 2, self.mixed.units), dtype="float32")
        inner, seen = vectors[1:-1], _windows(vectors)
        with using(None):  # the model knows the shipped names alone
            inner[of_tokens][begun] = self.first(given[begun], vocab)
        # room for all layers, since getting it anew for each takes time
        every = numpy.empty((numpy.count_nonzero(rows[-2]), len(self.layers[0].bias)), dtype="float32")
        for layer, of_layer in zip(self.layers, reversed(rows[:-1]), strict=True):
            places = numpy.flatnonzero(of_layer)
            inner[places] += layer(seen[places], every)
        return inner[of_tokens][wanted]

    def first(self, given: Ids, vocab: Vocab) -> Numbers:
        """What the first layer makes of the inputs of tokens."""
        letters = numpy.ascontiguousarray(given[:, :2])
        words = letters.view(f"V{letters.itemsize * 2}").ravel().tolist()
        total = self.known.of(words, lambda new: self._added_by_words(_letters(new), vocab))
        values, places = numpy.unique(
            numpy.ravel_multi_index(tuple(given[:, PLACED].T), SIZES), return_inverse=True
        )
        added = numpy.zeros((len(values), total.shape[1]), dtype="float32")
        for table, of_column in zip(self._of_article, numpy.unravel_index(values, SIZES), strict=True):
            added += table[of_column]
        total += added[places]
        return self.mixed.normalised(total)

    def _added_by_words(self, words: Ids, vocab: Vocab) -> Numbers:
        features = of_words(words.tolist(), vocab)
        total = numpy.tile(self.mixed.bias, (len(features), 1))
        for column, of_column in zip(OF_WORD, features.T, strict=True):
            values, places = numpy.unique(of_column, return_inverse=True)
            total += self._added(column, values)[places]
        return total

    def _added(self, column: int, values: Ids) -> Numbers:
        """What values of a feature add to the first layer."""
        added: Numbers = self.ops.gemm(self.tables[column].predict(values), self.weights[column], trans2=True)
        return added
