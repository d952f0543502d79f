"""Articles of the corpus, mutated as wire copy, pages and bad faith mutate them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies

from tests.fuzz.patterns import PATTERNS, repeated
from tests.fuzz.phrases import phrases

CORPUS = Path(__file__).parents[2] / "corpus"
_SPACES = " \n\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2009\u200b\u2028\u2029\u202f\u3000"
_DIGITS = ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
_MARKS = "\u0301\u0308\u20dd\u202a\u202e\u2066\u200d\ufe0f\ufeff\u00ad"
_SIGNS = "$€£¥₹%‰−–—+±~≈×/\\.,:;!?'\"“”’()[]{}<>*#@&_|°½⅓²³™😀\x00\x1b\x7f"
_SCALES = [
    "million",
    "bn",
    "lakh crore",
    "quadrillion",
    "k",
    "trillion trillion",
    "dozen",
    "hundred",
    "m",
    "tn",
]
_NUMBERS = [
    "0",
    "00",
    "1e9",
    "9" * 29,
    "9" * 40,
    "1,2,3",
    "1.2.3",
    "1/0",
    "0.000000000001",
    "×10^30",
    "31/2/2023",
    "24:60",
]


def _each(text: str, random: Random, change: Callable[[str], str], share: float) -> str:
    return "".join(change(c) if random.random() < share else c for c in text)


def spaces(text: str, random: Random) -> str:
    """Other white space between words."""
    return _each(
        text, random, lambda c: random.choice(_SPACES) * random.choice((1, 1, 2)) if c == " " else c, 0.3
    )


def wrapped(text: str, random: Random) -> str:
    """Lines broken at some width."""
    width, lines, line = random.randint(15, 90), [], ""
    for word in text.split(" "):
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def case(text: str, random: Random) -> str:
    """Another case, of all letters or of some."""
    return random.choice([str.upper, str.lower, str.title, str.swapcase])(text)


def digits(text: str, random: Random) -> str:
    """Digits of another script."""
    script = random.choice(_DIGITS)
    return _each(text, random, lambda c: script[int(c)] if c in "0123456789" else c, random.choice((0.2, 1)))


def marks(text: str, random: Random) -> str:
    """Combining marks and marks of direction."""
    return _each(text, random, lambda c: c + random.choice(_MARKS), 0.05)


def signs(text: str, random: Random) -> str:
    """Signs in place of letters."""
    return _each(text, random, lambda c: random.choice(_SIGNS), random.choice((0.01, 0.1)))


def words(text: str, random: Random) -> str:
    """Words of the lexicons, scales and odd numbers among the others."""
    made = text.split(" ")
    for _ in range(random.randint(1, 20)):
        pool = random.choice((phrases(), _SCALES, _NUMBERS))
        made.insert(random.randrange(len(made) + 1), random.choice(pool))
    return " ".join(made)


def shuffled(text: str, random: Random) -> str:
    """Words in another order."""
    made = text.split(" ")
    random.shuffle(made)
    return " ".join(made)


def runs(text: str, random: Random) -> str:
    """A piece that is repeated."""
    at, piece = random.randrange(len(text) + 1), random.choice([*PATTERNS.values()])
    return text[:at] + repeated(piece, random.choice((30, 300))) + text[at:]


def cut(text: str, random: Random) -> str:
    """A part alone."""
    return text[random.randrange(len(text) + 1) :]


MUTATIONS = (spaces, wrapped, case, digits, marks, signs, words, shuffled, runs, cut)


@cache
def passages() -> tuple[str, ...]:
    """Paragraphs of the corpus, in order."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))
    return tuple(part for text in texts for part in text.split("\n\n") if len(part) > 20)


def mutant(random: Random) -> str:
    """A passage after some mutations."""
    text = random.choice(passages())
    for mutation in random.choices(MUTATIONS, k=random.randint(1, 4)):
        text = mutation(text, random)
    return text


mutants = strategies.randoms(use_true_random=False).map(mutant)
