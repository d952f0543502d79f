"""What else must hold before a match of a pattern is a claim."""

from __future__ import annotations

import re

from extract.rules.growth.items import Item
from extract.rules.growth.kinds import kinds, matcher, word_group
from extract.rules.growth.symbols import Sentence, is_stock
from extract.rules.growth.tails import Tail, nth

_ALMOST = word_group("conditions_almost")
_RECORDS = word_group("conditions_records")
_BESIDE = matcher(
    r"""({preposition at}? {time} | {article} {word})? \,? {comparator} {modifier}*
    ({article} {modifier word}{1,3} of)?"""
)
_APPOSED = matcher(r"({article} {word})? \, {article} {modifier}*")
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_LARGE = re.compile(r"\d,\d{3}|[mb]illion")
_PREVIOUS = word_group("conditions_previous")
_MORE = re.compile(r"\bmore\b")
_FEWER = re.compile(r"\b(?:fewer|less)\b")
_SORTS = tuple(
    {*kinds(f"{sort} number")} for sort in ("quantity", "money", "percent")
)  # a bare number is of either
_NEAR = 9  # items within which a time makes `5 % more than` a change


def two_levels(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A comparison needs two levels of one sort."""
    to, from_ = nth(tail.parts["to"], 0), nth(tail.parts["from"], 0)
    if to is None or from_ is None:
        return False
    if sentence.items[match.start("cue")].word == "against" and not _side_by_side(sentence, to, from_):
        return False  # payments of $175 million against the debt
    if _of_another_thing(sentence, from_):
        return False
    codes = {sentence.codes[to], sentence.codes[from_]}
    return len(codes) == 1 or codes in _SORTS


def _side_by_side(sentence: Sentence, to: int, from_: int) -> bool:
    """`$5 million in May against $4 million`; else the second level has a time of its own."""
    if kinds("time") in sentence.codes[from_ : from_ + _NEAR]:
        return True
    if any(item.word in _PREVIOUS for item in sentence.items[to + 1 : from_]):
        return True  # 25 million tonnes against the previous 21 million
    return _BESIDE.fullmatch(sentence.codes, to + 1, from_) is not None


def _of_another_thing(sentence: Sentence, from_: int) -> bool:
    """The second level is of another place or people: `5 %, compared with 7 % in Spain`."""
    if kinds("time") in sentence.codes[from_ : from_ + _NEAR]:
        return False
    code, following = sentence.codes[from_], sentence.codes[from_ + 1 : from_ + _NEAR]
    elsewhere = following[:1] == kinds("preposition") and sentence.items[from_ + 1].word != "per"
    return elsewhere or (
        code == kinds("percent") and following[:1] not in ("", *kinds("comma stop semicolon close"))
    )


def arrives(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level reached is a change; what a thing can do, a mere record or a temperature is none."""
    cue, to = match.start("cue"), match.start("to")
    before = [item.word for item in sentence.items[max(0, cue - 2) : cue]]
    if not _ALMOST.isdisjoint(before):
        return False
    if "can" in before and kinds("time") not in sentence.codes[to : to + _NEAR]:
        return False
    record = any(item.word in _RECORDS for item in sentence.items[cue:to])
    record = record and not _changes_before(sentence, cue)
    state = sentence.items[to].word.split()[-1] in word_group("states") or sentence.items[to].word.endswith(
        ("mph", "km/h")
    )
    return not (record or state) or bool(tail.parts["from"])


def _changes_before(sentence: Sentence, cue: int) -> bool:
    """`unemployment rose again, | reaching a record 10.9 %`."""
    participle = sentence.items[cue].word.endswith("ing") and sentence.codes[cue - 1 : cue] == kinds("comma")
    return participle and any(code in kinds("change_verb direction") for code in sentence.codes[:cue])


def is_change(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """Sums that are raised, added, lost or gained are no change, unless in a metric or to a level."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    code, following = sentence.codes[size], sentence.codes[tail.end : tail.end + 2]
    last = not (tail.parts["to"] or tail.parts["from"])  # not: rose 12 % to $3 million, or 5 % of output
    if last and _is_share_of(cue, code, following):
        return _of_its_value(sentence, tail.end) or _loses_part(
            sentence, cue.word, tail.end
        )  # not: grows 70 % of its rice
    if not is_measured(sentence, match, tail) or _is_of_another(sentence, match, tail):
        return False
    if _is_repeated(sentence, size):
        return not last  # not: raised three times this year
    return _is_no_sum(sentence, cue, size, last=last) or _changes_by_sum(sentence, match, tail)


def _is_share_of(cue: Item, code: str, following: str) -> bool:
    """`grows 70 % of`."""
    return cue.code == kinds("change_verb") and code == kinds("percent") and following[:1] == kinds("of")


def _is_of_another(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The size is no change: it moves by itself, counts something else, or is of things handled."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    if _is_short(sentence, tail.end) or (_moves(sentence, size) and not tail.parts["to"]):
        return True
    if cue.code == kinds("change_noun") and size < match.start("cue") and _counts_another(sentence, size):
        return True
    if sentence.items[size].noun and sentence.codes[match.end() : match.end() + 1] == kinds("determiner"):
        return True  # 40 firms cut their budgets
    return _is_of_things(cue, sentence.codes[size], sentence.codes[tail.end : tail.end + 1])


def _is_of_things(cue: Item, code: str, following: str) -> bool:
    """`he added a third from ten yards`, `lost three of its matches`."""
    if code == kinds("fraction") and cue.word.startswith("add"):
        return following != kinds("to")
    return code in kinds("number quantity") and cue.word in word_group("handled") and following == kinds("of")


def _is_repeated(sentence: Sentence, size: int) -> bool:
    """`raised three times`; not: `by three times`."""
    return (
        sentence.codes[size] == kinds("multiple")
        and sentence.items[size].word.endswith("times")
        and sentence.codes[size - 1] != kinds("by")
    )


def _is_no_sum(sentence: Sentence, cue: Item, size: int, *, last: bool) -> bool:
    """The size is no sum of things handled: a percentage, or `by` puts it to the verb."""
    by = sentence.codes[:size].rstrip(kinds("modifier article")).endswith(kinds("by"))
    is_sum = sentence.codes[size] in kinds("money quantity") and cue.word in word_group("handled")
    return not is_sum or (by and last)


def _changes_by_sum(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A sum or quantity beside a word that is also said of things handled: `a $3 million cut in costs`."""
    cue, size = sentence.items[match.start("cue")], match.start("size")
    code, following = sentence.codes[size], sentence.codes[tail.end : tail.end + 2]
    if _is_price(cue, sentence.items[size]):
        return True
    if cue.code == kinds("change_noun"):
        in_metric = (
            following[:1] == kinds("preposition")
            and following != kinds("preposition time")
            and sentence.items[tail.end].word == "in"
        )
        named = cue.word in word_group("taking") and sentence.codes[match.start("cue") - 1] == kinds("word")
        levels = [level for level in tail.parts["to"] if level < match.start("cue")]
        between = sentence.codes[levels[-1] + 1 : match.start()] if levels else ""
        beside_level = bool(levels) and _APPOSED.fullmatch(between) is not None  # $45, a gain of 30 cents
        return in_metric or named or beside_level or code == kinds("quantity")
    return bool(tail.parts["to"] or tail.parts["from"])


def _is_price(cue: Item, size: Item) -> bool:
    """`Brent lost $3.10`: a price and no sum."""
    return (
        size.code == kinds("money")
        and cue.code == kinds("change_verb")
        and cue.word in word_group("moving")
        and size.word[-1:].isdigit()
    )


def is_measured(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The size is one of something measured, not of things handled: `tore down forty houses`."""
    size = match.start("size")
    item, following = sentence.items[size], sentence.codes[tail.end : tail.end + 1]
    if tail.parts["to"] or tail.parts["from"]:
        return True
    if item.code == kinds("multiple") and item.word.endswith("times"):
        return sentence.codes[size - 1] == kinds("by")
    if item.code != kinds("quantity"):
        return True
    if "-" in item.word and following == kinds("word"):
        return False  # climbed a 7,000-metre peak
    by = sentence.codes[:size].rstrip(kinds("modifier article")).endswith(kinds("by"))
    if item.noun:
        return _is_moved(sentence.items[match.start("cue")], item, by=by)
    return by or following != kinds("of")  # brought down 9.1 tonnes of waste


def _is_moved(cue: Item, size: Item, *, by: bool) -> bool:
    """A counted noun is the size of a change; not: `lost by 38 votes`."""
    moved = by and not cue.word.startswith("los")
    return moved or is_stock(size) or cue.code == kinds("change_noun")


def _counts_another(sentence: Sentence, size: int) -> bool:
    """`a reading above 50 indicates growth`: what is counted stands by itself, behind another word."""
    return bool(sentence.items[size].noun) and sentence.codes[size - 1 : size] == kinds("word")


def _is_short(sentence: Sentence, i: int) -> bool:
    """`fell 3 % | short of its goal`."""
    return any(item.word == "short" for item in sentence.items[i : i + 1])


def _moves(sentence: Sentence, amount: int) -> bool:
    """A length without `by` is a way to go, unless a level is spoken of: `the bus fell 200 metres`."""
    item = sentence.items[amount]
    length = item.code == kinds("quantity") and item.word.split()[-1] in word_group("lengths")
    if not length or sentence.codes[amount - 1] == kinds("by"):
        return False
    return not any(other.word in word_group("heights") for other in sentence.items[:amount])


def stays(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """What moves to a height, or is cut off from someone, changes no level: `power was cut to 300 homes`."""
    to = match.start("to")
    return not (_moves(sentence, to) or _is_cut_off(sentence, match.start("cue"), to))


def _is_cut_off(sentence: Sentence, cue: int, to: int) -> bool:
    """Current, water or aid is cut to those that it served."""
    served = sentence.items[to].noun and sentence.items[cue].word.startswith("cut")
    near = sentence.items[max(0, cue - 4) : to]
    return bool(served) and any(item.word in word_group("supplies") for item in near)


def _of_its_value(sentence: Sentence, i: int) -> bool:
    """`of its value` stands at item `i`."""
    return any(item.word == "value" for item in sentence.items[i + 1 : i + 3])


def _loses_part(sentence: Sentence, verb: str, of: int) -> bool:
    """`lost 90 % | of its area`."""
    return verb in ("lose", "loses", "lost", "losing") and sentence.items[of + 1].word in (
        "its",
        "their",
        "the",
    )


def is_higher(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`79 bridges down`, `90 metres above the sea` tell no change; `5 % down`, `three points lower` do."""
    cue = match.start("cue")
    word = sentence.items[cue].word
    than = word.endswith("than") or any(item.word == "than" for item in sentence.items[cue + 1 : cue + 4])
    if than and not any(item.word == "before" for item in sentence.items[cue + 1 : cue + 3]):
        return (
            kinds("time") in sentence.codes[cue : cue + _NEAR]
        )  # than a year ago; not than other households
    if word in ("up", "down"):
        return match["size"] in kinds("percent points money")
    timed = sentence.codes[cue + 1 : cue + 2] == kinds("time")  # 15 basis points below a month earlier
    return (
        word not in ("above", "below") or timed or match["size"] in kinds("percent fraction multiple points")
    )


def is_more(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`8 % more revenue`; what stands behind `above` is what is compared with."""
    beyond = sentence.items[match.start("cue")].word in ("above", "below")
    timed = sentence.codes[match.end() : match.end() + 1] == kinds("time")
    reported = kinds("say_verb") in sentence.codes[max(0, match.start() - 2) : match.start()]
    return not beyond and (reported or not timed) and is_higher(sentence, match, tail)


def at_two_times(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`twice the figure of 2019` compares times; `twice the size of France` does not."""
    return kinds("time") in sentence.codes[match.end("size") : match.end() + _NEAR]


def half_of(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`half the figure of 2019`; what `a third of the figure` leaves is no size of a change."""
    return sentence.items[match.start("size")].word == "half" and at_two_times(sentence, match, tail)


def than_earlier(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The level compared with is of an earlier time: `lower than the 16 cents it earned last year`."""
    than = sentence.items[match.start("cue") + 1].word == "than"
    return than and any(
        item.code == kinds("time") and not item.word.startswith("per ")
        for item in sentence.items[match.end() : match.end() + _NEAR]
    )


def has_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level is told."""
    return bool(tail.parts["to"])


def _goes(sentence: Sentence, i: int) -> bool:
    """`revised growth to 3 %`."""
    return sentence.codes[i] in kinds("verb word") and sentence.items[i].word in word_group("going")


def goes(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is one such as `go`, and the levels are of one sort; small numbers may be hours or places."""
    codes = {match["to"], match["from"]}
    told = not codes.isdisjoint(kinds("percent points money quantity"))
    told = told or bool(_LARGE.search(sentence.items[match.start("to")].word))
    going = sentence.items[match.start("cue")].word in word_group("going")
    return told and going and (len(codes) == 1 or codes in _SORTS)


def says_more(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`15,009 more visitors than in 2017`."""
    return bool(_MORE.search(sentence.items[match.start("size")].word)) and _than(sentence, match)


def says_fewer(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`15,009 fewer visitors than in 2017`."""
    return bool(_FEWER.search(sentence.items[match.start("size")].word)) and _than(sentence, match)


def _than(sentence: Sentence, match: re.Match[str]) -> bool:
    return sentence.items[match.end("size")].word.startswith("than")


def brings_a_total(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`takes the number of dead to 14`, `brings its total debt to $3 million`."""
    bringing = sentence.items[match.start("cue")].word in word_group("bringing")
    objects = sentence.items[match.start("object") : match.end("object")]
    return bringing and any(item.word in word_group("totals") for item in objects)


def adds(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is `add`."""
    return sentence.items[match.start("cue")].word.startswith("add")


def takes_an_object(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """What stands behind the verb is its object: not `fell short of the target by 5 %`."""
    return not _is_short(sentence, match.start("object")) and is_measured(sentence, match, tail)


def is_no_object(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The noun is not what another verb changes: `cut its forecast of growth in demand to 5 %`."""
    before = sentence.codes[max(0, match.start("cue") - _NEAR) : match.start("cue")]
    first = match.start("cue") - len(before)
    verbs = (k for k, code in enumerate(before) if code == kinds("change_verb") or _goes(sentence, first + k))
    verb = max(verbs, default=-1)
    return verb < 0 or any(mark in before[verb:] for mark in kinds("comma semicolon subordinator"))


def leaves_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A level that is left, with no sum that is taken from something: not `gained from $5 million of aid`."""
    handled = sentence.items[match.start("cue")].word in word_group("handled")
    bare = match["from"] == kinds("number") and not _LARGE.search(sentence.items[match.start("from")].word)
    return not (handled or bare) and sentence.codes[match.end() : match.end() + 1] != kinds("of")


def takes_the_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The `to` belongs to the verb: not `firms linked to three mines`, `worries told to 700 people`."""
    linked = sentence.items[match.end("object") - 1].word.endswith("ed")
    spoken = sentence.items[match.start("to")].noun and kinds("preposition") in match["object"]
    return not linked and not spoken and stays(sentence, match, tail)


def always(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """Every match of the pattern is a claim."""
    return True


def keeps(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The verb is one of staying at a level, and no participle: not `for every five shares held at $3`."""
    cue = match.start("cue")
    participle = sentence.items[cue].tag == "VBN" and sentence.codes[cue - 1 : cue] in tuple(
        kinds("word quantity")
    )
    participle = participle and any(item.tag in _FINITE for item in sentence.items[:cue])
    return sentence.items[cue].word in word_group("keeping") and not participle


def of_a_stock(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """What is added or cut is a stock: jobs, members, shops; and the verb is said of such."""
    cue, size = sentence.items[match.start("cue")], sentence.items[match.start("size")]
    if cue.code == kinds("stock_verb") and (cue.word in word_group("of_people") or " " in cue.word):
        return bool(size.noun)
    if cue.code in kinds("stock_verb stock_noun"):
        return is_stock(size) or (bool(size.noun) and size.word.endswith("people"))
    return cue.word in word_group("handled") | word_group("taking") and is_stock(size)


def takes_off(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`wiped $5 billion off its value`."""
    cue = sentence.items[match.start("cue")].word
    return cue in word_group("taking_off") and sentence.items[match.end("size")].word == "off"


def a_high(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a two-year high`."""
    return sentence.items[match.start("cue")].word in ("high", "peak", "highs") and _spans(sentence, match)


def a_low(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`a two-year low`."""
    return sentence.items[match.start("cue")].word in ("low", "trough", "lows") and _spans(sentence, match)


def _spans(sentence: Sentence, match: re.Match[str]) -> bool:
    """A length of time says since when."""
    within = sentence.items[match.start() : match.start("cue")]
    return any(item.timex_type == "DURATION" for item in within)


def as_many(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`twice as many ... as in 1999`."""
    size, end = match.end("size"), match.end() - 1
    words = [sentence.items[size].word, sentence.items[size + 1].word]
    closing = {item.word for item in sentence.items[end - 2 : end]}
    return words in (["as", "many"], ["as", "much"]) and "as" in closing


def the_same(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`the same as last year`."""
    cue = match.start("cue")
    return sentence.items[cue].word == "same" and sentence.items[cue + 1].word == "as"


def after_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`5 million tonnes in 1986 after 4.5 million in 1985`."""
    bare = match["from"] == kinds("number") and not _LARGE.search(sentence.items[match.start("from")].word)
    bare = bare and sentence.items[match.start("to")].noun
    return (
        sentence.items[match.start("cue")].word == "after" and not bare and two_levels(sentence, match, tail)
    )


def change_brings(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`the fall brought the rate to 9 %`: the change that brings it gives the direction."""
    verb = match.start("object") - 1
    quantity = match["to"] == kinds("quantity") and sentence.items[match.start("to")].noun
    return sentence.items[verb].word in word_group("bringing") and not quantity


def turns_into(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`turned a loss of $3 million into a profit of $5 million`."""
    words = {item.word for item in sentence.items[match.start() : match.end()]}
    signed = not words.isdisjoint(word_group("loss")) and not words.isdisjoint(word_group("profit"))
    turning = sentence.items[match.start("cue")].word.startswith(("turn", "convert", "transform"))
    return turning and signed and "into" in words


def jobs_lost(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`105,000 jobs lost from the sector`: a participle."""
    jobs = sentence.items[match.start("size")].word.split()[-1] in word_group("posts")
    return (
        jobs
        and sentence.items[match.start("cue")].tag in ("VBN", "VBD")
        and of_a_stock(sentence, match, tail)
    )


def is_a_level(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A bare number is a level where it is large or a decimal: not `down to 5 Mill Road`."""
    to = sentence.items[match.start("to")]
    return to.code != kinds("number") or "." in to.word or bool(_LARGE.search(to.word))


def is_a_price(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`was up at 96.08`; but `was up at 5` may be an hour."""
    to = sentence.items[match.start("to")]
    return to.code != kinds("number") or sentence.codes[match.end("cue")] != kinds("at") or "." in to.word


def loses_work(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`250 weavers lost their jobs`."""
    return sentence.items[match.start("cue")].word.endswith("their jobs")


def of_a_whole_stock(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A share of all staff, members or shops is shed: `cut 10 % of its workforce`."""
    cue, whole = (
        sentence.items[match.start("cue")],
        sentence.items[match.start("object") : match.end("object")],
    )
    shed = cue.code in kinds("stock_verb stock_noun") or cue.word in word_group("handled") | word_group(
        "taking"
    )
    stocks = word_group("stocks") | word_group("of_persons") | {"force"}
    return shed and any(item.word in stocks for item in whole) and cue.direction == "decrease"


def in_cuts(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`$5 million in spending cuts`; capital gains are no change."""
    cue = sentence.items[match.start("cue")]
    inside = sentence.items[match.end("size")].word == "in"
    return inside and cue.word.endswith("s") and cue.word not in word_group("moving")


def passes_a_mark(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`passed the $1 billion mark`."""
    passing = sentence.items[match.start("cue")].word in word_group("passing")
    passing = passing and not _moves(sentence, match.start("to"))
    return passing and sentence.items[match.end("to")].word in word_group("thresholds")


def of_a_growth(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """The noun is one of a rate, or its size a sum, with no comparison between it and its size."""
    if match["size"] in kinds("money quantity"):
        named = sentence.items[match.start("cue")].word in word_group("reductions")
        return named and sentence.codes[match.start("size") - 1] in kinds("auxiliary verb modifier article")
    between = sentence.codes[match.end("cue") : match.start("size")]
    return (
        sentence.items[match.start("cue")].word in word_group("growths")
        and kinds("comparator") not in between
    )


def more_for_it(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """`pay 72 % more for ore`."""
    return (
        sentence.items[match.start("cue")].word in ("more", "less")
        and sentence.items[match.end() - 1].word == "for"
    )


def cuts(sentence: Sentence, match: re.Match[str], tail: Tail) -> bool:
    """A sum or share is taken from what is measured: `cut $5 million from spending`."""
    cue, preposition = sentence.items[match.start("cue")], sentence.items[match.start("object") - 1]
    taken = cue.word in word_group("taking") and preposition.word in ("from", "off")
    return taken and (match["size"] != kinds("quantity") or is_stock(sentence.items[match.start("size")]))
