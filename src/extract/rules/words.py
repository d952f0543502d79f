"""The words of a document as plain lists, made once for all rules that look at them.

>>> words_of(spacy.blank("en")("Sales rose.")).texts
['Sales', 'rose', '.']
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from spacy.attrs import IDX, IS_SPACE, LENGTH, SPACY  # type: ignore[import-not-found]
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The tokens of a document. Callers must not change them.

    Attributes:
        texts, lowers: The tokens as they are and in lower case.
        starts: The code point at which each begins.
        spaces: The token is white space.
        followed: A space follows the token.
    """

    texts: list[str]
    lowers: list[str]
    starts: list[int]
    spaces: list[bool]
    followed: list[bool]


def words_of(doc: Doc) -> Words:
    """The words of a document, once for all who ask."""
    return _words_of(doc, len(doc))  # a component between two of ours may have merged tokens


@lru_cache(maxsize=2)
def _words_of(doc: Doc, count: int) -> Words:
    text = text_of(doc)
    starts, lengths, spaces, followed = doc.to_array([IDX, LENGTH, IS_SPACE, SPACY]).astype("int64").T
    texts = [text[start:end] for start, end in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)]
    lowers = [word.lower() for word in texts]
    return Words(texts, lowers, starts.tolist(), (spaces == 1).tolist(), (followed == 1).tolist())


_TEXTS: deque[tuple[Doc, str]] = deque(maxlen=4)  # of the last documents; threads may share it


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together anew at each use."""
    for known, text in tuple(_TEXTS):
        if known is doc:
            return text
    return remember_text(doc, doc.text)


def remember_text(doc: Doc, text: str) -> str:
    """Keep `doc.text` for a while, and return it."""
    _TEXTS.appendleft((doc, text))
    return text
