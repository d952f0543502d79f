"""The coverage of a gold file: the kinds and fields that it annotates; only these are scored.

By default a file covers all kinds with their basic fields, and each further field that any of its entries
has. `covers` restricts the kinds and adds further fields (`growth.speaker`); `omits` removes fields or kinds.
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
    """The non-basic fields of a kind: a file covers one only if an entry has it or `covers` names it."""
    return tuple(name for name in annotated(kind) if name not in _BASIC)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fields that a file covers, by kind of fact: `{"money": {"amount", ...}}`."""

    fields: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, facts: Iterable[Fact], *, covers: Any = (), omits: Any = ()) -> Self:
        """The coverage of one article's gold.

        Args:
            facts: Its gold facts.
            covers: Kinds, and further fields as `kind.key`. Without a kind, all kinds are covered.
            omits: Kinds, and fields as `kind.key`, that are not covered.

        Raises:
            GoldError: a name is neither a kind nor a key of a kind, or a fact has a kind that is not covered.
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
        """The kinds and fields that both cover."""
        kinds = [kind for kind in self.fields if kind in other.fields]
        return Coverage({kind: self.fields[kind] & other.fields[kind] for kind in kinds})

    def masked(self, fact: Fact) -> Fact:
        """A copy without the fields that are not covered. Applied to both sides, so these never differ."""
        hidden = [name for name in annotated(fact.kind) if name not in self.fields[fact.kind]]
        if fact.kind == "entity" and {"name", "label"} & set(hidden):
            hidden.append("entity_id")
        if fact.kind == "growth":  # `named` would restore the field from the name beside the id
            hidden += [f"{name}_name" for name in NAMED if name in hidden and hasattr(fact, f"{name}_name")]
        nothing: dict[str, Any] = {name: absent(fact.kind, name) for name in hidden}
        return replace(fact, **nothing) if hidden else fact


def _names(option: str, listed: Any) -> set[tuple[str, str]]:
    """The names in a list as pairs of kind and field; the field is empty for a whole kind.

    Raises:
        GoldError: it is not a list of names, or one of the names is unknown.
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
