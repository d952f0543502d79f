"""The sentences that may hold a claim, parsed: patterns take less time than a parse, so they come first.

Seven sentences of ten with an amount and a word of change hold no claim. So the patterns first read a
sentence without its parts of speech; it is parsed if they find a claim, or might find one with them.
"""

from __future__ import annotations

from extract.rules.growth.claims import any_matched
from extract.rules.growth.kinds import kinds, lexicon
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.growth.word_classes import LOOKING_AHEAD
from extract.rules.syntax import parse


def parsed(symbols: Symbols) -> list[Sentence]:
    """The sentences of a document that may hold a claim, in text order, with their parts of speech.

    Sets spaCy's `head`, `dep_` and `tag_` in them. Sentences that another component parsed stay as they are.
    """
    chosen = [symbols.around(sentence) for sentence in symbols.sentences() if _may_hold_a_claim(sentence)]
    parse(symbols.doc, [(sent.start, sent.end) for sent in chosen])
    return [symbols.of(sent) for sent in chosen]


def _may_hold_a_claim(sentence: Sentence) -> bool:
    """A pattern matches, or might if a word is a noun: `a salary | increase`, `its | estimate`."""
    nouns = lexicon().nouns
    return any_matched(sentence) or any(
        item.word in LOOKING_AHEAD or (item.code == kinds("change_verb") and item.word in nouns)
        for item in sentence.items
    )
