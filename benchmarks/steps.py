"""Words per second of each step, of the whole, and of others on the same text, on one core.

    python -m benchmarks.steps [--words 50000] [--others 10000] [--corpus corpus]

Time is processor time of this process, which computes in one thread, so other work counts little.
"""

from __future__ import annotations

import argparse
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import process_time

import spacy
from spacy.language import Language
from spacy.training import Example

from benchmarks import texts
from benchmarks.measure import table
from extract import pipeline, record_builders
from extract.articles import Article
from extract.records import Fact
from extract.run import MemorySink, in_process, run

FULL = "spaCy's `en_core_web_sm`"
PLAIN = "`ner` of spaCy, same size of network, its own features, untrained"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--words", type=int, default=50_000, help="how many words to extract from (%(default)s)"
    )
    parser.add_argument("--others", type=int, default=10_000, help="how many the others get (%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="the articles (%(default)s)")
    arguments = parser.parse_args()
    print(report(texts.corpus(arguments.corpus), words=arguments.words, others=arguments.others))


def report(articles: list[Article], *, words: int, others: int) -> str:
    """The tables of the steps and of the others."""
    many = list(texts.repeated(articles, words))
    few = list(texts.repeated(articles, others))
    nlp = pipeline.load()
    for article in articles:  # lexicons and patterns are loaded when first used
        pipeline.facts(nlp, article)
    spent = by_step(nlp, many)
    whole = _seconds(lambda: run(in_process(nlp), iter(many), MemorySink()))
    count = _count(many)
    steps = [(name, _speed(count, seconds), f"{seconds / whole:.0%}") for name, seconds in spent.items()]
    others_spent = dict(by_others(few))
    rows = [(name, _speed(_count(few), seconds)) for name, seconds in others_spent.items()]
    share = count / whole / (_count(few) / others_spent[PLAIN])
    full = _times(FULL, count / whole, _count(few), others_spent)
    return "\n".join(
        [
            table(
                ["step", "words/s", "share of the whole"],
                [*steps, ("**the whole pipeline, as in `extract run`**", f"**{_speed(count, whole)}**", "")],
            ),
            table(["others on the same articles", "words/s"], rows),
            f"The whole runs at {share:.0%} of the speed of a tokenizer and spaCy's `ner` alone{full}.\n",
        ]
    )


def _times(other: str, speed: float, words: int, spent: dict[str, float]) -> str:
    """How many times faster the whole is than another program, where that was measured."""
    return f", and {speed / (words / spent[other]):.1f} times as fast as {other}" if other in spent else ""


def by_step(nlp: Language, articles: list[Article]) -> dict[str, float]:
    """Seconds spent in the tokenizer, in each component, and in reading the records."""
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, begun: float) -> None:
        spent[name] += process_time() - begun

    for article in articles:
        begun = process_time()
        doc = nlp.make_doc(article.text)
        timed("tokenizer", begun)
        for name, component in nlp.pipeline:
            if name == pipeline.RECORDS:
                continue  # the records are timed below
            begun = process_time()
            doc = component(doc)
            timed("names by the model (`ner`)" if name == "ner" else name.removeprefix("extract_"), begun)
        known: tuple[Fact, ...] = ()
        begun = process_time()
        for read in record_builders.RECORD_BUILDERS:
            known += tuple(read(doc, article, known))
        timed("records", begun)
    return dict(spent)


def by_others(articles: list[Article]) -> Iterator[tuple[str, float]]:
    """Seconds of other programs that find some of the same facts. Each does the first article twice."""
    from dateparser.search import search_dates

    with warnings.catch_warnings(action="ignore"):  # that it does without its classifier
        from quantulum3 import parser

    others: dict[str, Callable[[str], object]] = {
        PLAIN: bare_ner(),
        "dateparser `search_dates` (dates)": lambda text: search_dates(text, languages=["en"]),
        "quantulum3 (quantities and money)": parser.parse,
    }
    with suppress(OSError, ImportError):  # where it is not installed
        others[FULL] = spacy.load("en_core_web_sm")
    for name, parse in others.items():
        parse(articles[0].text)
        yield name, _seconds(lambda parse=parse: [parse(article.text) for article in articles])  # type: ignore[misc]


def bare_ner() -> Language:
    """A tokenizer and spaCy's own entity recogniser, with as wide and deep a network as ours."""
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    ner = nlp.add_pipe("ner", config={"model": {"tok2vec": tok2vec}})
    labels = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
    for label in labels:
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("A B"), {"entities": [(0, 1, "ORG")]})])
    return nlp


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def _count(articles: list[Article]) -> int:
    return sum(texts.words(article.text) for article in articles)


def _speed(count: int, seconds: float) -> str:
    return f"{count / seconds:,.0f}"


if __name__ == "__main__":
    main()
