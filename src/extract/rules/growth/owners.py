"""The owner of a metric by its own noun phrase, and the partner of a trade or flow.

Brazil's beef exports to Japan             -> owner Brazil, partner Japan
trade between Kazakhstan and Bulgaria      -> owner Kazakhstan, partner Bulgaria
revenue of Acme; sales at Acme             -> owner Acme
inflation in Germany; the German economy   -> owner Germany
imports of Russian gas                     -> partner Russia
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span, Token

from extract import lexicons
from extract.rules.growth.kinds import word_group
from extract.rules.growth.names import COUNTRIES, Name, Names, texts
from extract.rules.growth.sorts import Sort, listed, sort_of

POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})
_OTHER_SIDE = word_group("owners_other_side")
_INVESTED = word_group("owners_invested")
_PLACING = word_group("owners_placing")
_BELONGING = frozenset({"of", "by", "at"}) | _PLACING
_ORDINAL_ENDS = ("st", "nd", "rd", "th")  # of `second`, `third`, `5th`
_COMPANIES = frozenset({"ORG", "PERSON", "FAC"})


def prepositions() -> frozenset[str]:
    """The words at which a noun phrase is split."""
    return listed("prepositions")


class Part(NamedTuple):
    """A part of a noun phrase that begins with a preposition; the first has none."""

    preposition: str
    start: int
    end: int


@dataclass(frozen=True)
class Phrase:
    """A metric's noun phrase, split at its prepositions."""

    names: Names
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, names: Names, metric: Span) -> Phrase:
        """Split the phrase, but not at a preposition inside a name: `Bank of Japan`."""
        cuts = [token.i for token in metric if token.lower_ in prepositions() and names.at(token.i) is None]
        starts, ends = [metric.start, *(cut + 1 for cut in cuts)], [*cuts, metric.end]
        leading = ["", *(names.doc[cut].lower_ for cut in cuts)]
        return cls(names, tuple(map(Part, leading, starts, ends)))

    def tokens(self, part: Part) -> list[Token]:
        """The words of a part that are not in a name."""
        return [t for t in self.names.doc[part.start : part.end] if self.names.at(t.i) is None]

    def name(self, part: Part) -> Name | None:
        """The first name of a part; of a country and its company, `Japan's Nippon Steel`, the company."""
        named = [name for name in self.names.within(part.start, part.end) if not self._is_ranking(name)]
        if named and named[0].entity.label in COUNTRIES:
            return next((name for name in named[1:] if name.entity.label in _COMPANIES), named[0])
        if len(named) > 1 and named[0].end + 1 == named[1].start and named[1].entity.label == "ORG":
            return named[1]  # `Acme's Tri-State Castings unit`
        return named[0] if named else None

    def _is_ranking(self, name: Name) -> bool:
        """`Asia's fourth-largest economy`: not Asia. But `Chad's exports, most of them oil` are Chad's."""
        behind = self.names.doc[name.end : name.end + 5]
        if not len(behind) or behind[0].text not in POSSESSIVE_MARKS:
            return False
        ranks = lexicons.load("owners")["ranks"]
        for word in texts(behind)[1:]:
            if word in ranks or word.rpartition("-")[2] in ranks:
                return True
            if word != "-" and word[-2:] not in _ORDINAL_ENDS:
                return False
        return False

    @property
    def head(self) -> Part:
        """The part that says what is measured: after `the number of`, the one that says what is counted."""
        first = self.parts[0]
        words = texts(self.tokens(first))
        counted = len(self.parts) > 1 and self.parts[1].preposition == "of" and words[-1:]
        return self.parts[1] if counted and words[-1] in listed("counting") else first

    @property
    def sort(self) -> Sort:
        """Whose figures the metric is one of: a company's, a country's, either or neither."""
        words = [word for word in texts(self.tokens(self.head)) if word not in POSSESSIVE_MARKS]
        return sort_of(words, whole=len(self.parts) == 1)

    @property
    def words(self) -> frozenset[str]:
        """Its words outside names."""
        return frozenset(word for part in self.parts for word in texts(self.tokens(part)))


def partner(phrase: Phrase) -> Name | None:
    """The partner: after `to`, `from`, `with`; the second one after `between`; of imports after `of`."""
    if not _is_trade(phrase):
        return None
    return next((name for _, name in _partners(phrase)), None)


def _partners(phrase: Phrase) -> Iterator[tuple[Part, Name]]:
    for part in phrase.parts:
        named, name = phrase.names.within(part.start, part.end), phrase.name(part)
        if part.preposition == "between" and len(named) > 1:
            yield part, named[1]
        elif name is not None and name.entity.label != "PERSON" and _leads_across(phrase, part, name):
            yield part, name


def _leads_across(phrase: Phrase, part: Part, name: Name) -> bool:
    """The partner follows the preposition: not `exports from Iraq`, `visitors to France`."""
    comes, leaves, buys = _direction(phrase)
    if part.preposition == "of":
        return buys and name.entity.label in COUNTRIES
    if part.preposition == "in":  # `Chinese investment in Africa`, not `investment in Africa`
        return not phrase.words.isdisjoint(_INVESTED) and phrase.name(phrase.parts[0]) is not None
    own = _is_own_side(part.preposition, comes=comes, leaves=leaves)
    return part.preposition in _OTHER_SIDE and not own


def leading(phrase: Phrase) -> frozenset[str]:
    """The prepositions before the partner of what the phrase counts: `to` for exports."""
    comes, leaves, buys = _direction(phrase)
    if comes or buys:
        return frozenset({"from"})
    return frozenset({"to"}) if leaves else frozenset({"with", "into"} if _is_trade(phrase) else ())


def leading_by(phrase: Phrase) -> frozenset[str]:
    """The prepositions before the partner in the phrase itself."""
    return frozenset(part.preposition for part, _ in _partners(phrase))


def _is_trade(phrase: Phrase) -> bool:
    return not phrase.words.isdisjoint(listed("trade"))


def _direction(phrase: Phrase) -> tuple[bool, bool, bool]:
    """The direction of the flow: people who come, goods that leave, goods that are bought."""
    words = frozenset(texts(phrase.tokens(phrase.head)))
    return (
        not words.isdisjoint(listed("trade", "coming")),
        not words.isdisjoint(listed("trade", "exports")),
        not words.isdisjoint(listed("trade", "imports")),
    )


def _is_own_side(preposition: str, *, comes: bool, leaves: bool) -> bool:
    """Whether the owner follows a preposition: `exports from`, `visitors to`."""
    return (leaves and preposition == "from") or (comes and preposition == "to")


def owner(phrase: Phrase) -> Name | None:
    """The owner by the phrase itself: a possessor, an adjective, or a name after `of`."""
    return _before_head(phrase) or _belonging(phrase)


def _before_head(phrase: Phrase) -> Name | None:
    """`Brazil's exports`, `German exports`, `Acme shares`; of `Japan's Nippon Steel` the company."""
    first = phrase.parts[0]
    name = phrase.name(first)
    if name is None:
        return None
    words = texts(phrase.tokens(first))
    if words and words[-1] in listed("markets", "goods"):
        return None
    market = not listed("markets").isdisjoint(words)
    if market and name.entity.label not in COUNTRIES and not _is_possessor(phrase, name):
        return None  # `the Dow Jones index`
    if name.entity.role and not _is_possessor(phrase, name):
        return None  # `Finance Minister Ana Costa`
    if "share" in words and name.entity.label in COUNTRIES and len(phrase.parts) > 1:
        return None  # `China's share in exports`: those of another
    return None if _is_foreign(phrase, first, name) else name


def _is_possessor(phrase: Phrase, name: Name) -> bool:
    return phrase.names.doc[name.end : name.end + 1].text in POSSESSIVE_MARKS


def _is_foreign(phrase: Phrase, part: Part, name: Name) -> bool:
    """`Russian gas imports`: the owner is unknown."""
    behind = phrase.names.doc[name.end : part.end]
    bought = any(word in listed("trade", "imports") for word in texts(behind))
    return bought and len(behind) > 1 and not _is_possessor(phrase, name)


def _belonging(phrase: Phrase) -> Name | None:
    """`revenue of Acme`, `purchases by China`, `output at Tengiz`, `exports from Iraq`."""
    comes, leaves, _ = _direction(phrase)
    for part in phrase.parts[1:]:
        name, leading = phrase.name(part), part.preposition
        if name is None or _is_joined(phrase, part):
            continue
        if name.entity.label in _COMPANIES and not listed("dealings").isdisjoint(
            _words_behind(phrase, part, name)
        ):
            continue  # `the value of the Acme investment`
        direct = name.entity.label not in COUNTRIES or not phrase.tokens(Part("", part.start, name.start))
        if leading in _BELONGING - _PLACING and direct and not _is_counted(phrase, part, name):
            return name
        if _is_own_side(leading, comes=comes, leaves=leaves):
            return name
    return None


def _is_joined(phrase: Phrase, part: Part) -> bool:
    """Two companies share the figure: `shares in Acme and Renault`."""
    named = [n for n in phrase.names.within(part.start, part.end) if n.entity.label == "ORG"]
    return len(named) > 1 and any(token.lower_ == "and" for token in phrase.tokens(part))


def _words_behind(phrase: Phrase, part: Part, name: Name) -> list[str]:
    return texts(phrase.names.doc[name.end : part.end])


def _is_counted(phrase: Phrase, part: Part, name: Name) -> bool:
    """`imports of Russian gas`, `the number of Chinese tourists`: not the owner."""
    comes, _, buys = _direction(phrase)
    return part.preposition == "of" and (buys or (comes and name.entity.label == "NORP"))


def place(phrase: Phrase, *, sold: bool) -> Name | None:
    """Where the figure is: `inflation in Germany`, `the north of Spain`; else the first of two that trade.

    Args:
        phrase: The metric's.
        sold: Whether sales of goods in a place belong to the place: if no company is mentioned.
    """
    goods = sold and any(part.preposition == "of" for part in phrase.parts)
    for part in phrase.parts[1:]:
        name = phrase.name(part)
        if name is None or not _may_place(phrase, part) or _is_of_a_people(phrase, part, name):
            continue
        if name.entity.label in _COMPANIES:
            if _counts_shares(phrase, part) and not _is_joined(phrase, part):
                return name
        elif (phrase.sort != "company" or goods) and not _is_counted(phrase, part, name):
            return name
    return _between(phrase)


def _may_place(phrase: Phrase, part: Part) -> bool:
    """A part of a phrase that says where the figure is: `in`, `of`; `for` in a view of a market."""
    viewed = part.preposition == "for" and not listed("markets", "views").isdisjoint(phrase.words)
    return viewed or part.preposition in _BELONGING


def _is_of_a_people(phrase: Phrase, part: Part, name: Name) -> bool:
    """The name of a people that is not a place: `gas at the Dutch hub`, `holdings in German companies`."""
    if name.entity.label != "NORP":
        return False
    if part.preposition not in ("of", "in"):
        return True
    return phrase.sort == "none" and _is_of_firms(phrase, part, name)


def _counts_shares(phrase: Phrase, part: Part) -> bool:
    """`shares in Acme`."""
    return part.preposition in ("in", "of") and not phrase.words.isdisjoint(("shares", "stock"))


def _is_of_firms(phrase: Phrase, part: Part, name: Name) -> bool:
    words = {word.removesuffix("s") for word in _words_behind(phrase, part, name)}
    return bool(words & (listed("nouns", "company") | {"companie", "share", "bond"}))


def _between(phrase: Phrase) -> Name | None:
    """The first of two that trade."""
    between = (part for part in phrase.parts if part.preposition == "between")
    named = (phrase.names.within(part.start, part.end) for part in between)
    return next((found[0] for found in named if len(found) > 1), None)
