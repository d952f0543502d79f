"""The status of a claim: `actual`, unless a word makes it projected, hypothetical or negated.

prices | will | rise 5 %                                  projected
a 10 % rise in tariffs | could | cut trade by a fifth     both hypothetical
he | denied | that prices rose 5 %                        negated
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract import lexicons
from extract.lexicons.scope import cached
from extract.rules.growth.claim import Claim
from extract.rules.growth.clauses import clause
from extract.rules.growth.items import REACH, Item
from extract.rules.growth.kinds import kinds, matcher, past_forms, verb_forms, word_group
from extract.rules.growth.symbols import Sentence

_NEAR = 5  # items between a verb and the infinitive of its object: `helped the maker of cars to boost`
_RANK = {"negated": 3, "hypothetical": 2, "projected": 1}
_AMOUNTS_AND_TIMES = frozenset(kinds("size time"))
# Verbs whose infinitive is a result: `fell to close at 5 %`.
_RESULTING = kinds("change_verb reach_verb factor_verb direction size")
_PERFECT = matcher(r"to {modifier}* {auxiliary} | at")  # to have; at
# the 1 % decline | that analysts had forecast; the 6 % growth | forecast in a poll
_FORECAST_BY = matcher(
    r"""({subordinator} {article determiner modifier word pronoun and of}{1,6} {auxiliary}*)?
    verb:{forecast_verb raising} (?!to)"""
)
# `a 10 % rise in food prices will trigger`: a change without a time of its own that has consequences.
_SUPPOSED = matcher(
    r"""{article} {modifier word time possessive}{0,3}
    ({percent points money multiple fraction quantity} {modifier}? {word time possessive}{0,3} {change_noun}
    | {change_noun} {of at} {article modifier}* {percent points money multiple fraction quantity})
    {article determiner modifier word of preposition possessive change_noun and}{0,12}?
    modal:{auxiliary} {modifier}* verb:{change_verb factor_verb say_verb verb word}"""
)
# `cutting the levy to 70 % would create jobs`: a change that is only considered.
_CONSIDERED = matcher(
    r"""{article determiner modifier word of preposition possessive}{0,8} {to by}? {modifier}*
    {level fraction} ({preposition of} {article determiner modifier word}{1,4} | {preposition at}? {time})?
    modal:{auxiliary}"""
)
# `a 1 % rise in prices translates into a 0.4 % increase in wages`: a rule of thumb.
_RULE = matcher(
    r"""^ {article} {size} {modifier}? {change_noun}
    {article determiner modifier word of preposition possessive}{0,12}?
    verb:{say_verb verb word} {preposition to} {article} {size}"""
)


def status(sentence: Sentence, claim: Claim) -> tuple[str, int | None]:
    """The status of the claim and the item of the word that gives it; (`actual`, None) by default."""
    first, _ = clause(sentence, claim)
    denial = _denial(sentence, first)
    if denial is not None:
        return "negated", denial
    best: tuple[str, int | None] = ("actual", None)
    for i in _status_items(sentence, claim, first):
        found = _status_of(sentence, claim, i)
        far = min(claim.cue, claim.first) - i > 4
        if found == "negated" and far and not _denies(sentence, i) and not _fronted(sentence, i, first):
            continue
        if _RANK.get(found, 0) > _RANK.get(best[0], 0):
            best = found, i
    if best[0] == "actual" and (ahead := _ahead(sentence, claim)) is not None:
        return "projected", ahead
    supposed = _supposed(sentence, claim) if best[0] != "negated" else None
    return ("hypothetical", supposed) if supposed is not None else best


def _ahead(sentence: Sentence, claim: Claim) -> int | None:
    """The item that makes the claim a plan, without a modal: `agreed to cut costs`, `ECB to raise rates`."""
    following = claim.cue + 1
    if sentence.codes[claim.cue] == kinds("change_noun"):
        aim = following < len(sentence.items) and sentence.items[following].word in word_group("aims")
        return following if aim else None
    to = _before_infinitive(sentence, claim.cue)
    governor = to - 1
    while governor > 0 and sentence.codes[governor] in kinds("modifier time comma"):
        governor -= 1
    if to < 1 or sentence.codes[to] != kinds("to"):
        return None
    near = {item.word for item in sentence.items[max(0, governor - _NEAR) : governor + 1]}
    done = not near.isdisjoint(word_group("achieving"))
    done = done or (claim.direction == "unchanged" and not near.isdisjoint(word_group("deciding")))
    return None if done or sentence.codes[governor] in _RESULTING else to


def _before_infinitive(sentence: Sentence, cue: int) -> int:
    """The item of `to` before an infinitive: adverbs and `be` are skipped."""
    to = cue - 1
    while to > 0 and (sentence.codes[to] == kinds("modifier") or sentence.items[to].word == "be"):
        to -= 1
    return to


def _denial(sentence: Sentence, first: int) -> int | None:
    """The denial that the clause from item `first` on depends on: `denied that`, `did not think that`."""
    if not first or sentence.items[first - 1].word not in ("that", "whether"):
        return None
    if sentence.items[first - 2].word in word_group("evidence"):
        return next((i for i in range(max(0, first - 5), first - 2) if sentence.items[i].word == "no"), None)
    verb = len(sentence.codes[: first - 1].rstrip(',m"')) - 1
    if verb < 0 or sentence.codes[verb] not in kinds("say_verb forecast_verb"):
        return None
    believing = sentence.items[verb].word in word_group("beliefs")
    before = range(max(0, verb - 2) if believing else verb, verb + 1)
    return next((i for i in before if _status_words().get(sentence.items[i].word) == "negated"), None)


def _denies(sentence: Sentence, i: int) -> bool:
    """The word negates a whole clause that follows: `denied a rise`, `did not foresee`."""
    saying = tuple(kinds("say_verb forecast_verb"))
    return sentence.items[i].word.startswith("den") or sentence.codes[i + 1 : i + 2] in saying


def _fronted(sentence: Sentence, i: int, first: int) -> bool:
    """The negation opens its clause: `In none of the countries did prices rise`; but `without action`."""
    return i - first <= 1 and sentence.items[i].word != "without"


def _status_items(sentence: Sentence, claim: Claim, first: int) -> list[int]:
    """The items that may decide the status: before the cue, and right after a noun of change."""
    anchor = min(claim.cue, claim.first)
    behind_metric = claim.metric[1] + 1 if claim.metric and claim.metric[1] < anchor else anchor
    relative = sentence.codes.rfind(
        kinds("subordinator"), behind_metric, anchor
    )  # a plan for trade, | which fell 5 %
    floor = max(first - 1, anchor - 14, relative, 0)
    joint = sentence.codes.rfind(kinds("comma and"), floor, anchor)  # , and the stock was down
    if sentence.items[claim.cue].tag == "VB":
        joint = -1  # will close two mills, and | lay off 60 people
    inside = range(claim.magnitude + 1, claim.cue) if claim.rule == "growth.stock_changed" else ()
    items = [*inside, *range(anchor - 1, max(floor, joint + 1) - 1, -1)]
    if sentence.codes[claim.cue] == kinds("change_noun"):
        items += _modals_of_a_noun(sentence, claim)
        behind = sentence.codes[claim.last + 1 : claim.last + 4]
        items += [
            claim.last + 1 + k
            for k, code in enumerate(behind)
            if code in kinds("forecast_verb raising") and kinds("auxiliary") in behind
        ]
        if forecast := _FORECAST_BY.match(sentence.codes, claim.last + 1):
            items.append(forecast.start("verb"))
    return items


def _is_what_changed(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`its target has been cut`: the target itself is the metric."""
    aims = word_group("aims") | word_group("forecasts")
    return claim.metric is not None and i == claim.metric[1] and sentence.items[i].word in aims


def _modals_of_a_noun(sentence: Sentence, claim: Claim) -> list[int]:
    """The modal of the verb of a noun of change: `the reduction | will | be 41 %`."""
    behind = range(claim.cue + 1, claim.magnitude) or range(claim.last + 1, claim.last + 2)
    modals = word_group("modals")
    return [i for i in behind if i < len(sentence.items) and sentence.items[i].word in modals]


def _status_of(sentence: Sentence, claim: Claim, i: int) -> str:
    item = sentence.items[i]
    if item.named or item.code in _AMOUNTS_AND_TIMES:
        return "actual"
    if item.code == kinds("raising") and item.word == "due to":
        return "projected"
    if i and sentence.items[i - 1].word in ("as", "than") and item.code in kinds("raising forecast_verb"):
        return "actual"  # rose 5 %, as expected
    if item.word in ("would", "'d") and _is_reported(sentence, i):
        return "projected"
    if item.word in _estimating() and _of_the_past(sentence, claim, i):
        return "actual"
    return _status_by_following(sentence, claim, i)


def _status_by_following(sentence: Sentence, claim: Claim, i: int) -> str:
    """The status by a word and the next one: `poised to`, `seen rising`."""
    item = sentence.items[i]
    following = sentence.items[i + 1].word if i + 1 < len(sentence.items) else ""
    to = sentence.codes[i + 1 : i + 2] == kinds("to")
    if to and item.word in word_group("bent"):
        return "projected"
    if _asks_for(sentence, claim, i):
        return "projected"
    if item.word in ("would", "'d") and following == "later" and not _supposes(sentence.items):
        return "actual"  # a price that would later fall to 40
    if item.word in word_group("poised"):
        return "projected" if following in ("to", "for") else "actual"
    if item.word == "seen" and (following.endswith("ing") or following == "at"):
        return "projected"
    return "actual" if _is_what_changed(sentence, claim, i) else _status_words().get(item.word, "actual")


def _asks_for(sentence: Sentence, claim: Claim, i: int) -> bool:
    """`told to find cuts of 5 %`, `calls for a cut of 5 %`; not: `calls for help rose 5 %`."""
    item, behind = sentence.items[i], sentence.items[i + 1 : claim.cue]
    later = behind[len(("to", "find")) :]
    telling = any(other.code == kinds("say_verb") and not other.word.endswith("ing") for other in later)
    if not behind or item.tag.startswith("NN") or telling:
        return False
    to = behind[0].code == kinds("to") and item.word in word_group("bidding")
    return to or (behind[0].word == "for" and item.word in word_group("calling"))


def _is_reported(sentence: Sentence, i: int) -> bool:
    """`said it would halve output`: the future in the past; but `would`, if something happened, stays one."""
    near = range(max(0, i - REACH), min(len(sentence.items), i + REACH))
    said = any(sentence.codes[k] in kinds("say_verb forecast_verb") for k in near if k < i)
    items = [sentence.items[k] for k in near]
    were_to = ("were", "to") in pairwise(item.word for item in items)
    return said and not (were_to or _supposes(items))


def _supposes(items: Sequence[Item]) -> bool:
    return any(item.word in ("if", "unless") for item in items)


def _of_the_past(sentence: Sentence, claim: Claim, i: int) -> bool:
    """The estimate at item `i` is of the past: `estimated to have cut`, `estimates that it fell`."""
    cue = sentence.items[claim.cue]
    return bool(_PERFECT.match(sentence.codes, i + 1)) or (
        cue.code == kinds("change_verb") and cue.word in past_forms()
    )


def _supposed(sentence: Sentence, claim: Claim) -> int | None:
    """The modal verb that makes the claim part of a supposition: what may cause what."""
    first, last = clause(sentence, claim)
    for match in _SUPPOSED.finditer(sentence.codes, first, min(len(sentence.codes), claim.last + REACH)):
        modal, verb = (sentence.items[match.start(name)] for name in ("modal", "verb"))
        consequence = verb.code in kinds("change_verb factor_verb") or verb.word in word_group("consequences")
        within = match.start() <= claim.cue and (claim.cue < match.end() or match.end() <= last)
        if modal.word in word_group("modals") and consequence and within:
            return match.start("modal")
    considered = _considered(sentence, claim, first)
    if considered is not None:
        return considered
    rule = _RULE.match(sentence.codes)
    is_rule = rule is not None and sentence.items[rule.start("verb")].word in word_group("rules_of_thumb")
    return rule.start("verb") if rule is not None and is_rule else None


def _considered(sentence: Sentence, claim: Claim, first: int) -> int | None:
    """The modal verb after a change that is its subject: `cutting the levy to 70 % | would | create jobs`."""
    opens = sentence.items[claim.cue].word.endswith("ing") and claim.cue == first
    match = _CONSIDERED.match(sentence.codes, claim.cue + 1) if opens else None
    modal = match.start("modal") if match else 0
    return modal if modal and sentence.items[modal].word in word_group("modals") else None


@cached
def _status_words() -> dict[str, str]:
    groups = lexicons.load("growth")["status"].items()
    words = {word: status for status, group in groups for word in group.split()}
    return words | dict.fromkeys(verb_forms("forecast_verb"), "projected")


@cached
def _estimating() -> frozenset[str]:
    return frozenset(word for word in _status_words() if word.startswith("estimat"))
