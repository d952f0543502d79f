"""What a file of a user's rules may hold: its sections, their keys, and what each value must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, get_args

from extract.lexicons.own.positions import Path
from extract.records import EntityLabel

Value = Callable[[Any], str | None]  # what is wrong with a value, None where nothing is
Wrong = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table may hold.

    Attributes:
        keys: Its known keys.
        others: What the user's own keys have, such as the code of a currency; None where there are none.
        needs: The keys that must be there.
        named: What the user's own keys are, as a pattern and in words.
    """

    keys: Mapping[str, Value | Table] = field(default_factory=dict)
    others: Value | Table | None = None
    needs: tuple[str, ...] = ()
    named: tuple[str, str] | None = None


_LONGEST = 4_000  # characters of a string: an example, a pattern


def text(value: Any) -> str | None:
    """One string."""
    if not isinstance(value, str) or not value.strip():
        return "must be a string that is not empty"
    return f"is longer than {_LONGEST:,} characters" if len(value) > _LONGEST else None


def texts(value: Any) -> str | None:
    """A list of strings, or one string with a word or name in each line."""
    if isinstance(value, str) and value.strip():
        return None
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        longest = max(map(len, value), default=0)
        return f"has a string of more than {_LONGEST:,} characters" if longest > _LONGEST else None
    return "must be a list of strings, none of them empty"


def month(value: Any) -> str | None:
    """A month."""
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 12
    return None if fine else "must be a month, a number from 1 to 12"


def day(value: Any) -> str | None:
    """A day of a month."""
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 31
    return None if fine else "must be a day, a number from 1 to 31"


def count(value: Any) -> str | None:
    """How many make one."""
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 < value <= 10**9
    return None if fine else "must be a whole number above 1"


def flag(value: Any) -> str | None:
    """Yes or no."""
    return None if isinstance(value, bool) else "must be true or false"


def matching(pattern: str, words: str) -> Value:
    """A string of a form."""
    known = re.compile(pattern)
    return lambda value: None if isinstance(value, str) and known.fullmatch(value) else f"must be {words}"


def one_of(*known: str) -> Value:
    """One of some words."""

    def check(value: Any) -> str | None:
        if value in known:
            return None
        near = get_close_matches(value, known, 1) if isinstance(value, str) else []
        return f"must be one of {', '.join(known)}; {meant(near)}".rstrip("; ")

    return check


COUNTRY = matching("[A-Z]{2}", "the two capital letters of a country (ISO 3166), such as KE")
CURRENCY = matching("[A-Z]{3,5}", "the code of a currency in capital letters, such as KES")
REMOVE: Mapping[str, Value] = {"remove": texts}
EXAMPLES: Mapping[str, Value] = {"examples": texts, "counterexamples": texts}
CHANGES = Table({"increase": texts, "decrease": texts, **EXAMPLES, **REMOVE})
NAMES = Table({"names": texts, "also": Table(others=texts), **REMOVE})
_RULE = ("[a-z][a-z0-9_]*", "small letters, digits and _, such as printed_at")
_PATTERN = {"match": text, **EXAMPLES}
_SORTS = one_of("money", "rate", "count", "index", "price")


def patterns(*needs: str, **keys: Value) -> Table:
    """The patterns of a kind of fact: a user's own, which need examples, and what is switched off."""
    own = Table({**_PATTERN, **keys}, needs=("match", *needs, "examples"))
    return Table(REMOVE, others=own, named=_RULE)


SCHEMA = Table(
    {
        "include": texts,
        "defaults": Table(
            {
                "country": COUNTRY,
                "currency": CURRENCY,
                "fiscal_start": month,
                "date_order": one_of("dmy", "mdy"),
            }
        ),
        "verbs": CHANGES,
        "nouns": CHANGES,
        "currencies": Table(
            REMOVE,
            others=Table(
                {"names": texts, "signs": texts, "minor": texts, "minor_per_unit": count, **EXAMPLES}
            ),
            named=("[A-Z]{3,5}", "three to five capital letters, such as KES"),
        ),
        "units": Table(REMOVE, others=Table({"names": texts, "symbols": texts, **EXAMPLES})),
        "organisations": NAMES,
        "people": NAMES,
        "products": NAMES,
        "places": Table({"names": texts, "countries": Table(others=COUNTRY), **REMOVE}),
        "titles": Table({"words": texts, **REMOVE}),
        "stop_words": Table({"words": texts, **REMOVE}),
        "metrics": Table(
            REMOVE,
            others=Table(
                {
                    "label": text, "sort": _SORTS, "names": texts, "alone": texts, "narrowed": texts,
                    "things": texts, "world_bank": text, "imf_weo": text, "imf_ifs": text, "xbrl": text,
                    **EXAMPLES,
                }
            ),
            named=_RULE,
        ),
        "holidays": Table(
            REMOVE, others=Table({"month": month, "day": day, "country": COUNTRY, "name": text})
        ),
        "fiscal_years": Table({"countries": Table(others=month), "companies": Table(others=month)}),
        "patterns": Table(
            {
                "growth": patterns(
                    metric=text, accepts=text, direction=text, appositive=flag, factor=flag
                ),
                "date": patterns(
                    "reads_as", reads_as=text, starts=texts, before=text, not_before=text, near=text
                ),
                "money": patterns("currency", currency=CURRENCY),
                "quantity": patterns("unit", unit=text),
                "entity": patterns("label", label=one_of(*get_args(EntityLabel))),
            }
        ),
    }
)  # fmt: skip


def wrong(tables: Any, known: Value | Table = SCHEMA, path: Path = ()) -> Iterator[Wrong]:
    """What is wrong with the tables of a file: the path of each, and why with the remedy."""
    if not isinstance(known, Table):
        why = known(tables)
        if why:
            yield path, f"{path[-1]} {why}"
        return
    if not isinstance(tables, dict):
        yield path, f"{path[-1]} must be a table, [{'.'.join(map(str, path))}]"
        return
    for name in known.needs:
        if name not in tables:
            yield path, _lacking(name, path)
    for key, value in tables.items():
        of_key = known.keys.get(key, known.others)
        at = (*path, key)
        if of_key is None or (key not in known.keys and not _named(key, known)):
            yield at, unknown(key, known, path)
        else:
            yield from wrong(value, of_key, at)


def _named(key: str, known: Table) -> bool:
    return known.named is None or bool(re.fullmatch(known.named[0], key))


def _lacking(name: str, path: Path) -> str:
    if name == "examples":
        return (
            f"{path[-1]} has no examples; add sentences in which it finds something, with that in brackets, "
            'such as examples = ["The index printed at [52.3]."]'
        )
    return f"{path[-1]} has no {name}; add it"


def unknown(key: str, known: Table, path: Path) -> str:
    """What is said of a key that a table cannot have, with the nearest that it can."""
    where = f"[{'.'.join(map(str, path))}]" if path else "a file of rules"
    near = get_close_matches(key, known.keys, 1, 0.6)
    own = f"; names of your own are {known.named[1]}" if known.named else ""
    keys = f"it has {', '.join(known.keys)}" if known.keys else ""
    return f"{where} has no {key!r}; {meant(near)}{keys}{own}"


def meant(near: list[str]) -> str:
    """The nearest known word, as a question."""
    return f"do you mean {near[0]!r}? " if near else ""
