"""The names that spaCy's transition parser finds by its network, all tokens at once: the same names, sooner.

But for one thing: only tokens at which a name may begin, and those behind them, are read at all.

Outside a name the parser's state is the token that it is at; inside one also the name's first token and
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

from extract.rules.entities.certainty import Chance, keep
from extract.rules.entities.features import OPENING, inputs
from extract.rules.entities.network import Vectors
from extract.rules.layers import Numbers, by_piece, largest

# On one thread numpy's own matrix products are twice as fast as those of BLIS; on more than one far slower.
_ONE_THREAD = "1" in (os.environ.get("OPENBLAS_NUM_THREADS"), os.environ.get("OMP_NUM_THREADS"))
OPS = NumpyOps(use_blis=not _ONE_THREAD)
_NEVER = -numpy.inf
# Tokens of a name beyond which only those names are followed that begin in no other: all names that may begin
# in a very long one would take quadratic time.
_LONG = 16
_BETWEEN = 3  # tokens in a row within a name that may not begin one: `Mar | -a- | Lago`

Places = NDArray[numpy.intp]
Chosen = NDArray[numpy.bool_]  # per token


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
        """Set `doc.ents`, and keep how sure each is."""
        found = self._names(doc) if len(doc) else []
        spans = [Span(doc, start, end, label=label) for end, (start, label, _) in found]
        doc.set_ents(spans, default="outside")
        keep(doc, (chance for _, chance in found))
        return doc

    def _names(self, doc: Doc) -> list[tuple[int, Chance]]:
        """The ends of the names, each with where it begins and how sure its label is."""
        given = inputs(doc)
        opening = (given[:, OPENING] == 1) & (doc.to_array([IS_SPACE]) == 0)
        read = _read(opening)
        # tokens that no name goes beyond
        ends = numpy.append((doc.to_array([SENT_START])[1:] == 1) | ~read[1:], True)
        parts = self._parts(self.vectors(given, read, doc.vocab), read)
        places = numpy.flatnonzero(opening)
        scores = self._outside(parts[places], ends[places])
        move: Places = scores.argmax(axis=1)
        size = len(self.labels)
        begun = numpy.flatnonzero(move)
        starts, labels, longer = places[begun], (move[begun] - 1) % size, move[begun] > size
        chances = _chances(scores[begun], labels, size).tolist()
        stopped = self._ends(parts, starts[longer], labels[longer], ends)
        stops = dict(zip(starts[longer].tolist(), stopped, strict=True))
        found, end = [], 0
        for start, at, chance in zip(starts.tolist(), labels.tolist(), chances, strict=True):
            if start >= end:
                stop = stops.get(start, start + 1)
                end = self._end(parts, start, at, ends) if stop is None else stop
                found.append((end, (start, self.labels[at], chance)))
        return found

    def _parts(self, vectors: Numbers, read: Chosen) -> Numbers:
        """What each token adds to the hidden layer, by its place in the state; zeros for tokens not read."""
        vectors = OPS.gemm(vectors, self.narrow, trans2=True) + self.narrow_bias
        parts = numpy.zeros((len(read), *self.padding.shape), dtype="float32")
        parts[read] = OPS.gemm(vectors, self.weights, trans2=True).reshape(-1, *self.padding.shape)
        return parts

    def _outside(self, parts: Numbers, ends: Chosen) -> Numbers:
        """The scores of the moves at each token outside a name: no name, one of one token, a longer one."""
        scores = self._scores(parts[:, 0] + self.padding[1] + self.padding[2])
        unit, begin = scores[:, self.unit], scores[:, self.begin]
        begin[ends] = _NEVER
        moves: Numbers = numpy.hstack([scores[:, [self.outside]], unit, begin])
        return moves

    def _ends(self, parts: Numbers, starts: Places, labels: Places, ends: Chosen) -> list[int | None]:
        """One past the last token of each name that begins at `starts`; None for one that is very long."""
        result: list[int | None] = [None] * len(starts)
        open_names, at = numpy.arange(len(starts)), starts + 1
        for _ in range(_LONG):
            if not len(open_names):
                break
            goes_on = self._goes_on(parts, starts[open_names], at, labels[open_names], ends)
            for name, end in zip(open_names[~goes_on].tolist(), at[~goes_on].tolist(), strict=True):
                result[name] = end + 1
            open_names, at = open_names[goes_on], at[goes_on] + 1
        return result

    def _end(self, parts: Numbers, start: int, label: int, ends: Chosen) -> int:
        """The same of one name, which may be as long as the text."""
        at = numpy.array([start + 1])
        while self._goes_on(parts, numpy.array([start]), at, numpy.array([label]), ends)[0]:
            at += 1
        return int(at[0]) + 1

    def _goes_on(
        self, parts: Numbers, first: Places, at: Places, label: Places, ends: Chosen
    ) -> NDArray[numpy.bool_]:
        """Whether names that began at `first` go on after the tokens `at`."""
        scores = self._scores(parts[at, 0] + parts[first, 1] + parts[at - 1, 2])
        rows = numpy.arange(len(at))
        goes_on = scores[rows, self.inside[label]] >= scores[rows, self.last[label]]
        return cast("NDArray[numpy.bool_]", goes_on & ~ends[at])

    def _scores(self, hidden: Numbers) -> Numbers:
        """The scores of all moves from the summed parts of the hidden layer."""
        best = largest(hidden + self.bias, self.pieces)
        scores: Any = OPS.gemm(best, self.output, trans2=True)
        return cast("Numbers", scores + self.output_bias)


def _read(opening: Chosen) -> Chosen:
    """The tokens that may be in a name: those at which one may begin, and a few after each."""
    read = opening.copy()
    for _ in range(_BETWEEN):
        read[1:] |= read[:-1]
    return read


def _chances(scores: Numbers, labels: Places, size: int) -> Numbers:
    """The probability that a name of the label begins, by the scores of all moves there."""
    weights = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    rows = numpy.arange(len(labels))
    chances: Numbers = (weights[rows, labels + 1] + weights[rows, labels + 1 + size]) / weights.sum(axis=1)
    return chances
