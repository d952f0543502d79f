"""The normalized text of an article: equal words have equal letters, whatever the typography or line width.

>>> normalized = NormalizedText.from_article(Article(id="a", text="rose 5\\u00a0per\\u2011cent\\u00ad"))
>>> normalized.plain.text
'rose 5 per-cent'

The rules process the plain text; facts have the offsets and letters of the article itself.

    non-breaking, thin and ideographic spaces   a space (between groups of digits: a non-breaking one)
    non-breaking and full-width hyphens         -
    full-width letters, digits and signs        those of ASCII
    carriage returns and other line ends        a newline
    soft hyphens, zero-width spaces, marks of   nothing
      writing direction
    line ends of text wrapped at some width     a space; after a hyphen or a dash within words nothing
    space at the beginning of a line            nothing; a newline where it alone begins a paragraph
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.articles import Article
from extract.records import Fact, Growth, Money, Quantity, Source

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME = (
    str.maketrans(
        {
            **dict.fromkeys(_SPACES, " "),
            **dict.fromkeys(_LINE_ENDS, "\n"),
            **dict.fromkeys("\u2010\u2011\ufe63", "-"),
            "\u2012": "–",
            "\u2015": "—",
            "\u2044": "/",
            "´": "’",
            "\u02bc": "’",
            "￡": "£",
            "￥": "¥",
        }
    )
    | _FULL_WIDTH
)
_GONE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]|\r(?=\n)")
_GROUPED = re.compile(rf"(?<=\d)[{_SPACES}](?=\d\d\d(?!\d))")
_OTHER = re.compile(f"[{''.join(map(re.escape, map(chr, _SAME)))}]|{_GONE.pattern}")

_NARROW, _WIDE = 50, 100  # the widths at which text is wrapped
_RAGGED, _SLACK, _LITTLE = 20, 10, 1  # how much shorter than the widest line a full one may be
# line ends within a sentence, and the share of them at full lines, that show wrapped text
_ENOUGH, _MOST = 2, 0.7
_LEADING_ON = re.compile(  # words that end no heading and no row of a table
    r"\b(?:of|to|by|from|at|for|in|on|than|the|an?|and|or|was|were|is|are|about|some|over|nearly|with)$"
)
_ITEM = re.compile(r"\s*(?:[-*•–—·▪●]\s|(\d{1,2})[.)]\s)")
_CLOSED = re.compile(r"[.!?:)\]][\"'”’)\]]*$")
_INDENTED = re.compile(r"^[ \t\u3000]+(?=\S)", re.MULTILINE)
_SMALL_LETTER = re.compile(r"\n[ \t]*[^\W\d_A-Z]")  # begins a line, as in any wrapped text
_GLUED = re.compile(r"\w(?:-|—|--)$")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """An article and the plain form that the rules process.

    Attributes:
        article: The original article.
        plain: The article with its plain text.
        gone: The offsets in the plain text at which code points of the article were removed.
    """

    article: Article
    plain: Article
    gone: tuple[int, ...] = ()

    @classmethod
    def from_article(cls, article: Article) -> NormalizedText:
        """The normalized text of an article; its plain form is the article itself if nothing changes."""
        text = article.text
        ends = _line_ends(text)
        if not ends and not _OTHER.search(text) and not _INDENTED.search(text):
            return cls(article, article)
        letters = list(text.translate(_SAME))
        for grouped in _GROUPED.finditer(text):
            letters[grouped.start()] = "\u00a0"
        for match in (*_GONE.finditer(text), *_INDENTED.finditer(text)):
            letters[match.start() : match.end()] = [""] * len(match[0])
        for start, end, border in ends:
            letters[start:end] = [*border, *[""] * (end - start - len(border))]
        gone = (at for at, letter in enumerate(letters) if not letter)
        places = tuple(at - before for before, at in enumerate(gone))
        return cls(article, replace(article, text="".join(letters)), places)

    def restore(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts found in the plain text, with the offsets and the letters of the article."""
        if self.plain is self.article:
            return list(facts)
        found = list(facts)
        restored = [self._restored(fact) for fact in found]
        ids = {old.fact_id: new.fact_id for old, new in zip(found, restored, strict=True)}
        return [_with_parts(fact, ids) for fact in restored]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the article of a span of the plain text, from its first letter to its last one."""
        last = max(start, end - 1)
        first, last = (at + bisect_right(self.gone, at) for at in (start, last))
        return first, last + 1 if end > start else first

    def _restored(self, fact: Fact) -> Fact:
        old, text = fact.source, self.article.text
        start, end = self.span(old.start, old.end)
        sentence = self.span(old.sentence_start, old.sentence_end)
        source = Source.of(text, (start, end), sentence, doc_id=old.doc_id, rule=old.rule)
        if isinstance(fact, Growth) and fact.metric_start is not None and fact.metric_end is not None:
            start, end = self.span(fact.metric_start, fact.metric_end)
            return replace(fact, source=source, metric=text[start:end], metric_start=start, metric_end=end)
        return replace(fact, source=source)


def _with_parts(fact: Fact, ids: Mapping[str, str]) -> Fact:
    """An amount with the amounts that it refers to by their ids in the article."""
    if isinstance(fact, Money) and fact.restates is not None:
        fact = replace(fact, restates=ids[fact.restates])
    if not isinstance(fact, Money | Quantity) or fact.parts is None:
        return fact
    return replace(fact, parts=" ".join(ids[part] for part in fact.parts.split()))


@dataclass(frozen=True, slots=True)
class _LineEnd:
    """The end of a line that another follows."""

    start: int  # of the space and the newline between the words of both
    end: int
    line: str
    following: str
    is_indented: bool  # the next line is further in than others, as the first one of a paragraph is
    is_item: bool  # the next line looks like an item of a list

    @property
    def word(self) -> str:
        """The first word of the next line."""
        return self.following.split(maxsplit=1)[0]

    @property
    def is_inside(self) -> bool:
        """The sentence goes on, by the lower-case letter of the next word and by what the line ends in."""
        return self.word[0].islower() and not _CLOSED.search(self.line)

    def is_full(self, width: int, slack: int) -> bool:
        """The next word would not fit."""
        return len(self.line) + 1 + len(self.word) > width - slack

    def joins(self, width: int) -> bool:
        """The lines are joined, in text wrapped at a width; before a lower-case letter with less evidence."""
        if self.word[0].islower():
            return self.is_inside or self.is_full(width, _SLACK)
        if self.is_item:
            return self._is_between_items() and self.is_full(width, 0)
        if self.line.isupper() and not self.following.isupper():
            return False  # a headline in capitals, then a dateline
        if self._goes_on_with_a_number(width):
            return True
        return self.is_full(width, 0 if _CLOSED.search(self.line) else _LITTLE)

    def _goes_on_with_a_number(self, width: int) -> bool:
        """`Britain had a deficit of | 2.6 billion`; in a line that is long for a heading after any word."""
        last = self.line.rsplit(maxsplit=1)[-1]
        running = last.islower() and last.isalpha() and self.is_full(width, _RAGGED)
        return self.word[0].isdigit() and (running or _LEADING_ON.search(self.line) is not None)

    def _is_between_items(self) -> bool:
        """A dash or a number inside a sentence: `some 47%|- a half - of them`, `1. Ito;|2. Roe`."""
        last = self.line.rstrip("\"'”’)]")[-1:]
        return last not in ".!?:" and (self.word[0].isdigit() or last not in ",;")


def _line_ends(text: str) -> list[tuple[int, int, str]]:
    """The line ends of text wrapped at some width, with their replacement: nothing, a space or two newlines.

    Text is wrapped when the lines that end within a sentence are full.
    """
    if not _SMALL_LETTER.search(text):
        return []
    ends = list(_followed_lines(text))
    inside = [end for end in ends if end.is_inside and not (end.is_indented or end.is_item)]
    width = max((len(end.line) for end in inside if " " in end.line.strip()), default=0)
    full = sum(end.is_full(width, _SLACK) for end in inside)
    if not _NARROW <= width <= _WIDE or full < max(_ENOUGH, _MOST * len(inside)):
        return []
    joined = [
        (end, "" if _is_glued(end) else " ") for end in ends if not end.is_indented and end.joins(width)
    ]
    begun = [(end, "\n\n") for end in ends if end.is_indented and not end.is_item]  # a paragraph
    return [(end.start, end.end, border) for end, border in [*joined, *begun]]


def _is_glued(end: _LineEnd) -> bool:
    return _GLUED.search(end.line) is not None and end.word[0].isalnum()


def _followed_lines(text: str) -> Iterator[_LineEnd]:
    """The ends of lines that another follows."""
    start = 0
    numbers = {int(item[1]) for item in map(_ITEM.match, text.split("\n")) if item and item[1]}
    for block in re.split(r"(\n\s*\n)", text):
        if not block.isspace():
            yield from _followed_in_block(block, start, numbers)
        start += len(block)


def _followed_in_block(block: str, start: int, numbers: set[int]) -> Iterator[_LineEnd]:
    """The same for lines without an empty one among them; `numbers` are those that items may have."""
    lines = block.split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines]
    edge = min((indent for indent, line in zip(indents, lines, strict=True) if line.strip()), default=0)
    item = None  # the indent of the item of a list that a line is part of
    for (line, following), (before, indent) in zip(pairwise(lines), pairwise(indents), strict=True):
        start += len(line) + 1
        if _is_item(line, numbers):
            item = before
        elif item is not None and before <= item:
            item = None
        words = line.rstrip()
        if words and following.strip():
            yield _LineEnd(
                start=start - 1 - (len(line) - len(words)),
                end=start + indent,
                line=words,
                following=following,
                is_indented=indent > edge and (item is None or indent <= item),
                is_item=_is_item(following, numbers),
            )


def _is_item(line: str, numbers: set[int]) -> bool:
    """An item of a list: after a mark, or a number that is the first or follows another's."""
    item = _ITEM.match(line)
    return item is not None and (not item[1] or item[1] == "1" or int(item[1]) - 1 in numbers)
