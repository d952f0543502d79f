"""Nouns that look like verbs, verbs that look like nouns: rules of `retag`."""

from __future__ import annotations

from extract.rules.growth.items import AMOUNTS, Item, Retag, after, before, retags
from extract.rules.growth.kinds import kinds, lexicon, matcher, verb_forms, word_group

_BEING = word_group("word_classes_being")
_TENSED = frozenset({"VB", "VBD", "VBZ", "VBG", "VBN"})
_PLURALS = frozenset({"NNS", "NNPS"})
_HELPING = frozenset({"help", "helps", "helped", "helping"})
_QUANTIFIERS = word_group("word_classes_quantifiers")
_SHARE = matcher(r"of? {percent fraction number} of")
_FEW = 3
_SESSIONS = (" the day", " the session")  # ended the day up
_NEAR = 6  # items between a verb and the stock that it adds to
_BASE_FACTORS = word_group("word_classes_base_factors")
_LOOKING_AHEAD = ("target", "forecast", "plan", "estimate", "pledge", "promise")
LOOKING_AHEAD = (*_LOOKING_AHEAD, "targets", "forecasts", "plans", "estimates", "pledges", "promises")


@retags(of="change_verb")
def by_tag(items: list[Item], i: int) -> bool:
    """A noun or adjective by its part of speech: `the firm`, `a price drop`."""
    item = items[i]
    left = next((p.code for p in reversed(items[:i]) if p.code != kinds("modifier")), "")
    plain = before(items, i).tag in _PLURALS and after(items, i).code in AMOUNTS  # rates decline 5 points
    verbal = (left and left in kinds("auxiliary to")) or after(items, i).code == kinds("by") or plain
    if not item.tag.startswith(("NN", "JJ")) or verbal:
        return False
    direction = lexicon().nouns.get(item.word)
    item.code = kinds("change_noun" if direction else "word")
    item.direction = direction or ""
    return True


@retags(of="modifier")
def noun_in_ly(items: list[Item], i: int) -> bool:
    """`power supply`, `the family`."""
    if not items[i].word.endswith("ly") or not items[i].tag.startswith("NN"):
        return False
    items[i].code = kinds("word")
    return True


@retags(of="change_verb change_noun")
def owner(items: list[Item], i: int) -> bool:
    """`Rally's directors`: an owner is not a change."""
    if items[i].code not in kinds("change_verb change_noun") or after(items, i).code != kinds("possessive"):
        return False
    items[i].code = kinds("word")
    return True


@retags(of="direction")
def adjective(items: list[Item], i: int) -> bool:
    """`the smaller index`, `higher prices` are not changes by themselves."""
    word = items[i].word
    if (
        items[i].code != kinds("direction")
        or not word.endswith("er")
        or before(items, i).code in AMOUNTS + kinds("change_verb verb auxiliary")
    ):
        return False
    owned = before(items, i).code in kinds("article determiner possessive")  # its higher $92 offer
    if after(items, i).code not in kinds("word change_noun") and not (
        owned and after(items, i).code in AMOUNTS
    ):
        return False
    items[i].code = kinds("word")
    return True


@retags(of="change_verb")
def noun_of_change(items: list[Item], i: int) -> bool:
    """`rise`, `cuts`, `drop`: the noun, not the verb."""
    item, previous = (
        items[i],
        next((p for p in reversed(items[max(0, i - 3) : i]) if p.code != kinds("modifier")), None),
    )
    direction = lexicon().nouns.get(item.word)
    if item.code != kinds("change_verb") or direction is None or not _stands_as_noun(items, i, previous):
        return False
    item.code, item.direction = kinds("change_noun"), direction
    return True


def _stands_as_noun(items: list[Item], i: int, previous: Item | None) -> bool:
    following = after(items, i).code
    if previous is None:
        return following in kinds("of preposition")
    if previous.code in kinds("to auxiliary pronoun raising") or previous.word in _QUANTIFIERS:
        return False
    if previous.code in kinds("article determiner possessive"):
        return True
    if previous.code in AMOUNTS:
        return following not in kinds("size by")
    return before(items, i).code == kinds("of") or following in kinds(
        "of preposition comma stop subordinator"
    )


@retags(of="change_verb")
def form_of_a_noun(items: list[Item], i: int) -> bool:
    """`the firm`, `a contract`: a form of a verb of change that is another noun behind an article."""
    item = items[i]
    if (
        item.code != kinds("change_verb")
        or before(items, i).code not in kinds("article determiner possessive")
        or before(items, i).word in _QUANTIFIERS
        or item.word.endswith(("ed", "ing"))
    ):
        return False
    item.code, item.direction = kinds("word"), ""
    return True


@retags(of="factor_verb", words=("twice",))
def double_the_noun(items: list[Item], i: int) -> bool:
    """`double` is a verb only where a verb can stand: `to double`, `will triple`; `twice` never is one."""
    if items[i].word == "twice":
        items[i].code = (
            kinds("multiple")
            if after(items, i).code in kinds("determiner subordinator modifier time")
            else "w"
        )
        return True
    if items[i].code != kinds("factor_verb") or items[i].word not in _BASE_FACTORS:
        return False
    first = i
    while first and items[first - 1].code == kinds("modifier"):
        first -= 1
    if _takes_infinitive(before(items, first)):
        return False
    if before(items, first).code == kinds("and") and after(items, i).code in tuple(kinds("to by from")):
        return False  # will grow and | double to $5 million
    items[i].code = kinds("multiple") if first < i or _is_multiple(items, i) else "w"
    return True


def _takes_infinitive(item: Item) -> bool:
    """`to`, `will`, `helped`: a verb follows; not `is`."""
    return (item.code in tuple(kinds("to auxiliary")) or item.word in _HELPING) and item.word not in _BEING


def _is_multiple(items: list[Item], i: int) -> bool:
    """`is | double its`, `, | double last year's`."""
    begins = before(items, i).word in _BEING or before(items, i).code == kinds("comma")
    return begins and after(items, i).code in kinds("determiner time")


@retags(words=("doubles",))
def doubles_the_game(items: list[Item], i: int) -> bool:
    """`won the doubles`."""
    if items[i].code != kinds("factor_verb") or before(items, i).code not in kinds("article determiner"):
        return False
    items[i].code = kinds("word")
    return True


def _takes_a_share(items: list[Item], i: int) -> bool:
    """`laid off | a fifth of its staff`, `elimination | of a tenth of its positions`."""
    skipped = kinds("modifier article preposition")
    following = "".join(item.code for item in items[i + 1 : i + 7] if item.code not in skipped)
    return _SHARE.match(following) is not None


def _takes_persons(verb: str) -> bool:
    return verb in word_group("of_people") or " " in verb  # lay off, made redundant


@retags(of="stock_verb stock_noun")
def stock_verb(items: list[Item], i: int) -> bool:
    """`created 500 jobs`; without a stock it is a verb like others."""
    near = items[max(0, i - _NEAR) : i + _NEAR]
    people = items[i].code == kinds("stock_verb")  # hires 300 people
    if items[i].word.endswith("their jobs") or _takes_a_share(items, i):
        return False
    if _takes_persons(items[i].word) and any(item.noun for item in items[i + 1 : i + 4]):
        return False  # hires 20 specialists
    if any(
        item.noun
        and (item.word.split()[-1] in word_group("stocks") or (people and item.word.endswith("people")))
        for item in near
    ):
        return False
    verb = items[i].word in verb_forms("verb", "level") | verb_forms("verb", "particle")
    items[i].code, items[i].direction = kinds("verb" if verb else "word"), ""
    unknown_verb.apply(items, i)
    return True


@retags(of="word")
def unknown_verb(items: list[Item], i: int) -> bool:
    """A word with the position and ending of a verb: `is paying`, `farmers planted 5,000`."""
    word, previous = items[i].word, before(items, i).code
    if items[i].code != kinds("word") or items[i].tag.startswith(("NN", "JJ")):
        return False
    continuous = word.endswith("ing") and previous in kinds("auxiliary comma")
    past = word.endswith("ed") and (
        previous in kinds("auxiliary pronoun")
        or (
            previous in kinds("word possessive")
            and after(items, i).code in kinds("article determiner") + AMOUNTS
        )
    )
    if continuous or past:
        items[i].code = kinds("say_verb")
    return continuous or past


@retags(of="say_verb verb forecast_verb raising")
def participle(items: list[Item], i: int) -> bool:
    """A word like a verb before its noun or after its owner: `imported modules`, `the bank's costs`."""
    left, right = before(items, i).code, after(items, i).code
    nouns = "wNv" if left in kinds("article determiner") else "wN"  # the estimated cost
    if (
        items[i].code not in kinds("say_verb verb forecast_verb raising")
        or left not in kinds("article determiner preposition of possessive")
        or (left != kinds("possessive") and right not in nouns)
    ):
        return False
    items[i].code = kinds("word")
    return True


@retags(words=("won",))
def won_the_currency(items: list[Item], i: int) -> bool:
    """`the won`, which no verb follows an article as."""
    if before(items, i).code not in tuple(kinds("determiner article")):
        return False
    items[i].code = kinds("word")
    return True


@retags(words=("trade", "trades", "trading"))
def trade_the_noun(items: list[Item], i: int) -> bool:
    """`foreign trade`, `in late trading`; but `is trading at`, `to trade at`."""
    left = next((p.code for p in reversed(items[:i]) if p.code != kinds("modifier")), "")
    if left in tuple(kinds("auxiliary to")) or (
        before(items, i).code == kinds("comma") and after(items, i).code in kinds("at direction")
    ):
        return False
    items[i].code = kinds("word")
    return True


@retags(of="say_verb verb")
def verb_like_noun(items: list[Item], i: int) -> bool:
    """`the cost has risen`: a word before a verb is a noun; or `its grain | needs`."""
    if _is_gerund(items, i) or _is_plural_noun(items, i):
        items[i].code = kinds("word")
        return True
    if items[i].code not in kinds("say_verb verb") or items[i].word.endswith(("ed", "ing")):
        return False
    if items[i].word == "costs" and after(items, i).code == kinds("auxiliary"):
        items[i].code = kinds("word")  # says costs have risen
        return True
    if before(items, i).code not in kinds("word article determiner possessive") or after(
        items, i
    ).code not in kinds("auxiliary change_verb by of"):
        return False
    if after(items, i).word.endswith("ing"):
        return False  # wages keep rising
    items[i].code = kinds("word")
    return True


def _is_gerund(items: list[Item], i: int) -> bool:
    """`its holding in the bank`."""
    gerund = items[i].word.endswith("ing") and before(items, i).code in tuple(kinds("determiner possessive"))
    return gerund and after(items, i).code in tuple(kinds("preposition of"))


def _is_plural_noun(items: list[Item], i: int) -> bool:
    """`its grain needs,`."""
    plural = items[i].tag == "NNS" and before(items, i).code in tuple(
        kinds("word determiner possessive verb")
    )
    return plural and after(items, i).code in kinds("comma stop direction preposition at by of auxiliary")


@retags(of="direction")
def particle_of_another_verb(items: list[Item], i: int) -> bool:
    """`up` after a verb that does not become a verb of change: `made up`, `gave up`, `racked up`."""
    previous = before(items, i)
    unknown = (
        previous.code == kinds("word")
        and previous.tag in _TENSED
        and not previous.named
        and items[i].word in ("up", "down")
        and not (previous.tag == "VBZ" and after(items, i).code == kinds("percent"))  # Crimes Up 94 Percent
    )
    known = previous.code == kinds("verb") and previous.word not in verb_forms("verb", "particle")
    known = known and not previous.word.endswith(_SESSIONS)
    if items[i].code != kinds("direction") or not (unknown or known):
        return False
    items[i].code = kinds("verb")
    return True


@retags(of="unchanged")
def flat_the_noun(items: list[Item], i: int) -> bool:
    """`a flat`: a home."""
    changeless = items[i].word == "unchanged" and after(items, i).code == kinds("word")
    if (
        items[i].code != kinds("unchanged")
        or changeless
        or not (
            before(items, i).code in kinds("article determiner")
            or after(items, i).code in kinds("change_verb verb auxiliary factor_verb")
        )
    ):
        return False
    items[i].code = kinds("word")
    return True


@retags(of="raising")
def looking_ahead(items: list[Item], i: int) -> bool:
    """`the ministry projected that` is a main verb, `is projected to rise` an auxiliary."""
    item = items[i]
    if item.code != kinds("raising") or item.word not in verb_forms("forecast_verb"):
        return False
    if before(items, i).code not in kinds("word pronoun") or after(items, i).code == kinds("to"):
        return False
    item.code = kinds("forecast_verb")
    return True


@retags(words=("up",))
def up_the_verb(items: list[Item], i: int) -> bool:
    """`decided to up its rate`."""
    if (
        items[i].word != "up"
        or before(items, i).code != kinds("to")
        or after(items, i).code != kinds("determiner")
    ):
        return False
    items[i].code, items[i].direction = kinds("change_verb"), "increase"
    return True


@retags(words=("lower",))
def lower_the_verb(items: list[Item], i: int) -> bool:
    """`to lower its rate`, `would lower premiums`; not: `the reason was lower demand`."""
    if (
        items[i].word != "lower"
        or (items[i].tag in ("JJR", "RBR") and before(items, i).word not in word_group("modals"))
        or before(items, i).code not in kinds("to auxiliary")
        or after(items, i).code not in kinds("determiner article word")
    ):
        return False
    items[i].code, items[i].direction = kinds("change_verb"), "decrease"
    return True


@retags(words=LOOKING_AHEAD)
def target_the_noun(items: list[Item], i: int) -> bool:
    """`her target`, `a forecast`: not a verb, though the word still marks the claim as projected."""
    if items[i].tag.startswith("NN"):
        items[i].code = kinds("word")
        return True
    if items[i].word not in _LOOKING_AHEAD:
        return False
    owners = "dew'" if items[i].word in ("target", "estimate") else "de'"
    first = i
    while first and items[first - 1].code in kinds("word change_noun") and i - first < _FEW:
        first -= 1
    compound = (
        first < i
        and before(items, first).code in kinds("article determiner possessive")
        and after(items, i).code in kinds("preposition of to at from comma stop")
    )
    if not compound and before(items, i).code not in owners:
        return False
    items[i].code = kinds("word")
    return True


RULES: tuple[Retag, ...] = (
    noun_in_ly,
    stock_verb,
    owner,
    by_tag,
    up_the_verb,
    lower_the_verb,
    adjective,
    noun_of_change,
    form_of_a_noun,
    doubles_the_game,
    double_the_noun,
    unknown_verb,
    won_the_currency,
    trade_the_noun,
    participle,
    verb_like_noun,
    particle_of_another_verb,
    flat_the_noun,
    looking_ahead,
    target_the_noun,
)
