"""A list of facts with a display for notebooks, and facts as dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, SupportsIndex, overload

from extract.articles import Article
from extract.errors import OptionError
from extract.records import KINDS, Fact, Value, row

_SHOWN = 20


class Facts(list[Fact]):
    """A list of facts. Notebooks show it as a page, an interpreter shows one fact per line.

    Attributes:
        article: The article of the facts, to show them in its text. None: unknown, or several articles; the
            facts are then shown in their sentences.
    """

    article: Article | None = None

    def __init__(self, facts: Iterable[Fact] = (), *, article: Article | None = None) -> None:
        """Take the facts and, if known, their article."""
        super().__init__(facts)
        self.article = article

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Fact: ...
    @overload
    def __getitem__(self, index: slice[Any, Any, Any], /) -> Facts: ...

    def __getitem__(self, index: SupportsIndex | slice[Any, Any, Any], /) -> Fact | Facts:
        if isinstance(index, slice):
            return Facts(super().__getitem__(index), article=self.article)
        return super().__getitem__(index)

    def __repr__(self) -> str:
        shown = [repr(fact) for fact in self[:_SHOWN]]
        more = [f"... and {len(self) - _SHOWN:,} more"] if len(self) > _SHOWN else []
        return "[" + ",\n ".join(shown + more) + "]"

    def _repr_html_(self) -> str:
        from extract.view.frame import framed

        return framed(self, self.article)


def to_dicts(facts: Iterable[Fact], kind: str | None = None) -> list[dict[str, Value]]:
    """The flat records of facts, as in the output of every writer, with None for absent values.

    Args:
        facts: The facts, of one or many articles.
        kind: Only the facts of this kind.

    Raises:
        OptionError: the kind is unknown.
    """
    if kind is not None and kind not in KINDS:
        raise OptionError(f"unknown kind {kind!r}; choose one of {', '.join(KINDS)}")
    return [row(fact) for fact in facts if kind in (None, fact.kind)]
