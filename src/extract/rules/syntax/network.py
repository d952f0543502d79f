"""The network that parses, over plain arrays: each word's tag, the word that it depends on, and how.

The first layer sees only a word's letters. Three layers of convolution see its neighbours, two recurrent ones
the whole sentence, in both directions. Then every pair of words of a sentence is scored at once (a biaffine
parser), and the best heads make the tree (`spanning`). The sentences of a document are processed together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy
from numpy.typing import NDArray

from extract.rules.layers import KnownRows, by_piece, largest, normalised
from extract.rules.syntax.layers import (
    Numbers,
    Order,
    Places,
    by_distance,
    offset,
    recur,
    sides,
    sigmoid,
    window,
)
from extract.rules.syntax.spanning import tree
from extract.rules.syntax.words import COLUMNS, features

# The layers, and how many words each sees on each side.
LAYERS = (("conv", 1), ("memory", 1), ("conv", 1), ("memory", 1), ("conv", 2))
OUTPUTS = ("dependent", "head", "label.dependent", "label.head", "tag")  # layers over the last: one product
ROOT = "ROOT"  # the label of a sentence's root
SCALE = 10  # of the products that score pairs of words, so that training begins with scores near one another
_KNOWN_WORDS = 20_000  # whose results of the first layer are cached: 8 MB

Arrays = dict[str, NDArray[Any]]


class Parse(NamedTuple):
    """The parse of a sentence.

    Attributes:
        tags: The tag of each word (Penn Treebank).
        heads: The place in the sentence of each word's head; the root's is its own.
        labels: How each word depends on its head (ClearNLP).
        chances: The network's probability of each word's head, from 0 to 1.
    """

    tags: list[str]
    heads: list[int]
    labels: list[str]
    chances: list[float]


class Network:
    """The trained network; `parse` is a pure function of the words."""

    def __init__(self, arrays: Arrays) -> None:
        """Set the arrays: those of `load`, or those of the training so far."""
        names = ("tags", "labels", *(f"values.{column}" for column in COLUMNS))
        self.tags, self.labels, *values = (cast("list[str]", arrays[name].tolist()) for name in names)
        self.values = [{value: row for row, value in enumerate(of_column, 1)} for of_column in values]
        self.weights = {
            name: by_piece(array) if _is_maxout(name) else numpy.asarray(array, dtype="float32", order="C")
            for name, array in arrays.items()
            if array.dtype.kind == "f"
        }
        outputs = [{param: self.weights.pop(f"{name}.{param}") for param in "Wb"} for name in OUTPUTS]
        for param in "Wb":
            self.weights[f"outputs.{param}"] = numpy.concatenate([output[param] for output in outputs])
        self._ends = numpy.cumsum([len(output["b"]) for output in outputs])[:-1]
        self.known: KnownRows[str] = KnownRows(self.weights["mix.G"].size, _KNOWN_WORDS)

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """The parses of sentences, given as their words without white space; none may be empty."""
        if not sentences:
            return []
        lengths = [len(words) for words in sentences]
        every = [word for words in sentences for word in words]
        vectors = self._context(self.known.of(every, lambda new: self._first_layer(self.ids(new))), lengths)
        dependents, governors, label_dependents, label_governors, of_tags = numpy.split(
            self._linear("outputs", vectors), self._ends, axis=1
        )
        tags = of_tags.argmax(axis=1).tolist()
        heads, chances = self._heads(dependents, governors, lengths)
        labels = self._labelled(label_dependents, label_governors, heads)
        result, end, of_heads = [], 0, heads.tolist()
        for length in lengths:
            start, end = end, end + length
            result.append(
                Parse(
                    [self.tags[tag] for tag in tags[start:end]],
                    [head - start for head in of_heads[start:end]],
                    [self.labels[label] for label in labels[start:end]],
                    chances[start:end],
                )
            )
        return result

    def ids(self, words: list[str]) -> Places:
        """The rows of the embeddings, by word and feature; 0 stands for a value that training did not see."""
        rows = [
            [known.get(value, 0) for known, value in zip(self.values, features(word), strict=True)]
            for word in words
        ]
        return numpy.array(rows, dtype=numpy.intp).reshape(-1, len(COLUMNS))

    def _first_layer(self, ids: Places) -> Numbers:
        embedded = [self.weights[f"embed.{name}"][ids[:, i]] for i, name in enumerate(COLUMNS)]
        return self._maxout("mix", numpy.hstack(embedded))

    def _context(self, vectors: Numbers, lengths: list[int]) -> Numbers:
        """The output of the convolution for the words of all sentences."""
        order = Order(lengths)
        seen_by = {distance: sides(lengths, distance) for _, distance in LAYERS}
        for layer, (kind, distance) in enumerate(LAYERS):
            name, seen = f"layer{layer}", window(vectors, *seen_by[distance])
            vectors = vectors + (
                self._maxout(name, seen) if kind == "conv" else self._memory(name, seen, order)
            )
        return vectors

    def _memory(self, name: str, vectors: Numbers, order: Order) -> Numbers:
        """The recurrent state of each word, from those before it (left half) and after it (right half)."""
        made = self._linear(name, vectors)
        width = made.shape[1] // 2
        forget, new = sigmoid(made[:, :width]), numpy.tanh(made[:, width:])
        stepped = recur(order.steps(1 - forget), order.steps(forget * new))
        return self._normalised(name, order.words(stepped, len(vectors)))

    def _maxout(self, name: str, vectors: Numbers) -> Numbers:
        """A layer of maxout units, then normalised per word."""
        weights, bias = self.weights[f"{name}.W"], self.weights[f"{name}.b"]
        every = vectors @ weights.reshape(-1, weights.shape[-1]).T
        every += bias.reshape(-1)
        return self._normalised(name, largest(every, len(weights)))

    def _normalised(self, name: str, vectors: Numbers) -> Numbers:
        return normalised(vectors, self.weights[f"{name}.G"], self.weights[f"{name}.shift"])

    def _linear(self, name: str, vectors: Numbers) -> Numbers:
        return cast("Numbers", vectors @ self.weights[f"{name}.W"].T + self.weights[f"{name}.b"])

    def _heads(self, dependents: Numbers, heads: Numbers, lengths: list[int]) -> tuple[Places, list[float]]:
        """The head of each word of all sentences, the root's being the root itself, and its probability."""
        dependents = numpy.maximum(dependents, 0)
        heads = cast("Numbers", numpy.maximum(heads, 0) / numpy.float32(SCALE))
        near = dependents @ self.weights["near"].T
        roots = dependents @ self.weights["root"]
        found = numpy.empty(len(dependents), dtype=numpy.intp)
        chances = numpy.empty(len(dependents), dtype="float32")
        end = 0
        for length in lengths:
            start, end = end, end + length
            scores = dependents[start:end] @ heads[start:end].T
            scores += by_distance(near[start:end])
            scores.ravel()[:: length + 1] = roots[start:end]
            best = tree(scores)
            found[start:end] = best + start
            odds = numpy.exp(numpy.minimum(scores - scores[numpy.arange(length), best][:, None], 50))
            chances[start:end] = 1 / odds.sum(axis=1)
        return found, chances.astype(float).round(3).tolist()

    def _labelled(self, dependents: Numbers, governors: Numbers, heads: Places) -> list[int]:
        """The best label of each word under its head; the root's is `ROOT`, and no other's."""
        here = numpy.arange(len(heads))
        hidden = dependents + governors[heads]
        hidden += self.weights["label.near"][offset(heads - here)]
        scores = self._linear("label", numpy.maximum(hidden, 0))
        scores[:, self.labels.index(ROOT)] = numpy.where(heads == here, numpy.inf, -numpy.inf)
        return cast("list[int]", scores.argmax(axis=1).tolist())


def _is_maxout(name: str) -> bool:
    layer, _, param = name.partition(".")
    conv = {f"layer{i}" for i, (kind, _) in enumerate(LAYERS) if kind == "conv"}
    return layer in conv | {"mix"} and param in ("W", "b")


def load(path: Path) -> Network:
    """Load a network from the file that the training wrote."""
    with numpy.load(path, allow_pickle=False) as arrays:
        return Network(dict(arrays))
