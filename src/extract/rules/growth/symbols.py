"""A sentence as a row of items, each of one kind: what the patterns match.

Exports | rose | 5 % | to | $3 million | in | 2024
word change_verb percent to money preposition time
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from extract.rules import numbers
from extract.rules.growth.items import Item
from extract.rules.growth.kinds import COMPARING, kinds, lexicon, matcher, word_group
from extract.rules.growth.retag import retag
from extract.rules.spans import group

_POINT = re.compile(r"[\s-]points?\b")  # by a quarter point
_COUNTED = "quantities.counted_noun"
_UNIT_KINDS = {
    "percent": "percent",
    "percentage_point": "points",
    "basis_point": "points",
    "factor": "multiple",
}
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_RANGE = matcher(
    r"first:{time} ({from preposition} {time})? ({to and preposition word} | {say_verb verb}) {time}"
)
_UNTIL = frozenset({"ended", "ending", "to", "through", "until", "till"})
_FROM = frozenset({"from", "between"})
_DATELINE = matcher(
    r"""{word comma stop quote subordinator possessive preposition}{0,10} {time} ({, .} {time})?
    (open {word}{1,4} close)? comma"""
)
_LONGEST_DATELINE = 18
_DASHES = frozenset({"-", "--", "–", "—"})
_CONVERTED = kinds("money quantity")
_CONVERSION = matcher(
    r"\( {modifier article}* {money quantity} ({; , or and} {modifier article}* {money quantity})+ \)"
)
_LONGEST_BRACKET = 12
_ACRONYM = 3  # longer words in capitals stand in headlines, which no tagger was trained on
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


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
        self.spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        self.amounts = _amounts(doc)
        self.dates = {span.start: span for span in group(doc, "dates")}
        self.entities = {span.start: span for span in group(doc, "entities")}
        self.names = {i for span in self.entities.values() for i in range(span.start, span.end)}

    def sentences(self) -> Iterator[Sentence]:
        """The sentences that can hold a claim: those with an amount, a duration or a factor verb."""
        durations = [i for i, date in self.dates.items() if date.label_ == "DURATION"]
        starts = sorted([*self.amounts, *durations])
        position = 0
        for sent in self.spans:
            while position < len(starts) and starts[position] < sent.start:
                position += 1
            has_amount = position < len(starts) and starts[position] < sent.end
            if has_amount or any(_is_size(token.lower_) for token in sent):
                yield self.of(sent)

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one."""
        index = bisect_right(self.spans, sentence.items[0].start, key=lambda span: span.start) - 1
        return self.of(self.spans[index - 1]) if index else None

    def of(self, sent: Span) -> Sentence:
        """The symbols of one sentence."""
        items: list[Item] = []
        i = sent.start
        while i < sent.end:
            if not self.doc[i].is_space:
                items.append(self._item(i, sent.end))
                i = items[-1].end
            else:
                i += 1
        items = without_conversions(without_dateline(items))
        for item in items:
            last = self.doc[item.end - 1]
            item.tag = "" if last.is_upper and len(last) > _ACRONYM else last.tag_
        retag(items)
        items = with_ranges(items)
        return Sentence(self.doc, items, "".join(item.code for item in items))

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
        """The longest phrase of the lexicon that begins at token `i`."""
        phrases = lexicon().phrases
        lowers = [self.doc[k].lower_ for k in range(i, min(i + 4, end))]
        for size in range(len(lowers), 1, -1):
            code, direction = phrases.get(tuple(lowers[:size]), ("", ""))
            if code:
                return _listed(code, direction, i, i + size, " ".join(lowers[:size]))
        return None

    def _word(self, i: int, end: int) -> Item:
        """A single word, or several joined by hyphens."""
        last = i
        while (
            _hyphenated(self.doc, last, end) and last + 2 not in self.amounts and last + 2 not in self.dates
        ):
            last += 2
        word = self.doc[i : last + 1].text.lower().strip(_INVISIBLE)
        if i in self.names:
            return Item(kinds("word"), i, last + 1, word, named=True)
        return _classified(self.doc[i], i, last + 1, word)


def _is_slash(doc: Doc, i: int) -> bool:
    """`property/casualty` is one word; `b/d` and `up/down` stay apart."""
    sides = doc[i - 1], doc[i + 1]
    return doc[i].text == "/" and all(side.is_alpha and len(side) > _ACRONYM for side in sides)


def _listed(code: str, said: str, start: int, end: int, word: str) -> Item:
    """A word or phrase of the lexicon."""
    if said == COMPARING:
        return Item(code, start, end, word, timex_type=COMPARING)
    return Item(code, start, end, word, said)


def _is_size(word: str) -> bool:
    return word in lexicon().factors or word == "half"


def _amounts(doc: Doc) -> dict[int, Amount]:
    """Every amount of the document by its first token: money, quantities, then what numbers are left."""
    found: dict[int, Amount] = {}
    taken: set[int] = set()
    counting: dict[int, Amount] = {}  # what counts a noun, by its tokens
    for name in ("money", "quantities", "dates", "entities"):
        for span in group(doc, name):
            taken.update(range(span.start, span.end))
            if name in ("money", "quantities"):
                code = kinds("money" if name == "money" else _UNIT_KINDS.get(span.label_, "quantity"))
                amount = _without_sign(span, code)
                found[amount.start] = amount
                if span.id_ == _COUNTED:
                    counting |= dict.fromkeys(range(span.start, span.end), amount)
    text = doc.text
    for number in numbers.find(text):
        span_ = doc.char_span(number.start, number.end)
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


def _without_sign(span: Span, code: str) -> Amount:
    """The amount of a span; the sign tells the direction and is no part of it."""
    signed = span[0].text in ("-", "−", "+") and len(span) > 1
    return Amount(code, span.start + signed, span.end)


def _is_bare(number: numbers.Number, text: str) -> bool:
    """The number stands by itself: no ordinal, no `A320`, no `one-time`, no pronoun."""
    joined = text[number.end : number.end + 1] == "-" and text[number.end + 1 : number.end + 2].isalpha()
    pronoun = text[number.start : number.end].lower() == "one"
    return not (number.form == "ordinal" or number.glued or joined or pronoun)


def _hyphenated(doc: Doc, i: int, end: int) -> bool:
    """Token `i` is joined by a hyphen to a word after it."""
    return (
        i + 2 < end
        and (doc[i + 1].text in ("-", "‑") or _is_slash(doc, i + 1))
        and not doc[i].whitespace_
        and not doc[i + 1].whitespace_
        and doc[i].text[-1:].isalnum()
        and doc[i + 2].text[:1].isalpha()
    )


def _classified(token: Token, start: int, end: int, word: str) -> Item:
    lex = lexicon()
    if word in _POSSESSIVES and token.i and not token.nbor(-1).whitespace_ and token.nbor(-1).is_alpha:
        return Item(kinds("possessive"), start, end, word)
    if word in lex.factors:
        return Item(kinds("factor_verb"), start, end, word, _factor_direction(lex.factors[word]))
    if word in lex.words:
        return _listed(*lex.words[word], start, end, word)
    if word in lex.nouns:
        return Item(kinds("change_noun"), start, end, word, lex.nouns[word])
    if not word[:1].isalnum():
        return Item(kinds("stop"), start, end, word)
    if len(word) > 4 and word.endswith("ly"):
        return Item(kinds("modifier"), start, end, word)
    return Item(kinds("word"), start, end, word)


def _factor_direction(factor: str) -> str:
    return "decrease" if factor.startswith("0") else "increase"


def with_ranges(items: list[Item]) -> list[Item]:
    """The items with what runs from one time to another as one: `from March to May`, `the year to July 7`."""
    codes = "".join(item.code for item in items)
    joined: list[Item] = []
    done = 0
    for match in _RANGE.finditer(codes):
        first, last = match.start("first"), match.end() - 1
        if not _is_range(items, match):
            continue
        joined += items[done:first]
        if joined and items[first - 1].word in _FROM:
            joined[-1] = replace(joined[-1], code=kinds("preposition"))
        joined.append(replace(items[first], end=items[last].end, timex_type="DATE"))
        done = last + 1
    return joined + items[done:]


def _is_range(items: list[Item], match: re.Match[str]) -> bool:
    """The words before and between say that the times are the ends of one."""
    first = match.start("first")
    joint = items[match.end() - 2].word
    led = first > 0 and items[first - 1].word
    return joint in _UNTIL or (joint == "and" and led == "between")


def without_dateline(items: list[Item]) -> list[Item]:
    """The items without `CHICAGO, April 1 -` before them, which tells when and where it was written."""
    match = _DATELINE.match("".join(item.code for item in items[:_LONGEST_DATELINE]))
    if match is None or items[match.end() - 1].word not in _DASHES:
        return items
    return items[match.end() :]


def without_conversions(items: list[Item]) -> list[Item]:
    """The items without brackets that give an amount in several units: `9.5bn kronor (£722m; $1.3bn)`."""
    kept: list[Item] = []
    i = 0
    while i < len(items):
        end = _conversion_end(items, i) if kept and kept[-1].code in _CONVERTED else i
        if end == i:
            kept.append(items[i])
            end = i + 1
        i = end
    return kept


def _conversion_end(items: list[Item], i: int) -> int:
    """The item behind a bracket that opens at `i` and holds nothing but amounts of one kind; else `i`."""
    if items[i].code != kinds("open"):
        return i
    codes = "".join(item.code for item in items[i : i + _LONGEST_BRACKET])
    match = _CONVERSION.match(codes)
    signed = match is not None and any(
        item.direction for item in items[i : i + match.end()] if item.code in _CONVERTED
    )
    same = match is not None and items[i - 1].code in match[0]
    return i + match.end() if match is not None and same and not signed else i


def is_stock(item: Item) -> bool:
    """The amount counts a stock, such as jobs or members: its noun, or the last word before `of` or `in`."""
    return bool(item.noun) and item.word.split()[-1] in word_group("stocks")
