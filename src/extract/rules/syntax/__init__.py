"""Syntax: which word depends on which, in the sentences that are asked for.

>>> nlp = spacy.blank("en")
>>> doc = parse(nlp("Exports to Japan rose 5 %."), [(0, 7)])
>>> [(t.text, t.tag_, t.dep_, t.head.text) for t in doc][:2]
[('Exports', 'NNS', 'nsubj', 'rose'), ('to', 'IN', 'prep', 'Exports')]

`parse` sets spaCy's own `token.head`, `dep_` and `tag_`, with the labels of spaCy's English pipelines,
and changes nothing else: sentence borders, `doc.spans` and existing trees stay.
`tree` has the functions that answer questions about parsed tokens; its public names are here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy
from spacy.attrs import DEP, HEAD, IS_SPACE, SENT_START, TAG  # type: ignore[import-not-found]
from spacy.tokens import Doc

from extract.errors import ModelError
from extract.rules.syntax.layers import Places
from extract.rules.syntax.network import Network, Parse
from extract.rules.syntax.network import load as load_network
from extract.rules.syntax.tree import (
    CHANCES,
    OBJECTS,
    SUBJECTS,
    UNPARSED,
    Clause,
    attached_to,
    chain_up,
    chance,
    complement_of,
    governing_verb,
    is_parsed,
    is_passive,
    is_verb,
    noun_phrase,
    object_of,
    possessor_of,
    subject_of,
)
from extract.rules.words import words_of

__all__ = [
    "OBJECTS",
    "SUBJECTS",
    "Clause",
    "attached_to",
    "chain_up",
    "chance",
    "complement_of",
    "governing_verb",
    "is_parsed",
    "is_passive",
    "is_verb",
    "noun_phrase",
    "object_of",
    "parse",
    "possessor_of",
    "sentences",
    "subject_of",
]

SHIPPED = files("extract").joinpath("model", "syntax", "parser.npz")
LONGEST = 200  # words; longer ones are tables or lists, and pairs of words grow with the square


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """The sentences of a document as token indices, the end exclusive; the whole of it if none are marked."""
    starts = numpy.flatnonzero(doc.to_array([SENT_START]) == 1).tolist()
    if not starts or starts[0]:
        starts.insert(0, 0)
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(doc)], strict=True) if a < b]


def parse(doc: Doc, spans: Iterable[tuple[int, int]]) -> Doc:
    """Parse sentences of a document.

    Args:
        doc: Changed in place, and returned.
        spans: The sentences, as token indices, the end exclusive. Those that are parsed already, those of
            white space alone and those of more than `LONGEST` words are left as they are.

    Raises:
        ModelError: the installed package has no model, or not one that fits.
    """
    space, label = doc.to_array([IS_SPACE, DEP]).T
    label = numpy.where(label == doc.vocab.strings[UNPARSED], 0, label)
    chosen = []
    for start, end in spans:
        places = start + numpy.flatnonzero(space[start:end] == 0)
        if 0 < len(places) <= LONGEST and not label[start:end].any():
            chosen.append((places, start + numpy.flatnonzero(space[start:end])))
    if chosen:
        texts = words_of(doc).texts
        words = [[texts[place] for place in places.tolist()] for places, _ in chosen]
        _write(doc, chosen, shipped().parse(words))
    return doc


@cache
def shipped() -> Network:
    """The shipped network, loaded at the first use.

    Raises:
        ModelError: the installed package has no model, or not one that fits.
    """
    try:
        with as_file(SHIPPED) as path:
            return load_network(path)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the shipped parser cannot be loaded: {error}; reinstall extract-facts") from error


def _write(doc: Doc, chosen: list[tuple[Places, Places]], parses: list[Parse]) -> None:
    """Set spaCy's attributes for sentences, given as the places of their words and of their white space.

    White space depends on the word before it, as in spaCy's pipelines.
    """
    attributes = [TAG, DEP, HEAD]
    values: Any = doc.to_array(attributes)
    borders: Any = doc.to_array([SENT_START])
    chances = doc.user_data.setdefault(CHANCES, [0.0] * len(doc))
    add = doc.vocab.strings.add
    names = {name for made in parses for column in (made.tags, made.labels) for name in column}
    code = {name: add(name) for name in (*names, "_SP", "dep")}
    every = numpy.concatenate([places for places, _ in chosen])
    heads = numpy.concatenate([places[made.heads] for (places, _), made in zip(chosen, parses, strict=True)])
    values[every, 0] = [code[tag] for made in parses for tag in made.tags]
    values[every, 1] = [code[label] for made in parses for label in made.labels]
    values[every, 2] = (heads - every).astype(numpy.uint64)
    for place, sure in zip(every.tolist(), (sure for made in parses for sure in made.chances), strict=True):
        chances[place] = sure
    for places, spaces in chosen:
        for place in spaces.tolist():
            before = places[max(0, int(numpy.searchsorted(places, place)) - 1)]
            values[place] = code["_SP"], code["dep"], numpy.int64(before - place).astype(numpy.uint64)
            chances[place] = 1.0
    # Setting heads, also when a document is loaded, sets the borders by the trees. So a sentence without one
    # gets a label at its first token.
    values[(borders == 1) & (values[:, 1] == 0), 1] = add(UNPARSED)
    doc.from_array(attributes, values)
    doc.from_array([SENT_START], borders)
