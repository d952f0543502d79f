"""What a gold file is about: the kinds and fields that it states, so that nothing else is counted.

By default a file covers all kinds with their basic fields, and each further field that one of its entries
has. `covers` names the kinds, and further fields (`growth.speaker`), that it covers; `omits` names the fields
that it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from extract.errors import GoldError
from extract.evaluate.keys import NAMED, absent, annotated, keys, states
from extract.evaluate.texts import nearest
from extract.records import KINDS, Fact

_BASIC = {"label", "name", "country", "timex_type", "value", "mod", "date_start", "date_end"}
_BASIC |= {"amount", "amount_max", "currency", "unit", "modifier", "per"}
_BASIC |= {"metric", "direction", "change_value", "change_max", "change_unit", "status"}
_BASIC |= {"from_value", "from_unit", "to_value", "to_unit", "period", "baseline"}


def further(kind: str) -> tuple[str, ...]:
    """The fields of a kind that a file covers only when it states one, or says that it covers it."""
    return tuple(name for name in annotated(kind) if name not in _BASIC)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The kinds of fact that a file covers, and of each the fields: `{"money": {"amount", ...}}`."""

    fields: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, facts: Iterable[Fact], *, covers: Any = (), omits: Any = ()) -> Self:
        """The coverage of one article's gold.

        Args:
            facts: Its gold facts.
            covers: Kinds, and further fields as `kind.key`. No kind: all kinds.
            omits: Fields as `kind.key`, or kinds, that are left out.

        Raises:
            GoldError: A name is no kind and no field of one.
        """
        wanted, omitted = _names("covers", covers), _names("omits", omits)
        kinds = [kind for kind, name in wanted if not name] or list(KINDS)
        for kind, _ in wanted:
            if kind not in kinds:
                raise GoldError(f"covers has a field of {kind}, but not {kind}; add it")
        wanted |= {(kind, name) for kind in kinds for name in annotated(kind) if name not in further(kind)}
        for fact in facts:
            if fact.kind not in kinds:
                raise GoldError(f"has entries of {fact.kind}, which `covers` does not name; add it there")
            wanted |= {(fact.kind, name) for name in further(fact.kind) if states(fact, name)}
        return cls(
            {
                kind: frozenset(name for of, name in wanted - omitted if of == kind and name)
                for kind in kinds
                if (kind, "") not in omitted
            }
        )

    def __and__(self, other: Coverage) -> Coverage:
        """What both cover."""
        kinds = [kind for kind in self.fields if kind in other.fields]
        return Coverage({kind: self.fields[kind] & other.fields[kind] for kind in kinds})

    def masked(self, fact: Fact) -> Fact:
        """The fact without the fields that are not covered; done to both sides, these cannot differ there."""
        hidden = [name for name in annotated(fact.kind) if name not in self.fields[fact.kind]]
        if fact.kind == "entity" and {"name", "label"} & set(hidden):
            hidden.append("entity_id")
        if fact.kind == "growth":  # the name beside an id would bring the field back
            hidden += [f"{name}_name" for name in NAMED if name in hidden and hasattr(fact, f"{name}_name")]
        nothing: dict[str, Any] = {name: absent(fact.kind, name) for name in hidden}
        return replace(fact, **nothing) if hidden else fact


def _names(option: str, listed: Any) -> set[tuple[str, str]]:
    """Kinds and fields as pairs; the field of a kind as a whole is empty.

    Raises:
        GoldError: No list, or one of its names is unknown.
    """
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise GoldError(f'{option} is {listed!r}, not a list such as ["money", "growth.speaker"]')
    names = set()
    for name in listed:
        kind, _, key = name.partition(".")
        if kind not in KINDS:
            raise GoldError(f"{option} has {name!r}, which is not a kind{nearest(kind, KINDS)}")
        if key and key not in keys(kind):
            raise GoldError(f"{option} has {name!r}, which is not a key of {kind}{nearest(key, keys(kind))}")
        names.add((kind, keys(kind)[key].field if key else ""))
    return names
