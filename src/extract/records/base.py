"""What all kinds of facts share: their source, their columns, and how a field comes by its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from extract import notebook
from extract.records.values import Value

# How a field that is not read from the words of the fact itself comes by its value; see `with_origin`.
_ORIGIN = "origin"
DERIVED: Mapping[str, str] = MappingProxyType({_ORIGIN: "derived"})  # from other facts, tables or options
INFERRED: Mapping[str, str] = MappingProxyType({_ORIGIN: "inferred"})  # from other fields; gold may state it

QUOTED = 2_000  # code points of a sentence that a record quotes: more is a list or a table without full stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The position of a fact and the rule that found it. Offsets count code points of the article's text.

    Attributes:
        doc_id: The article: its file's path as given, or the id in its source.
        text: The text of the span.
        start: First code point of the span.
        end: One past its last code point.
        sentence: The text of its sentence; of a sentence longer than 2,000 code points, the part around the
            span.
        sentence_start: First code point of its sentence.
        sentence_end: One past the last code point of its sentence.
        rule: The named pattern or model that found the fact.
    """

    doc_id: str
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    sentence_end: int
    rule: str

    @classmethod
    def of(
        cls, text: str, span: tuple[int, int], sentence: tuple[int, int], *, doc_id: str, rule: str
    ) -> Source:
        """The source of a fact, with the letters of its span and sentence.

        Args:
            text: The article's text.
            span: The fact's start and end, as offsets into the text.
            sentence: Those of the sentence around it.
            doc_id: The article's id.
            rule: The name of what found the fact.
        """
        start, end = span
        first = _quoted_from(span, sentence)
        return cls(
            doc_id=doc_id,
            text=text[start:end],
            start=start,
            end=end,
            sentence=text[first : min(sentence[1], first + QUOTED)],
            sentence_start=sentence[0],
            sentence_end=sentence[1],
            rule=rule,
        )

    @property
    def quoted_start(self) -> int:
        """First code point of `sentence`: that of the whole sentence, or of the part around the span."""
        return _quoted_from((self.start, self.end), (self.sentence_start, self.sentence_end))


def _quoted_from(span: tuple[int, int], sentence: tuple[int, int]) -> int:
    """Where the quotation of a sentence around a span begins: of a long one, with the span in its middle."""
    first, last = sentence
    return first if last - first <= QUOTED else max(first, min((sum(span) - QUOTED) // 2, last - QUOTED))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact:
    """What all kinds of facts share.

    Attributes:
        fact_id: Stable, unique within the article: kind and span, such as `money:1034-1048`.
        kind: Which of the five kinds of fact it is.
        confidence: How far to trust it, from 0 to 1: how often records with the same evidence were right on
            our gold (docs/confidence.md). Null if the gold says nothing about it: found by a rule of your
            own, or a name found by another model.
    """

    kind: ClassVar[str]
    source: Source
    confidence: float | None = field(default=None, metadata=DERIVED)

    @property
    def doc_id(self) -> str:
        """The article's id."""
        return self.source.doc_id

    @property
    def fact_id(self) -> str:
        """Stable and unique in the article: kind and span, such as `money:1034-1048`."""
        return f"{self.kind}:{self.source.start}-{self.source.end}"

    @property
    def text(self) -> str:
        """The span's text."""
        return self.source.text

    @property
    def start(self) -> int:
        """First code point of the span in the article's text."""
        return self.source.start

    @property
    def end(self) -> int:
        """One past the last code point of the span."""
        return self.source.end

    @property
    def sentence(self) -> str:
        """The text of the sentence around it."""
        return self.source.sentence

    @property
    def rule(self) -> str:
        """The named pattern that found the fact."""
        return self.source.rule

    def __repr__(self) -> str:
        return notebook.line(type(self).__name__, row(self))

    def _repr_html_(self) -> str:
        return notebook.table(row(self))


_PLACE = ("text", "start", "end", "sentence", "sentence_start", "sentence_end", "rule")
_COMMON = ("doc_id", "fact_id", "kind", *_PLACE)
_place_of = attrgetter(*_PLACE)


def columns(kind: type[Fact]) -> tuple[str, ...]:
    """Names of the columns of one kind of fact, in order: the common ones, then its own fields."""
    return _COMMON + tuple(field.name for field in fields(kind) if field.name != "source")


def row(fact: Fact) -> dict[str, Value]:
    """The flat record of a fact: one value per column of its kind, None where absent."""
    source = fact.source
    names, own_of = _of_kind(type(fact))  # type: ignore[arg-type]  # a class has a hash, whatever its objects have
    values = (source.doc_id, fact.fact_id, fact.kind, *_place_of(source), *own_of(fact))
    return dict(zip(names, values, strict=True))


@cache
def _of_kind(kind: type[Fact]) -> tuple[tuple[str, ...], Callable[[Fact], tuple[Value, ...]]]:
    """The columns of a kind, and what takes the values of its own fields."""
    names = columns(kind)
    return names, attrgetter(*names[len(_COMMON) :])


def with_origin(kind: type[Fact], origin: Mapping[str, str]) -> frozenset[str]:
    """The fields of a kind that are marked as `DERIVED`, or as `INFERRED`.

    Derived ones follow from other facts of the article, from tables or from options: nobody who annotates an
    article states them. Inferred ones follow from what the fact states, and gold may state them too.
    """
    return frozenset(f.name for f in fields(kind) if f.metadata.get(_ORIGIN) == origin[_ORIGIN])


_Record = TypeVar("_Record", bound=Fact)


def changed(fact: _Record, **values: Any) -> _Record:
    """The same record with other values of some fields: as `dataclasses.replace`, in half the time."""
    names, get = _all_fields(type(fact))  # type: ignore[arg-type]  # as in `row`
    return type(fact)(**(dict(zip(names, get(fact), strict=True)) | values))


@cache
def _all_fields(kind: type[Fact]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of the fields of a kind of record, and what gives their values."""
    names = tuple(one.name for one in fields(kind))
    return names, attrgetter(*names)
