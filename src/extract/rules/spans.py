"""What the rules share about spans: from offsets to spans, their groups in `doc.spans`, their source.

Each component owns one group, `extract_money` the group `money`: it replaces what is there. Spans that others
add to a group are ignored, here and by all rules: nothing says what they are worth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span, SpanGroup

from extract.articles import Article
from extract.errors import PipelineError
from extract.lexicons.own.patterns import OWN
from extract.records import Source
from extract.rules.words import words_of

_OWNER = "extract"  # the attribute of a group that its component wrote


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


def write(doc: Doc, name: str, spans: Iterable[Span]) -> None:
    """Make the spans the group of their component, in place of what is there."""
    doc.spans[name] = SpanGroup(doc, name=name, attrs={_OWNER: True}, spans=spans)


def group(doc: Doc, name: str) -> list[Span]:
    """The spans that the rules wrote to a group, in text order; none when no component wrote it."""
    if name not in doc.spans:
        return []
    kind = name.partition("_")[0]
    return [span for span in doc.spans[name] if _is_ours(span.id_, kind)]


@lru_cache(maxsize=4096)
def _is_ours(rule: str, kind: str) -> bool:
    """A rule of a component, or of a user's for it."""
    return rule.startswith((f"{kind}.", OWN))


def written(doc: Doc, name: str) -> bool:
    """The component of a group has processed the document; `sentences`: something has found its sentences."""
    if name == "sentences":
        return doc.has_annotation("SENT_START")
    return name in doc.spans and _OWNER in doc.spans[name].attrs


def require(doc: Doc, what: str, *needed: str) -> None:
    """Refuse a document that lacks what something depends on: its values could be wrong.

    Args:
        doc: The document.
        what: The component, or what else depends on it.
        needed: The groups that it looks at, and `sentences`.

    Raises:
        PipelineError: a group is not written yet; the message names the components to add.
    """
    missing = [f"extract_{name}" for name in needed if not written(doc, name)]
    if missing:
        raise PipelineError(
            f"{what}: the pipeline lacks {', '.join(missing)} before it; add each with nlp.add_pipe, in this "
            "order, or use extract.load()"
        )


def sentence_starts(doc: Doc) -> list[int]:
    """The tokens that begin a sentence; none where no sentences are marked."""
    starts: list[int] = np.flatnonzero(doc.to_array([SENT_START]) == 1).tolist()
    return starts


def sources(doc: Doc, article: Article) -> Callable[[Span], Source]:
    """What gives the spans of a document their source; its sentences are looked up once."""
    marked = doc.has_annotation("SENT_START")
    starts, words = sentence_starts(doc), words_of(doc)

    def of(span: Span) -> Source:
        start, end = span.start, span.end
        first = starts[max(0, bisect_right(starts, start) - 1)] if marked else start
        following = bisect_left(starts, end)
        last = (starts[following] if following < len(starts) else len(doc)) if marked else end
        while first < start and words.spaces[first]:
            first += 1
        while last > end and words.spaces[last - 1]:
            last -= 1
        return Source.of(
            article.text,
            (span.start_char, span.end_char),
            (words.starts[first], words.starts[last - 1] + len(words.texts[last - 1])),
            doc_id=article.id,
            rule=span.id_,
        )

    return of
