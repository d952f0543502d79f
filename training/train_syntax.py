"""Train the shipped parser on a teacher's trees of our own text, and report its scores on held-out text.

python training/train_syntax.py [--out FILE] [--teacher NAME] [--steps N]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

import numpy
from claims import texts
from news_text import articles
from syntax_layers import Learner
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops
from trees import TEACHER, Tree, Varied, parsed

from extract.rules.syntax.network import Network, load

ROOT = Path(__file__).parent.parent
LEARN_RATE, DROPOUT, WORDS = 0.002, 0.2, 1000
HIDDEN = 0.25  # of the words, whose letters and cluster alone are seen, as of words that training never saw


def batches(trees: list[Tree], rng: random.Random) -> Iterator[list[Tree]]:
    """Batches of varied sentences for ever."""
    vary = Varied(trees, rng)
    batch, size = [], 0
    while True:
        for tree in rng.sample(trees, len(trees)):
            batch.append(vary(tree))
            size += len(tree.words)
            if size >= WORDS:
                yield batch
                batch, size = [], 0


def scores(network: Network, trees: Sequence[Tree]) -> dict[str, float]:
    """Percent of words with the teacher's tag, head, and head and label; marks of punctuation aside."""
    right: Counter[str] = Counter()
    for start in range(0, len(trees), 20):
        some = trees[start : start + 20]
        for tree, made in zip(some, network.parse([t.words for t in some]), strict=True):
            for i, label in enumerate(tree.labels):
                if label == "punct":
                    continue
                head = made.heads[i] == tree.heads[i]
                right["words"] += 1
                right["tag"] += made.tags[i] == tree.tags[i]
                right["UAS"] += head
                right["LAS"] += head and made.labels[i] == label
    return {name: 100 * right[name] / right["words"] for name in ("tag", "UAS", "LAS")}


def learn_rate(done: float) -> float:
    """Rising over the first fiftieth of the steps, then falling to nothing in a straight line."""
    return LEARN_RATE * min(1.0, 50 * done, 0.02 + 1.02 * (1 - done))


def train(learner: Learner, trees: list[Tree], held_out: list[Tree], args: argparse.Namespace) -> None:
    """Update the network, and keep the averaged weights that do best on the held-out articles."""
    rng = random.Random(args.seed)
    optimizer = Adam(LEARN_RATE, L2=0.0, grad_clip=5.0, use_averages=True)
    best, began = -1.0, time.time()
    losses = numpy.zeros(3)
    shape = Network(learner.arrays())
    rows_of = lru_cache(None)(lambda word: shape.ids([word])[0])
    for step, batch in enumerate(islice(batches(trees, rng), args.steps), 1):
        optimizer.learn_rate = learn_rate(step / args.steps)
        ids = numpy.array([rows_of(word) for tree in batch for word in tree.words])
        ids[numpy.random.random(len(ids)) < HIDDEN, 0] = 0
        losses += learner.learn(ids, batch)
        learner.model.finish_update(optimizer)
        if step % args.every:
            continue
        with learner.model.use_params(optimizer.averages):
            arrays = learner.arrays()
        found = scores(Network(arrays), held_out)
        if found["LAS"] > best:
            best = found["LAS"]
            args.out.parent.mkdir(parents=True, exist_ok=True)
            numpy.savez(args.out, **arrays)
        shown = " ".join(f"{name} {value:.2f}" for name, value in found.items())
        loss = " ".join(f"{value:.3f}" for value in losses / args.every)
        print(f"{step} {time.time() - began:.0f}s loss {loss} {shown}", flush=True)
        losses[:] = 0


def main() -> None:
    """Train, save, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "src/extract/model/syntax/parser.npz")
    parser.add_argument("--teacher", default=TEACHER, help="an installed spaCy pipeline")
    parser.add_argument("--steps", type=int, default=4500)
    parser.add_argument("--every", type=int, default=500, help="steps between two looks at the held-out text")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    set_current_ops(NumpyOps(use_blis=False))
    train_text = chain((a.text for a in articles(held_out=False)), texts(held_out=False, times=20))
    trees = list(parsed(train_text, args.teacher))
    news = list(parsed((a.text for a in articles(held_out=True)), args.teacher))
    claims = list(parsed(texts(held_out=True, times=5), args.teacher))
    print(f"{len(trees)} sentences, {sum(len(tree.words) for tree in trees)} words", flush=True)
    train(Learner(trees, DROPOUT), trees, news, args)
    network = load(args.out)
    for name, held_out in (("news", news), ("claims", claims)):
        print(name, " ".join(f"{key} {value:.1f}" for key, value in scores(network, held_out).items()))


if __name__ == "__main__":
    main()
