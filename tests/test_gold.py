"""The gold of this repository can be trusted, and the example in its documentation too."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from extract import readers
from extract.articles import Article
from extract.evaluate import check, draft, load_gold, score
from extract.records import KINDS
from extract.writers import Found

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "gold"

EXAMPLE_TEXT = (
    "Kassym-Jomart Tokayev spoke in Astana. Tokayev, Tokayev, Tokayev and Tokayev went back to Astana. "
    "In 2024 trade turnover between the two countries rose 3.9-fold on the previous year: "
    "about $375.2 million a share, in the second quarter more than 86.5% a day. "
    "Kazakhstan and Bulgaria paid 48 billion rupees, then 48 billion rupees."
)


def corpus() -> list[Article]:
    """All articles of the corpus, in order."""
    items = readers.read(readers.find([str(ROOT / "corpus")], ids="name"), readers.Options())
    return [item for item in items if isinstance(item, Article)]


def test_no_reason_to_refuse_the_gold() -> None:
    assert check(GOLD, corpus()) == []


def test_every_article_and_kind_is_there() -> None:
    gold = load_gold(GOLD, corpus())
    assert gold.without == ()
    assert Counter(fact.kind for fact in gold).keys() == KINDS.keys()


def test_gold_accepts_what_the_program_writes(found: list[Found], tmp_path: Path) -> None:
    for article, facts in found:
        content = draft(article, facts).replace("draft = true\n", "")
        assert "# left out" not in content
        (tmp_path / f"{Path(article.id).stem}.toml").write_text(content, encoding="utf-8")
    gold = load_gold(tmp_path, [article for article, _ in found])
    assert all(s.f1 == 1 for s in score(gold, [fact for _, facts in found for fact in facts]).scores)


def test_the_documented_example_loads(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "gold.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example
    (tmp_path / "example.toml").write_text(example[1], encoding="utf-8")
    article = Article(id="example.txt", text=EXAMPLE_TEXT)
    assert check(tmp_path, [article]) == []
