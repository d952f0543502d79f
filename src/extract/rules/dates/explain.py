"""Why a time expression has its value: the pattern, and what it was resolved against.

Resolves the expressions of a text once more, with a context that notes what it is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from spacy.tokens import Doc

from extract.articles import Article
from extract.records import Fact
from extract.rules.dates import fiscal
from extract.rules.dates.context import Context, Mention
from extract.rules.dates.extent import Expression
from extract.rules.dates.find import find
from extract.rules.dates.resolve import resolve
from extract.rules.dates.tense import side
from extract.rules.spans import group
from extract.rules.steps import Step

_SIDES = {
    -2: "certainly looks back",
    -1: "looks back",
    0: "does not say whether it looks back or ahead",
    1: "looks ahead",
    2: "certainly looks ahead",
}
_WORD = re.compile(r"\w+")
_NEAR = 160  # characters of the sentence in which a tense is looked for
_SHOWN = 24  # characters of an anchor that are shown
_ANCHORS = {  # what each question of a context is after
    "now": "the article's date",
    "topic": "the time that the text is about",
    "topic_of": "the time that the text is about",
    "last": "the time last spoken of",
    "sentence_year": "the year stated in the sentence",
    "year_of_month": "the year stated for that month",
    "day_near": "the day named near by",
}
Answer = TypeVar("Answer")


class _Noting(Context):
    """A context that notes each question and its answer, by the start of the expression that asks."""

    noted: dict[int, list[tuple[str, Any]]]
    depth: int

    def __init__(self, **state: Any) -> None:
        """As `Context`; nothing is noted yet."""
        super().__init__(**state)
        self.noted, self.depth = defaultdict(list), 0

    def _note(self, question: str, ask: Callable[[], Answer]) -> Answer:
        self.depth += 1
        answer = ask()
        self.depth -= 1
        if not self.depth:  # what answers itself asks is no question of the expression
            self.noted[self.start].append((question, answer))
        return answer

    def side(self) -> int:
        """As in `Context`."""
        return self._note("side", super().side)

    def now(self, grain: str) -> str:
        """As in `Context`."""
        return self._note("now", lambda: Context.now(self, grain))

    def topic(self, *, begun: bool = False) -> Mention | None:
        """As in `Context`."""
        return self._note("topic", lambda: Context.topic(self, begun=begun))

    def topic_of(self, grain: str) -> str | None:
        """As in `Context`."""
        return self._note("topic_of", lambda: Context.topic_of(self, grain))

    def last(self, *grains: str) -> str | None:
        """As in `Context`."""
        return self._note("last", lambda: Context.last(self, *grains))

    def sentence_year(self) -> int | None:
        """As in `Context`."""
        return self._note("sentence_year", super().sentence_year)

    def year_of_month(self, month: int) -> int | None:
        """As in `Context`."""
        return self._note("year_of_month", lambda: Context.year_of_month(self, month))

    def day_near(self) -> str | None:
        """As in `Context`."""
        return self._note("day_near", super().day_near)


def explain(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Mapping[int, tuple[Step, ...]]:
    """The steps to each date of a document, by the offset at which it starts.

    Args:
        doc: The processed document.
        article: Its article; the text is that of the document.
        known: Its facts, of which the entities give the country.
    """
    text, starts = doc.text, {span.start_char for span in group(doc, "dates")}
    expressions = [expression for expression in find(text) if expression.start in starts]
    sentences = [token.idx for token in doc if token.is_sent_start] or [0]
    country = fiscal.country_of_article(known)
    noting: list[_Noting] = []

    def make(**state: Any) -> Context:
        noting.append(_Noting(**state))
        return noting[-1]

    def values(published: Any, make: Callable[..., Context]) -> dict[int, str]:
        resolved = resolve(
            text, expressions, published=published, sentences=sentences, country=country, make=make
        )
        return {expression.start: meaning.value for expression, meaning in resolved}

    dated, undated = values(article.published, make), values(None, Context)
    found: dict[int, tuple[Step, ...]] = {}
    for expression in expressions:
        start = expression.start
        if start in dated:
            notes = tuple(dict.fromkeys(noting[0].noted.get(start, ())))
            steps = [*_matched(text, expression), *_asked(notes, text, expression, sentences)]
            if dated[start] != undated.get(start):
                steps.append(
                    Step("article's date", str(article.published), "without it the value is another")
                )
            elif not notes:
                steps.append(Step("anchor", None, "none: its own words say it all"))
            found[start] = (*steps, Step("value", dated[start], "what it denotes"))
    return found


def _matched(text: str, expression: Expression) -> Iterator[Step]:
    """The pattern of each part, with the words that filled it."""
    for part in expression.parts:
        filled = " ".join(f"{k}={v!r}" for k, v in part.groups.items() if v and k != "whole")
        words = text[part.start : part.end]
        yield Step("pattern", part.rule, f"matches `{words}`" + (f": {filled}" if filled else ""))


def _asked(
    notes: Sequence[tuple[str, Any]], text: str, expression: Expression, sentences: Sequence[int]
) -> Iterator[Step]:
    """What the context was asked, with its answers."""
    for question, answer in notes:
        if question == "side":
            cue = _cue(text, expression, sentences, answer) if answer else ""
            yield Step("tense", cue or None, f"the sentence {_SIDES.get(answer, str(answer))}")
        elif isinstance(answer, Mention):
            words = " ".join(text[answer.start : answer.start + _SHOWN].split())
            yield Step("anchor", answer.value, f"{_ANCHORS[question]}, from `{words} ...` at {answer.start}")
        else:
            yield Step("anchor", None if answer is None else str(answer), _ANCHORS[question])


def _cue(text: str, expression: Expression, sentences: Sequence[int], answer: int) -> str:
    """The words from which the tense is read: the least of the sentence that gives the same answer."""
    start, end = expression.start, expression.end
    first = sentences[bisect_right(sentences, start) - 1]
    following = bisect_right(sentences, start)
    last = sentences[following] if following < len(sentences) else len(text)
    before = [word.start() for word in _WORD.finditer(text, max(first, start - _NEAR), start)]
    for at in reversed(before):
        if side(text, start, end, at, end) == answer:
            return " ".join(text[at:start].split())
    for word in _WORD.finditer(text, end, min(last, end + _NEAR)):
        if side(text, start, end, start, word.end()) == answer:
            return " ".join(text[end : word.end()].split())
    return ""
