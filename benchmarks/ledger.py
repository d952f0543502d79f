"""The time and memory of a ledger by the number of its mentions, which are made up.

python -m benchmarks.ledger 1000000 10000000

Each article has five claims, and each statement is told by some forty articles of one fortnight: in per
cent, by levels, rounded, with words such as `about`; one claim in fifty is wrong, one in ten leaves out whose
it is, one in ten when. What they are about is drawn evenly, but few subjects have a third of all claims.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path
from subprocess import PIPE, Popen
from time import perf_counter, sleep
from typing import Any

from benchmarks.measure import COMMAND, memory, table
from extract.ledger.store import claim_columns, connect, quoted

TOLD = 40  # mentions of a statement
CLAIMS = 5  # of an article
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

# What is told: by whom, of what, when, by how many per cent, to which level.
_EVENTS = f"""CREATE TABLE events AS SELECT e,
    hash(e, 'owner') % (1 + if(hash(e, 'much') % 3 = 0, {{count}} // 5000, {{count}} // 50)) AS owner,
    {METRICS}[1 + (hash(e, 'metric') % {len(METRICS)})::INT] AS metric,
    (hash(e, 'quarter') % 60)::INT AS quarter,
    round((hash(e, 'percent') % 400)::INT / 10.0 - 15, 1) AS percent, 10 + hash(e, 'level') % 9000 AS level
FROM range({{count}}) events(e)"""

# How it is told, and in which article.
_TOLD = f"""CREATE VIEW told AS SELECT *,
    CASE form WHEN 1 THEN 'about ' || round(abs(shown)) || '%' WHEN 2 THEN abs(shown) || ' per cent'
        WHEN 4 THEN '' ELSE abs(shown) || '%' END AS size,
    CASE WHEN form >= 2 THEN ' to $' || level / 10.0 || ' million' ELSE '' END AS reached
FROM (
    SELECT *, percent + CASE WHEN hash(m, 'wrong') % 50 = 0 THEN 3 ELSE 0 END AS shown
    FROM (
        SELECT m, m // {TOLD} AS e, (hash(m, 'form') % 5)::INT AS form,
            (m % {TOLD}) * {{count}} // {CLAIMS} + m // {TOLD} // {CLAIMS} AS article,
            hash(m, 'whose') % 10 = 0 AS is_anonymous, hash(m, 'when') % 10 = 0 AS is_undated
        FROM range({{mentions}}) mentions(m)
    ) JOIN events USING (e)
)"""

_START = "DATE '2005-01-01' + INTERVAL (3 * quarter) MONTH"
_END = "DATE '2005-01-01' + INTERVAL (3 * quarter + 3) MONTH - INTERVAL 1 DAY"
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
    "metric_start": "m::INT",
    "metric_id": "metric",
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
    any_value(DATE '2005-01-01' + INTERVAL (3 * quarter + 4) MONTH + INTERVAL (hash(article) % 14) DAY)::DATE
        AS published, 'News of the day' AS title FROM told GROUP BY article"""


def make(folder: Path, mentions: int) -> None:
    """Write the tables of made-up facts: growth and articles."""
    base = connect(memory_limit="2GB", temp_directory=str(folder / "tmp"))
    base.execute("SET enable_progress_bar = false")
    count = mentions // TOLD
    base.execute(_EVENTS.format(count=count))
    base.execute(_TOLD.format(count=count, mentions=mentions))
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


def report(sizes: list[int]) -> str:
    """A table in Markdown of builds of each size."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, size)
            seconds, spent, peak, said = measured(folder, folder / "ledger.duckdb")
            length = (folder / "ledger.duckdb").stat().st_size / 1e6
            print(said.strip(), file=sys.stderr)
            each = 1e6 * spent / size
            cells = f"{seconds:.0f}", f"{spent:.0f}", f"{each:.1f}", f"{peak:,}", f"{length:,.0f}"
            rows.append((f"{size:,}", *cells))
    heads = ["mentions", "seconds", "processor seconds", "µs a mention", "peak MB", "ledger MB"]
    return table(heads, rows)


if __name__ == "__main__":
    print(report([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000]))
