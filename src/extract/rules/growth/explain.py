"""Why a sentence has the claims that it has: the matches, what refused others, and how each part was found.

Runs the patterns and passes of `claims` once more, and looks at each. For explanations only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from spacy.tokens import Doc, Span

from extract.records import Growth
from extract.rules.growth.baselines import BASELINES, NO_BASELINES, is_baseline
from extract.rules.growth.claim import ALTERNATIVE, Claim
from extract.rules.growth.claims import from_match
from extract.rules.growth.clauses import clause
from extract.rules.growth.kinds import kind_name, kinds
from extract.rules.growth.near import nearest, stopped
from extract.rules.growth.passes import PASSES
from extract.rules.growth.patterns import PATTERNS, Pattern
from extract.rules.growth.periods import NO_PERIODS, NOT_ITS, is_period
from extract.rules.growth.records import PARTS, claim_key
from extract.rules.growth.speaker import speaker
from extract.rules.growth.status import status
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.growth.tails import Tail
from extract.rules.spans import group
from extract.rules.steps import Step, told

_METRIC_BY = {
    "pattern": "the pattern says where it stands",
    "verb": "the subject or object of the verb",
    "level": "what the level before the word of change is a level of",
    "clause": "the subject of the last verb before it in its clause",
    "syntax": "the parse of the sentence",
}
_ITEMS = ("size", "to", "from_", "high", "counted", "period", "baseline")


@dataclass(frozen=True, slots=True)
class Word:
    """One item of a sentence: its words and what they are read as; offsets into the text."""

    text: str
    kind: str
    direction: str
    start: int
    end: int


@dataclass(slots=True)
class Trace:
    """The claims of one sentence after all passes, the steps to each by identity, and what was refused."""

    sentence: Sentence
    claims: list[Claim] = field(default_factory=list)
    steps: dict[int, list[Step]] = field(default_factory=dict)
    nothing: list[Step] = field(default_factory=list)
    held: list[Claim] = field(default_factory=list)  # all claims ever made, so that an identity names one


@dataclass(frozen=True, slots=True)
class Sight:
    """What growth sees in a sentence.

    Attributes:
        words: Its items with their kinds.
        facts: The steps to each claim, by the start and end of the fact.
        nothing: Matches that were refused and claims that were dropped, and why.
        near: Where there is no claim, the nearest patterns and where each stops.
    """

    words: tuple[Word, ...]
    facts: Mapping[tuple[int, int], tuple[Step, ...]]
    nothing: tuple[Step, ...]
    near: tuple[Step, ...]


class Explainer:
    """Explains the claims of a processed document, sentence by sentence."""

    def __init__(self, doc: Doc, facts: Sequence[Growth]) -> None:
        """Gather the symbols, the parts of the claims, and the records by the word of change of each."""
        self.symbols = Symbols(doc)
        self.facts = {(fact.start, fact.end): fact for fact in facts}
        self.parts: dict[str, dict[str, Span]] = defaultdict(dict)
        for part in group(doc, PARTS):
            self.parts[part.kb_id_][part.label_] = part
        self.by_cue: dict[int, list[Growth]] = defaultdict(list)
        for fact in facts:
            cue = self.parts[f"{fact.start}-{fact.end}"].get("cue")
            if cue is not None:
                self.by_cue[cue.start].append(fact)
        self.looked_at = {sentence.items[0].start for sentence in self.symbols.sentences() if sentence.items}

    def of(self, sent: Span) -> Sight:
        """What growth sees in a sentence."""
        sentence = self.symbols.of(sent)
        if not sentence.items or sentence.items[0].start not in self.looked_at:
            why = "no amount of any kind, no duration and no verb such as `doubled`"
            return Sight(words_of(sentence), {}, (), (Step("no claim", None, why),))
        seen = trace(sentence)
        facts: dict[tuple[int, int], tuple[Step, ...]] = {}
        for claim in seen.claims:
            fact = self._fact(sentence, claim)
            if fact is None:
                seen.nothing.append(
                    Step(claim.rule, _words(sentence, claim.first, claim.last), self._unused(sentence, claim))
                )
            else:
                facts[fact.start, fact.end] = (*seen.steps[id(claim)], *self._steps(sentence, claim, fact))
        near = () if facts else tuple(_near(sentence))
        return Sight(words_of(sentence), facts, tuple(dict.fromkeys(seen.nothing)), near)

    def _fact(self, sentence: Sentence, claim: Claim) -> Growth | None:
        """The record of a claim; one that takes its level from the sentence before has its span there."""
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
        return "the sentence before tells no level, or another claim takes its place"

    def _steps(self, sentence: Sentence, claim: Claim, fact: Growth) -> Iterator[Step]:
        """How the parts of a claim were found, after its pattern and passes."""
        parts = self.parts[f"{fact.start}-{fact.end}"]
        yield Step("direction", fact.direction, _direction(sentence, claim))
        yield Step("metric", fact.metric, _metric(sentence, claim, parts))
        for role, item in (("change_value", claim.size), ("to_value", claim.to), ("from_value", claim.from_)):
            if item is not None:
                yield Step(role, _words(sentence, item, item), _place(claim, item))
        for role in ("to", "from", "period", "baseline"):
            if role in claim.borrowed or (role in parts and parts[role].end <= sentence.items[0].start):
                yield Step(role, parts[role].text, "stated in the sentence before")
        yield from _times(sentence, claim)
        state, word = status(sentence, claim)
        why = "no word makes it anything else" if word is None else f"by `{_words(sentence, word, word)}`"
        yield Step("status", state, why)
        owner = "no name in the metric" if fact.subject is None else "the name that owns the metric"
        yield Step("subject", fact.subject, owner)
        says = speaker(sentence, claim, self.symbols.entities)
        why = (
            "no name beside a word of saying or expecting"
            if says is None
            else f"`{says.text}` says or expects it"
        )
        yield Step("speaker", fact.speaker, why)


def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """The items of a sentence, with the names of their kinds."""
    spans = [sentence.span(i, i) for i in range(len(sentence.items))]
    return tuple(
        Word(span.text, kind_name(item.code), item.direction, span.start_char, span.end_char)
        for span, item in zip(spans, sentence.items, strict=True)
    )


def trace(sentence: Sentence) -> Trace:
    """The claims of a sentence as `claims` finds them, with each step to them."""
    seen = Trace(sentence)
    used: dict[int, str] = {}
    for pattern in PATTERNS:
        for match in pattern.regex.finditer(sentence.codes):
            answers: list[bool] = []
            claims = list(from_match(sentence, _asking(pattern, answers), match, set(used)))
            for claim in claims:
                seen.steps[id(claim)] = list(_origin(sentence, pattern, match, claim))
                used |= dict.fromkeys(claim.amounts, claim.rule)
            if not claims:
                words = _words(sentence, match.start(), match.end() - 1)
                seen.nothing.append(
                    Step(pattern.name, words, _refusal(sentence, pattern, match, used, answers))
                )
            seen.claims += claims
    for run in PASSES:
        before, names = [_copy(claim) for claim in seen.claims], told(run)
        old = list(seen.claims)
        seen.held += old
        seen.claims = run(sentence, list(old))
        _compare(seen, names, old, before)
    return seen


def _asking(pattern: Pattern, answers: list[bool]) -> Pattern:
    """The pattern, whose condition also notes what it answers."""

    def accepts(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
        answers.append(pattern.accepts(sentence, match, tail))
        return answers[-1]

    return replace(pattern, accepts=accepts)


def _refusal(
    sentence: Sentence,
    pattern: Pattern,
    match: re.Match[str],
    used: Mapping[int, str],
    answers: Sequence[bool],
) -> str:
    """Why a match of a pattern is no claim."""
    groups = match.groupdict()
    items = [match.start(role) for role in ("size", "to", "from") if groups.get(role)]
    taken = next((i for i in items if i in used), None)
    if taken is not None:
        return f"`{_words(sentence, taken, taken)}` serves {used[taken]} already"
    if not answers:
        return f"no metric by {told(pattern.metric_of)}"
    if not answers[-1]:
        return f"refused by the condition {told(pattern.accepts)}"
    return "its levels make no pair"


def _origin(sentence: Sentence, pattern: Pattern, match: re.Match[str], claim: Claim) -> Iterator[Step]:
    """The pattern with the words that filled it."""
    why = (
        f"another statement of the change that {pattern.name} matches"
        if claim.rule == ALTERNATIVE
        else "matches"
    )
    yield Step("pattern", claim.rule, f"{why} `{_words(sentence, match.start(), match.end() - 1)}`")
    for role, said in match.groupdict().items():
        if said:
            first, last = match.start(role), match.end(role) - 1
            kinds_of = " ".join(dict.fromkeys(kind_name(code) for code in said))
            yield Step(f"pattern {role}", _words(sentence, first, last), f"{{{kinds_of}}}")


def _copy(claim: Claim) -> Claim:
    return replace(claim, losses=set(claim.losses), borrowed=dict(claim.borrowed))


def _compare(seen: Trace, name: str, old: Sequence[Claim], before: Sequence[Claim]) -> None:
    """Note what a pass changed, made and dropped."""
    was = {id(claim): copy for claim, copy in zip(old, before, strict=True)}
    kept = {id(claim) for claim in seen.claims}
    gone = {(claim.cue, was[id(claim)].magnitude): claim for claim in old if id(claim) not in kept}
    for claim in seen.claims:
        same = claim if id(claim) in was else gone.pop((claim.cue, claim.magnitude), None)
        if same is None:
            seen.steps[id(claim)] = [Step("pattern", claim.rule, f"made by the pass {name}")]
            continue
        steps = seen.steps[id(claim)] = list(seen.steps[id(same)])
        changed = [
            f"{f.name.strip('_')} {_shown(seen.sentence, f.name, getattr(claim, f.name))}"
            for f in fields(Claim)
            if getattr(claim, f.name) != getattr(was[id(same)], f.name)
        ]
        if changed:
            steps.append(Step("pass", "; ".join(changed), name))
    for claim in gone.values():
        words = _words(seen.sentence, claim.first, claim.last)
        seen.nothing.append(Step(claim.rule, words, f"dropped by the pass {name}"))


def _shown(sentence: Sentence, name: str, value: object) -> str:
    """The value of a claim's field in words."""
    if isinstance(value, int) and name in _ITEMS:
        return f"`{_words(sentence, value, value)}`"
    if name == "metric" and isinstance(value, tuple):
        return f"`{sentence.phrase(*value).text}`"
    if isinstance(value, set):
        return ", ".join(f"`{_words(sentence, i, i)}`" for i in sorted(value))
    return "none" if value is None else str(value)


def _words(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(sentence.span(first, last).text.split())


def _direction(sentence: Sentence, claim: Claim) -> str:
    cue = f"`{_words(sentence, claim.cue, claim.cue)}`"
    return f"as the levels tell, compared by {cue}" if claim.direction == "compare" else f"by {cue}"


def _metric(sentence: Sentence, claim: Claim, parts: Mapping[str, Span]) -> str:
    own = sentence.phrase(*claim.metric) if claim.metric else None
    if own is not None and (own.start, own.end) == (parts["metric"].start, parts["metric"].end):
        pattern = next((p for p in PATTERNS if p.name == claim.rule), None)
        finder = f"; {told(pattern.metric_of)}" if pattern and claim.metric_by in ("verb", "pattern") else ""
        return _METRIC_BY.get(claim.metric_by, claim.metric_by) + finder
    if parts["metric"].start >= sentence.items[0].start:
        return "the claim has none of its own: what the sentence speaks of"
    return "the claim has none of its own: what was spoken of before"


def _place(claim: Claim, item: int) -> str:
    if claim.first <= item <= claim.last:
        return "in the words of the claim"
    return "behind them" if item > claim.last else "before them"


def _times(sentence: Sentence, claim: Claim) -> Iterator[Step]:
    """Each time of the sentence: what it is of the claim, and why."""
    first, last = clause(sentence, claim)
    for i, code in enumerate(sentence.codes):
        if code != kinds("time"):
            continue
        words, inside = _words(sentence, i, i), first <= i <= last
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
    return f"compared with, by {told(test)}" if test is not None and held else "the time of the level before"


def _no_time(sentence: Sentence, claim: Claim, i: int) -> str:
    """Why a time of the clause is neither its period nor its baseline."""
    tests: list[Callable[..., bool]] = [test for test in NO_PERIODS if test(sentence, i)]
    tests += [test for test in NOT_ITS if test(sentence, claim, i)]
    if is_baseline(sentence, claim, i):
        return "compared with, but by another claim"
    if tests:
        return f"no period, by {told(tests[0])}"
    return (
        "another time is nearer" if is_period(sentence, claim, i) else "the time of the saying or of a record"
    )


def _near(sentence: Sentence) -> Iterator[Step]:
    found = nearest(sentence)
    for near in found:
        yield Step(near.rule, _words(sentence, near.first, near.last), stopped(sentence, near))
    if not found:
        yield Step("no claim", None, "no word of change stands where a pattern has one")
