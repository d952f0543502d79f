"""Scores a ledger: its statements, contradictions and forecasts are compared with groups made by hand.

The gold is a folder with articles and a file `groups.toml`, which groups the claims into statements. A ledger
is scored as it is, and again with owner, metric, period and status of its claims corrected by hand (see
`corrected`), which separates the errors of the ledger from those of the extraction.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.texts import occurrences
from extract.ledger.building import build
from extract.ledger.store import claim_columns, connect, ident, opened, quoted

Claim = tuple[str, int, int]  # the stem of an article, and a span
Pair = frozenset[Any]

_BASELINES = {"year": "a year earlier", "previous": "earlier"}
# A growth rate extracted as a level in per cent becomes a change, as the key depends on which of them it is.
_GROWTH = """(to_unit = 'percent'
    AND (metric_id IN ('inflation_cpi', 'gdp_growth_rate') OR found.metric ILIKE '%growth%'))"""
_CORRECTED = f"""SELECT found.* EXCLUDE (mention_id) REPLACE (
    owner AS subject, NULL AS subject_country, NULL AS subject_name, hand.metric AS metric_id,
    hand.metric AS metric,
    NULL AS metric_qualifier, hand.status AS status, hand.start AS period_start, hand.last AS period_end,
    hand.baseline AS baseline, NULL::DATE AS baseline_start, NULL::DATE AS baseline_end,
    if({_GROWTH}, to_value, change_value) AS change_value,
    if({_GROWTH}, 'percent', change_unit) AS change_unit,
    if({_GROWTH}, 'increase', direction) AS direction, if({_GROWTH}, NULL, to_value) AS to_value,
    if({_GROWTH}, NULL, from_value) AS from_value)
FROM found JOIN hand USING (mention_id)"""
_MONTHS = {"H": 6, "Q": 3, "M": 1}


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of right results (hits), wrong results and missed ones."""

    hits: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """In per cent; None if nothing was found."""
        return 100 * self.hits / (self.hits + self.wrong) if self.hits + self.wrong else None

    @property
    def recall(self) -> float | None:
        """In per cent; None if the gold is empty."""
        return 100 * self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @classmethod
    def of(cls, found: set[Pair], right: set[Pair]) -> Counts:
        """Compare the found pairs with the right ones."""
        return cls(len(found & right), len(found - right), len(right - found))


@dataclass(frozen=True, slots=True)
class Gold:
    """The groups made by hand.

    Attributes:
        statements: The statements in `groups.toml`, by id.
        claims: The id of the statement of each claim.
        contradictions: For each pair of contradicting statements, whether the later one is a revision.
        forecasts: The ids of the outcomes of each forecast.
    """

    statements: Mapping[str, Mapping[str, Any]]
    claims: Mapping[Claim, str]
    contradictions: Mapping[Pair, bool]
    forecasts: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one ledger.

    Attributes:
        claims: Claims of the ledger compared with those of the gold.
        pairs: Pairs of claims of the same statement.
        contradictions: Pairs of contradicting statements.
        revisions: Revisions among the contradictions that are right.
        forecasts: Forecasts linked to an outcome.
        errors: Descriptions of the wrong (`+`) and missed (`-`) pairs of claims.
    """

    claims: Counts
    pairs: Counts
    contradictions: Counts
    revisions: Counts
    forecasts: Counts
    errors: tuple[str, ...]


def load_gold(path: Path, articles: Iterable[Article]) -> Gold:
    """Load the groups in `path`/groups.toml.

    Raises:
        GoldError: the file cannot be read, or a claim is not in its article.
    """
    file = path / "groups.toml"
    try:
        groups = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GoldError(f"{file}: cannot be read ({error}); name a folder of gold with --gold") from error
    texts = {Path(article.id).stem: article.text for article in articles}
    claims: dict[Claim, str] = {}
    for group in groups["statement"]:
        for claim in group["claims"]:
            spans = list(occurrences(claim["text"], texts.get(claim["article"], "")))
            if len(spans) < claim.get("nth", 1):
                raise GoldError(
                    f"{file}: {group['id']}: {claim['article']} has no {claim['text']!r}; correct the entry"
                )
            claims[claim["article"], *spans[claim.get("nth", 1) - 1]] = group["id"]
    return Gold(
        statements={group["id"]: group for group in groups["statement"]},
        claims=claims,
        contradictions={
            frozenset(g["statements"]): g.get("revision", False) for g in groups["contradiction"]
        },
        forecasts={g["forecast"]: frozenset(g["outcomes"]) for g in groups["forecast"]},
    )


def score(ledger: str, gold: Gold) -> Scores:
    """Score a ledger that was built from the articles of the gold."""
    with opened(ledger) as base:
        mentions = base.execute(
            'SELECT mention_id, doc_id, start, "end", statement_id FROM mentions ORDER BY ALL'
        ).fetchall()
        clashes = base.execute("SELECT first_id, second_id, is_revision FROM contradictions").fetchall()
        linked = base.execute(
            "SELECT forecast_id, outcome_id FROM forecasts WHERE outcome_id IS NOT NULL"
        ).fetchall()
    matched = match(gold, [(row[0], (Path(row[1]).stem, row[2], row[3])) for row in mentions])
    by_hand = {mention: gold.claims[claim] for mention, claim in matched.items()}
    statements = {row[0]: row[4] for row in mentions}
    # a claim that is not in the gold counts as a statement of its own there, and a missed one in the ledger
    known = {mention: by_hand.get(mention, mention) for mention in statements}
    lost = {claim: gold.claims[claim] for claim in set(gold.claims) - set(matched.values())}
    found, right = _together(statements), _together({**known, **lost})
    of = _of_gold(statements, by_hand)
    clashing = {frozenset((of.get(a, a), of.get(b, b))) for a, b, _ in clashes}
    revised = {frozenset((of.get(a, a), of.get(b, b))) for a, b, is_revision in clashes if is_revision}
    both = clashing & set(gold.contradictions)
    links = {frozenset((of.get(a, a), of.get(b, b))) for a, b in linked}
    return Scores(
        claims=Counts(len(matched), len(statements) - len(matched), len(lost)),
        pairs=Counts.of(found, right),
        contradictions=Counts.of(clashing, set(gold.contradictions)),
        revisions=Counts.of(revised & both, {pair for pair in both if gold.contradictions[pair]}),
        forecasts=_forecasts(links, gold),
        errors=tuple(_errors(ledger, found, right, by_hand)),
    )


def match(gold: Gold, mentions: Iterable[tuple[str, Claim]]) -> dict[str, Claim]:
    """The gold claim of each mention: in the same article, with the largest overlap."""
    by_article: dict[str, list[Claim]] = {}
    for claim in gold.claims:
        by_article.setdefault(claim[0], []).append(claim)
    found: dict[Claim, tuple[int, str]] = {}
    for mention, (stem, start, end) in mentions:
        for claim in by_article.get(stem, ()):
            common = min(end, claim[2]) - max(start, claim[1])
            if common > 0:
                found[claim] = max(found.get(claim, (0, "")), (common, mention))
    return {mention: claim for claim, (_, mention) in found.items()}


def corrected(ledger: str, gold: Gold, output: str) -> Gold:
    """Build a ledger of the claims in the gold, with owner, metric, period and status corrected by hand.

    Args:
        ledger: The ledger with the extracted claims.
        gold: The gold.
        output: The file of the corrected ledger.

    Returns:
        The gold, restricted to these claims.
    """
    with opened(ledger) as base:
        columns = ", ".join(ident(column.name) for column in claim_columns())
        rows = base.sql(
            f"SELECT mention_id, published, source, {columns} FROM mentions ORDER BY mention_id"
        ).to_arrow_table()
    spans = zip(*(rows[name].to_pylist() for name in ("mention_id", "doc_id", "start", "end")), strict=True)
    matched = match(gold, [(mention, (Path(doc).stem, start, end)) for mention, doc, start, end in spans])
    keys = [
        (mention, *_key(gold.statements[gold.claims[claim]])) for mention, claim in sorted(matched.items())
    ]
    base = connect()
    base.register("found", rows)
    base.execute(
        "CREATE TABLE hand (mention_id VARCHAR, owner VARCHAR, metric VARCHAR, status VARCHAR, start DATE, "
        "last DATE, baseline VARCHAR)"
    )
    base.executemany("INSERT INTO hand VALUES (?, ?, ?, ?, ?, ?, ?)", keys)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/growth.parquet"
        base.execute(f"COPY ({_CORRECTED}) TO {quoted(path)} (FORMAT parquet)")
        base.close()
        build([path], output)
    found = set(matched.values())
    return replace(gold, claims={claim: group for claim, group in gold.claims.items() if claim in found})


def _key(statement: Mapping[str, Any]) -> tuple[Any, ...]:
    start, last = interval(statement["period"])
    basis = statement["basis"]
    baseline = _BASELINES.get(basis, f"a {basis} earlier")
    return f"hand:{statement['owner']}", statement["metric"], statement["status"], start, last, baseline


def interval(period: str) -> tuple[date | None, date | None]:
    """The first and last day of a period in ISO 8601; `2024/25` is a fiscal year that begins in July.

    >>> interval("2024-Q3")
    (datetime.date(2024, 7, 1), datetime.date(2024, 9, 30))
    """
    year, _, part = period.partition("-")
    if "/" in period:
        return date(int(period[:4]), 7, 1), date(int(period[:4]) + 1, 6, 30)
    if not year.isdigit():
        return None, None
    if not part:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if part.startswith("W"):
        return date.fromisocalendar(int(year), int(part[1:]), 1), date.fromisocalendar(
            int(year), int(part[1:]), 7
        )
    if part.count("-"):
        return date.fromisoformat(period), date.fromisoformat(period)
    length = _MONTHS.get(part[0], 1)
    first = (int(part[1:]) - 1) * length + 1 if part[0] in _MONTHS else int(part)
    after = first + length - 1
    return date(int(year), first, 1), date(int(year) + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _together(groups: Mapping[Any, str]) -> set[Pair]:
    """The pairs of claims in the same group."""
    members: dict[str, list[Any]] = {}
    for claim, group in groups.items():
        members.setdefault(group, []).append(claim)
    return {frozenset(pair) for group in members.values() for pair in combinations(group, 2)}


def _of_gold(statements: Mapping[str, str], by_hand: Mapping[str, str]) -> dict[str, str]:
    """The gold statement of most mentions of each statement of the ledger."""
    counts: dict[str, dict[str, int]] = {}
    for mention, statement in statements.items():
        if mention in by_hand:
            group = counts.setdefault(statement, {})
            group[by_hand[mention]] = group.get(by_hand[mention], 0) + 1
    return {statement: max(sorted(group), key=group.__getitem__) for statement, group in counts.items()}


def _forecasts(links: set[Pair], gold: Gold) -> Counts:
    """The counts of forecasts; one is right if it is linked to any of its outcomes."""
    right = {
        frozenset((forecast, outcome))
        for forecast, outcomes in gold.forecasts.items()
        for outcome in outcomes
    }
    hits = {
        forecast
        for forecast, outcomes in gold.forecasts.items()
        if any(frozenset((forecast, o)) in links for o in outcomes)
    }
    return Counts(len(hits), len(links - right), len(gold.forecasts) - len(hits))


def _errors(ledger: str, found: set[Pair], right: set[Pair], by_hand: Mapping[str, str]) -> Iterator[str]:
    """Describe each wrong and missed pair, with the values of both claims in the ledger."""
    with opened(ledger) as base:
        rows = base.execute(
            "SELECT m.mention_id, concat_ws(' | ', m.doc_id, m.text, s.owner, s.metric, s.qualifier, "
            "s.status, s.period_start, s.period_end, s.basis, m.metric) "
            "FROM mentions m JOIN statements s USING (statement_id)"
        ).fetchall()
    words = dict(rows)
    for sign, pairs in (("+", found - right), ("-", right - found)):
        for pair in sorted(sorted(map(str, pair)) for pair in pairs):
            yield "\n    ".join(
                [
                    f"{sign} {by_hand.get(pair[0], '')}",
                    *(words.get(claim, f"not found: {claim}") for claim in pair),
                ]
            )


def render(scores: Sequence[tuple[str, Scores]]) -> str:
    """The scores as a table in Markdown."""
    lines = ["| ledger | what | precision | recall | found |", "| --- | --- | ---: | ---: | ---: |"]
    for name, one in scores:
        for what in ("claims", "pairs", "contradictions", "revisions", "forecasts"):
            counts: Counts = getattr(one, what)
            found = f"{counts.hits} of {counts.hits + counts.missed}, {counts.wrong} wrong"
            shares = " | ".join(_percent(share) for share in (counts.precision, counts.recall))
            lines.append(f"| {name} | {what} | {shares} | {found} |")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1f}"
