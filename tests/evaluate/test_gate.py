from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from extract.articles import Article
from extract.errors import GateError
from extract.evaluate import (
    Figures,
    Floors,
    Score,
    check_floors,
    digest,
    load_floors,
    raise_floors,
    save_floors,
)

ARTICLE = Article(id="a.txt", text="Text.")


def figures(**f1: int) -> Figures:
    """Figures of money rows, each with the F1 given in per cent."""
    return Figures(tuple(Score("money", row, hits, 100, 100) for row, hits in f1.items()), {})


def floors(**f1: float) -> Floors:
    return Floors("now", {("money", row): lowest for row, lowest in f1.items()})


def test_figures_at_their_floors_pass() -> None:
    check_floors(figures(found=90, amount=80), floors(found=90.0, amount=79.5), "now")


def test_all_that_fell_is_named() -> None:
    with pytest.raises(GateError) as error:
        check_floors(figures(found=90, amount=80, per=70), floors(found=90.1, amount=80.0, per=95.5), "now")
    assert str(error.value).splitlines()[:2] == [
        "money found: F1 90.0 is below its floor 90.1",
        "money per: F1 70.0 is below its floor 95.5",
    ]
    assert "--allow-lower" in str(error.value)


def test_a_row_that_vanished_fell() -> None:
    with pytest.raises(GateError, match=r"money amount: F1 0\.0"):
        check_floors(figures(found=90), floors(found=90, amount=80), "now")


def test_changed_gold_names_the_remedy() -> None:
    with pytest.raises(GateError, match=r"changed since the floors were set; run .*--update-floors"):
        check_floors(figures(found=90), floors(found=10), "later")


def test_a_row_needs_a_floor() -> None:
    with pytest.raises(GateError, match=r"no floor for money amount; run .*--update-floors"):
        check_floors(figures(found=90, amount=80), floors(found=10), "now")


def test_floors_are_set_half_a_point_below() -> None:
    new = raise_floors(figures(found=90, amount=0), Floors("", {}), "now")
    assert new == floors(found=89.5, amount=0.0)


def test_floors_rise_and_stay() -> None:
    assert raise_floors(figures(found=90, amount=80), floors(found=60, amount=79.8), "now") == floors(
        found=89.5, amount=79.8
    )


def test_lowering_needs_leave() -> None:
    with pytest.raises(GateError, match=r"lowered: money amount; .*--allow-lower"):
        raise_floors(figures(found=90, amount=80), floors(found=60, amount=80.1), "later")
    new = raise_floors(figures(found=90, amount=80), floors(found=60, amount=80.1), "later", allow_lower=True)
    assert new == dataclasses.replace(floors(found=89.5, amount=79.5), digest="later")


def test_dropping_needs_leave() -> None:
    with pytest.raises(GateError, match="lowered: money amount"):
        raise_floors(figures(found=90), floors(amount=80), "now")
    assert raise_floors(figures(found=90), floors(amount=80), "now", allow_lower=True) == floors(found=89.5)


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) == Floors("", {})
    save_floors(path, floors(found=89.5, amount=80.1))
    assert load_floors(path) == floors(found=89.5, amount=80.1)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"digest": "x", "floors": {"money": {"found": "high"}}}']
)
def test_a_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(GateError, match="holds no floors"):
        load_floors(path)


def test_the_digest_tells_every_change(tmp_path: Path) -> None:
    gold = tmp_path / "a.toml"
    gold.write_text("a")
    (tmp_path / "floors.json").write_text("{}")
    before = digest(tmp_path, [ARTICLE])
    others = [
        digest(tmp_path, []),
        digest(tmp_path, [dataclasses.replace(ARTICLE, text="Text")]),
        digest(tmp_path, [dataclasses.replace(ARTICLE, id="b.txt")]),
        digest(tmp_path, [dataclasses.replace(ARTICLE, published=date(2024, 1, 1))]),
    ]
    (tmp_path / "floors.json").write_text('{"digest": "x"}')
    assert digest(tmp_path, [ARTICLE]) == before
    gold.write_text("b")
    others.append(digest(tmp_path, [ARTICLE]))
    assert len({before, *others}) == 6


def test_the_digest_does_not_depend_on_order(tmp_path: Path) -> None:
    articles = [ARTICLE, Article(id="b.txt", text="More.")]
    assert digest(tmp_path, articles) == digest(tmp_path, articles[::-1])
