"""Sentence borders for news text: full stops that end sentences, and lines.

>>> nlp = spacy.blank("en"); nlp.add_pipe("extract_sentences")
>>> [s.text for s in nlp("Profit rose 5 p.c. on Jan. 5. Shares fell.\\nMORE NEWS").sents]
['Profit rose 5 p.c. on Jan. 5.', 'Shares fell.', 'MORE NEWS']
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

_END = frozenset(".!?…") | {"...", "?!", "!!", "??"}
_CLOSERS = frozenset("\"'”’)]}»") | {"''"}


class Sentences:
    """Sets `token.is_sent_start` on every token."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentence borders of a document."""
        marks: Any = np.full(len(doc), -1, dtype=np.int64)  # spaCy's codes: 1 begins a sentence, -1 does not
        marks[self.match(doc)] = 1
        # at once: each assignment to `token.is_sent_start` would look through the whole document
        return doc.from_array(["SENT_START"], marks.astype(np.uint64))

    def match(self, doc: Doc) -> list[int]:
        """Indices of the tokens that begin a sentence."""
        words = [token.text for token in doc]
        starts = [0] if words else []
        ended = False  # a sentence has ended before this token, closing marks aside
        for i, word in enumerate(words):
            if word.isspace():
                ended = ended or "\n" in word
                continue
            if ended and not (word in _CLOSERS or word in _END):
                if i:
                    starts.append(i)
                ended = False
            if word in _END and (word != "." or self._ends(words, i)):
                ended = True
        return starts

    @staticmethod
    def _ends(words: list[str], i: int) -> bool:
        """A full stop ends a sentence unless a small letter follows it."""
        following = next((w for w in words[i + 1 : i + 4] if not w.isspace() and w not in _CLOSERS), "")
        return not following[:1].islower()


@Language.factory("extract_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The factory of the component."""
    return Sentences()
