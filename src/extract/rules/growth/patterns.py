"""The named patterns of claims over a sentence's symbols.

Each is anchored on a word of change (`cue`) and captures `size`, `to` and `from`. They are tried in
this order; an amount serves one claim only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.rules.growth.conditions import (
    adds,
    arrives,
    at_two_times,
    goes,
    half_of,
    has_level,
    is_change,
    is_higher,
    stays,
    takes_an_object,
    takes_the_level,
    than_earlier,
    two_levels,
)
from extract.rules.growth.finders import (
    added_to,
    arriver,
    before_size,
    level,
    loser,
    more_of,
    nothing,
    object_of,
    of_noun,
    own_words,
    subject,
    subject_or_object,
)
from extract.rules.growth.metric import Bounds
from extract.rules.growth.symbols import Sentence
from extract.rules.growth.tails import Tail

_MACROS = {
    "{L}": "[PpMQBF]",  # a level
    "{S}": "[PpMQFHB]",  # a size
    "{M}": "[dm]*",  # words before an amount that do not change what it is
    "{A}": "(?:[dm][dmw]{0,3}?)?",  # `a seasonally adjusted` before a size
    "{G}": "(?:[demw]{0,3}?|[de][mw]{0,2}o[dm]*|D'[mw]{0,3})",  # `its record` before a level
    "{NP}": "(?:[io][demw'&]{1,6}?)?",  # `in exports` between a noun of change and its size
    "{OBJECT}": r"(?P<cue>V|(?<=v)U) (?P<object>(?:[demwoi&'\"DNv]|[ft](?=[ew])){1,14}?)",
    "{LONG_OBJECT}": r"(?P<cue>V|(?<=v)U) (?P<object>(?:[demwoi&'\"DN,]|[ft](?=[ew])){1,20}?)",
    "{D}": "(?:,?i?D(?:[wsvt]D)?,?)?",  # a time between
    "{PER}": "(?:[ia]?D|[iod]+w)?",  # per tonne, a share, in May
}

Find = Callable[[Sentence, "re.Match[str]"], Bounds | None]


Accept = Callable[[Sentence, "re.Match[str]", Tail], bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; group `cue` gives the direction, `metric_of` finds the metric."""

    name: str
    regex: re.Pattern[str]
    metric_of: Find
    direction: str = ""  # else the cue's
    appositive: bool = False  # the level may stand before the cue: `$5 million, up 3 %`
    factor: bool = False  # the cue is the size: `doubled`
    accepts: Accept = lambda sentence, match, tail: True


def _pattern(name: str, regex: str, metric_of: Find, **options: object) -> Pattern:
    filled = re.sub(r"\{[A-Z_]+\}", lambda m: _MACROS[m[0]], regex)
    return Pattern(f"growth.{name}", re.compile(filled, re.VERBOSE), metric_of, **options)  # type: ignore[arg-type]


PATTERNS = (
    # was unchanged at 5 %; held steady at 5 %
    _pattern("unchanged", r"(?P<cue>E) [mU]* [at] {G} (?P<to>{L})", subject),
    # added $5 million to its reserves
    _pattern("added_to", r"(?P<cue>V) {A} (?P<size>[MQ]) t (?P<object>[ew])", added_to, accepts=adds),
    # closed at $15, unchanged; the price, $15, was unchanged
    _pattern(
        "unchanged", r", x? m* (?P<cue>E) (?=[.,;)ifDCmR&]|$)", subject, appositive=True, accepts=has_level
    ),
    # rose 5 %, fell by about a third
    _pattern(
        "verb_size",
        r"(?P<cue>V) [mU]* {D} (?:,?be?[wj]?|m*i(?=H))? {A} (?P<size>{S})",
        loser,
        accepts=is_change,
    ),
    # rising at an annual rate of 2.9 %
    _pattern("verb_at_rate", r"(?P<cue>V) [mU]* a (?:d [mw]{1,4}? [ot]?)? {M} (?P<size>[Pp])", subject),
    # climbed from 2,610 to 5,827
    _pattern("verb_from_to", r"(?P<cue>V) [mU]* {D} ,? f {G} (?P<from>{L}) {PER} t {G} (?P<to>{L})", subject),
    # went from $4.10 to $4.85
    _pattern(
        "went_from_to",
        r"(?P<cue>v) [mU]* {D} ,? f {G} (?P<from>{L}) {PER} t {G} (?P<to>{L})",
        subject,
        direction="compare",
        accepts=goes,
    ),
    # rose to $3 million
    _pattern("verb_level", r"(?P<cue>V) [mU]* (?:i[dew]{1,3}|{D}) t {G} (?P<to>{L})", subject, accepts=stays),
    # went down to 5 %
    _pattern("particle_level", r"(?<=v) (?P<cue>U) t {G} (?P<to>{L})", subject),
    # doubled, has tripled
    _pattern("factor_verb", r"(?P<cue>X)", subject_or_object, factor=True),
    # put charges up by another 22 %
    _pattern("object_up", r"v (?P<object>[demw']{1,5}) (?P<cue>U) [mb]* {A} (?P<size>{S})", object_of),
    # up 5 %, down by 190 points
    _pattern("up_size", r"(?P<cue>U) m* (?:{D} b)? {A} (?P<size>{S})", subject, appositive=True),
    # 8 % more revenue
    _pattern("size_more", r"(?<!x) (?P<size>[PF]) (?P<cue>U) (?=w)", more_of, accepts=is_higher),
    # 11 % more than the 4,980 pesos of last year
    _pattern(
        "more_than_level",
        r"(?P<size>{S}) m? (?P<cue>U) (?:e|[ki] m* [de]) w{0,2} (?P<from>[MQB])",
        before_size,
        appositive=True,
    ),
    # 5 % higher, three points lower
    _pattern("size_higher", r"(?P<size>{S}) m? (?P<cue>U)", before_size, appositive=True, accepts=is_higher),
    # lower than the 16 cents it earned last year
    _pattern(
        "lower_than",
        r"(?P<cue>U) [ki] m* e? [mw]{0,2} (?P<from>{L})",
        subject,
        appositive=True,
        accepts=than_earlier,
    ),
    # up from $4 million
    _pattern("up_from", r"(?P<cue>U) m* f {G} (?P<from>{L})", subject, appositive=True),
    # a 5 % jump in sales, 4.8 % GDP growth
    _pattern(
        "size_noun",
        r"(?P<size>{S}) [,D]? (?P<own>[mwD']{0,4}?) (?P<cue>N)",
        own_words,
        appositive=True,
        accepts=is_change,
    ),
    # growth of 5 %, a rise in exports of 3 %
    _pattern(
        "noun_size",
        r"(?P<cue>N) {NP} (?:[oa]|(?=m[Pp])) {A} (?P<size>{S})",
        of_noun,
        appositive=True,
        accepts=is_change,
    ),
    # a rise to 5 % from 4 %
    _pattern("noun_level", r"(?P<cue>N) {NP} t {G} (?P<to>{L})", of_noun),
    _pattern("noun_from_to", r"(?P<cue>N) {NP} f {G} (?P<from>{L}) t {M} (?P<to>{L})", of_noun),
    # raised its rate by 25 basis points; pushed up the share price five pence
    _pattern("object_size", r"{LONG_OBJECT} b e? {A} (?P<size>{S})", object_of, accepts=takes_an_object),
    # slash costs in half
    _pattern("object_size", r"{OBJECT} m* i (?P<size>H)", object_of),
    _pattern("object_size", r"{OBJECT} (?<![io&]) {M} (?P<size>[PpMFH])(?![wN'])", object_of),
    _pattern("object_from_to", r"{OBJECT} f {G} (?P<from>{L}) {PER} t {G} (?P<to>{L})", object_of),
    _pattern("object_level", r"{OBJECT} t {G} (?P<to>[PpMF])", object_of),
    _pattern(
        "object_level",
        r"(?P<cue>V) (?P<object>[demwo'N]{1,6}?) t {G} (?P<to>[QB])",
        object_of,
        accepts=takes_the_level,
    ),
    # three times as high as in 2019
    _pattern(
        "times_as",
        r"(?P<size>(?P<cue>F)) (?:k w [ki]|m) (?=[ia]?D)",
        before_size,
        direction="increase",
        appositive=True,
    ),
    # more than double the $2 million of a year earlier; half the figure of 2019
    _pattern(
        "times_the",
        r"(?P<size>(?P<cue>F)) e? [mw]{0,2}? (?P<from>[MQ])",
        before_size,
        direction="increase",
        appositive=True,
        accepts=at_two_times,
    ),
    _pattern(
        "times_the",
        r"(?P<size>(?P<cue>F)) (?:e w{1,3} [oi]? D|D ' w)",
        before_size,
        direction="increase",
        appositive=True,
    ),
    _pattern(
        "times_the",
        r"""(?P<size>(?P<cue>H))
        (?:e [mw]{0,2}? (?P<from>[MQ]) | e w{1,3} [oi]? D | D ' w | m (?=[ia]?D) | k w [ki] D)""",
        before_size,
        direction="decrease",
        appositive=True,
        accepts=half_of,
    ),
    # $100 (from $80 last week)
    _pattern(
        "bracketed_from",
        r"(?P<to>{L}) {PER} \( (?P<cue>f) m* (?P<from>{L})",
        level,
        direction="compare",
        accepts=two_levels,
    ),
    # swung to a profit of $5 million from a loss of $3 million
    _pattern(
        "swung",
        r"(?P<cue>W) t [demwN]{0,4} o? {M} (?P<to>{L})",
        subject,
        direction="compare",
        accepts=two_levels,
    ),
    # inflation reached 7.9 %
    _pattern(
        "reached",
        r"(?P<cue>R) (?:d [mw]{1,3} o?)? m* (?P<to>[PpMQF]|B(?=[,.;)D]|iD|$))",
        arriver,
        accepts=arrives,
    ),
    # $5 million, compared with $4 million a year earlier
    _pattern(
        "compared",
        r"(?P<cue>C) (?:[demwoi]|(?<=w)D(?=o)){0,5}? (?P<from>{L}) (?![jr])",
        subject,
        direction="compare",
        appositive=True,
        accepts=two_levels,
    ),
    # That compares with $4 million a year earlier
    _pattern(
        "compares",
        r"^(?:[yke]|[ek]w) x? m* (?P<cue>C) [demwoi]{0,5}? (?P<from>{L}) (?![jr])",
        nothing,
        direction="compare",
    ),
)
