from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError
from extract.run.journal import Journal
from tests.fuzz.journals import damaged
from tests.samples import ARTICLE, FACTS

MADE = {"version": "1", "date": None}
OTHER = Article(id="b", text="It cost $5.")


def journal(folder: Path, *, resume: bool = False, **made: str | None) -> Journal:
    return Journal(str(folder / "facts.journal"), MADE | made, resume=resume)


def test_facts_come_back_as_they_were(tmp_path: Path) -> None:
    with journal(tmp_path) as first:
        first.write([(ARTICLE, list(FACTS)), ArticleError("x", "is empty", "fill it")])
        first.write([(OTHER, [])])
    changed = replace(OTHER, text="It cost $6.")
    error = ArticleError("x", "is empty", "fill it")
    with journal(tmp_path, resume=True) as second:
        items = list(second.known([changed, error, ARTICLE, OTHER]))
    assert items == [changed, error, (ARTICLE, list(FACTS)), (OTHER, [])]


def drawn(data: bytes) -> Article:
    if not data:
        raise ArticleError("x", "is empty", "fill it")
    return replace(OTHER, text=data.decode())


def test_pages_are_known_by_their_articles(tmp_path: Path) -> None:
    pages = [Page(id="b", data=data, draw=drawn) for data in (OTHER.text.encode(), b"It cost $6.", b"")]
    with journal(tmp_path) as first:
        assert list(first.known(pages)) == pages  # left to the workers: nothing is known yet
        first.write([(OTHER, [])])
    with journal(tmp_path, resume=True) as second:
        other = Page(id="c", data=b"It cost $7.", draw=drawn)
        known, changed, empty, new = second.known([*pages, other])
    assert new == other  # its article cannot be known either
    assert known == (OTHER, [])
    assert changed == replace(OTHER, text="It cost $6.")
    assert str(empty) == "x: is empty; fill it"


def test_nothing_is_noted_twice(tmp_path: Path) -> None:
    for _ in range(2):
        with journal(tmp_path, resume=True) as again:
            again.write([item for item in again.known([OTHER]) if isinstance(item, tuple)] or [(OTHER, [])])
    assert len((tmp_path / "facts.journal").read_text().splitlines()) == 2


def test_what_is_done_is_not_lost_for_want_of_an_option(tmp_path: Path) -> None:
    with journal(tmp_path) as first:
        first.write([(OTHER, [])])
    with (
        pytest.raises(
            OptionError, match=r"belongs to an unfinished run; continue it with --resume, or delete"
        ),
        journal(tmp_path),
    ):
        pass
    with journal(tmp_path, resume=True) as second:
        assert list(second.known([OTHER])) == [(OTHER, [])]
        second.complete()
    assert not list(tmp_path.iterdir())


def test_where_nothing_is_done_nothing_is_left(tmp_path: Path) -> None:
    for resume in (True, False):
        with journal(tmp_path, resume=resume, date="2024-06-09" if resume else None) as one:
            one.write([ArticleError("x", "is empty", "fill it")])
            assert list(one.known([OTHER])) == [OTHER]
        assert not list(tmp_path.iterdir())
    (tmp_path / "facts.journal").write_text('{"version": "0"}\n')  # killed as it began
    with journal(tmp_path) as one:
        one.write([(OTHER, [])])
    with journal(tmp_path, resume=True) as one:
        assert list(one.known([OTHER])) == [(OTHER, [])]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with journal(tmp_path) as one:
        one.write([(OTHER, [])])
        with pytest.raises(OptionError, match="another run is writing this output; wait until it ends"):
            journal(tmp_path, resume=True).__enter__()
        one.write([(ARTICLE, [])])
    with journal(tmp_path, resume=True) as one:
        assert list(one.known([OTHER, ARTICLE])) == [(OTHER, []), (ARTICLE, [])]


def test_it_is_deleted_while_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run that begins in between would lose its own."""
    path, unlink, tried = tmp_path / "facts.journal", Path.unlink, []

    def refused_then_deleted(self: Path, missing_ok: bool = False) -> None:
        with pytest.raises(OptionError, match="another run is writing"):
            journal(tmp_path).__enter__()
        tried.append(self)
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused_then_deleted)
    with journal(tmp_path):
        pass
    assert (tried, path.exists()) == ([path], False)


def test_a_journal_that_was_deleted_as_it_was_opened_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.run.journal.lock", lambda stream, path: path.unlink())
    with pytest.raises(OptionError, match="another run is writing"):
        journal(tmp_path).__enter__()


@pytest.mark.parametrize("made", [{"version": "2"}, {"date": "2024-06-09"}, {"model": "xx"}])
def test_a_run_made_in_another_way_is_refused(tmp_path: Path, made: dict[str, str]) -> None:
    with journal(tmp_path) as first:
        first.write([(OTHER, [])])
    before = (tmp_path / "facts.journal").read_bytes()
    with pytest.raises(
        OptionError, match=r"had other options or another program \(.*\); use the same ones, or delete"
    ):
        journal(tmp_path, resume=True, **made).__enter__()
    assert (tmp_path / "facts.journal").read_bytes() == before


@pytest.mark.parametrize("content", ["Dear diary,\n", "{}\nno digest\n", "7\n"])
def test_a_file_of_something_else(tmp_path: Path, content: str) -> None:
    (tmp_path / "facts.journal").write_text(content)
    for resume in (True, False):
        with pytest.raises(OptionError, match="is not a journal of extract; move or delete it"):
            journal(tmp_path, resume=resume).__enter__()
    assert (tmp_path / "facts.journal").read_text() == content


def test_a_kill_in_the_middle_of_a_line_costs_that_line(tmp_path: Path) -> None:
    with journal(tmp_path) as first:
        first.write([(OTHER, []), (ARTICLE, list(FACTS))])
    path = tmp_path / "facts.journal"
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with journal(tmp_path, resume=True) as second:
            new = [item for item in second.known([OTHER, ARTICLE]) if isinstance(item, Article)]
            second.write([(item, list(FACTS) if item == ARTICLE else []) for item in new])
        assert path.read_bytes() == whole


def test_damage_is_never_believed(tmp_path: Path) -> None:
    random = Random(1)
    made = Counter(damaged(tmp_path / f"{n}.journal", random) for n in range(100))
    assert set(made) <= {"refused", "repaired"}
    assert made["repaired"] > made["refused"]
