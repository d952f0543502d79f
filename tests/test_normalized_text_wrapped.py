"""Line breaks make no difference: articles wrapped at some width give the same facts."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from spacy.language import Language

import extract
from extract import Article
from extract.readers import Options, find
from extract.readers import read as read_files
from extract.records import Fact, row

ROOT = Path(__file__).parents[1]
MARKED = re.compile(r"\[([^\]]+)\]\([A-Z_]+\)")
PLACES = (
    "fact_id",
    "start",
    "end",
    "sentence_start",
    "sentence_end",
    "metric_start",
    "metric_end",
    "parts",
    "restates",
)

# Where neither an empty line nor an indent parts them, a line of results that is full by chance is joined.
UNSURE = ("sport_results_list.txt", ("60 letters", "66, at hyphens too"))

Told = list[dict[str, object]]


def wrapped(
    text: str, *, width: int, first: str = "", other: str = "", between: str = "", hyphens: bool
) -> str:
    """Each paragraph or line filled to a width; `between` stands for the empty line between paragraphs."""
    fill = partial(
        textwrap.fill,
        width=width,
        initial_indent=first,
        subsequent_indent=other,
        break_on_hyphens=hyphens,
        break_long_words=False,
    )
    parts = re.split(r"(\n\s*\n|\n)", text)
    return "".join(fill(part) if part.strip() else (between or part) for part in parts)


LAYOUTS = {
    "60 letters": partial(wrapped, width=60, hyphens=False),
    "66, at hyphens too": partial(wrapped, width=66, hyphens=True),
    "72, paragraphs indented": partial(wrapped, width=72, first="    ", hyphens=False),
    "80, all indented": partial(wrapped, width=80, first="    ", other="    ", hyphens=False),
    "72, as a wire": partial(wrapped, width=72, first="    ", between="\n", hyphens=True),
}


def told(facts: list[Fact]) -> Told:
    """What facts say, without where they stand and how their lines break."""
    return [{name: tight(value) for name, value in row(fact).items() if name not in PLACES} for fact in facts]


def tight(value: object) -> object:
    return re.sub(r"(?<=\w[-—]) | (?=—)", "", " ".join(value.split())) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def articles(nlp: Language) -> list[tuple[Article, Told]]:
    """The corpus and some of the training text, with their facts."""
    corpus = read_files(find([str(ROOT / "corpus")]), Options())
    some = [article for article in corpus if isinstance(article, Article)][::3]
    for path in sorted((ROOT / "training" / "news").glob("*.txt"))[::60]:
        text = MARKED.sub(r"\1", path.read_text(encoding="utf-8"))
        some.append(Article(id=path.stem, text=text, published=some[0].published))
    return [(article, told(extract.facts(nlp, article))) for article in some]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_breaks_make_no_difference(
    nlp: Language, articles: list[tuple[Article, Told]], layout: str
) -> None:
    for article, facts in articles[list(LAYOUTS).index(layout) % 2 :: 2]:
        other = replace(article, text=LAYOUTS[layout](article.text))
        assert other.text != article.text
        if Path(article.id).name == UNSURE[0] and layout in UNSURE[1]:
            continue
        assert told(extract.facts(nlp, other)) == facts, article.id
