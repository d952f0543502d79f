"""No figure falls below its floor: the real corpus, through the real pipeline, against the real gold."""

from __future__ import annotations

from spacy.language import Language

from extract.evaluate import check_floors, digest, load_floors, load_gold, score
from extract.pipeline import facts
from tests.test_gold import GOLD, corpus


def test_the_figures_reach_their_floors(nlp: Language) -> None:
    articles = corpus()
    found = [fact for article in articles for fact in facts(nlp, article)]
    figures = score(load_gold(GOLD, articles), found)
    check_floors(figures, load_floors(GOLD / "floors.json"), digest(GOLD, articles))
