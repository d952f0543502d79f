"""What the rules and the model see of each token beside its letters: case, lines, known names, neighbours.

Names behave alike all through an article: a word that stands after a title or before `said` once is a person
in the sentences that do not say so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import not_

from spacy.tokens import Doc

from extract import lexicons
from extract.lexicons.scope import cached, remembered
from extract.rules.entities.gazetteer import Gazetteer, Hit, load
from extract.rules.words import Words, text_of, words_of

_PLACE_WORDS = frozenset(lexicons.load("names")["before_places"]["words"])
_FULL_STOPS = frozenset([".", "!", "?", "”", '"'])
# A line with this share of capitalised words says nothing by its capitals. On gold as good as 0.5 and 0.9.
SHOUTED = 0.7


@dataclass(slots=True, eq=False)
class View:
    """The tokens of a document.

    Attributes:
        words, lower: The texts of the tokens, as they are and in lower case.
        capital: The token begins with a capital letter (and is a word).
        glued: No white space precedes the token.
        shouted: The token is in a headline whose words are all capitalised.
        opens: The token is the first word of a sentence or a quotation.
        hits: Known names by their first token: one past the last one, and what it is.
        small: Words of the article that occur in lower case.
        inside: Capitalised words that occur inside a sentence.
        traits: What the article says about each capitalised word: a set of `Trait` bits.
        counts: How often each capitalised word occurs.
    """

    words: list[str]
    lower: list[str]
    capital: list[bool]
    glued: list[bool]
    shouted: list[bool]
    opens: list[bool]
    hits: dict[int, tuple[int, Hit]]
    small: set[str]
    inside: set[str] = field(default_factory=set)
    traits: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


class Trait:
    """Bits of `View.traits`: where a word is at least once in the article."""

    TITLED = 1  # after `President`, `Mr`
    SPEAKS = 2  # before `said`
    NAMED = 4  # after a given name
    PLACED = 8  # after `in`, `near`
    ARTICLE = 16  # after `the`
    BRACKETED = 32  # alone in brackets


@cached
def titles() -> frozenset[str]:
    """Words before a person's name, the last word of each title."""
    tables = lexicons.load("titles")
    return frozenset(
        title.split()[-1] for name in ("honorifics", "offices") for title in tables[name]["words"]
    )


@cached
def offices() -> frozenset[str]:
    """Titles in full: `First Lady`."""
    return frozenset(lexicons.load("titles")["offices"]["words"])


@cached
def speech() -> frozenset[str]:
    """Verbs that people do."""
    return frozenset(lexicons.load("titles")["speech"]["words"])


def view(doc: Doc) -> View:
    """What is seen of a document, once for all who ask. Callers must not change it."""
    return _view(doc, len(doc))  # a component between two of ours may have merged tokens


@remembered(2)
def _view(doc: Doc, count: int) -> View:
    """Look at a document, in one pass over its tokens and one over its article-wide evidence."""
    gazetteer = load()
    of_doc = words_of(doc)
    words = of_doc.texts
    capital = [word[0].isupper() for word in words]
    seen = View(
        words=words,
        lower=of_doc.lowers,
        capital=capital,
        glued=[True, *map(not_, of_doc.followed)][: len(words)],
        shouted=_shouted(words, capital),
        opens=_opens(words),
        hits=_token_hits(text_of(doc), of_doc, gazetteer),
        small={word for word in words if word[0].islower()},
    )
    _collect(seen, gazetteer)
    return seen


def _shouted(words: list[str], capital: list[bool]) -> list[bool]:
    """Per token: its line is in Title Case or ALL CAPS."""
    result: list[bool] = []
    start = 0
    for i in [*(i for i, word in enumerate(words) if "\n" in word), len(words)]:
        line = range(start, i)
        letters = [j for j in line if words[j][0].isalpha()]
        longer = [j for j in letters if len(words[j]) > 3]
        sentence = i > start and words[i - 1] in _FULL_STOPS
        title_case = (
            not sentence and len(longer) > 3 and sum(capital[j] for j in longer) >= SHOUTED * len(longer)
        )
        upper_case = len(letters) > 1 and all(words[j].isupper() for j in letters)
        result.extend([title_case or upper_case] * (min(i + 1, len(words)) - start))
        start = i + 1
    return result


def _opens(words: list[str]) -> list[bool]:
    """Per token: it is the first word after a full stop, a line's end, an opening quote or a colon."""
    opening, result = True, []
    for word in words:
        is_word = word[0].isalnum()
        result.append(opening and is_word)
        if is_word:
            opening = False
        elif word in ".!?:;…“\"‘'•*-–—" or "\n" in word:
            opening = opening or word not in "-–—"
    return result


def _token_hits(text: str, words: Words, gazetteer: Gazetteer) -> dict[int, tuple[int, Hit]]:
    """Known names whose ends are token borders."""
    hits: dict[int, tuple[int, Hit]] = {}
    for hit in gazetteer.find(text):
        first, last = bisect_right(words.starts, hit.start) - 1, bisect_left(words.starts, hit.end) - 1
        if words.starts[first] == hit.start and words.starts[last] + len(words.texts[last]) == hit.end:
            hits[first] = last + 1, hit
    return hits


def _collect(seen: View, gazetteer: Gazetteer) -> None:
    """Fill the traits and counts."""
    words, capital = seen.words, seen.capital
    last, known_titles, verbs = len(words) - 1, titles(), speech()
    for i, word in enumerate(words):
        if not capital[i] or seen.shouted[i]:
            continue
        trait = seen.traits.get(word, 0)
        if i:
            trait |= _trait_by_word_before(seen, i, known_titles, gazetteer)
        if i < last and words[i + 1] in verbs:
            trait |= Trait.SPEAKS
        seen.traits[word] = trait
        seen.counts[word] = seen.counts.get(word, 0) + 1
        if not seen.opens[i]:
            seen.inside.add(word)


def _trait_by_word_before(seen: View, i: int, known_titles: frozenset[str], gazetteer: Gazetteer) -> int:
    """The bit of what the word before a token says about it; 0 where it says nothing."""
    before, lower = seen.words[i - 1], seen.lower[i - 1]
    if before in known_titles:
        return Trait.TITLED
    if lower == "the":
        return Trait.ARTICLE
    if lower in gazetteer.given and seen.capital[i - 1]:
        return Trait.NAMED
    if before in _PLACE_WORDS:
        return Trait.PLACED
    return Trait.BRACKETED if before == "(" and seen.words[i + 1 : i + 2] == [")"] else 0
