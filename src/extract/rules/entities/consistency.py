"""One article, one reading: each name gets one label, and what was found once is found again.

`entity.repeat`      a name of the article that was missed elsewhere
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from extract.rules.entities.gazetteer import load
from extract.rules.entities.names import Name
from extract.rules.entities.resolve import spells
from extract.rules.entities.shapes import View

_LONG = 3  # shorter names are not looked for again


def settle(seen: View, names: Iterable[Name]) -> list[Name]:
    """The names with one label per surface, bare surnames as people, and repeats added; in order."""
    settled = _one_label(seen, _acronyms(seen, sorted(names)))
    return sorted([*settled, *_repeats(seen, settled)], key=lambda name: name.start)


def _acronyms(seen: View, names: list[Name]) -> list[Name]:
    """An acronym in brackets that spells the name before it is what that name is, wherever it stands."""
    labels: dict[str, str] = {}
    starts = {name.start: name for name in names}
    for name in names:
        end = name.end
        if seen.words[end : end + 1] == ["("] and seen.words[end + 2 : end + 3] == [")"]:
            acronym = seen.words[end + 1]
            if spells(acronym, " ".join(seen.lower[name.start : end])):
                labels[acronym] = name.label
                starts.setdefault(end + 1, Name(end + 1, end + 2, name.label, "entity.acronym"))
    return [
        name._replace(label=labels[seen.words[name.start]])
        if name.end - name.start == 1 and seen.words[name.start] in labels
        else name
        for name in sorted(starts.values())
    ]


def _surface(seen: View, name: Name) -> tuple[str, ...]:
    return tuple(seen.words[name.start : name.end])


def _one_label(seen: View, names: list[Name]) -> list[Name]:
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    family: set[str] = set()
    for name in names:
        surface = _surface(seen, name)
        votes[surface][name.label] += 1
        if name.label == "PERSON" and len(surface) > 1:
            family.update((surface[0], surface[-1]))
    result = []
    for name in names:
        surface = _surface(seen, name)
        label = votes[surface].most_common(1)[0][0]
        if len(surface) == 1 and surface[0] in family and label in ("ORG", "GPE", "LOC", "PERSON"):
            known = load().lookup(surface[0])
            label = label if known and known.kind in ("country", "state", "acronym") else "PERSON"
        result.append(name._replace(label=label) if label != name.label else name)
    return result


def _repeats(seen: View, names: list[Name]) -> list[Name]:
    """Names of the article where they were not found."""
    known: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name in names:
        surface = _surface(seen, name)
        if len("".join(surface)) >= _LONG and surface[0][0].isupper():
            known[surface[0]][surface] = name.label
        if name.label == "PERSON" and len(surface) > 1:
            for word in (surface[0], surface[-1]):
                if len(word) >= _LONG and word[0].isupper():
                    known[word].setdefault((word,), "PERSON")
    taken = {i for name in names for i in range(name.start, name.end)}
    found: list[Name] = []
    i = 0
    while i < len(seen.words):
        match = _longest(seen, known.get(seen.words[i]), i)
        if match and taken.isdisjoint(range(i, i + len(match[0]))):
            found.append(Name(i, i + len(match[0]), match[1], "entity.repeat"))
            i += len(match[0])
        else:
            i += 1
    return found


def _longest(
    seen: View, surfaces: dict[tuple[str, ...], str] | None, i: int
) -> tuple[tuple[str, ...], str] | None:
    """The longest of the surfaces that stands at a token as a name of its own."""
    for surface in sorted(surfaces or (), key=len, reverse=True):
        end = i + len(surface)
        if tuple(seen.words[i:end]) == surface and _alone(seen, surface, i, end):
            return surface, (surfaces or {})[surface]
    return None


def _alone(seen: View, surface: tuple[str, ...], start: int, end: int) -> bool:
    """No capitalised neighbour makes it part of another name; a lone word must not be an ordinary one."""
    if len(surface) > 1:
        return True
    lower = seen.lower[start]
    if lower in seen.small or lower in load().common:
        return False
    before = (
        start > 0
        and seen.capital[start - 1]
        and not seen.opens[start - 1]
        and seen.words[start - 1].isalpha()
    )
    after = end < len(seen.words) and seen.capital[end]
    return not (before or after) or seen.shouted[start]
