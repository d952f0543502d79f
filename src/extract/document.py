"""The article of a spaCy `Doc`: `doc._.article`, and the records in `doc._.facts`.

>>> doc, _ = next(nlp.pipe([("Exports rose 5% last year.", {"published": "2024-06-11"})], as_tuples=True))
>>> [(fact.text, fact.value) for fact in doc._.facts if fact.kind == "date"]
[('last year', '2023')]

The records are plain values in the attributes of a group of spans, `doc.spans["facts"]`, which holds the span
of each. So they are part of the `Doc` in other processes, in bytes and in a `DocBin`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from extract.articles import Article
from extract.collection import Facts
from extract.errors import PipelineError
from extract.flat import flattened, restored
from extract.normalized_text import NormalizedText
from extract.records import Fact
from extract.rules.spans import span_at

GROUP = "facts"
_ARTICLE = "extract_article"  # in the user data of a document that is not processed yet
_KNOWN = tuple(field.name for field in fields(Article) if field.name != "text")
_TEXTS = tuple(
    field.name for field in fields(Article) if field.type in ("str", "str | None") and field.name in _KNOWN
)
_OFFSETS = re.compile(r"(\d+)-(\d+)")


def register() -> None:
    """Register `doc._.article` and `doc._.facts` with spaCy."""
    Doc.set_extension("article", getter=article_of, setter=_set_article, force=True)
    Doc.set_extension("facts", getter=facts_of, force=True)


def article_of(doc: Doc) -> Article:
    """The article of a document: what was set, else its context in `nlp.pipe(..., as_tuples=True)`.

    A context is an `Article`, a mapping with some of its fields, or the day of its publication. Without any,
    it is the article of the document's records; an unknown article has the id ''.

    Raises:
        OptionError: `published` of a mapping is not a date.
    """
    known = doc.user_data.get(_ARTICLE)
    if known is None:
        article = _of_context(getattr(doc, "_context", None), doc.text)  # spaCy's own place for it
        if article is not None:
            return article
        known = doc.spans[GROUP].attrs.get("article") if GROUP in doc.spans else None
    if known is None:
        return Article(id="", text=doc.text)
    return Article(text=doc.text, **{name: _tuples(value) for name, value in known.items()})


def facts_of(doc: Doc) -> Facts:
    """The records of a document.

    Raises:
        PipelineError: the component that builds them has not processed it.
    """
    if GROUP not in doc.spans or "records" not in doc.spans[GROUP].attrs:
        raise PipelineError(
            "doc._.facts: no records were made of this document; process it by extract.load(), or by a "
            "pipeline whose last component is 'extract_facts'"
        )
    flat = doc.spans[GROUP].attrs["records"]
    return Facts((restored(*one) for one in flat), article=article_of(doc))


def keep(doc: Doc, article: Article, facts: Sequence[Fact]) -> None:
    """Store an article's facts on its document."""
    attrs = {"article": _plain(article), "records": [flattened(fact) for fact in facts]}
    spans = [span_at(doc, fact.start, fact.end, label=fact.kind, rule=fact.rule) for fact in facts]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, attrs=attrs, spans=spans)
    doc.user_data.pop(_ARTICLE, None)


def take_over(doc: Doc, plain: Doc, normalized: NormalizedText) -> None:
    """Copy to a document the sentences and span groups that were found in the plain form of its text."""
    for name, group in plain.spans.items():
        moved = [_moved(doc, span, normalized) for span in group]
        doc.spans[name] = SpanGroup(doc, name=name, attrs=group.attrs, spans=moved)
    if not doc.has_annotation("DEP"):  # the sentences of a parse are those of its trees
        marks: Any = np.full(len(doc), -1, dtype=np.int64)  # spaCy's code for tokens that begin no sentence
        starts = [normalized.span(sent.start_char, sent.end_char)[0] for sent in plain.sents]
        marks[[0, *(span_at(doc, start, start + 1, label="", rule="").start for start in starts)]] = 1
        doc.from_array(["SENT_START"], marks.astype(np.uint64))


def _moved(doc: Doc, span: Span, normalized: NormalizedText) -> Span:
    """A span of the plain form in the document; a part of a claim is linked to it by the offsets there."""
    link = _OFFSETS.fullmatch(span.kb_id_)
    link_ = "-".join(map(str, normalized.span(int(link[1]), int(link[2])))) if link else span.kb_id_
    start, end = normalized.span(span.start_char, span.end_char)
    return span_at(doc, start, end, label=span.label_, rule=span.id_, link=link_)


def _set_article(doc: Doc, article: Article) -> None:
    """Set the article of a document, whose records are then built again."""
    doc.spans.pop(GROUP, None)
    doc.user_data[_ARTICLE] = _plain(article)


def _plain(article: Article) -> dict[str, Any]:
    """An article as values that can be serialized."""
    known = {name: getattr(article, name) for name in _KNOWN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()}


def _tuples(value: Any) -> Any:
    """A value of an article, with tuples for the lists that serialization makes of them."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def _of_context(context: object, text: str) -> Article | None:
    """The article that a context describes, or None."""
    if isinstance(context, Article):
        return replace(context, text=text)
    if isinstance(context, Mapping):
        known: dict[str, Any] = {name: str(context[name]) for name in _TEXTS if context.get(name) is not None}
        return Article(**{"id": ""} | known, published=context.get("published"), text=text)
    return Article(id="", text=text, published=context) if isinstance(context, date) else None
