from __future__ import annotations

import numpy

from extract.rules.layers import KnownRows, Numbers


def test_rows_of_words_are_computed_once_and_so_many_are_kept() -> None:
    known, computed = KnownRows[int](2, 100), list[int]()

    def compute(words: list[int]) -> Numbers:
        computed.extend(words)
        return numpy.array([[word, -word] for word in words], dtype="float32")

    def rows(*words: int) -> list[list[float]]:
        return known.of(list(words), compute).tolist()  # type: ignore[no-any-return]

    assert rows(3, 4, 3) == [[3, -3], [4, -4], [3, -3]]
    assert rows(4, 5) == [[4, -4], [5, -5]]
    assert computed == [3, 4, 5]
    assert rows(*range(99)) == [[word, -word] for word in range(99)]
    assert rows(200, 5, 6, 201) == [[200, -200], [5, -5], [6, -6], [201, -201]]  # all are computed anew
    assert len(known) == 4
    many = rows(*range(1000), 7)  # those of one long text are not kept
    assert (len(many), many[-1], len(known)) == (1001, [7, -7], 0)
    assert rows(5) == [[5, -5]]
