"""The claims of a sentence with each step to them: matches, what refused others, and what the passes did.

Runs the patterns and passes of `claims` again, and records the result of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from extract.rules.growth.claim import ALTERNATIVE, Claim
from extract.rules.growth.claims import from_match
from extract.rules.growth.kinds import kind_name
from extract.rules.growth.passes import PASSES
from extract.rules.growth.patterns import Pattern, claim_patterns
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail
from extract.rules.steps import Step, described

_ITEMS = ("size", "to", "from_", "high", "counted", "period", "baseline", "expected")


@dataclass(slots=True)
class Trace:
    """The claims of one sentence after all passes, the steps to each by identity, and what was refused."""

    sentence: Sentence
    claims: list[Claim] = field(default_factory=list)
    steps: dict[int, list[Step]] = field(default_factory=dict)
    nothing: list[Step] = field(default_factory=list)
    held: list[Claim] = field(default_factory=list)  # all claims, so that identities stay unique


def trace(sentence: Sentence) -> Trace:
    """The claims of a sentence as `claims` finds them, with each step to them."""
    seen = Trace(sentence)
    used: dict[int, str] = {}
    for pattern in claim_patterns():
        for match in pattern.matches(sentence):
            answers: list[bool] = []
            claims = list(from_match(sentence, _asking(pattern, answers), match, set(used)))
            for claim in claims:
                seen.steps[id(claim)] = list(_origin(sentence, pattern, match, claim))
                used |= dict.fromkeys(claim.amounts, claim.rule)
            if not claims:
                words = said(sentence, match.start(), match.end() - 1)
                seen.nothing.append(
                    Step(pattern.name, words, _refusal(sentence, pattern, match, used, answers))
                )
            seen.claims += claims
    for run in PASSES:
        before, names = [_copy(claim) for claim in seen.claims], described(run)
        old = list(seen.claims)
        seen.held += old
        seen.claims = run(sentence, list(old))
        _compare(seen, names, old, before)
    return seen


def _asking(pattern: Pattern, answers: list[bool]) -> Pattern:
    """The pattern, with a condition that also records its result."""

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
    """Why a match of a pattern is not a claim."""
    groups = match.groupdict()
    items = [match.start(role) for role in ("size", "to", "from") if groups.get(role)]
    taken = next((i for i in items if i in used), None)
    if taken is not None:
        return f"`{said(sentence, taken, taken)}` serves {used[taken]} already"
    if not answers:
        return f"no metric by {described(pattern.metric_of)}"
    if not answers[-1]:
        return f"refused by the condition {described(pattern.accepts)}"
    return "its levels make no pair"


def _origin(sentence: Sentence, pattern: Pattern, match: re.Match[str], claim: Claim) -> Iterator[Step]:
    """The pattern with the words that filled it."""
    why = (
        f"another statement of the change that {pattern.name} matches"
        if claim.rule == ALTERNATIVE
        else "matches"
    )
    yield Step("pattern", claim.rule, f"{why} `{said(sentence, match.start(), match.end() - 1)}`")
    for role, matched in match.groupdict().items():
        if matched:
            first, last = match.start(role), match.end(role) - 1
            kinds_of = " ".join(dict.fromkeys(map(kind_name, sentence.codes[first : last + 1])))
            yield Step(f"pattern {role}", said(sentence, first, last), f"{{{kinds_of}}}")


def _copy(claim: Claim) -> Claim:
    return replace(claim, losses=set(claim.losses), borrowed=dict(claim.borrowed))


def _compare(seen: Trace, name: str, old: Sequence[Claim], before: Sequence[Claim]) -> None:
    """Record what a pass changed, added and dropped."""
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
        words = said(seen.sentence, claim.first, claim.last)
        seen.nothing.append(Step(claim.rule, words, f"dropped by the pass {name}"))


def _shown(sentence: Sentence, name: str, value: object) -> str:
    """The value of a claim's field in words."""
    if isinstance(value, int) and name in _ITEMS:
        return f"`{said(sentence, value, value)}`"
    if name == "metric" and isinstance(value, tuple):
        return f"`{sentence.phrase(*value).text}`"
    if isinstance(value, set):
        return ", ".join(f"`{said(sentence, i, i)}`" for i in sorted(value))
    return "none" if value is None else str(value)


def said(sentence: Sentence, first: int, last: int) -> str:
    """The text from item `first` to item `last`, in one line."""
    return " ".join(sentence.span(first, last).text.split())
