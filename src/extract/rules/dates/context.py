"""What a time expression is resolved against: the article's date, the times named before it, its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extract.records import TimexType
from extract.rules.dates import values
from extract.rules.dates.tense import side

_CLOSE = 200  # characters within which a day named before still holds; on gold as good as 100 and 400
_MEMORY = 40  # mentions that are looked back at
_RANGE = re.compile(r"\s(?:to|or|through)\s+$")
_RANGE_REACH = 24
_PERIODS = frozenset(["quarter", "half", "month", "year", "week", "day", "season", "decade"])

_RESULTS = frozenset(["quarter", "half"])  # the periods for which results are reported

Role = Literal["topic", "background", "comparison", "passing"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression denotes.

    Attributes:
        timex_type, value, mod: As in TIMEX3.
        interval: First and last day, when they are not those of the value itself.
        exact: The value's calendar interval is the time meant; a fiscal year is another one.
    """

    timex_type: TimexType
    value: str
    mod: str | None = None
    interval: values.Interval | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A time spoken of.

    Attributes:
        start: Where its expression begins.
        value, grain: What it is.
        role: `topic`: what the text is about; `background`: `last year`; `comparison`: `a year earlier`, from
            which nothing else is counted; `passing`: the day of a report (`said on Monday`).
        explicit: Its year is in the text.
    """

    start: int
    value: str
    grain: values.Grain
    role: Role
    explicit: bool


@dataclass(slots=True)
class Context:
    """The state of one pass over a document; `start` and `end` are those of the expression being read."""

    text: str
    published: date | None
    sentences: Sequence[int]  # where sentences begin, ascending
    country: str | None = None  # whose national days the text means
    text_year: int | None = None  # the year that the text gives its quarters, for want of an article date
    split_years: bool = False  # the text names its fiscal years by two calendar years (`1986/87`)
    start: int = 0
    end: int = 0
    mentions: list[Mention] = field(default_factory=list)
    duration: Meaning | None = None  # the length of time last spoken of
    duration_at: int = 0  # and where

    @property
    def sentence(self) -> tuple[int, int]:
        """Offsets of the sentence of the current expression."""
        index = bisect_right(self.sentences, self.start)
        first = self.sentences[index - 1] if index else 0
        return first, self.sentences[index] if index < len(self.sentences) else len(self.text)

    @property
    def possessive(self) -> bool:
        """`'s` follows the expression."""
        return self.text[self.end : self.end + 2] in ("'s", "’s")

    def side(self) -> int:
        """The side of the article's date that the sentence mentions, as `tense.side`."""
        first, last = self.sentence
        return side(self.text, self.start, self.end, first, last)

    def now(self, grain: str) -> str:
        """The article's own day, week, year ..., unknown without an article date."""
        return values.of_day(self.published, grain) if self.published else values.UNKNOWN[grain]

    def around(self, steps: int, grain: str) -> str:
        """The time `steps` before or after that of the article."""
        return values.shift(self.now(grain), steps)

    def back(self) -> Iterator[Mention]:
        """The mentions, the last first."""
        return reversed(self.mentions[-_MEMORY:])

    def last(self, *grains: str) -> str | None:
        """The value last spoken of that has one of the grains."""
        return next((m.value for m in self.back() if m.grain in grains and m.role != "comparison"), None)

    def range_start(self) -> date | None:
        """The day before `to`, `or`, `through`, when the current expression follows such a word at once."""
        if not self.mentions or not _RANGE.search(self.text[max(0, self.start - 12) : self.start]):
            return None
        first = self.mentions[-1]
        days = values.interval(first.value) if self.start - first.start < _RANGE_REACH else None
        near = days and self.published and abs((days[0] - self.published).days) <= 8
        return days[0] if days and near and days[0] == days[1] else None

    def topic(self, *, begun: bool = False) -> Mention | None:
        """The time that the sentence, or else the text, is about; with `begun`, none that lies ahead.

        Of quarters and halves one that is over comes first: the results of the others are not known yet.
        """
        first, background, running = self.sentence[0], None, None
        for mention in self.back():
            if mention.grain not in _PERIODS or mention.role in ("comparison", "passing"):
                continue
            if begun and (ahead := self._is_ahead(mention)):
                running = running or (mention if ahead == "running" else None)
                continue
            if mention.role == "topic" or mention.start >= first:
                return running if running and mention.grain not in _RESULTS else mention
            background = background or mention
        return running or background

    def _is_ahead(self, mention: Mention) -> Literal["ahead", "running", ""]:
        """It lies after the article's date, or is a quarter or half that is not over."""
        days = values.interval(mention.value)
        if days is None or self.published is None:
            return ""
        if days[0] > self.published:
            return "ahead"
        unfinished = mention.grain in _RESULTS and days[1] > self.published and self.side() < 0
        return "running" if unfinished else ""

    def topic_of(self, grain: str) -> str | None:
        """The topic, or the time of the given grain that it lies in."""
        if grain in ("day", "week", "weekend"):
            found = next((m for m in self.back() if m.grain in (grain, "day")), None)
        else:
            found = self.topic()
        if found is None or found.grain == grain:
            return found.value if found else None
        days = values.interval(found.value)
        return values.of_day(days[0], grain) if days else None

    def sentence_year(self) -> int | None:
        """The year that the sentence has stated before the current expression."""
        first = self.sentence[0]
        for mention in reversed(self.mentions[-8:]):
            if mention.start < first:
                return None
            if mention.explicit and mention.role != "comparison":
                return values.year_of(mention.value)
        return None

    def year_of_month(self, month: int) -> int | None:
        """The year that the text has stated for a month, the last time it named it."""
        named = (
            m for m in self.back() if m.explicit and m.grain in ("month", "day") and m.role != "comparison"
        )
        same = (m.value for m in named if m.value[5:7] == f"{month:02}")
        return values.year_of(next(same, ""))

    def day_near(self) -> str | None:
        """The day named in the sentence or shortly before the current expression."""
        first = min(self.sentence[0], self.start - _CLOSE)
        for mention in reversed(self.mentions[-4:]):
            if mention.start >= first and mention.grain == "day":
                return mention.value
        return None
