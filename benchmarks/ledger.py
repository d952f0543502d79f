"""The time and memory of a ledger by the number of its mentions, which are made up.

python -m benchmarks.ledger 1000000 10000000
python -m benchmarks.ledger --shape one 1000000
python -m benchmarks.ledger --shape values 1000000

`news`: each article has five claims, mostly of one owner. Each statement has some forty mentions in one
fortnight, one in a thousand has four thousand: in per cent, by levels, rounded, with words such as `about`.
One claim in fifty is wrong, one in ten has no owner, one in ten no period. Owners, metrics and periods grow
with the mentions; few owners have a third of all claims; a third of the metrics have no id, and
half of the headlines name an owner.
`one`: one statement, in all mentions.
`values`: one owner, metric and period, with a value for each ten mentions.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from time import perf_counter, sleep
from typing import Any

from benchmarks.measure import COMMAND, memory, table
from extract.ledger.store import claim_columns, connect, quoted

TOLD = 40  # mentions of a statement
CLAIMS = 5  # of an article
HOT = 1000  # statements of which one is told by many more
METRICS = [
    "exports",
    "imports",
    "revenue",
    "net_income",
    "consumer_prices",
    "industrial_production",
    "passengers",
    "wages",
]


@dataclass(frozen=True)
class Shape:
    """What mentions are about: expressions of SQL.

    Attributes:
        told: Mentions of a statement.
        claims: Claims of an article.
        owner: The number of the owner of event `e`.
        metric: The number of its metric.
        month: The number of the first month of its quarter.
        percent: Its change in per cent.
        event: The event of mention `m`.
    """

    told: int
    claims: int
    owner: str
    metric: str
    month: str
    percent: str
    event: str


SHAPES = {
    "news": Shape(
        told=TOLD,
        claims=CLAIMS,
        owner=f"hash(e // if(hash(e, 'alone') % 5 = 0, 1, {CLAIMS}), 'owner') "
        f"% (1 + if(hash(e // {CLAIMS}, 'much') % 3 = 0, {{count}} // 5000, {{count}} // 50))",
        metric="(hash(e, 'metric') % 100)::INT",
        month="(hash(e, 'month') % (24 + {count} // 1000))::INT",
        percent="round((hash(e, 'percent') % 400)::INT / 10.0 - 15, 1)",
        event=f"if(hash(m, 'hot') % 10 = 0, m // {TOLD} // {HOT} * {HOT}, m // {TOLD})",
    ),
    "one": Shape(told=10**9, claims=1, owner="0", metric="0", month="0", percent="5.5", event="0"),
    "values": Shape(
        told=10, claims=1, owner="0", metric="0", month="0", percent="e / 100.0", event="m // 10"
    ),
}

# What is told: by whom, of what, when, by how many per cent, to which level.
_EVENTS = f"""CREATE TABLE events AS SELECT e, {{owner}} AS owner, {{month}} AS month, {{percent}} AS percent,
    if({{claims}} > 1 AND hash(e, 'worded') % 3 = 0, NULL, {METRICS}[1 + {{metric}} % {len(METRICS)}])
        AS metric_id,
    coalesce(metric_id, 'kind' || hash(e, 'kind') % (1 + {{count}} // 100) || ' shipments') AS metric,
    10 + if({{claims}} > 1, hash(e, 'level') % 9000, e) AS level
FROM range({{count}}) events(e)"""

# How it is told, and in which article.
_TOLD = """CREATE VIEW told AS SELECT *,
    CASE form WHEN 1 THEN 'about ' || round(abs(shown)) || '%' WHEN 2 THEN abs(shown) || ' per cent'
        WHEN 4 THEN '' ELSE abs(shown) || '%' END AS size,
    CASE WHEN form >= 2 THEN ' to $' || level / 10.0 || ' million' ELSE '' END AS reached
FROM (
    SELECT *, percent + CASE WHEN hash(m, 'wrong') % 50 = 0 THEN 3 ELSE 0 END AS shown
    FROM (
        SELECT m, {event} AS e, (hash(m, 'form') % 5)::INT AS form,
            if({claims} = 1, m, (m % {told}) * {count} // {claims} + m // {told} // {claims}) AS article,
            hash(m, 'whose') % 10 = 0 AS is_anonymous, hash(m, 'when') % 10 = 0 AS is_undated
        FROM range({mentions}) mentions(m)
    ) JOIN events USING (e)
)"""

_START = "DATE '2005-01-01' + INTERVAL (month) MONTH"
_END = "DATE '2005-01-01' + INTERVAL (month + 3) MONTH - INTERVAL 1 DAY"
_COLUMNS = {
    "doc_id": "'article ' || article",
    "fact_id": "'growth:' || m",
    "kind": "'growth'",
    "text": "size",
    "start": "60",
    "end": "70",
    "sentence": "'Owner ' || owner || ': ' || metric || if(shown < 0, ' fell ', ' rose ') || size || reached",
    "sentence_start": "0",
    "sentence_end": "100",
    "rule": "'made'",
    "metric": "metric",
    "metric_start": "(m % 100)::INT",
    "metric_id": "metric_id",
    "direction": "CASE WHEN shown < 0 THEN 'decrease' WHEN shown > 0 THEN 'increase' ELSE 'unchanged' END",
    "change_value": "CASE form WHEN 4 THEN NULL WHEN 1 THEN round(abs(shown)) ELSE abs(shown) END",
    "change_unit": "if(form < 4, 'percent', NULL)",
    "percent_change": "if(form < 4, shown, NULL)",
    "to_value": "if(form >= 2, level * 100000, NULL)",
    "to_unit": "if(form >= 2, 'USD', NULL)",
    "period_start": f"if(is_undated, NULL, {_START})",
    "period_end": f"if(is_undated, NULL, {_END})",
    "status": "'actual'",
    "check": "'unchecked'",
    "subject": "if(is_anonymous, NULL, 'org:owner-' || owner)",
    "subject_name": "if(is_anonymous, NULL, 'Owner ' || owner)",
}
_ARTICLES = """SELECT 'article ' || article AS doc_id, 'paper ' || hash(article) % 200 AS source,
    any_value(DATE '2005-01-01' + INTERVAL (month + 4) MONTH + INTERVAL (hash(article) % 14) DAY)::DATE
        AS published,
    if(hash(article) % 2 = 0, 'News of the day', 'Owner ' || min(owner) || ' in the news this week') AS title
    FROM told GROUP BY article"""


def make(folder: Path, mentions: int, shape: str = "news") -> None:
    """Write the tables of made-up facts: growth and articles."""
    of = SHAPES[shape]
    base = connect(memory_limit="2GB", temp_directory=str(folder / "tmp"))
    base.execute("SET enable_progress_bar = false")
    count = max(1, mentions // of.told)
    sizes = {"count": count, "claims": of.claims, "told": of.told, "mentions": mentions}
    fields = {
        name: getattr(of, name).format(**sizes) for name in ("owner", "metric", "month", "percent", "event")
    }
    base.execute(_EVENTS.format(**sizes, **fields))
    base.execute(_TOLD.format(**sizes, **fields))
    columns = ", ".join(f'{_COLUMNS.get(c.name, "NULL")}::{c.type} AS "{c.name}"' for c in claim_columns())
    _write(base, f"SELECT {columns} FROM told", folder / "growth.parquet")
    _write(base, _ARTICLES, folder / "articles.parquet")
    base.close()


def _write(base: Any, query: str, path: Path) -> None:
    base.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet)")


def measured(folder: Path, output: Path) -> tuple[float, float, int, str]:
    """The seconds, processor seconds and peak memory in MB of a build, and what it said."""
    begun, peak, spent = perf_counter(), 0, _spent()
    command = [*COMMAND, "ledger", "build", str(folder), "-o", str(output), "--threads", "2"]
    with Popen(command, stderr=PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            sleep(0.05)
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        sys.exit(said)
    return perf_counter() - begun, _spent() - spent, peak, said


def _spent() -> float:
    """The processor seconds of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(sizes: list[int], shape: str) -> str:
    """A table in Markdown of builds of each size."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, size, shape)
            seconds, spent, peak, said = measured(folder, folder / "ledger.duckdb")
            length = (folder / "ledger.duckdb").stat().st_size / 1e6
            print(said.strip(), file=sys.stderr)
            each = 1e6 * spent / size
            cells = f"{seconds:.0f}", f"{spent:.0f}", f"{each:.1f}", f"{peak:,}", f"{length:,.0f}"
            rows.append((f"{size:,}", *cells))
            print(" | ".join(rows[-1]), file=sys.stderr, flush=True)
    heads = ["mentions", "seconds", "processor seconds", "µs a mention", "peak MB", "ledger MB"]
    return table(heads, rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000], metavar="MENTIONS")
    parser.add_argument("--shape", choices=SHAPES, default="news")
    chosen = parser.parse_args()
    print(report(chosen.sizes, chosen.shape))
