"""A sentence as a string of symbols, one for each word group that matters to a claim of change.

Exports rose 5 % to $3 million in 2024 , from $2.8 million a year earlier .
w       V    P   t  M          i  D    , f    M            D              .

P percent      p percentage or basis points   M money      Q other quantity
B bare number  F multiple (3-fold)            H fraction   D time expression
V verb of change    X verb of a factor (doubled)   N noun of change    U up, down, higher, lower
R verb of arriving (reach)     E unchanged    v other verb     s verb of saying     j verb of looking ahead
x auxiliary    r raising word (set, likely)   C comparator     k subordinator
t to    f from    b by    o of    a at    i other preposition    & and    | or
d determiner   y pronoun   m modifier    w other word    ' possessive mark   , ; : ( ) " . punctuation
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from extract import lexicons
from extract.rules import numbers
from extract.rules.spans import group

AMOUNTS = "PpMQBFH"

_UNIT_CODES = {"percent": "P", "percentage_point": "p", "basis_point": "p", "factor": "F"}
_PUNCTUATION = {
    "(": "(", "[": "(", ")": ")", "]": ")", ";": ";", ":": ":", ",": ",", "–": ",", "—": ",", "--": ",",
    "-": ",", "and": "&", "&": "&", "or": "|", "/": "|", "to": "t", "from": "f", "by": "b", "of": "o",
    "at": "a",
}  # fmt: skip
_WORD_LISTS = {
    "modifiers": "m",
    "prepositions": "i",
    "subordinators": "k",
    "determiners": "e",
    "articles": "d",
    "pronouns": "y",
    "auxiliaries": "x",
}
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_QUOTES = frozenset("\"“”‘’'`") | {"''", "``"}


@dataclass(slots=True)
class Item:
    """One symbol: its code, the tokens it covers, the word in small letters, a direction, a factor."""

    code: str
    start: int
    end: int
    word: str
    direction: str = ""
    factor: str = ""


@dataclass(slots=True)
class Sentence:
    """The symbols of a sentence; `codes[i]` is the code of `items[i]`."""

    doc: Doc
    items: list[Item]
    codes: str

    def span(self, first: int, last: int) -> Span:
        """The document span from item `first` to item `last`, both included."""
        return self.doc[self.items[first].start : self.items[last].end]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words and phrases stand for: (code, direction)."""

    words: dict[str, tuple[str, str]]
    nouns: dict[str, str]
    factors: dict[str, str]
    phrases: dict[tuple[str, ...], str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of change, turned into look-up tables."""
    data = lexicons.load("growth")
    words: dict[str, tuple[str, str]] = {}

    def put(forms: str, code: str, direction: str = "") -> None:
        for form in forms.split():
            words[form] = (code, direction)

    for name, code in _WORD_LISTS.items():
        put(data["words"][name], code)
    for name, code in (("level", "v"), ("report", "s"), ("project", "j"), ("particle", "v"), ("reach", "R")):
        for forms in data["verbs"][name]:
            put(forms, code, "increase" if code == "R" else "")
    put(data["words"]["raising"], "r")
    for direction in ("increase", "decrease"):
        for forms in data["verbs"][direction]:
            put(forms, "V", direction)
    put("have has had", "x")
    for direction, forms in data["adverbs"].items():
        put(forms, "E" if direction == "unchanged" else "U", direction)
    put("this these those", "e")
    put("which who whom what that", "k")
    factors = {form: str(f["factor"]) for f in data["factors"].values() for form in f["forms"].split()}
    nouns = {w: d for d in ("increase", "decrease") for w in data["nouns"][d].split()}
    phrases = {tuple(phrase.split()): "C" for phrase in data["comparators"]["phrases"]}
    phrases |= {tuple(phrase.split()): code for phrase, code in data["phrases"].items()}
    return Lexicon(words, nouns, factors, phrases)


@cache
def handled_words() -> frozenset[str]:
    """Words of change that are also said of sums that change hands: `raised $5 million`, `a gain of $3 million`."""
    return frozenset(lexicons.load("growth")["words"]["handled"].split())


@cache
def loss_words() -> frozenset[str]:
    """The words that put a level below zero: `a loss of $5 million`."""
    return frozenset(lexicons.load("growth")["words"]["loss"].split())


@dataclass(slots=True)
class Amount:
    """A span that may be a size or a level."""

    code: str
    start: int
    end: int
    sign: int = 0


def amounts(doc: Doc) -> dict[int, Amount]:
    """Every amount of the document by its first token: money, quantities, then what numbers are left."""
    found: dict[int, Amount] = {}
    taken: set[int] = set()
    for name in ("money", "quantities"):
        for span in group(doc, name):
            code = "M" if name == "money" else _UNIT_CODES.get(span.label_, "Q")
            found[span.start] = Amount(code, span.start, span.end)
            taken.update(range(span.start, span.end))
    for span in group(doc, "dates"):
        taken.update(range(span.start, span.end))
    signs: dict[int, int] = {}
    text = doc.text
    for number in numbers.find(text):
        span_ = doc.char_span(number.start, number.end)
        if span_ is None:
            continue
        signs[span_.start] = number.sign
        joined = text[number.end : number.end + 1] == "-" and text[number.end + 1 : number.end + 2].isalpha()
        if (
            number.form == "ordinal"
            or number.glued
            or joined
            or not taken.isdisjoint(range(span_.start, span_.end))
        ):
            continue
        found[span_.start] = Amount("H" if number.form == "fraction" else "B", span_.start, span_.end)
    for start, amount in found.items():
        amount.sign = signs.get(start, 0)
    return found


def sentences(doc: Doc) -> Iterator[Sentence]:
    """The sentences that hold an amount or a factor verb, as symbols."""
    sizes = amounts(doc)
    dates = {span.start: span for span in group(doc, "dates")}
    names = {i for span in group(doc, "entities") for i in range(span.start, span.end)}
    factors = lexicon().factors
    starts = sorted(sizes)
    position = 0
    for sent in doc.sents:
        while position < len(starts) and starts[position] < sent.start:
            position += 1
        has_amount = position < len(starts) and starts[position] < sent.end
        if has_amount or any(token.lower_ in factors for token in sent):
            items = _itemise(doc, sent, sizes, dates, names)
            yield Sentence(doc, items, "".join(item.code for item in items))


def _itemise(
    doc: Doc, sent: Span, sizes: dict[int, Amount], dates: dict[int, Span], names: set[int]
) -> list[Item]:
    items: list[Item] = []
    i = sent.start
    while i < sent.end:
        if i in sizes:
            amount = sizes[i]
            items.append(
                Item(amount.code, i, amount.end, doc[i : amount.end].text.lower(), _sign_word(amount))
            )
            i = amount.end
        elif i in dates:
            items.append(Item("D", i, dates[i].end, dates[i].text.lower()))
            i = dates[i].end
        elif doc[i].is_space:
            i += 1
        else:
            item = _word(doc, i, sent.end, sizes, dates, names)
            items.append(item)
            i = item.end
    _settle(items)
    return items


def _sign_word(amount: Amount) -> str:
    return {1: "increase", -1: "decrease"}.get(amount.sign, "")


def _word(
    doc: Doc, i: int, end: int, sizes: dict[int, Amount], dates: dict[int, Span], names: set[int]
) -> Item:
    """The item that begins at token `i`: a phrase, a hyphenated word or a single one."""
    lex = lexicon()
    lowers = [doc[k].lower_ for k in range(i, min(i + 4, end))]
    for size in range(len(lowers), 1, -1):
        code = lex.phrases.get(tuple(lowers[:size]))
        if code:
            return Item(code, i, i + size, " ".join(lowers[:size]))
    last = i
    while _hyphenated(doc, last, end) and last + 2 not in sizes and last + 2 not in dates:
        last += 2
    word = doc[i : last + 1].text.lower().strip(_INVISIBLE)
    if i in names:
        return Item("w", i, last + 1, word)
    return _classified(doc[i], i, last + 1, word)


def _hyphenated(doc: Doc, i: int, end: int) -> bool:
    """Token `i` is joined by a hyphen to a word after it."""
    return (
        i + 2 < end
        and doc[i + 1].text in ("-", "‑")
        and not doc[i].whitespace_
        and not doc[i + 1].whitespace_
        and doc[i].text[-1:].isalnum()
        and doc[i + 2].text[:1].isalpha()
    )


def _classified(token: Token, start: int, end: int, word: str) -> Item:
    lex = lexicon()
    if word in _POSSESSIVES and token.i and not token.nbor(-1).whitespace_ and token.nbor(-1).is_alpha:
        return Item("'", start, end, word)
    if word in lex.factors:
        return Item("X", start, end, word, _factor_direction(lex.factors[word]), lex.factors[word])
    if word in lex.words:
        code, direction = lex.words[word]
        return Item(code, start, end, word, direction)
    if word in lex.nouns:
        return Item("N", start, end, word, lex.nouns[word])
    if word in _PUNCTUATION:
        return Item(_PUNCTUATION[word], start, end, word)
    if word in _QUOTES:
        return Item('"', start, end, word)
    if not word[:1].isalnum():
        return Item(".", start, end, word)
    if len(word) > 4 and word.endswith("ly"):
        return Item("m", start, end, word)
    return Item("w", start, end, word)


def _factor_direction(factor: str) -> str:
    return "decrease" if factor.startswith("0") else "increase"


_BASE_FACTORS = frozenset({"double", "triple", "treble", "quadruple"})
_TIME_PREPOSITIONS = frozenset({"since", "until", "after", "before", "during", "as"})
_BEYOND = {"above": "increase", "past": "increase", "beyond": "increase", "below": "decrease"}
_MORE = {"more than": "increase", "less than": "decrease", "fewer than": "decrease"}
_VERB_BEFORE = frozenset("txyr")
_NOUN_BEFORE = frozenset("dePpMQBFHo'")


def _settle(items: list[Item]) -> None:
    """Decide what words are that can be several things, from the items beside them."""
    for i, item in enumerate(items):
        previous = items[i - 1] if i else None
        following = items[i + 1].code if i + 1 < len(items) else "."
        if item.code == "V" and item.word in lexicon().nouns:
            _settle_noun(items, i, following)
        elif (
            item.code == "X"
            and item.word in _BASE_FACTORS
            and (previous is None or previous.code not in "txm")
        ):
            item.code = "w"
        elif item.code == "w" and previous and _is_verb(item.word, previous.code, following):
            item.code = "s"
        elif item.code == "k" and following == "D" and item.word in _TIME_PREPOSITIONS:
            item.code = "i"
        elif item.word in _BEYOND and previous and previous.code in "Vv":
            item.code = "t"  # fell below 100, get past 5 %
            if previous.code == "v":
                previous.code, previous.direction = "V", _BEYOND[item.word]
        elif item.word in _MORE and previous and previous.code in AMOUNTS and following != "X":
            item.code, item.direction = "U", _MORE[item.word]  # 12 more than the week before


def _settle_noun(items: list[Item], i: int, following: str) -> None:
    """`rise`, `cuts`, `drop`: the verb or the noun."""
    previous = next((p for p in reversed(items[max(0, i - 3) : i]) if p.code != "m"), None)
    if _is_noun(items[i - 1] if i else None, previous, following):
        items[i].code, items[i].direction = "N", lexicon().nouns[items[i].word]


def _is_verb(word: str, previous: str, following: str) -> bool:
    """A word that is no verb we know, but stands and ends like one: `is paying`, `farmers planted 5,000`."""
    if word.endswith("ing"):
        return previous in "xm"
    return word.endswith("ed") and (previous in "xy" or (previous in "w'" and following in "de" + AMOUNTS))


def _is_noun(adjacent: Item | None, previous: Item | None, following: str) -> bool:
    if previous is None:
        return following in "oi"
    if previous.code in _VERB_BEFORE:
        return False
    if previous.code in _NOUN_BEFORE and previous.code not in "o":
        return previous.code in "de'" or following not in "PpMQBFHb"
    if adjacent is not None and adjacent.code == "o":
        return True
    return following in "oi,.k"
