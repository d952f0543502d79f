"""The words of change, from the lexicon, as look-up tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract import lexicons

AMOUNTS = "PpMQBFH"  # the symbols of amounts
REACH = 60  # how many items a clause or a phrase may go on for: endless lists must not take endless time
PREPOSITIONS = frozenset(
    ["of", "from", "to", "at", "by", *lexicons.load("growth")["words"]["prepositions"].split()]
)
COMPARING = "COMPARING"  # said of `year-on-year`, which is a baseline but no time expression

_WORD_LISTS = {
    "modifiers": "m",
    "prepositions": "i",
    "subordinators": "k",
    "determiners": "e",
    "articles": "d",
    "pronouns": "y",
    "auxiliaries": "x",
}


@dataclass(slots=True)
class Item:
    """One symbol: its code, the tokens it covers, the word in small letters, a direction."""

    code: str
    start: int
    end: int
    word: str
    direction: str = ""
    noun: int = 0  # of a counted amount, the token where its noun begins: `1.2 million | new tourists`


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words and phrases stand for: (code, direction)."""

    words: dict[str, tuple[str, str]]
    nouns: dict[str, str]
    factors: dict[str, str]
    phrases: dict[tuple[str, ...], tuple[str, str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon of change, turned into look-up tables."""
    data = lexicons.load("growth")
    words: dict[str, tuple[str, str]] = {}

    def put(forms: str, code: str, direction: str = "") -> None:
        for form in forms.split():
            words[form] = (code, direction)

    for name, code in _WORD_LISTS.items():
        put(data["words"][name], code)
    for name, code in (("level", "v"), ("report", "s"), ("project", "j"), ("particle", "v"), ("reach", "R")):
        for forms in data["verbs"][name]:
            put(forms, code, "increase" if code == "R" else "")
    put(data["words"]["raising"], "r")
    for direction in ("increase", "decrease"):
        for forms in data["verbs"][direction]:
            put(forms, "V", direction)
    put("have has had", "x")
    put("swing swings swung swinging", "W")
    put(" ".join(p for p in data["comparators"]["phrases"] if " " not in p), "C")
    for direction, forms in data["adverbs"].items():
        put(forms, "E" if direction == "unchanged" else "U", direction)
    put("this these those", "e")
    put("which who whom what that", "k")
    put(data["comparing"]["words"], "D", COMPARING)
    factors = {form: str(f["factor"]) for f in data["factors"].values() for form in f["forms"].split()}
    nouns = {w: d for d in ("increase", "decrease") for w in data["nouns"][d].split()}
    phrases = {tuple(phrase.split()): ("C", "") for phrase in data["comparators"]["phrases"]}
    for phrase in data["comparing"]["phrases"]:
        phrases[tuple(phrase.split())] = "D", COMPARING
    for phrase, code in data["phrases"].items():
        phrases[tuple(phrase.split())] = (
            code[0],
            {"+": "increase", "-": "decrease", "=": "unchanged"}.get(code[1:], ""),
        )
    return Lexicon(words, nouns, factors, phrases)


@cache
def word_group(name: str) -> frozenset[str]:
    """The words of a group of the lexicon, which tells what each is for: `sayings`, `lengths`."""
    return frozenset(lexicons.load("growth")["words"][name].split())


@cache
def verb_forms(kind: str) -> frozenset[str]:
    """All forms of the verbs of a kind: `project` looks ahead, `particle` needs `up` or `down` beside it."""
    return frozenset(form for forms in lexicons.load("growth")["verbs"][kind] for form in forms.split())


@cache
def past_forms() -> frozenset[str]:
    """The past forms of the verbs of change."""
    verbs = lexicons.load("growth")["verbs"]
    return frozenset(forms.split()[2] for kind in ("increase", "decrease") for forms in verbs[kind])
