"""Memory over articles whose words are all new, in the library's loop and on the command line.

    python -m benchmarks.memory [--articles 20000]

Each article has twelve words that no other has. Figures are MB of all processes: after a fifth of the
articles, and the most in the last quarter of them.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import tempfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from benchmarks import measure

_NEW = 12  # words of an article that no other has
_FIRST = 26**5  # words of six letters


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000, help="how many (%(default)s)")
    print(report(parser.parse_args().articles))


def report(articles: int) -> str:
    """The table."""
    with get_context("spawn").Pool(1) as pool:  # a process of its own, so that nothing else is in its memory
        early, last = pool.apply(in_loop, (articles,))
    rows = [("`for article, facts in extract.pipe(...)`", f"{early}", f"{last}")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        with path.open("w", encoding="utf-8") as stream:
            for number, text in enumerate(texts(articles)):
                stream.write(json.dumps({"id": str(number), "text": text}) + "\n")
        cost = measure.run(str(path), "-o", f"{folder}/facts.jsonl", "--workers", "1")
    rows.append(("`extract run --workers 1`, both processes", f"{cost.early}", f"{cost.steady}"))
    return measure.table([f"{articles:,} articles of new words", "MB early", "MB at the end"], rows)


def texts(count: int) -> Iterator[str]:
    """Texts of words that do not come twice."""
    number = _FIRST
    for _ in range(count):
        words = [_word(number + i) for i in range(_NEW)]
        number += _NEW
        name = " ".join(words[:3]).title()
        rest = " ".join(words[4:])
        yield f"{name} Corp said {words[3]} rose {number % 90}% to ${number % 1000} million. {rest}."


def in_loop(articles: int) -> tuple[int, int]:
    """Memory of this process in MB after a fifth of the articles, and the most in the last quarter."""
    import extract

    memory = []
    for number, _ in enumerate(extract.pipe(texts(articles))):
        if number % (articles // 20) == 0:
            memory.append(_resident())
    return memory[len(memory) // 5], max(memory[-len(memory) // 4 :])


def _word(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number, 26)
        letters += string.ascii_lowercase[letter]
    return letters


def _resident() -> int:
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
