"""No figure falls below its floor: the real corpus, through the real pipeline, against the real gold."""

from __future__ import annotations

from extract.evaluate import check_floors, digest, load_floors, load_gold, score
from extract.writers import Found
from tests.test_gold import GOLD


def test_the_figures_reach_their_floors(found: list[Found]) -> None:
    articles = [article for article, _ in found]
    figures = score(load_gold(GOLD, articles), [fact for _, facts in found for fact in facts])
    check_floors(figures, load_floors(GOLD / "floors.json"), digest(GOLD, articles))
