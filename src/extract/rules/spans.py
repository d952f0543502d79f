"""What the rules share about spans: from offsets to spans, the longest of overlapping ones, their source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Source


def span_at(doc: Doc, start: int, end: int, *, label: str, rule: str, link: str = "") -> Span:
    """The span of the code points `start` to `end`, with a label and the name of its rule.

    Where the tokens do not allow the exact offsets, the span grows to the tokens it touches.
    `link` is kept as `span.kb_id_`: a part's owner, a mention's entity.
    """
    span = doc.char_span(start, end, label=label, kb_id=link, span_id=rule, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at {start}-{end}")
    return span


def longest(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that overlap a longer one, or an equally long earlier one, in text order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def group(doc: Doc, name: str) -> list[Span]:
    """The spans of a group, in text order; none when no component wrote it."""
    return list(doc.spans[name]) if name in doc.spans else []


def source(span: Span, article: Article) -> Source:
    """The source of the fact that stands at a span."""
    sentence = sentence_of(span) if span.doc.has_annotation("SENT_START") else span
    return Source(
        doc_id=article.id,
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        sentence_start=sentence.start_char,
        sentence_end=sentence.end_char,
        rule=span.id_,
    )


def sources(doc: Doc, article: Article) -> Callable[[Span], Source]:
    """`source` for many spans of a document: its sentences are looked up once, so that long ones cost no more."""
    marked = doc.has_annotation("SENT_START")
    starts = [token.i for token in doc if token.is_sent_start] if marked else []

    def of(span: Span) -> Source:
        first = starts[max(0, bisect_right(starts, span.start) - 1)] if marked else span.start
        following = bisect_left(starts, span.end)
        last = (starts[following] if following < len(starts) else len(doc)) if marked else span.end
        return Source(
            doc_id=article.id,
            text=span.text,
            start=span.start_char,
            end=span.end_char,
            sentence_start=doc[first].idx,
            sentence_end=doc[last - 1].idx + len(doc[last - 1]),
            rule=span.id_,
        )

    return of


def sentence_of(span: Span) -> Span:
    """The sentences that a span touches. (`span.sent` would look through the whole document.)"""
    doc, start, end = span.doc, span.start, span.end
    while start and not doc[start].is_sent_start:
        start -= 1
    while end < len(doc) and not doc[end].is_sent_start:
        end += 1
    return doc[start:end]
