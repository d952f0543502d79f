"""Financial PhraseBank (Malo et al. 2014): sentences that annotators rated positive, negative or neutral.

It has no facts, but the rating implies the direction of metrics whose rise is good, such as profit. Only
sentences that are not neutral are scored. `agreement`: of the sentences whose claims on such metrics have one
direction, the share in which it is that of the rating. `coverage`: of the sentences with a number and a word
of change, the share with a claim; some of them contain none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.coverage import Coverage
from extract.evaluate.gold import Gold
from extract.evaluate.scores import Figures, Score, summed
from extract.evaluate.sets.base import AnnotatedSet, Span
from extract.records import Fact, Growth

_FELT = {"positive": "increase", "negative": "decrease", "neutral": ""}
_GOOD = re.compile("profit|sales|income|revenue|earnings|turnover|EPS|EBIT|order|result", re.IGNORECASE)
_BAD = re.compile("loss|cost|expense|debt", re.IGNORECASE)
_NUMBER = re.compile(r"\d")
_CHANGE = re.compile(
    r"\b(?:rose|rise|up|increas\w+|grew|grow\w*|fell|decreas\w+|declin\w+|down|dropp?\w*|compared|versus|from"
    r"|swung|turned|doubled|gain\w*|slipp\w+|improv\w+|lower|higher)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"(.+)@(positive|negative|neutral)")


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The sentences of a file: lines `sentence@label` as published, or JSON Lines with `text` and `label`."""
    lines = path.read_bytes().decode("utf-8" if path.suffix == ".jsonl" else "latin-1").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name = f"{path.stem}-{number}"
        try:
            if path.suffix == ".jsonl":
                row = json.loads(line)
                name, text, label = str(row.get("id", name)), row["text"], row["label"]
            else:
                text, label = _LINE.fullmatch(line.strip()).groups()  # type: ignore[union-attr]
            span = Span(0, len(text), "SENTENCE", {"direction": _FELT[label]})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{path}:{number}: is not a sentence with its label ({error!r})") from error
        yield Article(id=name, text=text), [span]


@dataclass(frozen=True, slots=True)
class PhraseBank(AnnotatedSet):
    """The sentences, with `directions` implied by the ratings, by sentence id; empty if neutral."""

    directions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, annotated: Iterable[tuple[Article, Iterable[Span]]]) -> PhraseBank:
        """Make a set of sentences."""
        pairs = [(article, next(iter(spans))) for article, spans in annotated]
        directions = {article.id: span.values["direction"] for article, span in pairs}
        nothing = Gold((), {name: Coverage({}) for name in directions})
        return cls(tuple(article for article, _ in pairs), nothing, directions=directions)

    def figures(self, found: Iterable[Fact]) -> Figures:
        """Score claims by agreement and coverage."""
        claims: dict[str, list[Growth]] = {}
        for fact in found:
            if isinstance(fact, Growth):
                claims.setdefault(fact.doc_id, []).append(fact)
        scores = {
            article.id: tuple(_scores(article.text, self.directions[article.id], claims.get(article.id, [])))
            for article in self.articles
            if self.directions[article.id]
        }
        return Figures(summed(scores.values()), {}, scores)


def _scores(text: str, felt: str, claims: list[Growth]) -> Iterator[Score]:
    """The scores of one sentence that is not neutral."""
    ways = {claim.direction for claim in claims if claim.metric and _is_good(claim.metric)}
    if len(ways) == 1:
        yield Score("growth", "agreement", int(ways == {felt}), 1, 1)
    if _NUMBER.search(text) and _CHANGE.search(text):
        yield Score("growth", "coverage", int(bool(claims)), 1, 1)


def _is_good(metric: str) -> bool:
    """Whether a rise of the metric is good."""
    return bool(_GOOD.search(metric)) and not _BAD.search(metric)
