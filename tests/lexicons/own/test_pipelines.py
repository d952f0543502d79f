"""Pipelines with a user's own rules: each has its own, saved and in other processes too."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import extract
from extract.articles import Article
from extract.errors import RulesError
from extract.explain import explain

PRINTED = "Inflation printed at 3.1% following 2.9% in May."


def claims(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    facts = extract.facts(nlp, text, published="2024-06-11")
    return [(f.rule, f.text, f.direction) for f in facts if isinstance(f, extract.records.Growth)]


@pytest.mark.parametrize(
    "text, own, shipped",
    [
        ("Exports vroomed 5% in May.", [("growth.verb_size", "5%", "increase")], []),
        ("Exports are vrooming by 5%.", [("growth.verb_size", "5%", "increase")], []),
        ("The firm ramped up output 5%.", [("growth.object_size", "5%", "increase")], None),
        ("Exports swooned 5%.", [("growth.verb_size", "5%", "decrease")], []),
        ("There was a vroom of 5% in exports.", [("growth.noun_size", "5%", "increase")], []),
        ("Costs mushroomed 5%.", [], [("growth.verb_size", "5%", "increase")]),
        (PRINTED, [("mine.printed_at", "3.1%", "increase")], []),
    ],
)
def test_two_pipelines_in_one_process_differ(
    mine: Language,
    nlp: Language,
    text: str,
    own: list[tuple[str, str, str]],
    shipped: list[tuple[str, str, str]] | None,
) -> None:
    assert claims(mine, text) == own
    if shipped is not None:
        assert claims(nlp, text) == shipped
    assert claims(mine, text) == own


def test_saved_and_loaded(mine: Language, tmp_path: Path) -> None:
    mine.to_disk(tmp_path)
    assert claims(spacy.load(tmp_path), PRINTED) == claims(mine, PRINTED)


def test_in_other_processes(mine: Language) -> None:
    docs = list(mine.pipe([PRINTED, PRINTED], n_process=2, batch_size=1))
    assert [doc._.facts[-1].rule for doc in docs] == ["mine.printed_at"] * 2


def test_a_component_is_pickled_with_its_rules(mine: Language) -> None:
    component = mine.get_pipe("extract_growth")
    assert pickle.loads(pickle.dumps(component)).lexicons is component.lexicons  # type: ignore[attr-defined]


def test_explained(mine: Language) -> None:
    (explanation,) = explain(mine, Article(id="a", text=PRINTED))
    steps = explanation.facts[-1].steps
    assert (steps[0].about, steps[0].value) == ("pattern", "mine.printed_at")
    assert ("pattern cue", "printed") in [(step.about, step.value) for step in steps]


def rules(match: str) -> str:
    return f"[patterns.growth.x]\nexamples = ['a']\nmatch = '{match}'\n"


@pytest.mark.parametrize(
    "match, column, why",
    [
        ("cue:{change_verb} size:{sise}", 33, "no kind or group 'sise'"),
        ("cue:{change_verb} ~ size:{size}", 28, "cannot read"),
        ("cue:{change_verb} <nothing> size:{size}", 28, "no part 'nothing'"),
        ("{change_verb} {size}", 1, "must capture cue:"),
        ("cue:{change_verb} ({word}*)* size:{size}", 1, "repeats what repeats"),
        ("cue:{change_verb} {word}* {word}* {word}* {word}* size:{size}", 1, "ways"),
        ("cue:{change_verb} (size:{size}", 1, "unterminated"),
    ],
)
def test_a_pattern_that_cannot_be_used(tmp_path: Path, match: str, column: int, why: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(rules(match))
    with pytest.raises(RulesError, match=why) as caught:
        spacy.blank("en").add_pipe("extract_growth", config={"rules": str(path)})
    assert (caught.value.line, caught.value.column) == (3, column)
