"""Which dates are not the period of a claim: dates of other things, of statements, and durations."""

from __future__ import annotations

from extract.rules.growth.baselines import is_rate, of_a_record
from extract.rules.growth.claim import Claim
from extract.rules.growth.items import REACH
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence

_UNTIL = word_group("periods_until")
_INSERTING = word_group("periods_inserting")
_THE = ("the ", "past ", "last ")
_IN = word_group("periods_in")
_SEASONS = word_group("periods_seasons")
_CONTRACTS = word_group("periods_contracts")
_ADJECTIVE = matcher(r"\, {word} {preposition at} {time}")
_SAID = matcher(r"{say_verb} {article determiner word quote}{0,4} {preposition at}? $")
_NEXT_LEVEL = matcher(r"{comma and} {modifier}* to {level}")
_FORESEEN = matcher(r"{auxiliary}{1,3} {modifier}* {forecast_verb raising} (?!to)")
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_REPORTING = frozenset(kinds("say_verb forecast_verb raising"))


def is_period(sentence: Sentence, claim: Claim, i: int) -> bool:
    """No rule says that the date is not the claim's period."""
    if _of_the_change(sentence, claim, i):
        return True
    if is_no_period(sentence, i) or any(test(sentence, claim, i) for test in NOT_ITS):
        return False
    if claim.metric is not None and claim.metric[0] <= i <= claim.metric[1]:
        if sentence.items[i].word in _SEASONS and _attributive(sentence, i):
            return False  # winter wheat
        if sentence.items[claim.metric[1]].word in _CONTRACTS and _attributive(sentence, i):
            return False  # the September crude contract
        return sentence.items[i].timex_type not in (
            "DURATION",
            "TIME",
        )  # two-year bond yields, overnight stays
    return not (_of_the_saying(sentence, claim, i) or of_a_record(sentence, claim, i))


def is_no_period(sentence: Sentence, i: int) -> bool:
    """The date never belongs to a change: it is a rate or a duration."""
    return any(test(sentence, i) for test in NO_PERIODS)


def _attributive(sentence: Sentence, i: int) -> bool:
    """`May` in `the May figures`; not in `the rise in | May | surprised economists`."""
    following = sentence.codes[i + 1 : i + 2]
    return following in tuple(kinds("word change_noun")) and sentence.items[i + 1].tag not in _FINITE


def _of_the_change(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`a 5 % annual increase`, `annual price rises of 5 %`: the change itself is one of a year."""
    if not _repeated(sentence, i):
        return False
    if not sentence.codes[claim.last + 1 : i].strip(kinds("modifier")) and i > claim.last:
        return True  # must rise 10 % annually
    if sentence.codes[claim.cue] != kinds("change_noun") or i > claim.cue:
        return False
    return not sentence.codes[i + 1 : claim.cue].strip(kinds("word modifier"))


def _repeated(sentence: Sentence, i: int) -> bool:
    """`quarterly`."""
    item = sentence.items[i]
    return item.timex_type == "SET" and " " not in item.word


def _end_of_another(sentence: Sentence, i: int) -> bool:
    """`the six months ended | Oct. 1`."""
    return sentence.items[i - 1].word in _UNTIL and sentence.codes[max(0, i - 2)] == kinds("time")


def _length_of_thing(sentence: Sentence, i: int) -> bool:
    """`a 17-year high`."""
    item = sentence.items[i]
    return item.timex_type == "DURATION" and "-" in item.word and _attributive(sentence, i)


def _mere_length(sentence: Sentence, i: int) -> bool:
    """`after ten years of service`, `after hours`, `waiting four hours`: the duration of something else."""
    item = sentence.items[i]
    if item.timex_type != "DURATION" or not i or item.word.startswith(_THE):
        return False
    return " " not in item.word or sentence.items[i - 1].word not in _IN


def _of_an_adjective(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`raised the dividend to 3 cents, payable on May 3 to holders of May 1`."""
    return bool(_ADJECTIVE.search(sentence.codes, claim.last + 1, i + 1))


def _kind_of_thing(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`crude for August delivery`: the time says what sort of thing it is."""
    within = claim.metric is not None and claim.metric[0] < i <= claim.metric[1]
    return within and _attributive(sentence, i) and sentence.codes[i - 1] == kinds("preposition")


def _of_a_participle(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date belongs to a verb after the claim: `rose 5 %, reflecting a purchase in May`."""
    if sentence.items[i - 1].word in ("starting", "beginning", "effective"):
        return False
    if _FORESEEN.match(sentence.codes, claim.last + 1):
        return False  # growth of 6.5 % is predicted for China in 2017
    between = sentence.codes[claim.last + 1 : i].rstrip(kinds("preposition at article determiner modifier"))
    return not _REPORTING.isdisjoint(between) and not between.endswith(kinds("comma"))


def _of_another_level(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`will rise to $35, then to $50 after | 1990`."""
    return bool(_NEXT_LEVEL.search(sentence.codes, claim.last + 1, i))


def _of_the_base(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`the index, base | 1980 |, was 109.7`."""
    return i > 0 and sentence.items[i - 1].word == "base"


def _now(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`now` that is not within the claim, nor next to the verb of its level."""
    if sentence.items[i].word != "now" or claim.first <= i <= claim.magnitude:
        return False
    return (
        not matcher(r"{auxiliary modifier verb reach_verb direction}*").fullmatch(
            sentence.codes[i + 1 : claim.first]
        )
        or i > claim.first
    )


def _in_the_figures(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`the May figures`, unless it belongs to the metric or precedes the claim."""
    in_metric = claim.metric is not None and claim.metric[0] <= i <= claim.metric[1]
    possessive = i > claim.magnitude and sentence.codes[i - 1 : i + 2] == kinds("and time possessive")
    return not in_metric and i > claim.first and (possessive or _attributive(sentence, i))


def _in_an_insertion(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is in an insertion before the cue: `The plant, which opened in 2015, raised output`."""
    if i > claim.cue:
        return False
    start = sentence.codes.rfind(kinds("comma"), max(0, i - REACH), i)
    inserted = start > 0 and kinds("comma") in sentence.codes[i : claim.cue]
    return inserted and sentence.items[start + 1].word in _INSERTING


def _of_the_saying(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is that of the statement or release: `said on Monday`; not `said sales in | May rose`."""
    first = max(0, i - 5)
    if any(item.word in word_group("publishing") for item in sentence.items[max(0, i - 2) : i]):
        return True
    verb = sentence.items[i + 1].word if i + 1 < len(sentence.items) else ""
    beside = sentence.items[i - 1].word == "on" or sentence.codes[i - 1 : i] == kinds("word")
    if (
        beside
        and i < claim.first
        and verb in word_group("sayings")
        and sentence.codes[i + 1] == kinds("say_verb")
    ):
        return True  # the firm on Monday | announced
    said = _SAID.search(sentence.codes, first, i)
    if said and not _attributive(sentence, i):
        return claim.metric is None or not said.start() < claim.metric[0] < i
    return "according" in sentence.items[first].word


NO_PERIODS = (_repeated, is_rate, _end_of_another, _length_of_thing, _mere_length)
NOT_ITS = (
    _of_another_level,
    _of_the_base,
    _now,
    _in_the_figures,
    _kind_of_thing,
    _in_an_insertion,
    _of_a_participle,
    _of_an_adjective,
)
