"""How an article is read: the same letters for the same words, whatever its typography or line width.

>>> reading = Reading.of(Article(id="a", text="rose 5\\u00a0per\\u2011cent\\u00ad"))
>>> reading.plain.text
'rose 5 per-cent'

The rules see the plain text; what they find is told in the offsets and letters of the article itself.

    non-breaking, thin and ideographic spaces   a space (between groups of digits: a non-breaking one)
    non-breaking and full-width hyphens         -
    full-width letters, digits and signs        those of ASCII
    carriage returns and other line ends        a newline
    soft hyphens, zero-width spaces, marks of   nothing
      writing direction
    line ends of text wrapped at some width     a space; after a hyphen nothing
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
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
_SLACK = 10  # how much shorter than the widest line a full one may be
_ENOUGH = 3  # line ends that show that text is wrapped
_MOST, _HALF = 0.7, 0.5
_ITEM = re.compile(r"\s*(?:[-*•–—·▪●]\s|\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and the plain form that the rules read.

    Attributes:
        article: The article as it is.
        plain: The article with its plain text.
        gone: Where a code point of the article has none in the plain text, as offsets into the plain text.
    """

    article: Article
    plain: Article
    gone: tuple[int, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Reading:
        """The reading of an article; its plain form is the article itself where nothing is to be done."""
        text = article.text
        wraps = _wraps(text)
        if not wraps and not _OTHER.search(text):
            return cls(article, article)
        letters = list(text.translate(_SAME))
        for grouped in _GROUPED.finditer(text):
            letters[grouped.start()] = "\u00a0"
        gone = {match.start() for match in _GONE.finditer(text)}
        for at in wraps:
            letters[at] = " "
            if text[at - 1] == "-" and text[at - 2 : at - 1].isalnum() and text[at + 1].isalnum():
                gone.add(at)
        for at in gone:
            letters[at] = ""
        places = tuple(at - before for before, at in enumerate(sorted(gone)))
        return cls(article, replace(article, text="".join(letters)), places)

    def told(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts found in the plain text, with the offsets and the letters of the article."""
        if self.plain is self.article:
            return list(facts)
        found = list(facts)
        told = [self._told(fact) for fact in found]
        ids = {old.fact_id: new.fact_id for old, new in zip(found, told, strict=True)}
        return [_with_parts(fact, ids) for fact in told]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the article of a span of the plain text, from its first letter to its last one."""
        last = max(start, end - 1)
        first, last = (at + bisect_right(self.gone, at) for at in (start, last))
        return first, last + 1 if end > start else first

    def _told(self, fact: Fact) -> Fact:
        old, text = fact.source, self.article.text
        start, end = self.span(old.start, old.end)
        sentence = self.span(old.sentence_start, old.sentence_end)
        source = Source.of(text, (start, end), sentence, doc_id=old.doc_id, rule=old.rule)
        if isinstance(fact, Growth) and fact.metric_start is not None and fact.metric_end is not None:
            start, end = self.span(fact.metric_start, fact.metric_end)
            return replace(fact, source=source, metric=text[start:end], metric_start=start, metric_end=end)
        return replace(fact, source=source)


def _with_parts(fact: Fact, ids: Mapping[str, str]) -> Fact:
    """An amount with its parts by their ids in the article."""
    if not isinstance(fact, Money | Quantity) or fact.parts is None:
        return fact
    return replace(fact, parts=" ".join(ids[part] for part in fact.parts.split()))


def _wraps(text: str) -> list[int]:
    """Where lines end only because they are full; nowhere in a text that is not wrapped at some width.

    A line is full when the next word would not fit. Most lines of a wrapped text that another follows are,
    and half of these others do not begin with a capital letter, as the items of a list do.
    """
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if not _NARROW <= width <= _WIDE:
        return []
    full: list[int] = []
    followed = small = 0
    at = -1
    for line, following in pairwise(lines):
        at += len(line) + 1
        word = next(iter(following.split(maxsplit=1)), "")
        if not word or not line.strip() or _ITEM.match(following):
            continue
        followed += 1
        if len(line.rstrip()) + 1 + len(word) > width - _SLACK:
            full.append(at)
            small += not word[0].isupper()
    wrapped = len(full) >= max(_ENOUGH, _MOST * followed) and small >= _HALF * len(full)
    return full if wrapped else []
