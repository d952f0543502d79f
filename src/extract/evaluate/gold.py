"""The loader of the gold: from `gold/<stem>.toml` to facts, or every reason to refuse them.

The format is told in `docs/gold.md`. Gold facts are the same records that the program makes, with the rule
`gold`, so that both sides of a comparison have one shape.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extract.articles import Article
from extract.errors import GoldError
from extract.records import KINDS, Fact, Source

_PARTS = ("metric", "period", "baseline")
_DERIVED = {"source", "entity_id", "metric_start", "metric_end", "period_value", "baseline_value"}
_DERIVED |= {"percent_change", "subject", "speaker"}
_REQUIRED = {"currency", "unit", "metric"}  # the records may lack them, the gold may not
_OPTIONAL = {"name"}
_RENAMED = {"timex_type": "type"}
_PAIRS = [("change_value", "change_unit"), ("from_value", "from_unit"), ("to_value", "to_unit")]
_PAIRS += [("date_start", "date_end")]
_RANGES = [("amount", "amount_max"), ("change_value", "change_max"), ("date_start", "date_end")]

_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")
_FORMS = {
    "currency": (re.compile(r"[A-Z]{3}"), "an ISO 4217 code of three capitals"),
    "country": (re.compile(r"[A-Z]{2}"), "an ISO 3166-1 code of two capitals"),
    "value": (
        re.compile(
            r"(?:PRESENT|PAST|FUTURE)_REF|P(?=[\dXT])(?:[\dX.]+[A-Z]{1,2})*(?:T(?:[\dX.]+[HMS])+)?"
            r"|(?:BC)?[\dX]{2,4}(?:-[\dXA-Z]{1,3})*(?:T[\dXA-Z:.+-]+)?|T[\dXA-Z:.+-]+"
        ),
        "a TIMEX3 value",
    ),
    "mod": (
        re.compile(
            "BEFORE|AFTER|ON_OR_BEFORE|ON_OR_AFTER|LESS_THAN|MORE_THAN|EQUAL_OR_LESS|EQUAL_OR_MORE"
            "|START|MID|END|APPROX"
        ),
        "a TIMEX3 mod",
    ),
}


def load_gold(folder: Path, articles: Iterable[Article]) -> list[Fact]:
    """The gold facts of the articles, by article and then as written.

    Args:
        folder: Holds one TOML file an article, named after the stem of the article's id.
        articles: All articles of the corpus. Spans are looked up in their texts.

    Returns:
        Records whose rule is `gold`; offsets count code points of the article's text.

    Raises:
        GoldError: Something cannot be trusted. The message has a line for each problem: file, entry, reason.
    """
    facts, problems = read_gold(folder, articles)
    if problems:
        raise GoldError("\n".join(problems))
    return facts


def check(folder: Path, articles: Iterable[Article]) -> list[str]:
    """Every reason to refuse the gold of `folder`, one line each: file, entry, reason. None: all is well."""
    return read_gold(folder, articles)[1]


def read_gold(folder: Path, articles: Iterable[Article]) -> tuple[list[Fact], list[str]]:
    """The gold facts that can be read, and the problems of the others."""
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    facts: list[Fact] = []
    problems: list[str] = []
    seen: set[str] = set()
    for article in articles:
        stem = PurePath(article.id).stem
        if stem in seen:
            problems.append(f"{folder / stem}.toml: two articles have this stem, the second is {article.id}")
        elif stem not in paths:
            problems.append(f"{folder / stem}.toml: is missing, the article {article.id} has no gold")
        else:
            of_file, of_file_problems = _read_file(paths[stem], article)
            facts += of_file
            problems += [f"{paths[stem]}: {problem}" for problem in of_file_problems]
        seen.add(stem)
    problems += [f"{paths[stem]}: there is no article of this stem" for stem in paths.keys() - seen]
    return facts, sorted(problems)


def _read_file(path: Path, article: Article) -> tuple[list[Fact], list[str]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [f"is not valid TOML: {error}"]
    facts: list[Fact] = []
    problems = [f"unknown kind {kind!r}" for kind in tables.keys() - KINDS.keys()]
    for kind in KINDS.keys() & tables.keys():
        if not isinstance(tables[kind], list) or not all(isinstance(entry, dict) for entry in tables[kind]):
            problems.append(f"{kind} is no list of tables; write [[{kind}]]")
            continue
        for number, entry in enumerate(tables[kind], 1):
            try:
                facts += _facts_of(entry, KINDS[kind], article)
            except GoldError as error:
                problems.append(f"{kind} {number} ({_quoted(entry.get('text', ''))}): {error}")
    return facts, problems + list(_clashes(facts))


def _facts_of(entry: Mapping[str, Any], kind: type[Fact], article: Article) -> Iterator[Fact]:
    """One fact for each occurrence that an entry names."""
    values = _values(entry, kind)
    for part in _PARTS:
        if part in values:
            start, end = _spans(entry, part, article.text)[0]
            if part == "metric":
                values |= {"metric_start": start, "metric_end": end}
    text = entry["text"]
    if kind.kind == "entity":
        values.setdefault("name", text)
        if _folded(values["name"]) not in _folded(article.text):
            raise GoldError(f"the name {_quoted(values['name'])} is not in the article")
        values["entity_id"] = f"{values['label']}:{_folded(values['name'])}"
    return (
        kind(source=_source(article, start, end), **values)
        for start, end in _spans(entry, "text", article.text)
    )


def _values(entry: Mapping[str, Any], kind: type[Fact]) -> dict[str, Any]:
    """The fields of an entry as the record holds them."""
    declared = _declared(kind.kind)
    spans = {"text", "nth"} | {f"{part}_nth" for part in _PARTS if part in declared}
    if unknown := sorted(entry.keys() - declared.keys() - spans):
        raise GoldError(f"unknown keys: {', '.join(unknown)}")
    missing = [key for key, field in declared.items() if field.required and key not in entry]
    if missing := [key for key in ("text", *missing) if key not in entry]:
        raise GoldError(f"lacks {', '.join(missing)}")
    values = {field.name: field.parse(entry[key]) for key, field in declared.items() if key in entry}
    for one, other in _PAIRS:
        if (one in values) != (other in values):
            raise GoldError(f"{one} and {other} go together")
    for low, high in _RANGES:
        if high in values and (low not in values or values[low] > values[high]):
            raise GoldError(f"{high} is the upper end of a range and wants a smaller {low}")
    if "status" in declared and not {"change_value", "from_value", "to_value"} & values.keys():
        raise GoldError("states neither a change nor a level")
    return values


@dataclass(frozen=True, slots=True)
class _Field:
    """One key of an entry: the record's field, whether it must be there, how its value is read."""

    name: str
    required: bool
    parse: Callable[[Any], Any]


@cache
def _declared(kind: str) -> dict[str, _Field]:
    """The keys that an entry of a kind may have, derived from the record."""
    hints = get_type_hints(KINDS[kind])
    declared = {}
    for field in fields(KINDS[kind]):
        if field.name not in _DERIVED:
            key = _RENAMED.get(field.name, field.name)
            required = field.name in _REQUIRED or (field.default is MISSING and field.name not in _OPTIONAL)
            declared[key] = _Field(field.name, required, _parser(key, hints[field.name]))
    return declared


def _parser(key: str, hint: Any) -> Callable[[Any], Any]:
    """How the value of a key is read, by the type that the record declares for it."""
    choices = [arg for arg in (*get_args(hint), hint) if get_origin(arg) is Literal]
    types = (*get_args(hint), hint)

    def parse(value: Any) -> Any:
        if choices:
            return _one_of(key, value, get_args(choices[0]))
        if Decimal in types:
            return _amount(key, value)
        return _day(key, value) if date in types else _string(key, value)

    return parse


def _one_of(key: str, value: Any, choices: tuple[str, ...]) -> Any:
    if value not in choices:
        raise GoldError(f"{key} is {value!r}, not one of {' '.join(choices)}")
    return value


def _amount(key: str, value: Any) -> Decimal:
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return Decimal(value)
    raise GoldError(f"{key} is {value!r}, not a number or a quoted decimal")


def _day(key: str, value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise GoldError(f"{key} is {value!r}, not an ISO date") from None


def _string(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or value != value.strip():
        raise GoldError(f"{key} is {value!r}, not a text without spaces around it")
    if key in _FORMS and not _FORMS[key][0].fullmatch(value):
        raise GoldError(f"{key} is {value!r}, not {_FORMS[key][1]}")
    return value


def _spans(entry: Mapping[str, Any], key: str, text: str) -> list[tuple[int, int]]:
    """The offsets of the occurrences of `entry[key]` that its `nth` names."""
    nth_key = "nth" if key == "text" else f"{key}_nth"
    nth = entry.get(nth_key, 1)
    wanted = nth if isinstance(nth, list) else [nth]
    if not wanted or any(type(n) is not int or n < 1 for n in wanted) or (key != "text" and len(wanted) > 1):
        raise GoldError(
            f"{nth_key} is {nth!r}, not a number from 1" + (" or a list" if key == "text" else "")
        )
    quote = _string(key, entry[key])
    places = list(occurrences(quote, text))
    if max(wanted) > len(places):
        what = "the text" if key == "text" else f"the {key} {_quoted(quote)}"
        hint = "; it does as a part of a word" if not places and quote in text else ""
        raise GoldError(f"{what} occurs {len(places)} times as whole words, not {max(wanted)}{hint}")
    return [places[n - 1] for n in wanted]


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `quote` stands in `text` as whole words: offsets of its first code point and past its last."""
    before = after = ""
    if quote[0].isdigit():
        before = r"(?<!\w)(?<!\d[.,])"
    elif _is_word(quote[0]):
        before = r"(?<!\w)"
    if quote[-1].isdigit():
        after = r"(?!\w)(?![.,]\d)"
    elif _is_word(quote[-1]):
        after = r"(?!\w)"
    return (match.span() for match in re.finditer(before + re.escape(quote) + after, text))


def _is_word(char: str) -> bool:
    """Letters, digits and underscores; currency signs too, as the letters of `US$` belong to them."""
    return char == "_" or char.isalnum() or unicodedata.category(char) == "Sc"


def _clashes(facts: Iterable[Fact]) -> Iterator[str]:
    """Facts of one kind that stand on the same span or overlap: an entry too much, or a wrong `nth`."""
    last: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda f: (f.start, f.end)):
        other = last.get(fact.kind)
        if other and fact.start < other.end:
            how = (
                "twice"
                if (fact.start, fact.end) == (other.start, other.end)
                else f"overlaps {_quoted(other.text)}"
            )
            yield f"{fact.kind} ({_quoted(fact.text)}) at {fact.start}: {how}"
        if not other or fact.end > other.end:
            last[fact.kind] = fact


def _source(article: Article, start: int, end: int) -> Source:
    text = article.text[start:end]
    return Source(
        doc_id=article.id,
        text=text,
        start=start,
        end=end,
        sentence_start=start,
        sentence_end=end,
        rule="gold",
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _quoted(text: object) -> str:
    return '"' + " ".join(str(text).split()) + '"'


def _main(arguments: list[str]) -> int:
    """Check gold against a corpus: `python -m extract.evaluate.gold gold corpus [STEM ...]`."""
    import sys
    from collections import Counter

    gold, corpus, *stems = arguments
    articles = []
    for path in sorted(Path(corpus).glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        header = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
        articles.append(Article(id=path.name, text=text[header.end() :] if header else text))
    facts, problems = read_gold(Path(gold), articles)
    problems = [p for p in problems if not stems or any(f"/{stem}.toml" in p for stem in stems)]
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(f.kind for f in facts).items()))
    sys.stdout.write("\n".join(problems or [f"ok: {len(articles)} articles, {counts}"]) + "\n")
    return bool(problems)


if __name__ == "__main__":
    raise SystemExit(_main(__import__("sys").argv[1:]))
