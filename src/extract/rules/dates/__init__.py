"""Dates: time expressions as TIMEX3 has them, resolved against the article's date and the text before them.

>>> text = "Exports rose in the second quarter from a year earlier."
>>> article = Article(id="a", text=text, published=date(2024, 8, 1))
>>> [(f.text, f.value, f.rule) for f in read(nlp(article.text), article, ())]
[('the second quarter', '2024-Q2', 'dates.quarter'), ('a year earlier', '2023-Q2', 'dates.ago')]

`grammar` holds the named patterns, `find` matches them, `resolve` says what they denote. The component writes
the spans only; the values need the article's date and are computed by `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.records import Date, Fact
from extract.rules.dates import values
from extract.rules.dates.find import find
from extract.rules.dates.resolve import resolve
from extract.rules.spans import group, sources, span_at

GROUP = "dates"
_SOME_DAY = date(2000, 1, 1)  # the type of an expression does not depend on the article's date
_NAMES = frozenset(["PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "LAW"])


class DatesComponent:
    """Writes `doc.spans["dates"]`: the TIMEX3 type is the label."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        doc.spans[GROUP] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        names = _names(doc)
        spans: list[Span] = []
        resolved = resolve(doc.text, find(doc.text), published=_SOME_DAY, sentences=_sentences(doc))
        for expression, meaning in resolved:
            start, end = expression.start, expression.end
            span = span_at(doc, start, end, label=meaning.timex_type, rule=expression.rule)
            if not (_in_name(span, names.get(span.start)) or (spans and span.start < spans[-1].end)):
                spans.append(span)
        return spans


def _names(doc: Doc) -> dict[int, Span]:
    """The names that an earlier component found, by each of their tokens."""
    return {token.i: span for span in group(doc, "entities") if span.label_ in _NAMES for token in span}


def _in_name(span: Span, name: Span | None) -> bool:
    """The expression is part of a name (`Sunday` in `Sunday Times`), or is a person's (`May`)."""
    if name is None or span.end > name.end:
        return False
    return name.label_ == "PERSON" or len(name) > len(span)


def _sentences(doc: Doc) -> list[int]:
    """Offsets at which sentences begin."""
    if not doc.has_annotation("SENT_START"):
        return [0]
    return [token.idx for token in doc if token.is_sent_start]


def read(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Date]:
    """The records of the spans, in text order, resolved in one pass."""
    spans = {span.start_char: span for span in group(doc, GROUP)}
    expressions = [expression for expression in find(doc.text) if expression.start in spans]
    resolved = resolve(doc.text, expressions, published=article.published, sentences=_sentences(doc))
    source = sources(doc, article)
    for expression, meaning in resolved:
        interval = meaning.interval
        if interval is None and meaning.exact and meaning.timex_type in ("DATE", "TIME"):
            interval = values.interval(meaning.value)
        yield Date(
            source=source(spans[expression.start]),
            timex_type=meaning.timex_type,
            value=meaning.value,
            mod=meaning.mod,
            date_start=interval[0] if interval else None,
            date_end=interval[1] if interval else None,
        )


@Language.factory("extract_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DatesComponent:
    """The factory of the component."""
    return DatesComponent()
