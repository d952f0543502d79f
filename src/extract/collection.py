"""Facts in a list: shown in notebooks, as dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, SupportsIndex, overload

from extract import notebook
from extract.errors import OptionError
from extract.records import KINDS, Fact, Value, row

_SHOWN = 20


class Facts(list[Fact]):
    """A list of facts that is shown as a table in notebooks, and with a fact a line elsewhere."""

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Fact: ...
    @overload
    def __getitem__(self, index: slice[Any, Any, Any], /) -> Facts: ...

    def __getitem__(self, index: SupportsIndex | slice[Any, Any, Any], /) -> Fact | Facts:
        return Facts(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def __repr__(self) -> str:
        shown = [repr(fact) for fact in self[:_SHOWN]]
        more = [f"... and {len(self) - _SHOWN:,} more"] if len(self) > _SHOWN else []
        return "[" + ",\n ".join(shown + more) + "]"

    def _repr_html_(self) -> str:
        return notebook.table(map(row, self))


def to_dicts(facts: Iterable[Fact], kind: str | None = None) -> list[dict[str, Value]]:
    """The flat records of facts, as every writer has them: exact decimals, dates, None where absent.

    Args:
        facts: Of one article or of many.
        kind: Only the facts of this kind.

    Raises:
        OptionError: there is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise OptionError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    return [row(fact) for fact in facts if kind in (None, fact.kind)]
