"""The metric of a claim without one of its own, and what it takes from the previous sentence.

Output was flat. [It] fell 3 %                               -> Output
The mine sold 300 tonnes. [That] is a 5 % increase           -> to 300 tonnes
Sales were $5 million. [That] compares with $4 million       -> to $5 million, from $4 million
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span

from extract.rules.growth.claim import CONTINUED, Claim
from extract.rules.growth.items import AMOUNTS, PREPOSITIONS, REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.level_metric import metric_of_level
from extract.rules.growth.phrases import Bounds
from extract.rules.growth.subjects import main_subject
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.nouns import is_plural

_POINTING = matcher(
    r"""({pronoun subordinator determiner} | {determiner subordinator} {word}) {modifier}*
        ({auxiliary say_verb} {modifier}*
        {article modifier word direction percent points multiple factor_verb unchanged comparator}
        | {comparator})"""
)  # That is a, The figure compares with
_ELSEWHERE = matcher(
    r"""{and , modifier}* {preposition} {article determiner word}+ \, {article}?
        {^ auxiliary verb change_verb factor_verb reach_verb say_verb forecast_verb}* $"""
)  # And in Hong Kong, a three percent drop.
# they | had forecast an increase: the forecasters
_FORESEEING = matcher(r"{auxiliary modifier}* ({forecast_verb} | {raising} (?!to))")
_LEVELS = frozenset(kinds("money quantity number"))
_PLURAL = word_group("references_plural")


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier claim with its metric; `span` is its size, or else its level."""

    sentence: Sentence
    claim: Claim
    metric: Span
    span: Span


def referent(
    symbols: Symbols, sentence: Sentence, claim: Claim, last: Told | None, *, pointing: bool = False
) -> Span | None:
    """The noun phrase that is the metric of a claim without one of its own.

    The last metric in its sentence, else the subject of the sentence; for a pronoun the phrase that agrees
    with it in the previous sentence; else the last metric of all. `pointing`: the claim's metric is a
    bare `figure`, which refers back like a pronoun.
    """
    start = sentence.items[0].start
    if last is not None and last.metric.start >= start:
        return last.metric
    pronoun = _pronoun_before(sentence, claim)
    pointing = pointing or (pronoun is None and _POINTING.match(sentence.codes) is not None)
    if pronoun is None and _ELSEWHERE.match(sentence.codes):
        return None
    subject = None if pointing else main_subject(sentence)
    if subject and subject[1] < claim.first:
        return sentence.span(*subject)
    before = symbols.before(sentence)
    points = pointing or pronoun is not None
    if before is None or not points:
        return last.metric if last else None
    return _antecedent(sentence, before, last, pronoun, pointing=pointing)


def _pronoun_before(sentence: Sentence, claim: Claim) -> int | None:
    """The nearest pronoun before a claim."""
    return next(
        (
            i
            for i in range(claim.cue, max(-1, claim.cue - REACH), -1)
            if sentence.codes[i] == kinds("pronoun") and not _FORESEEING.match(sentence.codes, i + 1)
        ),
        None,
    )


def _antecedent(
    sentence: Sentence, before: Sentence, last: Told | None, pronoun: int | None, *, pointing: bool
) -> Span | None:
    """The phrase that agrees with a pronoun in the previous sentence; else the last metric."""
    plural = None if pronoun is None else sentence.items[pronoun].word in _PLURAL
    candidates = _candidates(before, last, pointing=pointing)
    agreeing = (span for span in candidates if plural in (None, _is_plural(span)))
    return next(agreeing, next(iter(candidates), None)) or (last.metric if last else None)


def _candidates(before: Sentence, last: Told | None, *, pointing: bool) -> list[Span]:
    """The phrases of a sentence that the next one may refer to, the likeliest first."""
    told = [last.metric] if last is not None and last.sentence.items[0].start == before.items[0].start else []
    subject = main_subject(before)
    subjects = [before.span(*subject)] if subject else []
    levels = [i for i, code in enumerate(before.codes) if code in _LEVELS]
    measured = metric_of_level(before, levels[-1]) if pointing and levels and not told else None
    return told + ([before.phrase(*measured)] if measured else []) + subjects


def _is_plural(phrase: Span) -> bool:
    """The head of the noun phrase is plural."""
    end = next((i for i, token in enumerate(phrase) if i and token.lower_ in PREPOSITIONS), len(phrase))
    return is_plural(phrase[end - 1].text) or any(token.lower_ == "and" for token in phrase)


def stands_for_another(sentence: Sentence, claim: Claim) -> bool:
    """The metric is a bare `figure` or `number`, which says no more than a pronoun."""
    if claim.metric is None:
        return False
    i = claim.metric[1]
    if sentence.items[i].word in word_group("forecasts") and sentence.codes[claim.cue] == kinds(
        "change_noun"
    ):
        return True  # the median forecast was for a rise of 5 %
    if _is_bare_change(sentence, claim.metric):
        return True
    if claim.metric[0] != i:
        return False
    return sentence.items[i].word in word_group("placeholders") and sentence.codes[max(0, i - 1) : i] in (
        "",
        *kinds("article determiner subordinator"),
    )


def _is_bare_change(sentence: Sentence, phrase: Bounds) -> bool:
    """`the drop`, `the 7.6 percent gain` say no more of what changed; `growth` is itself a metric."""
    first, last = phrase
    head = sentence.items[last]
    return (
        head.code == kinds("change_noun")
        and head.word not in word_group("rates_of_change")
        and all(
            sentence.codes[i] in AMOUNTS + kinds("article determiner modifier time")
            or sentence.items[i].word in word_group("superlatives")
            for i in range(first, last)
        )
    )


def take_level_beside(sentence: Sentence, claim: Claim, figure: Bounds) -> None:
    """`24,219 cases were reported, a figure that climbed to 43,496`: the level that `a figure` refers to."""
    if sentence.codes[max(0, figure[0] - 2) : figure[0]] != kinds("comma article"):
        return
    before = sentence.codes[: figure[0]]
    levels = [i for i in range(len(before)) if before[i] in _LEVELS]
    claim.metric = metric_of_level(sentence, levels[-1]) if levels else None
    if levels and claim.from_ is None and claim.size is None:
        claim.from_ = levels[-1]


def linked(
    symbols: Symbols, sentence: Sentence, claim: Claim, last: Told | None
) -> tuple[Claim | None, bool]:
    """The claim with what it takes from the previous sentence, and whether it replaces the last one.

    None if it compares with a level of the previous sentence, and that is ambiguous.
    """
    alone = claim.direction == "compare" and claim.to is None
    if not alone and not (claim.size is not None and _POINTING.match(sentence.codes)):
        return claim, False
    before = symbols.before(sentence)
    near = last if before and last and last.sentence.items[0].start == before.items[0].start else None
    if before is None:
        return (None if alone else claim), False
    if alone:
        return _compared(before, sentence, claim, near), False
    return _measured(before, sentence, claim, near)


def _compared(before: Sentence, sentence: Sentence, claim: Claim, near: Told | None) -> Claim | None:
    """`That compares with $4 million`: with the only level of its sort in the previous sentence."""
    code = sentence.codes[claim.magnitude]
    same = [i for i, other in enumerate(before.codes) if other == code]
    if (
        near is not None
        and near.claim.size is not None
        and code == kinds("percent")
        and same == [near.claim.size]
    ):
        direction = near.claim.direction
        size = replace(claim, rule=CONTINUED, direction=direction, size=claim.from_, from_=None)
        return replace(size, period=claim.baseline, baseline=None)  # that compares with 3 % in April
    if near is not None and near.claim.to in same:
        same = [near.claim.to]
    if len(same) != 1 or (near is not None and near.claim.size in same):
        return None
    period = _only_date(before)
    times = {"period": period} if period is not None else {}
    return replace(claim, borrowed={"to": before.span(same[0], same[0]), **times})


def _measured(before: Sentence, sentence: Sentence, claim: Claim, near: Told | None) -> tuple[Claim, bool]:
    """`That is a 67 % increase`: of the levels in the previous sentence."""
    if (
        claim.to is not None
        or claim.from_ is not None
        or claim.cue < 2
        or sentence.codes[claim.cue] not in kinds("change_noun direction multiple")
    ):
        return claim, False
    if near is not None:
        if near.claim.size is not None or near.claim.direction != claim.direction:
            return claim, False
        roles = ("to", "from", "period", "baseline")
        items = dict(
            zip(roles, (near.claim.to, near.claim.from_, near.claim.period, near.claim.baseline), strict=True)
        )
        return replace(
            claim, borrowed={r: before.span(i, i) for r, i in items.items() if i is not None}
        ), True
    levels = [i for i, code in enumerate(before.codes) if code in AMOUNTS]
    if len(levels) != 1 or before.codes[levels[0]] not in _LEVELS:
        return claim, False
    return replace(claim, borrowed={"to": before.span(levels[0], levels[0])}), False


def _only_date(sentence: Sentence) -> Span | None:
    """The date of a sentence that has only one."""
    dates = [i for i, code in enumerate(sentence.codes) if code == kinds("time")]
    return sentence.span(dates[0], dates[0]) if len(dates) == 1 else None
