"""The names that spaCy's transition parser finds by its network, all tokens at once: the same names, sooner.

Outside a name the parser's state is the token that it stands at; inside one also the name's first token and
the one before. So what it does outside is computed for all tokens together, and then how each name that may
begin goes on, round by round, for all of them. Read from left to right that is what the parser does.
"""

from __future__ import annotations

import os
from typing import Any, cast

import numpy
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from extract.rules.entities.network import Vectors
from extract.rules.layers import Numbers, by_piece, largest

# On one thread numpy's own matrix products are twice as fast as those of BLIS; on more than one far slower.
_ONE_THREAD = "1" in (os.environ.get("OPENBLAS_NUM_THREADS"), os.environ.get("OMP_NUM_THREADS"))
OPS = NumpyOps(use_blis=not _ONE_THREAD)
_NEVER = -numpy.inf

Places = NDArray[numpy.intp]


class Decoder:
    """Sets `doc.ents` by the network of spaCy's component `ner`, as that does for a document without any."""

    def __init__(self, recogniser: Any) -> None:
        """Take over the trained weights of a component; they must not change any more."""
        model = recogniser.model
        tok2vec, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        layers, _, narrow = tok2vec.layers
        self.narrow, self.narrow_bias = narrow.get_param("W"), narrow.get_param("b")
        self.vectors, self.pieces = Vectors(layers, OPS), lower.get_dim("nP")
        # by part of the state, piece and unit
        self.weights = by_piece(lower.get_param("W"), axis=1).reshape(-1, lower.get_dim("nI"))
        padding = by_piece(lower.get_param("pad")[0], axis=1)
        self.padding, self.bias = padding.reshape(len(padding), -1), by_piece(lower.get_param("b")).ravel()
        self.output, self.output_bias = upper.get_param("W"), upper.get_param("b")
        system = recogniser.moves
        moves = [system.get_class_name(i) for i in range(system.n_moves)]
        self.labels = sorted({move[2:] for move in moves if move[2:]})
        self.begin, self.inside, self.last, self.unit = (
            numpy.array([moves.index(f"{kind}-{label}") for label in self.labels]) for kind in "BILU"
        )
        self.outside = moves.index("O")

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        found = self._names(doc) if len(doc) else []
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found], default="outside")
        return doc

    def _names(self, doc: Doc) -> list[tuple[int, int, str]]:
        spaces, borders = doc.to_array([IS_SPACE, SENT_START]).T
        ends = numpy.append(borders[1:] == 1, True)  # tokens that no name goes beyond
        vectors = OPS.gemm(self.vectors(doc), self.narrow, trans2=True) + self.narrow_bias
        parts = OPS.gemm(vectors, self.weights, trans2=True)
        parts = parts.reshape(len(doc), *self.padding.shape)
        move = self._outside(parts, spaces == 1, ends)
        size = len(self.labels)
        starts = numpy.flatnonzero(move > size)
        stops = dict(
            zip(starts.tolist(), self._ends(parts, starts, move[starts] - size - 1, ends), strict=True)
        )
        found, end = [], 0
        for start in numpy.flatnonzero(move).tolist():
            if start >= end:
                end = stops.get(start, start + 1)
                found.append((start, end, self.labels[(move[start] - 1) % size]))
        return found

    def _outside(self, parts: Numbers, spaces: NDArray[Any], ends: NDArray[Any]) -> Places:
        """The best move at each token outside a name: none, a name of one token by label, a longer one."""
        scores = self._scores(parts[:, 0] + self.padding[1] + self.padding[2])
        unit, begin = scores[:, self.unit], scores[:, self.begin]
        unit[spaces] = _NEVER
        begin[spaces | ends] = _NEVER
        best: Places = numpy.hstack([scores[:, [self.outside]], unit, begin]).argmax(axis=1)
        return best

    def _ends(self, parts: Numbers, starts: Places, labels: Places, ends: NDArray[Any]) -> list[int]:
        """One past the last token of each name that begins at `starts`."""
        result = starts + 1
        open_names, at = numpy.arange(len(starts)), starts + 1
        while len(open_names):
            first, label = starts[open_names], labels[open_names]
            scores = self._scores(parts[at, 0] + parts[first, 1] + parts[at - 1, 2])
            rows = numpy.arange(len(at))
            goes_on = (scores[rows, self.inside[label]] >= scores[rows, self.last[label]]) & ~ends[at]
            result[open_names] = at + 1
            open_names, at = open_names[goes_on], at[goes_on] + 1
        return cast("list[int]", result.tolist())

    def _scores(self, hidden: Numbers) -> Numbers:
        """The scores of all moves from the summed parts of the hidden layer."""
        best = largest(hidden + self.bias, self.pieces)
        scores: Any = OPS.gemm(best, self.output, trans2=True)
        return cast("Numbers", scores + self.output_bias)
