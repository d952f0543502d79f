"""Which dates a change is compared with: `from a year earlier`, `than in May`, `since 2019`."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.rules.growth.claim import CONTINUED, Claim
from extract.rules.growth.items import Item
from extract.rules.growth.kinds import COMPARING, kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence

_EARLIER = re.compile(
    r"(?:an?|one|the)?\s*(?:\w+\s)?"
    r"(?:year|month|week|quarter|day|period|decade|season|session)s?[\s-](?:earlier|ago|before|prior)\b"
    r"|\b(?:previous|prior|preceding|year-earlier|year-ago)\b"
    r"|\b(?:same|corresponding|comparable)\b.*\b(?:last|earlier|before|ago|\d{4})",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:same|corresponding|comparable)\b", re.IGNORECASE)
_ONE_BEFORE = re.compile(r"(?:the )?(?:last|previous|prior)\s+\w+|\d{4}|.*quarter", re.IGNORECASE)
_RATE = re.compile(r"(?:an?|per|each|every)\s")
_OF_A_STOCK = "growth.stock_"
_PER = "per "  # compensation per hour
_DAY = re.compile(r"\b\d{1,2}\b")
_NEAR, _FAR = 5, 12
_NEAREST_RECORD, _LONGEST_RECORD = 4, 10  # items from `the highest` to a time; with `since` before it
_LEADING = frozenset(kinds("from comparator"))
_LEADING_TO_A_CLAUSE = frozenset({"from", "than", "compared to", "compared with", "against", "versus"})
_COMPARING = ("than", "ahead of", "behind")  # how a phrase of direction ends
_SPANNING = frozenset({"over", "during", "within", "throughout", "so far"})
_SINCE = word_group("baselines_since")
_ALIKE = word_group("baselines_alike")
_BESIDE_ONE = frozenset(
    {"growth.times_as", "growth.times_as_many", "growth.times_level", "growth.times_time", "growth.half_of"}
    | {"growth.exceeded_by"}
)  # patterns in which the time behind the word of change is that of the other level
# Between a level and its time: `a share, in`, `of total loans at the end of`.
_BESIDE_LEVEL = matcher(
    r"""(\( {article modifier}* {money quantity} \))? ({article of} {word}{1,2} | {preposition} {word}{1,2})?
    (and {article modifier}* {money quantity percent})?
    (\, {verb} {direction}? from {article modifier}* {level}
    | \, or {level} ({article} {word} | {preposition} {word})?)?
    (\,? {preposition at of modifier word}?
    | \,? {word}{0,2} {say_verb verb word forecast_verb raising} {preposition}? {determiner}?) $"""
)
_LEVEL_OF = matcher(
    r"(or {modifier}* {level})? {of preposition} {article determiner word}{1,5} {preposition at}"
)
_FROM_A_LEVEL = matcher(
    r"{from direction comparator} {article determiner modifier word preposition at of verb}{1,7} $"
)
# compared to what was reported in; than films in
_OF_A_CLAUSE = matcher(
    r"""({comparator from} {word} {auxiliary} {modifier say_verb verb word forecast_verb raising}{1,2}
    | {direction} {article determiner subordinator modifier word say_verb verb raising}{1,6})
    {preposition from at} $"""
)
# , reversing a decline in; , after a small rise in
_REVERSAL = matcher(
    r"""\, {word verb say_verb change_verb subordinator}{1,2} {article determiner}
    {modifier word percent}{0,3} {change_noun} {preposition} {determiner}? $"""
)
_OVER_A_TOTAL = matcher(
    r"{preposition} {determiner} {modifier}* {word} {of preposition at} $"
)  # over the total in
_COMPARED = matcher(r"{comparator} {^ level comma semicolon stop change_verb change_noun}*")

Test = Callable[[Sentence, Claim, int], bool]


def is_baseline(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The date is what the change is compared with."""
    if any(test(sentence, claim, i) for test in NO_BASELINES):
        return False
    return any(test(sentence, claim, i) for test in BASELINES)


def _word_before(sentence: Sentence, i: int) -> str:
    return sentence.items[i - 1].word if i else ""


def _right_behind_size(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`gained 89 cents | the previous session`: when it changed; not: `fell 2 % year on year`."""
    bare = claim.size is not None and i == claim.size + 1 and claim.size > claim.cue
    return (
        bare
        and sentence.items[i].timex_type != COMPARING
        and sentence.codes[claim.cue] == kinds("change_verb")
    )


def _length(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`from 120 shillings in three months`."""
    return sentence.items[i].timex_type == "DURATION" and _word_before(sentence, i) in ("in", "within")


def _of_the_earlier_change(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`rose 4 %, after 3 % in the previous month`; `after a 3 % rise a year earlier`."""
    earlier = claim.rule == CONTINUED or any(
        item.word in ("after", "following") for item in sentence.items[max(0, claim.first - 2) : claim.first]
    )
    beside = sentence.codes[claim.last + 1 : i] in ("", kinds("preposition"))
    return earlier and beside and i > claim.magnitude


def _of_a_reversal(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`grew 0.9 %, | reversing a decline in the previous quarter`: the time of the other change."""
    return bool(_REVERSAL.search(sentence.codes, claim.last + 1, i)) and i > claim.magnitude


def _start(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`From April 1, fees rise`; `fees were cut 3 % from 1 March`; `effective May 5`."""
    if _word_before(sentence, i) == "effective" or (i > 1 and sentence.items[i - 2].word == "effect"):
        return True  # with effect from July 1
    if _word_before(sentence, i) != "from" or (claim.from_ is not None and i > claim.from_):
        return False
    if i < claim.cue:
        return True
    if claim.rule.startswith(_OF_A_STOCK):
        return True  # 400 staff will go from the end of December
    done = sentence.items[claim.cue].word in word_group("handled") | word_group("setting")
    return done and bool(_DAY.search(sentence.items[i].word))


def is_rate(sentence: Sentence, i: int) -> bool:
    """`$75 a month`."""
    word = sentence.items[i].word
    if is_earlier(sentence.items[i]):
        return False
    if word.startswith(_PER) and sentence.codes[i - 1] == kinds("word"):
        return True
    return sentence.codes[i - 1] in kinds("money quantity") and bool(_RATE.match(word))


def is_earlier(item: Item) -> bool:
    """`a year earlier`, `year-on-year`."""
    return item.timex_type == COMPARING or _EARLIER.search(item.word) is not None


def _is_comparing(sentence: Sentence, claim: Claim, i: int) -> bool:
    return sentence.items[i].timex_type == COMPARING


def _of_a_peak(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`a quarter below their peak of 2021`."""
    beyond = 0 < i - claim.cue <= _NEAR and sentence.items[claim.cue].word in ("below", "above")
    usual = any(item.word in word_group("norms") | {"price"} for item in sentence.items[claim.cue : i])
    return beyond and not usual


def _of_the_other_level(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`twice the figure of 2019`; `from $5 million in May`; `lower than the 16 cents it earned last year`."""
    if claim.rule in _BESIDE_ONE:
        return i > claim.cue
    if claim.from_ is None or i < claim.from_:
        ahead = sentence.codes[i + 1 : claim.from_ or i].rstrip(kinds("modifier"))
        return ahead == kinds("possessive")  # after January's $6 million
    between = sentence.codes[claim.from_ + 1 : i]
    if _is_of_both(sentence, i):
        return False
    return (
        claim.rule == "growth.lower_than"
        or _BESIDE_LEVEL.fullmatch(between) is not None
        or _LEVEL_OF.fullmatch(between) is not None
    )


def _is_of_both(sentence: Sentence, i: int) -> bool:
    """The time of the change, not of a level: `from $3 million | over the decade`, `in 2021 from 2020`."""
    spanned = _word_before(sentence, i) in _SPANNING
    return spanned or sentence.codes[i + 1 : i + 3] in (kinds("from time"), kinds("comparator time"))


def _is_earlier(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`a year earlier`, but not `for the year-earlier nine months` ahead of the claim."""
    word = sentence.items[i].word
    beside = sentence.items[i + 1].word if sentence.codes[i + 1 : i + 2] == kinds("time") else ""
    if not (_EARLIER.search(word) or (_SAME.search(word) and _EARLIER.search(beside))):
        return False
    if _is_when(sentence, claim, i):
        return False
    fronted = i < claim.cue and (not i or sentence.codes[i - 1] == kinds("preposition"))
    opens = not i and claim.from_ is None  # A year earlier exports had risen 9 %
    return not (fronted and (opens or word.startswith("the year-")))


def _is_when(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`improved by $6 million | during the previous year`: the time of the change."""
    beside = i == claim.last + 2 and _word_before(sentence, i) in ("in", "during")
    return beside and claim.size is not None and claim.from_ is None


def _led_to_it(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`since 2019`, `than in May`, `up 3 % on 2003`, `over the previous year`, `compared with 2019`."""
    decided = _led_by_since(sentence, claim, i)
    decided = _led_by_over(sentence, claim, i) if decided is None else decided
    if decided is not None:
        return decided
    before = sentence.items[max(0, i - 2) : i]
    leading = bool(before) and before[-1].code in _LEADING
    return (
        leading
        or any(item.code == kinds("direction") and item.word.endswith(_COMPARING) for item in before)
        or _is_attributed(sentence, claim, i)
        or _of_a_level(sentence, claim, i)
        or _led_by_clause(sentence, claim, i)
    )


def _led_by_since(sentence: Sentence, claim: Claim, i: int) -> bool | None:
    """Whether `since`, or `the same time` before a time, leads to a baseline; None without either."""
    before = [item.word for item in sentence.items[max(0, i - 2) : i]]
    if len(before) > 1 and before[0] in _ALIKE and i > claim.cue:
        return True  # up 2 % on the same time | last year
    if _SINCE.isdisjoint(before):
        return None
    return not (of_a_record(sentence, claim, i) or _of_a_verb_ahead(sentence, claim, i))


def _is_attributed(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`up from the | 2015 | earnings of $75 million`."""
    led = i > 1 and sentence.codes[i - 1] == kinds("determiner") and sentence.codes[i - 2] in _LEADING
    return led and claim.from_ is not None and i < claim.from_


def _led_by_over(sentence: Sentence, claim: Claim, i: int) -> bool | None:
    """Whether `over` or `on` leads to a baseline; None without either."""
    if _word_before(sentence, i) == "over" and sentence.items[i].word.startswith("the last "):
        return False  # lost over the last year: how long it took
    if _word_before(sentence, i) in ("over", "on"):
        return bool(_ONE_BEFORE.fullmatch(sentence.items[i].word)) or _of_a_figure(sentence, claim, i)
    if sentence.codes[i - 1 : i] == kinds("determiner") and _word_before(sentence, i - 1) in ("over", "on"):
        return _of_a_figure(sentence, claim, i)
    over = _OVER_A_TOTAL.search(sentence.codes, max(0, i - _FAR), i)  # over the total in | 2015
    if over is not None and sentence.items[over.start()].word in ("over", "on"):
        return sentence.items[i - 2].word in word_group("marks") | word_group("totals")
    return None


def _led_by_clause(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`when it was 5 % in 2019`, `compared with 2019`."""
    led = _OF_A_CLAUSE.search(sentence.codes, max(claim.cue, i - _FAR), i)
    if led is not None:
        opener = [item.word.split()[-1] for item in sentence.items[led.start() : led.start() + 2]]
        over = _word_before(sentence, i) in ("through", "until", "by", "before", "after")
        if not over and (sentence.items[led.start()].word in _LEADING_TO_A_CLAUSE or "than" in opener):
            return True
    comparator = sentence.codes.rfind(kinds("comparator"), max(claim.cue, i - _FAR), i)
    if comparator < 0:
        return False
    against = sentence.items[comparator].word == "against" and claim.from_ is None
    if against and any(item.tag.startswith("NN") for item in sentence.items[comparator + 1 : i]):
        return False  # lost 2 % against the dollar in May
    return _COMPARED.fullmatch(sentence.codes, comparator, i) is not None


def _of_a_level(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`from its level at the end of | 2019`, `above the high of | May`."""
    led = _FROM_A_LEVEL.search(sentence.codes, max(0, i - _FAR), i)
    return led is not None and any(
        item.word in word_group("marks") for item in sentence.items[led.start() : i]
    )


def _of_a_figure(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`a threefold increase on | end-1985 | levels`, `down 30 % on the | 1985/86 | figure`."""
    beside = not sentence.codes[claim.last + 1 : i].strip(kinds("preposition determiner"))
    noun = sentence.codes[i + 1 : i + 2] in tuple(kinds("word forecast_verb raising"))
    dated = sentence.items[i].timex_type == "DATE" and noun
    return i > claim.magnitude and beside and dated


def _of_a_verb_ahead(sentence: Sentence, claim: Claim, i: int) -> bool:
    """Another verb of change precedes the date: `yields rose since | May | and the Fed raised its rate`."""
    return (
        i < claim.cue
        and kinds("change_verb") in sentence.codes[:i]
        and kinds("and") in sentence.codes[i : claim.cue]
    )


def of_a_record(sentence: Sentence, claim: Claim, i: int) -> bool:
    """How far back a record goes: `the highest in 32 years`; not: `the largest bank fell since May`."""
    first = i - _NEAREST_RECORD
    if _word_before(sentence, i) == "since":
        verb = sentence.codes[claim.cue] != kinds("change_noun") and claim.cue < i
        border = sentence.codes.rfind(kinds("comma"), 0, i) + 1
        first = max(i - _LONGEST_RECORD, border, claim.cue if verb else 0)
    return any(item.word in word_group("superlatives") for item in sentence.items[max(0, first) : i])


def _rate(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`$4 billion | a month`."""
    return is_rate(sentence, i)


def _of_what_is_cut(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`cut $5 million from | 1988 | spending`."""
    return claim.rule == "growth.cut_from" and sentence.codes[i + 1 : i + 2] == kinds("word")


NO_BASELINES: tuple[Test, ...] = (
    _length,
    _right_behind_size,
    _of_a_reversal,
    _of_the_earlier_change,
    _start,
    _rate,
    _of_what_is_cut,
)
BASELINES: tuple[Test, ...] = (_is_comparing, _of_a_peak, _of_the_other_level, _is_earlier, _led_to_it)
