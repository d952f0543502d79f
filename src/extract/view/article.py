"""The page of an article: its text with marked facts, a panel for the selected fact, a table of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from extract.articles import Article
from extract.records import KINDS, Fact, Growth
from extract.view.claims import claim_rows
from extract.view.packed import Packed, Step
from extract.view.pages import render
from extract.view.parts import Part, Parts
from extract.view.segments import Mark, Segment, segments
from extract.view.texts import shown

Steps = Mapping[tuple[str, str], Sequence[Step]]  # how facts were found, by `doc_id` and `fact_id`

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LONG = 4_000  # code points of a paragraph; a browser only lays out those in view
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_WRAPPED = (55, 100)  # the lengths of hard-wrapped lines, which may be wrapped again
_CLAIMS = 2_000  # more make a table slow to sort
_RANK = ("growth", "money", "quantity", "date", "entity")  # the order of facts at one place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its marks; `lines`: `spaced` for columns, `flowing` if hard-wrapped, or empty."""

    html: Markup
    lines: str


@dataclass(frozen=True, slots=True)
class Section:
    """An article on a page.

    Attributes:
        article: The article.
        whole: Whether it has the text; otherwise only the sentences of its facts.
        paragraphs: Its text.
    """

    article: Article
    whole: bool
    paragraphs: tuple[Paragraph, ...]

    @property
    def link(self) -> str | None:
        """The article's address, if it is on the web."""
        url = self.article.url or ""
        return url if url.startswith(("https://", "http://")) else None


def article_page(article: Article, facts: Iterable[Fact], *, explanations: Steps | None = None) -> str:
    """The page of one article.

    Args:
        article: The article; the facts' offsets count code points of its text.
        facts: Its facts, in any order.
        explanations: How they were found, by `doc_id` and `fact_id`: steps with the subject, its value
            and the reason. Not every fact needs one.

    Returns:
        One HTML file, which makes no requests.
    """
    return articles_page([(article, facts)], explanations=explanations)


def articles_page(
    articles: Iterable[tuple[Article | None, Iterable[Fact]]],
    *,
    explanations: Steps | None = None,
    title: str | None = None,
    note: str | None = None,
) -> str:
    """The page of several articles, one below the other.

    Args:
        articles: Each with its facts. Without the article, the sentences of its facts are shown, and it
            must have facts.
        explanations: As for `article_page`.
        title: Of the page; by default that of its first article.
        note: A line below the title.
    """
    sections: list[Section] = []
    packed = Packed()
    claims: list[dict[str, Any]] = []
    counts = dict.fromkeys(KINDS, 0)
    for article, unordered in articles:
        facts = sorted(unordered, key=lambda fact: (fact.start, -fact.end, _RANK.index(fact.kind)))
        finder, numbered = Parts(facts), list(enumerate(facts, len(packed)))
        parts = {n: finder.of(fact) for n, fact in numbered if isinstance(fact, Growth)}
        sections.append(_section(article, numbered, [part for of in parts.values() for part in of]))
        for n, fact in numbered:
            steps = (explanations or {}).get((fact.doc_id, fact.fact_id), ())
            packed.add(fact, len(sections) - 1, parts.get(n, ()), steps)
            counts[fact.kind] += 1
        claims += claim_rows(numbered)
    first = sections[0].article if sections else Article(id="", text="")
    return render(
        "article.html",
        scripts=("table.js", "article.js"),
        title=title or first.title or first.id or "Facts",
        sections=sections,
        note=note,
        several=len(sections) > 1,
        claims=claims[:_CLAIMS],
        total=len(claims),
        counts=counts,
        data=packed.data(),
    )


def _section(article: Article | None, numbered: Sequence[tuple[int, Fact]], parts: Iterable[Part]) -> Section:
    marks = [Mark(fact.start, fact.end, n, fact.kind) for n, fact in numbered]
    marks += [Mark(part.start, part.end) for part in parts]
    if article is not None:
        blocks = list(_paragraphs(article.text))
    else:
        blocks = list(_sentences([fact for _, fact in numbered]))
    known = article or Article(id=numbered[0][1].doc_id, text="")
    return Section(known, article is not None, tuple(_cut(blocks, marks)))


def _cut(blocks: Sequence[tuple[int, str]], marks: Sequence[Mark]) -> Iterator[Paragraph]:
    """Each block in segments, in one pass over blocks and marks."""
    marks = sorted(marks, key=lambda mark: mark.start)
    following, still_open = 0, list[Mark]()
    for start, text in blocks:
        still_open = [mark for mark in still_open if mark.end > start]
        while following < len(marks) and marks[following].start < start + len(text):
            still_open.append(marks[following])
            following += 1
        html = "".join(map(_marked, segments(text, still_open, first=start)))
        yield Paragraph(Markup(html), _lines(text))


def _marked(one: Segment) -> str:
    """The HTML of a segment: plain, or with its offset and the numbers and lanes of its facts.

    It is built here and not in a template because a long article has a hundred thousand segments.
    """
    text = escape(shown(one.text))
    if not one.marks:
        return f'<span data-a="{one.start}">{text}</span>' if one.part else str(text)
    lanes = " ".join(f"{mark.kind}{lane}" for mark, lane in one.marks)
    numbers = " ".join(str(mark.number) for mark, _ in one.marks)
    kinds = f'class="{lanes} {one.marks[-1][0].kind}"'
    begins = " data-b" if one.begins else ""
    return f'<mark {kinds} data-a="{one.start}" data-f="{numbers}"{begins}>{text}</mark>'


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, with their offsets, split at blank lines; long ones also at line ends."""
    start = 0
    for blank in (*_BLANK_LINES.finditer(text), None):
        end = blank.start() if blank else len(text)
        while start < end:
            line = _line_end(text, start, end)
            if text[start:line].strip():
                yield start, text[start:line]
            start = line + 1
        start = blank.end() if blank else end


def _line_end(text: str, start: int, end: int) -> int:
    """The end of a paragraph, or of the next part of a long one."""
    if end - start <= _LONG:
        return end
    line = text.rfind("\n", start + 1, start + _LONG)
    line = line if line > 0 else text.find("\n", start + _LONG, end)
    return line if line > 0 else end


def _lines(text: str) -> str:
    """The layout of the lines of a paragraph."""
    lines = text.split("\n")
    if sum(bool(_COLUMNS.search(line)) for line in lines) > 1:
        return "spaced"
    wrapped = len(lines) > 2 and all(_WRAPPED[0] <= len(line) <= _WRAPPED[1] for line in lines[:-1])
    return "flowing" if wrapped else ""


def _sentences(facts: Sequence[Fact]) -> Iterator[tuple[int, str]]:
    """The sentences of facts, with their offsets, in text order, without overlaps."""
    quoted = {
        fact.source.quoted_start if fact.sentence else fact.start: fact.sentence or fact.text
        for fact in facts
    }
    end = 0
    for start in sorted(quoted):
        text = quoted[start][max(end - start, 0) :]
        if text:
            yield max(start, end), text
        end = max(end, start + len(quoted[start]))
