"""Why a sentence has its claims: the matches, why others were refused, and how each part was found.

`trace` gives the steps to the claims; their values are taken from the records and the spans of their parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extract.records import Fact, Growth
from extract.rules.growth.baselines import BASELINES, NO_BASELINES, is_baseline
from extract.rules.growth.claim import Claim
from extract.rules.growth.clauses import clause
from extract.rules.growth.kinds import kind_name, kinds
from extract.rules.growth.measures import by_place
from extract.rules.growth.near import nearest, stopped
from extract.rules.growth.partners import other_side
from extract.rules.growth.patterns import claim_patterns
from extract.rules.growth.periods import NO_PERIODS, NOT_ITS, is_period
from extract.rules.growth.records import GROUP, PARTS, claim_key
from extract.rules.growth.status import status
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.growth.trace import said, trace
from extract.rules.growth.whose import owned
from extract.rules.spans import group
from extract.rules.steps import Step, described

_METRIC_BY = {
    "pattern": "the pattern says where it stands",
    "verb": "the subject or object of the verb",
    "level": "what the level before the word of change is a level of",
    "clause": "the subject of the last verb before it in its clause",
    "syntax": "the parse of the sentence",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One item of a sentence: its words and their kind; offsets into the text."""

    text: str
    kind: str
    direction: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What the growth rules find in a sentence.

    Attributes:
        words: Its items with their kinds.
        facts: The steps to each claim, by the start and end of the fact.
        nothing: Matches that were refused and claims that were dropped, and why.
        near: If there is no claim, the nearest patterns and where each stops.
    """

    words: tuple[Word, ...]
    facts: Mapping[tuple[int, int], tuple[Step, ...]]
    nothing: tuple[Step, ...]
    near: tuple[Step, ...]


class Explainer:
    """Explains the claims of a processed document, sentence by sentence."""

    def __init__(self, doc: Doc, known: Sequence[Fact]) -> None:
        """Gather the symbols, the parts of the claims, and the records by the word of change of each.

        Args:
            doc: The document.
            known: Its facts, of all kinds.
        """
        facts = [fact for fact in known if isinstance(fact, Growth)]
        self.symbols = Symbols(doc)
        self.facts = {(fact.start, fact.end): fact for fact in facts}
        self.parts: dict[str, dict[str, Span]] = defaultdict(dict)
        for part in group(doc, PARTS):
            self.parts[part.kb_id_][part.label_] = part
        spans = group(doc, GROUP)
        owners = owned(doc, by_place(known), ((span, self.parts[claim_key(span)]) for span in spans))
        self.whose = {(s.start_char, s.end_char): of for s, of in zip(spans, owners, strict=True)}
        self.by_cue: dict[int, list[Growth]] = defaultdict(list)
        for fact in facts:
            cue = self.parts[f"{fact.start}-{fact.end}"].get("cue")
            if cue is not None:
                self.by_cue[cue.start].append(fact)
        self.looked_at = {sentence.items[0].start for sentence in self.symbols.sentences() if sentence.items}

    def of(self, sent: Span) -> Sight:
        """What the growth rules find in a sentence."""
        sentence = self.symbols.of(sent)
        if not sentence.items or sentence.items[0].start not in self.looked_at:
            why = "no word of change beside an amount, and no verb such as `doubled`"
            return Sight(words_of(sentence), {}, (), (Step("no claim", None, why),))
        seen = trace(sentence)
        facts: dict[tuple[int, int], tuple[Step, ...]] = {}
        for claim in seen.claims:
            fact = self._fact(sentence, claim)
            if fact is None:
                seen.nothing.append(
                    Step(claim.rule, said(sentence, claim.first, claim.last), self._unused(sentence, claim))
                )
            else:
                facts[fact.start, fact.end] = (*seen.steps[id(claim)], *self._steps(sentence, claim, fact))
        near = () if facts else tuple(_near(sentence))
        return Sight(words_of(sentence), facts, tuple(dict.fromkeys(seen.nothing)), near)

    def _fact(self, sentence: Sentence, claim: Claim) -> Growth | None:
        """The record of a claim; if its level is in the previous sentence, so is its span."""
        own, cue = sentence.span(claim.magnitude, claim.magnitude), sentence.items[claim.cue]
        first = sentence.span(0, 0).start_char
        for fact in self.by_cue.get(cue.start, ()):
            if fact.start == own.start_char or fact.end <= first:
                return fact
        return None

    def _unused(self, sentence: Sentence, claim: Claim) -> str:
        span = sentence.span(claim.magnitude, claim.magnitude)
        if (span.start_char, span.end_char) in self.facts:
            return f"its amount serves growth:{claim_key(span)} already"
        if claim_key(span) in self.parts:
            return "no record: the levels tell no direction, or an amount has no value"
        if claim.metric is None:
            return "no metric, here or in the sentence before"
        for key, parts in self.parts.items():
            if any(role in parts and parts[role].start == span.start for role in ("to", "from")):
                return f"growth:{key} in the next sentence takes its levels and its place"
        return "the sentence before tells no level to compare with"

    def _steps(self, sentence: Sentence, claim: Claim, fact: Growth) -> Iterator[Step]:
        """How the parts of a claim were found, after its pattern and passes."""
        parts = self.parts[f"{fact.start}-{fact.end}"]
        yield Step("direction", fact.direction, _direction(sentence, claim))
        yield Step("metric", fact.metric, _metric(sentence, claim, parts))
        for role, item in (
            ("change_value", claim.size),
            ("to_value", claim.to),
            ("from_value", claim.from_),
            ("expected_value", claim.expected),
        ):
            if item is not None:
                yield Step(role, said(sentence, item, item), _place(claim, item))
        for role in ("to", "from", "period", "baseline"):
            if role in claim.borrowed or (role in parts and parts[role].end <= sentence.items[0].start):
                yield Step(role, parts[role].text, "stated in the sentence before")
        yield from _times(sentence, claim)
        state, word = status(sentence, claim)
        why = "no word makes it anything else" if word is None else f"by `{said(sentence, word, word)}`"
        yield Step("status", state, why)
        read = self.whose[fact.start, fact.end].by
        yield Step("subject", fact.subject, f"by {described(read)}" if read else "nothing says whose it is")
        if fact.partner is not None:
            yield Step("partner", fact.partner, f"by {described(other_side)}")
        says = self.whose[fact.start, fact.end].speaker
        why = f"`{says.text}` says or expects it" if says else "nothing tells who says or expects it"
        yield Step("speaker", fact.speaker, why)


def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """The items of a sentence, with the names of their kinds."""
    spans = [sentence.span(i, i) for i in range(len(sentence.items))]
    return tuple(
        Word(span.text, kind_name(item.code), item.direction, span.start_char, span.end_char)
        for span, item in zip(spans, sentence.items, strict=True)
    )


def _direction(sentence: Sentence, claim: Claim) -> str:
    cue = f"`{said(sentence, claim.cue, claim.cue)}`"
    return f"as the levels tell, compared by {cue}" if claim.direction == "compare" else f"by {cue}"


def _metric(sentence: Sentence, claim: Claim, parts: Mapping[str, Span]) -> str:
    own = sentence.phrase(*claim.metric) if claim.metric else None
    if own is not None and (own.start, own.end) == (parts["metric"].start, parts["metric"].end):
        pattern = next((p for p in claim_patterns() if p.name == claim.rule), None)
        finder = (
            f"; {described(pattern.metric_of)}" if pattern and claim.metric_by in ("verb", "pattern") else ""
        )
        return _METRIC_BY.get(claim.metric_by, claim.metric_by) + finder
    if parts["metric"].start >= sentence.items[0].start:
        return "the claim has none of its own: what the sentence speaks of"
    return "the claim has none of its own: what was spoken of before"


def _place(claim: Claim, item: int) -> str:
    if claim.first <= item <= claim.last:
        return "in the words of the claim"
    return "behind them" if item > claim.last else "before them"


def _times(sentence: Sentence, claim: Claim) -> Iterator[Step]:
    """Each time of the sentence: its role in the claim, and why."""
    first, last = clause(sentence, claim)
    for i, code in enumerate(sentence.codes):
        if code != kinds("time"):
            continue
        words, inside = said(sentence, i, i), first <= i <= last
        if i == claim.baseline:
            yield Step("baseline", words, _baseline(sentence, claim, i))
        elif i == claim.period:
            why = "the nearest time of its clause" if inside else "stated for a claim or a clause before"
            yield Step("period", words, why)
        else:
            why = _no_time(sentence, claim, i) if inside else "outside the claim's clause"
            yield Step("no time of the claim", words, why)


def _baseline(sentence: Sentence, claim: Claim, i: int) -> str:
    test = next((test for test in BASELINES if test(sentence, claim, i)), None)
    held = test is not None and not any(no(sentence, claim, i) for no in NO_BASELINES)
    return (
        f"compared with, by {described(test)}"
        if test is not None and held
        else "the time of the level before"
    )


def _no_time(sentence: Sentence, claim: Claim, i: int) -> str:
    """Why a time of the clause is neither its period nor its baseline."""
    tests: list[Callable[..., bool]] = [test for test in NO_PERIODS if test(sentence, i)]
    tests += [test for test in NOT_ITS if test(sentence, claim, i)]
    if is_baseline(sentence, claim, i):
        return "compared with, but by another claim"
    if tests:
        return f"no period, by {described(tests[0])}"
    return (
        "another time is nearer" if is_period(sentence, claim, i) else "the time of the saying or of a record"
    )


def _near(sentence: Sentence) -> Iterator[Step]:
    found = nearest(sentence)
    for near in found:
        yield Step(near.rule, said(sentence, near.first, near.last), stopped(sentence, near))
    if not found:
        yield Step("no claim", None, "no word of change stands where a pattern has one")
