"""Train the shipped model and report its scores on held-out text.

    python training/train.py [--out DIR] [--steps N] [--more FILE.jsonl ...]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from news_text import Annotated, Renamer, articles, recase, respace
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import compounding, filter_spans, fix_random_seed

import extract.rules.entities.features  # noqa: F401
from extract.rules import tokens

ROOT = Path(__file__).parent.parent
SEED = 20
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
        "rows": [6000, 1000, 2500, 2500, 200, 500, 3000, 200, 200],
        "window_size": 1,
        "maxout_pieces": 3,
    },
}


def pipeline() -> Language:
    """An untrained pipeline with our tokeniser and network."""
    nlp = spacy.blank("en")
    tokens.customise(nlp)
    ner = nlp.add_pipe("ner", config={"model": MODEL})
    for label in LABELS:
        ner.add_label(label)
    return nlp


def example(nlp: Language, annotated: Annotated) -> Example:
    """A training example; mentions that the tokens do not fit, and unsure spans, count as unknown."""
    doc = nlp.make_doc(annotated.text)
    spans, missing = [], []
    for start, end, label in annotated.entities:
        span = doc.char_span(start, end, label=label)
        if span is not None:
            spans.append(span)
        else:
            missing.append(doc.char_span(start, end, alignment_mode="expand"))
    missing += [doc.char_span(start, end, alignment_mode="expand") for start, end in annotated.unsure]
    reference = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    spans = filter_spans(spans)
    taken = {i for span in spans for i in range(span.start, span.end)}
    reference.set_ents(
        [Span(reference, s.start, s.end, label=s.label_) for s in spans],
        missing=[
            Span(reference, s.start, s.end) for s in filter_spans([m for m in missing if m]) if taken.isdisjoint(range(s.start, s.end))
        ],
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


def main() -> None:
    """Train, save, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "extract" / "model" / "ner")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--every", type=int, default=500)
    parser.add_argument("--more", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    rng = random.Random(args.seed)
    data, held_out = list(articles(held_out=False)), list(articles(held_out=True))
    for path in args.more:
        for line in path.read_text(encoding="utf-8").splitlines():
            r = json.loads(line)
            data.append(Annotated(r["text"], tuple(map(tuple, r["entities"])), tuple(map(tuple, r["unsure"]))))
    nlp = pipeline()
    optimizer = nlp.initialize(lambda: [example(nlp, annotated) for annotated in data[:50]])
    optimizer.learn_rate = 0.001
    best, began, loss = 0.0, time.time(), {}
    for step, batch in enumerate(batches(nlp, data, rng), 1):
        nlp.update(batch, drop=0.2, sgd=optimizer, losses=loss)
        if step % args.every == 0:
            with nlp.use_params(optimizer.averages):
                result = scores(nlp, held_out)
                f1 = float(result["ents_f"])
                print(step, f"{time.time() - began:.0f}s loss {loss.get('ner', 0):.0f} F1 {100 * f1:.2f}", flush=True)
                if f1 > best:
                    best = f1
                    nlp.to_disk(args.out)
            loss = {}
        if step == args.steps:
            break
    result = scores(spacy.load(args.out), held_out)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
