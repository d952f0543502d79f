"""A claim whose owner is to be found, with its context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Span, Token

from extract.records import Entity, SubjectSource
from extract.rules import syntax
from extract.rules.growth.kinds import word_group
from extract.rules.growth.names import REACH, Name, Names
from extract.rules.growth.owners import Phrase, leading, leading_by, partner
from extract.rules.growth.sorts import Sort, listed
from extract.rules.growth.topic import Topic

_LINKS = word_group("asked_links")
POSSESSIVES = word_group("asked_possessives")
_STAND_INS = word_group("asked_stand_ins")
_ARTICLES = word_group("asked_articles")


@dataclass(frozen=True)
class Asked:
    """A claim.

    Attributes:
        names: The names of its document.
        topic: What the article is about.
        span: The claim's own span.
        metric: The span of its metric, which may be in the previous sentence.
        cue: The word of change.
        before: The claim before it in the document.
    """

    names: Names
    topic: Topic
    span: Span
    metric: Span
    cue: Token
    before: Before | None

    @cached_property
    def phrase(self) -> Phrase:
        """The metric's noun phrase."""
        return Phrase.of(self.names, self.metric)

    @cached_property
    def sort(self) -> Sort:
        """Whose figures the metric is one of: a company's, a country's, either or neither."""
        abroad = self.phrase.sort == "company" and partner(self.phrase) is not None
        return "either" if abroad else self.phrase.sort  # `sales to Japan` may be a country's exports

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """The tokens of the claim's sentence."""
        return self.names.sentence(self.span.start)

    @property
    def is_borrowed(self) -> bool:
        """The metric is before the claim's own clause, which has a pronoun or nothing in its place."""
        before = self.before_here
        return self.metric.start < (before.asked.span.end if before is not None else self.window[0])

    @property
    def opens_paragraph(self) -> bool:
        """There is a blank line between it and the previous claim."""
        last = self.before.asked.span.end if self.before else 0
        return "\n\n" in self.span.doc[last : self.span.start].text  # `doc.text` would be built again

    @property
    def is_view(self) -> bool:
        """`its growth forecast`."""
        return not listed("markets", "views").isdisjoint(self.phrase.words)

    @property
    def is_possessed(self) -> bool:
        """`its stake in Acme`, not `its forecast of German growth`."""
        return self.metric[0].lower_ in POSSESSIVES and not self.is_view

    @property
    def window(self) -> tuple[int, int]:
        """The part of the sentence that is searched: a list without full stops may be very long."""
        start, end = self.sentence
        return max(start, self.span.start - REACH), min(end, self.span.end + REACH)

    @cached_property
    def side(self) -> Name | None:
        """The metric if it is only a trading partner: `sales to the US fell, to | Britain | rose 6 %`."""
        before, start = self.before_here, self.metric.start
        name = self.names.at(start)
        if before is None or name is None or name.end < self.metric.end:
            return None
        if before.asked.side is not None and before.asked.metric.start == start:
            return name
        led = leading(before.asked.flow) | leading_by(before.asked.flow)
        return name if start and self.names.doc[start - 1].lower_ in led else None

    @property
    def is_of_before(self) -> bool:
        """The metric refers to that of the previous claim: `those to China`."""
        if self.metric[0].lower_ not in _STAND_INS or self.before_here is None:
            return False
        return not any(token.is_title and self.names.at(token.i) is None for token in self.metric[1:])

    @cached_property
    def flow(self) -> Phrase:
        """The phrase whose trading partner is to be found: its own, or that of the previous claim."""
        before = self.before_here
        return before.asked.flow if before is not None and (self.side or self.is_of_before) else self.phrase

    @property
    def before_here(self) -> Before | None:
        """The previous claim, if it is in the same sentence."""
        return self.before if self.before and self.before.asked.sentence == self.sentence else None

    def led_by(self, name: Name) -> str:
        """The preposition before a name next to the claim; empty if a mark or verb separates the two."""
        doc = self.names.doc
        i = name.start - 1
        while i > 0 and (doc[i].lower_ in _ARTICLES or doc[i].tag_ == "JJ"):
            i -= 1
        behind = i > self.span.end
        between = doc[self.span.end : i] if behind else doc[name.end : self.span.start]
        apart = any((t.is_punct and (behind or t.text != ",")) or _parts(t) for t in between)
        return "" if apart else doc[i].lower_


def _parts(token: Token) -> bool:
    return syntax.is_verb(token) and token.lower_ not in _LINKS


class Whose(NamedTuple):
    """The owner of a metric, where and by which rule it was found; the trading partner; the speaker."""

    subject: Entity | None = None
    source: SubjectSource | None = None
    by: Reading | None = None
    partner: Entity | None = None
    speaker: Entity | None = None


class Before(NamedTuple):
    """The previous claim, with its owner."""

    asked: Asked
    whose: Whose


Reading = Callable[[Asked], Entity | None]
