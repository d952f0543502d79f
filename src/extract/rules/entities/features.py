"""The token features of the shipped model, and its network, for spaCy's registry.

Beside spaCy's own attributes of a token (norm, prefix, suffix, shape) the network sees seven more numbers:
the kind of known name it is in, what the rules read there, the sorts of word it is, how the article
writes it, what surrounds it elsewhere in the article, and two lengths of its Brown cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, cast

import numpy
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH  # type: ignore[import-not-found]
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d, Ints2d

from extract import lexicons
from extract.lexicons.scope import cached, using
from extract.rules.entities.consistency import by_rule
from extract.rules.entities.gazetteer import fold, load
from extract.rules.entities.names import RULES
from extract.rules.entities.shapes import View, speech, titles, view

_KINDS = (
    "country", "people", "state", "place", "group", "acronym", "org", "city", "region", "town",
    "event", "law", "product", "work_of_art",
)  # fmt: skip
_LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
_PARAGRAPH = "\n\n"
# The columns of the network that describe a word's letters; those of its place in the article, and how many
# values each has.
OF_WORD = (0, 1, 2, 3, 6, 9, 10)
OF_ARTICLE = (4, 5, 7, 8)
SIZES = (4 * (len(_KINDS) + 1), 2 * (1 + len(_LABELS) * len(RULES)), 48, 64)
PLACED = slice(2, 6)  # the inputs that are the values of these
OPENING = 6  # the input that is 1 where a name may begin
FEATURES = "extract.features"  # key of `doc.user_data`


@registry.architectures("extract.EntityTok2Vec.v1")  # type: ignore[untyped-decorator]
def entity_tok2vec(
    width: int, depth: int, rows: list[int], window_size: int, maxout_pieces: int
) -> Model[list[Doc], list[Floats2d]]:
    """Hash embeddings of the eleven features of a token, then a convolution over its neighbours.

    Args:
        width: Numbers per token.
        depth: Layers of the convolution.
        rows: Rows of each feature's table; eleven.
        window_size: Tokens that a layer sees on each side.
        maxout_pieces: Pieces of each maxout unit.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, row, column=column, seed=8 + column, dropout=0.0) for column, row in enumerate(rows)
    ]
    embed: Model[Any, Any] = chain(
        feature_extractor(),
        list2ragged(),
        with_array(concatenate(*tables)),
        with_array(Maxout(width, width * len(rows), nP=3, dropout=0.0, normalize=True)),
        ragged2list(),
    )
    encode = MaxoutWindowEncoder(width, window_size=window_size, maxout_pieces=maxout_pieces, depth=depth)
    model: Model[list[Doc], list[Floats2d]] = chain(embed, encode)
    model.set_dim("nO", width)
    return model


def feature_extractor() -> Model[list[Doc], list[Ints2d]]:
    """The layer from documents to features: one row per token."""
    return Model("extract_features", _forward)


def _forward(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    with using(None):  # the model knows the shipped names alone
        arrays = [features(doc) for doc in docs]
    return [model.ops.asarray2i(cast("Ints2d", array), dtype="uint64") for array in arrays], lambda _: []


def features(doc: Doc) -> NDArray[numpy.uint64]:
    """All features of each token, in the order of the network's columns."""
    given = inputs(doc)
    made = numpy.empty((len(doc), len(OF_WORD) + len(OF_ARTICLE)), dtype="uint64")
    made[:, OF_WORD] = of_words(given[:, :2].tolist(), doc.vocab)
    made[:, OF_ARTICLE] = given[:, PLACED]
    return made


def inputs(doc: Doc) -> NDArray[numpy.uint64]:
    """What the features of each token follow from: its letters, its norm, and four features of its place.

    Letters and norm are numbers of spaCy's strings. The last column is no feature: it says whether a name
    may begin there. Of a piece of a document they are those that its tokens have in the whole.
    """
    given: NDArray[numpy.uint64] | None = doc.user_data.get(FEATURES)
    if given is not None:
        return given
    seen = view(doc)
    made = numpy.zeros((len(doc), OPENING + 1), dtype="uint64")
    if len(doc):
        made[:, :2] = doc.to_array([ORTH, NORM])
        made[:, 2], made[:, 3] = _known(seen), _read_by_rule(seen)
    breaks = [i for i, word in enumerate(seen.words) if "\n" in word and word.isspace()]
    if breaks:  # however lines and paragraphs are set apart
        paragraph = doc.vocab[_PARAGRAPH]
        made[breaks, :2] = paragraph.orth, paragraph.norm
    capitals = [i for i, capital in enumerate(seen.capital) if capital]
    made[capitals, 4] = [_writing(seen, i) for i in capitals]
    made[capitals, 5] = [seen.traits.get(seen.words[i], 0) for i in capitals]
    made[:, OPENING] = made[:, 2:4].any(axis=1) | _opening(seen)
    return made


def _opening(seen: View) -> NDArray[numpy.bool_]:
    """The tokens with a capital (`Acme`, `easyJet`), and what leads to one: `bin Laden`, `3rd Fleet`."""
    words, particles = seen.words, _particles()
    made = numpy.array([word != lower for word, lower in zip(words, seen.lower, strict=True)], dtype=bool)
    near = made.copy()
    near[:-1] |= made[1:]
    near[:-2] |= made[2:]
    leading = [
        i for i in numpy.flatnonzero(near & ~made).tolist() if words[i] in particles or words[i][0].isdigit()
    ]
    made[leading] = True
    return made


def of_words(words: Iterable[tuple[int, int]], vocab: Vocab) -> NDArray[numpy.uint64]:
    """The features of words alone, given as letters and norm; a row for each, in the order of `OF_WORD`."""
    rows = []
    for orth, norm in words:
        lexeme = vocab[orth]
        word = lexeme.text
        rows.append(
            (norm, lexeme.prefix, lexeme.suffix, lexeme.shape, _sorts(word.lower()), *_clusters(word))
        )
    return numpy.array(rows, dtype="uint64").reshape(-1, len(OF_WORD))


def _writing(seen: View, i: int) -> int:
    """How the article writes a capitalised word: in lower case too, in headlines, how often."""
    small = seen.lower[i] in seen.small
    count = min(seen.counts.get(seen.words[i], 0), 5)
    return small + 2 * seen.shouted[i] + 4 * seen.opens[i] + 8 * count


def _known(seen: View) -> list[int]:
    """Per token: the kind of known name, and whether the token begins, goes on with or is that name."""
    codes = [0] * len(seen.words)
    for start, (end, hit) in seen.hits.items():
        kind = 4 * (_KINDS.index(hit.entry.kind) + 1)
        for i in range(start, end):
            codes[i] = kind + (i > start) + 2 * (end - start > 1)
    return codes


def _read_by_rule(seen: View) -> list[int]:
    """Per token: label and rule of the name that the rules find there, and whether it begins there."""
    codes = [0] * len(seen.words)
    for name in by_rule(seen):
        code = 2 * (1 + _LABELS.index(name.label) + len(_LABELS) * RULES.index(name.rule))
        for i in range(name.start, name.end):
            codes[i] = code + (i > name.start)
    return codes


@lru_cache(maxsize=50_000)
def _sorts(lower: str) -> int:
    """The sorts of word that a token is, as bits."""
    gazetteer, folded = load(), fold(lower)
    bits = (folded in gazetteer.given) + 2 * (folded in gazetteer.family) + 4 * (lower in gazetteer.common)
    for place, words in enumerate(_word_sorts(), 3):
        bits |= (lower in words) << place
    return bits


@lru_cache(maxsize=50_000)
def _clusters(word: str) -> tuple[int, int]:
    """The Brown cluster of a word, in another case if need be, and the first six bits of its path."""
    known = load().clusters
    number = known.get(word) or known.get(word.lower()) or known.get(word.title()) or 0
    return number, number & 63


@cached
def _particles() -> frozenset[str]:
    return frozenset(lexicons.load("titles")["particles"]["words"])


@cached
def _word_sorts() -> tuple[frozenset[str], ...]:
    """Small-letter words of each sort: titles, speech, heads of organisations, places and works."""
    organisations, regions, works = (lexicons.load(name) for name in ("organisations", "regions", "works"))
    lists = [
        [title.lower() for title in titles()],
        speech(),
        organisations["suffixes"]["words"],
        organisations["heads"]["after"],
        [head.split()[0] for head in organisations["heads"]["before"]],
        [word for head in ("LOC", "GPE") for side in regions["heads"][head].values() for word in side],
        [word for side in regions["heads"]["FAC"].values() for word in side],
        [word for head in works["heads"].values() for side in head.values() for word in side],
        lexicons.load("titles")["particles"]["words"],
    ]
    return tuple(frozenset(word.lower() for word in words) for words in lists)
