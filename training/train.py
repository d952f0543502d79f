"""Train the shipped model, and report its scores on held-out articles of the project's own text.

python training/train.py [--out DIR] [--steps N]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import spacy
from news_text import Annotated, Renamer, articles, recase, respace
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import compounding, filter_spans, fix_random_seed
from thinc.api import Adam, Config, set_current_ops

import extract.rules.entities.features  # noqa: F401
from extract.rules import tokens
from extract.rules.entities.decoding import OPS

ROOT = Path(__file__).parent.parent
LEARN_RATE, DROPOUT = 0.001, 0.2
LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "extract.EntityTok2Vec.v1",
        "width": 96,
        "depth": 4,
        "rows": [6000, 1000, 2500, 2500, 200, 500, 3000, 200, 200, 1500, 100],
        "window_size": 1,
        "maxout_pieces": 3,
    },
}


def pipeline() -> Language:
    """An untrained pipeline with our tokeniser and network."""
    nlp = spacy.blank("en", config=dict(tokens.CONFIG))
    ner = nlp.add_pipe("ner", config={"model": MODEL})
    for label in LABELS:
        ner.add_label(label)
    return nlp


def example(nlp: Language, annotated: Annotated) -> Example:
    """A training example; mentions that the tokens do not fit count as unknown."""
    doc = nlp.make_doc(annotated.text)
    spans, missing = [], []
    for start, end, label in annotated.entities:
        span = doc.char_span(start, end, label=label)
        if span is not None:
            spans.append(span)
        else:
            missing.append(doc.char_span(start, end, alignment_mode="expand"))
    reference = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    sure = filter_spans(spans)
    taken = {i for span in sure for i in range(span.start, span.end)}
    unknown = [s for s in filter_spans(filter(None, missing)) if taken.isdisjoint(range(s.start, s.end))]
    reference.set_ents(
        [Span(reference, s.start, s.end, label=s.label_) for s in sure],
        missing=[Span(reference, s.start, s.end) for s in unknown],
        default="outside",
    )
    return Example(doc, reference)


def epoch(data: list[Annotated], rng: random.Random, rename: Renamer) -> Iterator[Annotated]:
    """The articles in a new order, part of them varied."""
    for annotated in rng.sample(data, len(data)):
        varied = annotated
        if rng.random() < 0.4:
            varied = rename(varied)
        if rng.random() < 0.15:
            varied = respace(varied, rng)
        if rng.random() < 0.1:
            varied = recase(varied, rng)
        yield varied


def batches(nlp: Language, data: list[Annotated], rng: random.Random) -> Iterator[list[Example]]:
    """Batches of growing size for ever."""
    rename = Renamer(rng)
    sizes = compounding(500, 1200, 1.001)
    batch, size, words = [], next(sizes), 0
    while True:
        for annotated in epoch(data, rng, rename):
            made = example(nlp, annotated)
            batch.append(made)
            words += len(made.reference)
            if words >= size:
                yield batch
                batch, size, words = [], next(sizes), 0


def scores(nlp: Language, data: list[Annotated]) -> dict[str, object]:
    """Strict precision, recall and F1, over all and per label."""
    examples = [example(nlp, annotated) for annotated in data]
    for done in examples:
        done.predicted = nlp(done.predicted)
    return Scorer.score_spans(examples, "ents")


def save(nlp: Language, folder: Path) -> None:
    """Write what the package ships: the component's weights and the config of its network."""
    folder.mkdir(parents=True, exist_ok=True)
    nlp.get_pipe("ner").to_disk(folder / "ner", exclude=["vocab"])
    Config({"ner": {"model": nlp.config["components"]["ner"]["model"]}}).to_disk(folder / "config.cfg")


def learn_rate(done: float) -> float:
    """The same for half of the steps, then falling to a tenth."""
    return LEARN_RATE * min(1.0, 0.1 + 1.8 * (1 - done))


def train(nlp: Language, data: list[Annotated], args: argparse.Namespace) -> None:
    """Update the network, and keep the averaged weights that do best on the held-out articles."""
    rng, held_out = random.Random(args.seed), list(articles(held_out=True))
    optimizer = Adam(LEARN_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    nlp.initialize(lambda: [example(nlp, annotated) for annotated in data[:50]], sgd=optimizer)
    best, began, loss = -1.0, time.time(), {}
    for step, batch in enumerate(islice(batches(nlp, data, rng), args.steps), 1):
        optimizer.learn_rate = learn_rate(step / args.steps)
        nlp.update(batch, drop=DROPOUT, sgd=optimizer, losses=loss)
        if step % args.every:
            continue
        with nlp.use_params(optimizer.averages):
            f1 = 100 * float(scores(nlp, held_out)["ents_f"])
            if f1 > best:
                best = f1
                save(nlp, args.out)
        print(f"{step} {time.time() - began:.0f}s loss {loss['ner']:.0f} F1 {f1:.2f}", flush=True)
        loss = {}


def main() -> None:
    """Train, save, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "extract" / "model")
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--every", type=int, default=500, help="steps between two looks at the held-out text")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    set_current_ops(OPS)
    nlp = pipeline()
    train(nlp, list(articles(held_out=False)), args)
    nlp.get_pipe("ner").from_disk(args.out / "ner", exclude=["vocab"])
    print(json.dumps(scores(nlp, list(articles(held_out=True))), indent=1))


if __name__ == "__main__":
    main()
