"""A long document through the statistical model, chunk by chunk, in the memory of one chunk.

While it works the network needs 28 kB for each token, but only 48 bytes of inputs go into it. So the
inputs, which say what is anywhere in the article, are computed for the whole document, and the network
takes chunks. They end where sentences end, which no name of the model crosses, and have more tokens on either
side, as many as the network looks; so the names are those of the whole, wherever the chunks end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from extract.rules.entities.certainty import Chance, chances, keep
from extract.rules.entities.features import FEATURES, inputs

MARGIN = 4  # tokens that the network looks to either side: one in each layer


def names_by_chunks(recogniser: Callable[[Doc], Doc], doc: Doc, *, length: int) -> list[Span]:
    """The entities that a recogniser finds in a document, in text order.

    Args:
        recogniser: Sets `doc.ents` by a network over `inputs`, four layers deep.
        doc: A document whose sentences are marked.
        length: Tokens of a chunk, at most.
    """
    rows, found, sure = inputs(doc), list[Span](), list[Chance]()
    for start, end in _borders(doc, length):
        first, last = max(0, start - MARGIN), min(len(doc), end + MARGIN)
        chunk = recogniser(_chunk(doc, first, last, rows))
        sure += [(first + at, label, chance) for at, label, chance in chances(chunk)]
        for entity in chunk.ents:
            begin, stop = first + entity.start, first + entity.end
            if start <= begin < end and (not found or found[-1].end <= begin):
                found.append(Span(doc, begin, stop, label=entity.label))
    keep(doc, sure)
    return found


def _borders(doc: Doc, length: int) -> Iterator[tuple[int, int]]:
    """Where chunks begin and end: between sentences, but for one that is longer than a chunk."""
    start, end = 0, 0
    for border in [*(token.i for token in doc if token.is_sent_start), len(doc)]:
        while border - start > length:
            end = end if end > start else start + length
            yield start, end
            start = end
        end = border
    if start < len(doc):
        yield start, len(doc)


def _chunk(doc: Doc, start: int, end: int, rows: NDArray[Any]) -> Doc:
    """Some tokens of a document as one of its own, with the features that they have there."""
    tokens = doc[start:end]
    return Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        sent_starts=[bool(token.is_sent_start) for token in tokens],
        user_data={FEATURES: rows[start:end]},
    )
