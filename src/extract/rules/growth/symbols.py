"""A sentence as a row of items, each of one kind, for the patterns to match.

Exports | rose | 5 % | to | $3 million | in | 2024
word change_verb percent to money preposition time
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract.lexicons.scope import cached
from extract.rules import numbers
from extract.rules.growth.items import Item
from extract.rules.growth.kinds import COMPARING, kinds, lexicon, named_words, word_group
from extract.rules.growth.retag import retag
from extract.rules.growth.rows import (
    with_ranges,
    without_acronyms,
    without_conversions,
    without_dateline,
    without_scare_quotes,
)
from extract.rules.spans import group
from extract.rules.words import text_of, words_of

_POINT = re.compile(r"[\s-]points?\b")  # by a quarter point
_ASK = re.compile(r"/(?:\d{2,4}|\d+\.\d+)(?![\d/]|[.,]\d)")
_COUNTED = "quantities.counted_noun"
_UNIT_KINDS = {
    "percent": "percent",
    "percentage_point": "points",
    "basis_point": "points",
    "factor": "multiple",
}
_PRONOUNS = word_group("symbols_pronouns")
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_ACRONYM = 3  # longer words in capitals are in headlines, for which no tagger was trained
_JOINTS = frozenset({"-", "‑", "/"})
_LONGEST_PHRASE = 4
# Words that the rules of `retag` may make words of change.
_CUEING = word_group("symbols_cueing")
_SIZES = frozenset(lexicon().factors) | {"half"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@cached
def _phrase_starts() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in lexicon().phrases)


@cached
def _cues() -> frozenset[str]:
    """The words that a claim can be based on."""
    cueing = kinds(
        "change_verb change_noun direction unchanged reach_verb swing_verb stock_verb stock_noun comparator"
    )
    lex = lexicon()
    words = {word for word, (letter, _) in lex.words.items() if letter in cueing} | set(lex.nouns)
    words |= {word for phrase, (letter, _) in lex.phrases.items() if letter in cueing for word in phrase}
    groups = ("keeping", "going", "pushing", "passing", "taking_off", "bringing")
    return frozenset(words.union(_CUEING, named_words(), *map(word_group, groups)))


@dataclass(slots=True)
class Sentence:
    """The symbols of a sentence; `codes[i]` is the code of `items[i]`."""

    doc: Doc
    items: list[Item]
    codes: str

    def span(self, first: int, last: int) -> Span:
        """The document span from item `first` to item `last`, both included."""
        return self.doc[self.items[first].start : self.items[last].end]

    def phrase(self, first: int, last: int) -> Span:
        """The span of a noun phrase, without the number that counts it."""
        return self.doc[self.items[first].noun or self.items[first].start : self.items[last].end]


@dataclass(slots=True)
class Amount:
    """A span that may be a size or a level."""

    code: str
    start: int
    end: int
    sign: int = 0
    noun: int = 0


class Symbols:
    """Turns the sentences of a document into symbols."""

    def __init__(self, doc: Doc) -> None:
        """Gather what earlier components found in the document."""
        self.doc = doc
        self.lowers = words_of(doc).lowers
        self.spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        groups = {name: group(doc, name) for name in ("money", "quantities", "dates", "entities")}
        self.amounts = _amounts(doc, groups)
        self.dates = {span.start: span for span in groups["dates"]}
        self.entities = {span.start: span for span in groups["entities"]}
        self.names = {i for span in self.entities.values() for i in range(span.start, span.end)}

    def sentences(self) -> Iterator[Sentence]:
        """The sentences that can hold a claim: with an amount, and a word of change or a signed amount."""
        durations = [i for i, date in self.dates.items() if date.label_ == "DURATION"]
        starts = sorted([*self.amounts, *durations])
        position = 0
        for sent in self.spans:
            while position < len(starts) and starts[position] < sent.start:
                position += 1
            words = self.lowers[sent.start : sent.end]
            if not _SIZES.isdisjoint(words):
                yield self.of(sent)
                continue
            first = position
            while position < len(starts) and starts[position] < sent.end:
                position += 1
            amounts = starts[first:position]
            if amounts and (not _cues().isdisjoint(words) or self._is_signed(amounts)):
                yield self.of(sent)

    def _is_signed(self, amounts: list[int]) -> bool:
        return any(i in self.amounts and self.amounts[i].sign for i in amounts)

    def around(self, sentence: Sentence) -> Span:
        """The span of a sentence, with the white space around it."""
        return self.spans[self._index(sentence)]

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one."""
        index = self._index(sentence)
        return self.of(self.spans[index - 1]) if index else None

    def _index(self, sentence: Sentence) -> int:
        return bisect_right(self.spans, sentence.items[0].start, key=lambda span: span.start) - 1

    def of(self, sent: Span) -> Sentence:
        """The symbols of one sentence."""
        items: list[Item] = []
        i = sent.start
        while i < sent.end:
            if not self.lowers[i].isspace():
                items.append(self._item(i, sent.end))
                i = items[-1].end
            else:
                i += 1
        items = without_acronyms(without_conversions(without_dateline(items)), self.doc)
        items = without_scare_quotes(items)
        if self.doc[sent.start].tag:
            self._tag(items)
        retag(items)
        items = with_ranges(items)
        return Sentence(self.doc, items, "".join(item.code for item in items))

    def _tag(self, items: list[Item]) -> None:
        """Give the items their parts of speech."""
        for item in items:
            last = self.doc[item.end - 1]
            item.tag = "" if len(last) > _ACRONYM and last.is_upper else last.tag_

    def _item(self, i: int, end: int) -> Item:
        amount, date = self.amounts.get(i), self.dates.get(i)
        if amount is not None:
            sign = {1: "increase", -1: "decrease"}.get(amount.sign, "")
            return Item(
                amount.code, i, amount.end, self.doc[i : amount.end].text.lower(), sign, noun=amount.noun
            )
        if date is not None:
            return Item(kinds("time"), i, date.end, date.text.lower(), timex_type=date.label_)
        return self._phrase(i, end) or self._word(i, end)

    def _phrase(self, i: int, end: int) -> Item | None:
        """The longest phrase of the lexicon at token `i`."""
        if self.lowers[i] not in _phrase_starts():
            return None
        phrases = lexicon().phrases
        lowers = self.lowers[i : min(i + _LONGEST_PHRASE, end)]
        for size in range(len(lowers), 1, -1):
            code, direction = phrases.get(tuple(lowers[:size]), ("", ""))
            if code and not self._is_joined(i + size - 1, end):
                return _listed(code, direction, i, i + size, " ".join(lowers[:size]))
        return None

    def _word(self, i: int, end: int) -> Item:
        """A single word, or several joined by hyphens."""
        last = i
        while self._is_joined(last, end):
            last += 2
        word = self.lowers[i] if last == i else self.doc[i : last + 1].text.lower()
        word = word.strip(_INVISIBLE)
        if i in self.names:
            return Item(kinds("word"), i, last + 1, word, named=True)
        return _classified(self.doc[i], i, last + 1, word)

    def _is_joined(self, i: int, end: int) -> bool:
        """Token `i` is joined to the next but one by a hyphen or a slash, as one word."""
        if i + 2 >= end or self.lowers[i + 1] not in _JOINTS:
            return False
        if i + 2 in self.amounts or i + 2 in self.dates:
            return False
        one, joint, other = self.doc[i : i + 3]
        if (
            one.whitespace_
            or joint.whitespace_
            or not one.text[-1:].isalnum()
            or not other.text[:1].isalpha()
        ):
            return False
        long = all(side.is_alpha and len(side) > _ACRONYM for side in (one, other))
        return joint.text != "/" or long  # property/casualty, but b/d


def _listed(code: str, said: str, start: int, end: int, word: str) -> Item:
    """A word or phrase of the lexicon."""
    if said == COMPARING:
        return Item(code, start, end, word, timex_type=COMPARING)
    return Item(code, start, end, word, said)


def _amounts(doc: Doc, groups: Mapping[str, list[Span]]) -> dict[int, Amount]:
    """Every amount of the document by its first token: money, quantities, then the remaining numbers."""
    taken = {i for spans in groups.values() for span in spans for i in range(span.start, span.end)}
    found, counting = _stated(groups)
    text = text_of(doc)
    for number in (number for number in numbers.find(text) if number.value < numbers.MOST):
        decimal = "." in text[number.start : number.end]
        quote = _ASK.match(text, number.end) if decimal else None  # a dealer's 3.80/85 is one amount
        span_ = doc.char_span(number.start, quote.end() if quote else number.end)
        if span_ is None:
            continue
        if number.form == "fraction" and (point := _POINT.match(text, number.end)):
            part = doc.char_span(number.start, point.end())
            if part is not None and part.start not in found:
                found[part.start] = Amount(kinds("points"), part.start, part.end)
        elif span_.start not in taken and _is_bare(number, text):
            found[span_.start] = Amount(
                kinds("fraction" if number.form == "fraction" else "number"), span_.start, span_.end
            )
        if span_.start in found:
            found[span_.start].sign = number.sign
        if span_.start in counting:
            counting[span_.start].noun = span_.end
    return found


def _stated(groups: Mapping[str, list[Span]]) -> tuple[dict[int, Amount], dict[int, Amount]]:
    """Money and quantities by their first token, and those that count a noun by each of their tokens."""
    found: dict[int, Amount] = {}
    counting: dict[int, Amount] = {}
    for name in (name for name in groups if name in ("money", "quantities")):
        for span in groups[name]:
            code = kinds("money" if name == "money" else _UNIT_KINDS.get(span.label_, "quantity"))
            amount = _without_sign(span, code)
            found[amount.start] = amount
            if span.id_ == _COUNTED:
                counting |= dict.fromkeys(range(span.start, span.end), amount)
    return found, counting


def _without_sign(span: Span, code: str) -> Amount:
    """The amount of a span without its sign, which gives the direction."""
    signed = span[0].text in ("-", "−", "+") and len(span) > 1
    return Amount(code, span.start + signed, span.end)


def _is_bare(number: numbers.Number, text: str) -> bool:
    """The number is a word of its own, not an ordinal, `A320`, `one-time`, a score `6-3` or a pronoun."""
    joined = text[number.end : number.end + 1] == "-" and text[number.end + 1 : number.end + 2].isalnum()
    scored = text[max(0, number.start - 1) : number.start] == "-" and text[: number.start - 1][-1:].isdigit()
    pronoun = text[number.start : number.end].lower() == "one"
    return not (number.form == "ordinal" or number.glued or joined or scored or pronoun)


def _classified(token: Token, start: int, end: int, word: str) -> Item:
    lex = lexicon()
    if word in _POSSESSIVES and _is_behind_a_word(token, word):
        plural = word.endswith("s") or token.nbor(-1).lower_.endswith(("s", "z", "x"))
        return Item(kinds("possessive" if plural else "quote"), start, end, word)
    if word in lex.factors:
        return Item(kinds("factor_verb"), start, end, word, _factor_direction(lex.factors[word]))
    if word in lex.words and not _is_initials(token):
        return _listed(*lex.words[word], start, end, word)
    if word in lex.nouns:
        return Item(kinds("change_noun"), start, end, word, lex.nouns[word])
    if not word[:1].isalnum():
        return Item(kinds("stop"), start, end, word)
    if len(word) > 4 and word.endswith("ly"):
        return Item(kinds("modifier"), start, end, word)
    return Item(kinds("word"), start, end, word)


def _is_behind_a_word(token: Token, mark: str) -> bool:
    """The mark follows a word; `'s` may have a space before it, in texts that are split into words."""
    if token.i == 0:
        return False
    return mark.endswith("s") or (not token.nbor(-1).whitespace_ and token.nbor(-1).is_alpha)


def _is_initials(token: Token) -> bool:
    """`IT` or `WHO` among words in lower case is a name, not a pronoun."""
    if len(token) < 2 or not token.is_upper or token.lower_ not in _PRONOUNS:
        return False
    return any(
        other.is_alpha and not other.is_upper for other in token.doc[max(0, token.i - 2) : token.i + 3]
    )


def _factor_direction(factor: str) -> str:
    return "decrease" if factor.startswith("0") else "increase"


def is_stock(item: Item) -> bool:
    """The amount counts a stock, such as jobs or members: its noun, or the last word before `of` or `in`."""
    return bool(item.noun) and item.word.split()[-1] in word_group("stocks")
