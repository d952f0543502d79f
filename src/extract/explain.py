"""Why an article has its facts: for each sentence, the steps to each fact, and the refused matches.

>>> for sentence in explain(nlp, Article(id="a", text="Exports rose 5%.")):
...     print([(word.text, word.kind) for word in sentence.words])
[('Exports', 'word'), ('rose', 'change_verb'), ('5%', 'percent'), ('.', 'stop')]

The `explain` modules of each kind run their rules again and record each step, only when called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.lexicons.scope import using
from extract.normalized_text import NormalizedText
from extract.pipeline import lexicons_of, processed
from extract.record_builders import build_records
from extract.records import Fact, Growth
from extract.rules.dates import explain as dates
from extract.rules.entities import explain as entities
from extract.rules.growth import explain as growth
from extract.rules.money import explain as money
from extract.rules.steps import Step

__all__ = ["Explained", "Explanation", "Step", "as_data", "explain"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A fact with the steps that led to it."""

    fact: Fact
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the rules find in a sentence. Offsets count code points of the article's text.

    Attributes:
        doc_id: The article.
        text, start, end: The sentence.
        words: Its words with their kinds, as the patterns of growth match them.
        facts: The facts found in it, with the steps to each.
        nothing: What was matched and refused, found and dropped: the rule, the words, why.
        near: If it has no claim of growth, the nearest patterns and where each stops.
    """

    doc_id: str
    text: str
    start: int
    end: int
    words: tuple[growth.Word, ...]
    facts: tuple[Explained, ...]
    nothing: tuple[Step, ...]
    near: tuple[Step, ...]


def explain(
    nlp: Language, article: Article, *, fact_id: str | None = None, at: str | None = None
) -> list[Explanation]:
    """Explain the sentences of an article.

    Args:
        nlp: The pipeline, as `pipeline.load` builds it.
        article: The article.
        fact_id: Explain only this fact, such as `growth:24-31`.
        at: Explain only the sentences that contain these words.

    Returns:
        One explanation for each sentence, in text order; none where the article has no such fact or words.

    Raises:
        ArticleError: it is longer than the pipeline takes.
    """
    normalized, doc = processed(nlp, article)
    with using(lexicons_of(nlp)):
        found = list(_explained(doc, normalized))
    if fact_id is not None:
        only = [replace(e, facts=tuple(one for one in e.facts if one.fact.fact_id == fact_id)) for e in found]
        found = [explanation for explanation in only if explanation.facts]
    if at is not None:
        places = [match.start() for match in re.finditer(re.escape(at), article.text)]
        found = [e for e in found if any(e.start < place + len(at) and place < e.end for place in places)]
    return found


def _explained(doc: Doc, normalized: NormalizedText) -> Iterator[Explanation]:
    """The explanations of a processed document, in the offsets of the article as it stands."""
    facts = build_records(doc, normalized.plain)
    restored = dict(zip((id(fact) for fact in facts), normalized.restore(facts), strict=True))
    steps = _steps(doc, normalized.plain, facts)
    seer = growth.Explainer(doc, facts)
    claims = {(fact.start, fact.end): fact for fact in facts if isinstance(fact, Growth)}
    lost = list(entities.dropped(doc))
    for sent in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
        sight = seer.of(sent)
        here = [fact for fact in facts if not isinstance(fact, Growth) and _within(fact.start, sent)]
        explained = [Explained(restored[id(fact)], steps.get((fact.kind, fact.start), ())) for fact in here]
        explained += [Explained(restored[id(claims[at])], of_claim) for at, of_claim in sight.facts.items()]
        names = tuple(
            Step("entities", name.text, f"the model's {name.label_} is not a name by the rules")
            for name in lost
            if _within(name.start_char, sent)
        )
        start, end = normalized.span(sent.start_char, sent.end_char)
        yield Explanation(
            doc_id=normalized.article.id,
            text=normalized.article.text[start:end],
            start=start,
            end=end,
            words=tuple(_placed(word, normalized) for word in sight.words),
            facts=tuple(explained),
            nothing=names + sight.nothing,
            near=sight.near,
        )


def _within(start: int, sent: Span) -> bool:
    return sent.start_char <= start < sent.end_char


def _placed(word: growth.Word, normalized: NormalizedText) -> growth.Word:
    start, end = normalized.span(word.start, word.end)
    return replace(word, text=normalized.article.text[start:end], start=start, end=end)


def _steps(doc: Doc, article: Article, facts: Sequence[Fact]) -> dict[tuple[str, int], tuple[Step, ...]]:
    """The steps to the facts of each kind but growth, by kind and start."""
    known = tuple(facts)
    rooms = {
        "entity": entities.explain(doc),
        "date": dates.explain(doc, article, known),
        "money": money.explain(doc, article, known),
        "quantity": {
            fact.start: (Step("pattern", fact.rule, f"matches `{fact.text}`"),)
            for fact in facts
            if fact.kind == "quantity"
        },
    }
    return {(kind, start): steps for kind, room in rooms.items() for start, steps in room.items()}


def as_data(one: Explanation) -> dict[str, Any]:
    """An explanation as plain values, for JSON: each fact is reduced to its id, text and rule."""
    data = asdict(replace(one, facts=()))
    data["facts"] = [
        {
            "fact_id": e.fact.fact_id,
            "text": e.fact.text,
            "rule": e.fact.rule,
            "steps": [asdict(s) for s in e.steps],
        }
        for e in one.facts
    ]
    return data
