"""How sure the shipped model is of its names: the probability of each name's label where it begins."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

_KEY = "extract_certainty"  # in the user data of a document

Chance = tuple[int, str, float]  # the token that a name begins at, its label, the label's probability there


def keep(doc: Doc, chances: Iterable[Chance]) -> None:
    """Keep the probabilities of the names of a document."""
    doc.user_data[_KEY] = [list(chance) for chance in chances]


def chances(doc: Doc) -> list[Chance]:
    """What was kept of a document; nothing where the shipped model did not run."""
    return [(start, label, chance) for start, label, chance in doc.user_data.get(_KEY, ())]


def certainty(doc: Doc) -> dict[int, tuple[str, float]]:
    """The label that the model found, and its probability, by the offset that a name begins at."""
    return {doc[start].idx: (label, chance) for start, label, chance in chances(doc)}
