"""A report of many facts: seconds, memory and sizes.

    python -m benchmarks.report [--facts 100000 1000000] [--corpus corpus]

The facts are those of the articles of corpus/ as JSON Lines, over and over, each time as those of other
articles, days and papers.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from benchmarks import measure

_DAY = re.compile(r'"published": (?:null|"[\d-]+")')
_PAPER = re.compile(r'"source": (?:null|"(?:[^"\\]|\\.)*")')
_FIRST, _DAYS, _PAPERS = date(2020, 1, 1), 2000, 40


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--facts", type=int, nargs="+", default=[100_000, 1_000_000], help="(%(default)s)")
    parser.add_argument("--corpus", default="corpus", help="where the facts come from (%(default)s)")
    arguments = parser.parse_args()
    print(report(arguments.facts, arguments.corpus))


def report(numbers: list[int], corpus: str) -> str:
    """The table, a row for each number of facts."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        one = folder / "one.jsonl"
        kept = [word for name in ("title", "published", "source") for word in ("--keep", name)]
        measure.run(corpus, "-o", str(one), *kept)
        lines = one.read_text(encoding="utf-8").splitlines(keepends=True)
        for number in numbers:
            _write(folder / "facts.jsonl", lines, number)
            page, facts = folder / "report.html", folder / "facts.jsonl"
            cost = measure.run(str(facts), "-o", str(page), command="report")
            pages = [file.stat().st_size for file in (folder / "report.articles").iterdir()]
            spent = (f"{cost.seconds:.0f}", f"{cost.own:.0f}", f"{cost.peak:,}")
            sizes = (f"{page.stat().st_size / 1000:,.0f}", f"{len(pages)}", f"{sum(pages) / 10**6:,.1f}")
            rows.append((f"{number:,}", f"{facts.stat().st_size / 10**6:,.0f}", *spent, *sizes))
    heads = ["facts", "MB", "seconds", "CPU s", "peak MB", "report kB", "pages", "all pages MB"]
    return measure.table(heads, rows)


def _write(path: Path, lines: list[str], number: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for round in count():
            day = f'"published": "{_FIRST + timedelta(days=round % _DAYS)}"'
            paper = f'"source": "paper {round % _PAPERS}"'
            whole = "".join(lines[:number])
            whole = _PAPER.sub(paper, _DAY.sub(day, whole))
            stream.write(whole.replace('{"doc_id": "', f'{{"doc_id": "{round}/'))
            number -= len(lines)
            if number <= 0:
                return


if __name__ == "__main__":
    main()
