"""The network of `extract.rules.syntax.network` as thinc layers that learn, with the same results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from thinc.api import Dropout, Embed, LayerNorm, Linear, Maxout, Model, Relu, chain
from trees import Tree

from extract.rules.syntax.layers import (
    NEAR,
    Numbers,
    Order,
    by_distance,
    offset,
    recur,
    sides,
    sigmoid,
    window,
)
from extract.rules.syntax.network import LAYERS, SCALE, Arrays
from extract.rules.syntax.words import COLUMNS, features

Backprop = Callable[[Any], Any]

WIDTH, PIECES = 96, 2
WIDTHS = (96, 32, 64, 24, 64, 24)  # of the embeddings, in the order of `COLUMNS`
SEEN = (3, 3, 3, 2, 2, 1)  # how often training text must have a value for it to have an embedding
ARC, LABEL = 96, 96


def values(trees: Sequence[Tree]) -> list[list[str]]:
    """The values of each feature that have an embedding."""
    words = Counter(word for tree in trees for word in tree.words)
    counts: list[Counter[str]] = [Counter() for _ in COLUMNS]
    for word, times in words.items():
        for counter, value in zip(counts, features(word), strict=True):
            counter[value] += times
    return [sorted(v for v, n in of.items() if n >= least) for of, least in zip(counts, SEEN, strict=True)]


class Learner:
    """The layers, the step that changes them, and the arrays to ship."""

    def __init__(self, trees: Sequence[Tree], dropout: float) -> None:
        self.values = values(trees)
        self.tags = sorted({tag for tree in trees for tag in tree.tags})
        self.labels = sorted({label for tree in trees for label in tree.labels})
        self.embed = [
            Embed(width, len(known) + 1, column=i)
            for i, (width, known) in enumerate(zip(WIDTHS, self.values, strict=True))
        ]
        self.mix = Maxout(WIDTH, sum(WIDTHS), nP=3, normalize=True, dropout=dropout)
        self.layers = [
            Maxout(WIDTH, 3 * WIDTH, nP=PIECES, normalize=True, dropout=dropout)
            if kind == "conv"
            else Linear(2 * WIDTH, 3 * WIDTH)
            for kind, _ in LAYERS
        ]
        self.after = [
            chain(LayerNorm(WIDTH), Dropout(dropout)) if kind == "memory" else None for kind, _ in LAYERS
        ]
        self.tag = Linear(len(self.tags), WIDTH)
        self.dependent = Relu(ARC, WIDTH, dropout=dropout)
        self.head = Relu(ARC, WIDTH, dropout=dropout)
        self.label_dependent = Linear(LABEL, WIDTH)
        self.label_head = Linear(LABEL, WIDTH)
        self.label_hidden = Dropout(dropout)
        self.label = Linear(len(self.labels), LABEL)
        self.loose: Model[Any, Any] = Model(
            "loose",
            _nothing,
            params={"near": None, "root": None, "label.near": None},
        )
        rng = numpy.random.default_rng(0)
        for name, shape in (
            ("near", (2 * NEAR + 1, ARC)),
            ("root", (ARC,)),
            ("label.near", (2 * NEAR + 1, LABEL)),
        ):
            self.loose.set_param(name, rng.normal(0, 0.01, shape).astype("float32"))
        self.model: Model[Any, Any] = Model("syntax", _nothing, layers=self._all())
        for layer in self._all():
            layer.initialize()

    def _all(self) -> list[Model[Any, Any]]:
        return [
            *self.embed, self.mix, *self.layers, *filter(None, self.after), self.tag, self.dependent,
            self.head, self.label_dependent, self.label_head, self.label_hidden, self.label, self.loose,
        ]  # fmt: skip

    def arrays(self) -> Arrays:
        """The arrays of the trained network, as it ships."""
        made: dict[str, Any] = {"tags": numpy.array(self.tags), "labels": numpy.array(self.labels)}
        for column, known, layer in zip(COLUMNS, self.values, self.embed, strict=True):
            made[f"values.{column}"] = numpy.array(known)
            made[f"embed.{column}"] = _with(layer, "E").get_param("E")
        layers = [
            (f"layer{i}", x, y or x) for i, (x, y) in enumerate(zip(self.layers, self.after, strict=True))
        ]
        for name, layer, after in [("mix", self.mix, self.mix), *layers]:
            weights, normalised = _with(layer, "W"), _with(after, "G")
            made |= {f"{name}.W": weights.get_param("W"), f"{name}.b": weights.get_param("b")}
            made |= {f"{name}.G": normalised.get_param("G"), f"{name}.shift": normalised.get_param("b")}
        linear = {
            "tag": self.tag, "dependent": self.dependent, "head": self.head, "label": self.label,
            "label.dependent": self.label_dependent, "label.head": self.label_head,
        }  # fmt: skip
        for name, layer in linear.items():
            made |= {
                f"{name}.W": _with(layer, "W").get_param("W"),
                f"{name}.b": _with(layer, "W").get_param("b"),
            }
        made |= {name: self.loose.get_param(name) for name in ("near", "root", "label.near")}
        return {k: a.astype("float16") if a.dtype.kind == "f" else a for k, a in made.items()}

    def learn(self, ids: NDArray[Any], trees: Sequence[Tree]) -> tuple[float, float, float]:
        """One step over a batch of sentences; the losses of tags, heads and labels.

        Args:
            ids: The rows of the embeddings of all their words.
            trees: The sentences.
        """
        lengths = [len(tree.words) for tree in trees]
        vectors, back = self._forward(ids, lengths)
        tags = [self.tags.index(tag) for tree in trees for tag in tree.tags]
        total = len(tags)
        scores, back_tag = self.tag(vectors, True)
        tag_loss, d_scores = cross_entropy(scores, numpy.array(tags))
        d_vectors = back_tag(d_scores / total)
        starts = numpy.cumsum([0, *lengths[:-1]])
        heads = numpy.array(
            [head + start for tree, start in zip(trees, starts, strict=True) for head in tree.heads]
        )
        head_loss, d_heads = self._learn_heads(vectors, heads, lengths)
        label_loss, d_labels = self._learn_labels(vectors, heads, trees)
        back(d_vectors + d_heads + d_labels)
        return tag_loss / total, head_loss / total, label_loss / total

    def _forward(self, ids: NDArray[Any], lengths: list[int]) -> tuple[Numbers, Backprop]:
        backs: list[Backprop] = []
        embedded = []
        for layer in self.embed:
            made, back = layer(ids, True)
            embedded.append(made)
            backs.append(back)
        vectors, back_mix = self.mix(numpy.hstack(embedded), True)
        steps = []
        order = Order(lengths)
        for layer, after, (_, distance) in zip(self.layers, self.after, LAYERS, strict=True):
            left, right = sides(lengths, distance)
            made, back = layer(window(vectors, left, right), True)
            if after is not None:
                made, back = remember(made, back, after, order)
            vectors = vectors + made
            steps.append((back, left, right))

        def backprop(d: Numbers) -> None:
            for back, left, right in reversed(steps):
                d = d + unwindow(back(d), left, right)
            at = 0
            d_mix = back_mix(d)
            for layer_back, width in zip(backs, WIDTHS, strict=True):
                layer_back(numpy.ascontiguousarray(d_mix[:, at : at + width]))
                at += width

        return vectors, backprop

    def _learn_heads(self, vectors: Numbers, gold: NDArray[Any], lengths: list[int]) -> tuple[float, Numbers]:
        dependents, back_dependents = self.dependent(vectors, True)
        heads, back_heads = self.head(vectors, True)
        near, root = self.loose.get_param("near"), self.loose.get_param("root")
        d_dependents, d_heads = numpy.zeros_like(dependents), numpy.zeros_like(heads)
        d_near, d_root = numpy.zeros_like(near), numpy.zeros_like(root)
        loss, end = 0.0, 0
        for length in lengths:
            start, end = end, end + length
            a, b = dependents[start:end], heads[start:end]
            here, diagonal = numpy.arange(length), numpy.diag_indices(length)
            scores = a @ b.T / SCALE + by_distance(a @ near.T)
            scores[diagonal] = a @ root
            of_sentence, d = cross_entropy(scores, gold[start:end] - start)
            loss += of_sentence
            d /= len(vectors)
            d_roots = d[diagonal].copy()
            d[diagonal] = 0
            d_far = numpy.zeros((length, len(near)), dtype="float32")
            numpy.add.at(d_far, (here[:, None], offset(here[None, :] - here[:, None])), d)
            d_dependents[start:end] = d @ b / SCALE + d_far @ near + d_roots[:, None] * root
            d_heads[start:end] = d.T @ a / SCALE
            d_near += d_far.T @ a
            d_root += d_roots @ a
        self.loose.inc_grad("near", d_near)
        self.loose.inc_grad("root", d_root)
        return loss, back_dependents(d_dependents) + back_heads(d_heads)

    def _learn_labels(
        self, vectors: Numbers, heads: NDArray[Any], trees: Sequence[Tree]
    ) -> tuple[float, Numbers]:
        gold = numpy.array([self.labels.index(label) for tree in trees for label in tree.labels])
        far = offset(heads - numpy.arange(len(heads)))
        mine, back_mine = self.label_dependent(vectors, True)
        theirs, back_theirs = self.label_head(vectors, True)
        hidden = numpy.maximum(mine + theirs[heads] + self.loose.get_param("label.near")[far], 0)
        dropped, back_dropped = self.label_hidden(hidden, True)
        scores, back_scores = self.label(dropped, True)
        loss, d_scores = cross_entropy(scores, gold)
        d = back_dropped(back_scores(d_scores / len(gold))) * (hidden > 0)
        d_near = numpy.zeros_like(self.loose.get_param("label.near"))
        numpy.add.at(d_near, far, d)
        self.loose.inc_grad("label.near", d_near)
        d_theirs = numpy.zeros_like(theirs)
        numpy.add.at(d_theirs, heads, d)
        return loss, back_mine(d) + back_theirs(d_theirs)


def _nothing(model: Model[Any, Any], values: Any, is_train: bool) -> tuple[Any, Backprop]:
    """For a model that only holds parameters or layers."""
    return values, lambda d: d


def remember(made: Numbers, back: Backprop, after: Model[Any, Any], order: Order) -> tuple[Numbers, Backprop]:
    """The recurrent part of a layer with memory, from what its linear part made."""
    forget, new = sigmoid(made[:, :WIDTH]), numpy.tanh(made[:, WIDTH:])
    keep = order.steps(1 - forget)
    memory = recur(keep, order.steps(forget * new))
    result, back_after = after(order.words(memory, len(made)), True)

    def backprop(d: Any) -> Any:
        d_memory = order.steps(back_after(d))
        for step in range(len(d_memory) - 2, -1, -1):
            d_memory[step] += d_memory[step + 1] * keep[step + 1]
        before = numpy.concatenate([numpy.zeros_like(memory[:1]), memory[:-1]])
        d_keep, d_add = order.words(d_memory * before, len(made)), order.words(d_memory, len(made))
        d_forget = (d_add * new - d_keep) * forget * (1 - forget)
        return back(numpy.hstack([d_forget, d_add * forget * (1 - new * new)]))

    return result, backprop


def _with(layer: Model[Any, Any], param: str) -> Model[Any, Any]:
    """The part of a layer that has a parameter of this name, and is not the other that has one too."""
    return next(part for part in layer.walk() if part.has_param(param))


def unwindow(d: Numbers, left: NDArray[Any], right: NDArray[Any]) -> Numbers:
    """The gradient of `window`."""
    width = d.shape[1] // 3
    made = numpy.zeros((len(d) + 1, width), dtype="float32")
    made[left] += d[:, :width]  # no place but the last, which is thrown away, is there twice
    made[right] += d[:, 2 * width :]
    made = made[:-1]
    made += d[:, width : 2 * width]
    return made


def cross_entropy(scores: Numbers, gold: NDArray[Any]) -> tuple[float, Numbers]:
    """The summed loss of rows of scores, and its gradient."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    exponents = numpy.exp(shifted)
    chances = exponents / exponents.sum(axis=1, keepdims=True)
    rows = numpy.arange(len(gold))
    loss = -float(numpy.log(chances[rows, gold] + 1e-12).sum())
    chances[rows, gold] -= 1
    return loss, chances
