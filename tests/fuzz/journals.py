"""A campaign against journals: cut or altered at random bytes, one is refused or repaired, never believed.

python -m tests.fuzz.journals [COUNT] [SEED]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from extract.errors import ExtractError
from extract.records import Fact
from extract.run.journal import Journal
from tests.samples import ARTICLE, FACTS

MADE = {"model": None, "version": "1"}


def main() -> int:
    """Damage and resume; the exit status is 1 where damage was believed, or broke the program."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    random = Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    with tempfile.TemporaryDirectory() as folder:
        tally = Counter(damaged(Path(folder, f"{n}.journal"), random) for n in range(count))
    print(f"{count} damaged journals: {dict(tally)}")
    return int(bool(tally["believed"]))


def damaged(path: Path, random: Random) -> str:
    """What comes of a journal that is cut or altered: `refused`, `repaired`, or (wrongly) `believed`."""
    known: dict[str, list[Fact]] = {f"a{n}": [*FACTS] if n % 2 else [] for n in range(6)}
    articles = [replace(ARTICLE, id=name) for name in known]
    with Journal(str(path), MADE) as journal:
        journal.write([(article, known[article.id]) for article in articles])
    content = bytearray(path.read_bytes())
    at = random.randrange(len(content))
    if random.random() < 0.3:
        del content[at:]
    else:
        content[at : at + random.randrange(20)] = random.randbytes(random.randrange(1, 20))
    path.write_bytes(content)
    try:
        with Journal(str(path), MADE, resume=True) as journal:
            for item in journal.known(articles):
                if isinstance(item, tuple) and item[1] != known[item[0].id]:
                    return "believed"
    except ExtractError:
        return "refused"
    return "repaired"


if __name__ == "__main__":
    sys.exit(main())
