"""The project's annotated news: reading the inline markup, and varying the names in it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.rules.entities import gazetteer

NEWS = Path(__file__).parent / "news"
HELD_OUT = 13  # one article in so many is never trained on
_MARKUP = re.compile(r"\[([^\]]*)\]\(([A-Z_]+)\)")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its entities as (start, end, label)."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


def parse(marked: str) -> Annotated:
    """`[Kenya](GPE) won` -> the text `Kenya won` and its entities."""
    parts: list[str] = []
    entities = []
    at = length = 0
    for match in _MARKUP.finditer(marked):
        before = marked[at : match.start()]
        start = length + len(before)
        parts += [before, match[1]]
        length = start + len(match[1])
        entities.append((start, length, match[2]))
        at = match.end()
    return Annotated("".join([*parts, marked[at:]]), tuple(entities))


def articles(*, held_out: bool) -> Iterator[Annotated]:
    """The articles to train on, or those held out."""
    for number, path in enumerate(sorted(NEWS.glob("*.txt"))):
        if (number % HELD_OUT == 0) == held_out:
            yield parse(path.read_text(encoding="utf-8"))


def rewrite(annotated: Annotated, change: Callable[[str, str | None], str]) -> Annotated:
    """Change each mention, and each stretch between mentions (label None)."""
    parts: list[str] = []
    entities = []
    at = length = 0
    for start, end, label in sorted(annotated.entities):
        before = change(annotated.text[at:start], None)
        name = change(annotated.text[start:end], label)
        entities.append((length + len(before), length + len(before) + len(name), label))
        parts += [before, name]
        length += len(before) + len(name)
        at = end
    return Annotated("".join([*parts, change(annotated.text[at:], None)]), tuple(entities))


class Renamer:
    """Puts other people, towns and companies into an article, each name the same way all through it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        lists = gazetteer.load()
        self.lists = lists
        self.given = sorted(lists.given)
        self.family = sorted(lists.family)
        self.towns = sorted(n for n, e in lists.names.items() if e.kind in ("city", "town") and n.isalpha())

    def __call__(self, annotated: Annotated) -> Annotated:
        """The same story about others."""
        new: dict[str, str] = {}

        def change(text: str, label: str | None) -> str:
            if label not in ("PERSON", "GPE", "ORG", "FAC", "LOC"):
                return text
            entry = self.lists.lookup(text)
            if entry and (entry.kind not in ("city", "town") or self.rng.random() < 0.3):
                return text
            return _WORD.sub(lambda match: self._word(match[0], label or "", new), text)

        return rewrite(annotated, change)

    def _word(self, word: str, label: str, new: dict[str, str]) -> str:
        lower = word.lower()
        if not word[0].isupper() or lower in self.lists.common or len(word) < 3:
            return word
        if label in ("ORG", "FAC", "LOC") and (
            word.isupper() or (lower not in new and self.rng.random() < 0.5)
        ):
            return word
        if lower not in new:
            new[lower] = self._draw(gazetteer.fold(word), label)
        made = new[lower]
        return made.upper() if word.isupper() else made[:1].upper() + made[1:]

    def _draw(self, folded: str, label: str) -> str:
        pool = self.towns if label in ("GPE", "LOC") else self.family
        if label == "PERSON" and folded in self.lists.given:
            pool = self.given
        name = self.rng.choice(pool)
        if self.rng.random() < 0.35:  # a name that no list has
            other = self.rng.choice(pool)
            name = name[: max(2, len(name) // 2)] + other[len(other) // 2 :]
        return name


def respace(annotated: Annotated, rng: random.Random) -> Annotated:
    """Set hyphens and apostrophes as some agencies' texts do: `Yoo - jin`, `Kenya’s`."""
    spaced, curly = rng.random() < 0.5, rng.random() < 0.7

    def change(text: str, label: str | None) -> str:
        if spaced:
            text = re.sub(r"(?<=\w)-(?=\w)", " - ", text)
        return text.replace("'", "’") if curly else text

    return rewrite(annotated, change)


def recase(annotated: Annotated, rng: random.Random) -> Annotated:
    """Set the headline in capitals or in Title Case."""
    line_end = annotated.text.find("\n")
    upper = rng.random() < 0.5
    done = 0

    def change(text: str, label: str | None) -> str:
        nonlocal done
        inside = max(0, min(len(text), line_end - done))
        done += len(text)
        head = text[:inside]
        head = head.upper() if upper else re.sub(r"\b[a-z](?=[a-z]{3})", lambda m: m[0].upper(), head)
        return head + text[inside:] if len(head) == inside else text

    return rewrite(annotated, change)
