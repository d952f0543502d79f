"""From the scores of all pairs of words to a tree: each word's best head, repaired if that is not a tree."""

from __future__ import annotations

from typing import cast

import numpy
from numpy.typing import NDArray


def tree(scores: NDArray[numpy.float32]) -> NDArray[numpy.intp]:
    """The heads of a sentence's words; the one root is its own head.

    Args:
        scores: `scores[i, j]` is for word `j` as head of word `i`; `scores[i, i]` for `i` as root.
    """
    heads = scores.argmax(axis=1)
    rows = numpy.arange(len(scores))
    roots = numpy.flatnonzero(heads == rows)
    if len(roots) != 1:
        own = scores[rows, rows]
        others = scores.copy()
        others[rows, rows] = -numpy.inf
        among = roots if len(roots) else rows
        root = among[(own[among] - others[among].max(axis=1, initial=-numpy.inf)).argmax()]
        heads = others.argmax(axis=1)
        heads[root] = root
    return _without_cycles(scores, heads)


def _without_cycles(scores: NDArray[numpy.float32], heads: NDArray[numpy.intp]) -> NDArray[numpy.intp]:
    """Break each cycle at the word that gets another head with the least loss of score."""
    for _ in range(len(heads)):
        cycle = _cycle(heads.tolist())
        if not cycle:
            break
        losses = []
        for word in cycle:
            under = _under(heads, word)
            allowed = numpy.where(under, -numpy.inf, scores[word])
            head = int(allowed.argmax())
            losses.append((float(scores[word, heads[word]] - allowed[head]), word, head))
        _, word, head = min(losses)
        heads[word] = head
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The words of a cycle, if there is one."""
    done = [0] * len(heads)
    for first in range(len(heads)):
        word = first
        while not done[word] and heads[word] != word:
            done[word] = first + 1
            word = heads[word]
        if done[word] == first + 1 and heads[word] != word:
            cycle = [word]
            while heads[cycle[-1]] != word:
                cycle.append(heads[cycle[-1]])
            return cycle
        done[word] = done[word] or first + 1
    return []


def _under(heads: NDArray[numpy.intp], word: int) -> NDArray[numpy.bool_]:
    """The words under `word`, and itself."""
    under = numpy.zeros(len(heads), dtype=bool)
    under[word] = True
    for _ in range(len(heads)):
        more = under | under[heads]
        if (more == under).all():
            break
        under = more
    return cast("NDArray[numpy.bool_]", under)
