from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extract.articles import Article, Page
from extract.errors import ArticleError, OptionError
from extract.run.journal import Journal
from tests.samples import ARTICLE, FACTS

MADE = {"version": "1", "date": None}
OTHER = Article(id="b", text="It cost $5.")

# `extract` with a rule of one line; with an argument more it kills itself as it comes to the article so named
PROGRAM = """
import os, signal, sys
from extract import pipeline, cli
from tests import samples
def read(doc, article, known, mortal=sys.argv.pop()):
    if article.id == mortal:
        os.kill(os.getpid(), signal.SIGKILL)
    return samples.dollars(doc, article, known)
pipeline.load = samples.load_dollars
samples.load_dollars()
pipeline.READS = (read,)
pipeline.load = lambda **_: samples.spacy.blank("en")
cli.main()
"""


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
        known, changed, empty = second.known(pages)
    assert known == (OTHER, [])
    assert changed == replace(OTHER, text="It cost $6.")
    assert str(empty) == "x: is empty; fill it"


def test_nothing_is_noted_twice(tmp_path: Path) -> None:
    for _ in range(2):
        with journal(tmp_path, resume=True) as again:
            again.write([item for item in again.known([OTHER]) if isinstance(item, tuple)] or [(OTHER, [])])
    assert len((tmp_path / "facts.journal").read_text().splitlines()) == 2


def test_without_resume_it_begins_anew(tmp_path: Path) -> None:
    with journal(tmp_path) as first:
        first.write([(OTHER, [])])
    with journal(tmp_path) as second:
        assert list(second.known([OTHER])) == [OTHER]
        second.remove()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("made", [{"version": "2"}, {"date": "2024-06-09"}, {"model": "xx"}])
def test_a_run_made_in_another_way_is_refused(tmp_path: Path, made: dict[str, str]) -> None:
    with journal(tmp_path) as first:
        first.write([(OTHER, [])])
    before = (tmp_path / "facts.journal").read_bytes()
    with pytest.raises(OptionError, match=r"made in another way \(.*\); make it the same, or start anew"):
        journal(tmp_path, resume=True, **made)
    assert (tmp_path / "facts.journal").read_bytes() == before


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "facts.journal").write_text("Dear diary,\n")
    with pytest.raises(OptionError, match="is no journal of a run; delete it"):
        journal(tmp_path, resume=True)


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


@pytest.fixture
def extract(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts `extract run` over forty articles in a process of its own."""
    (tmp_path / "news").mkdir()
    for n in range(40):
        (tmp_path / f"news/{n:02}.txt").write_text(f"It cost ${n} or ${n}00.")

    def start(output: str, *options: str, mortal: str = "") -> subprocess.Popen[bytes]:
        paths = [str(tmp_path / "news"), "-o", str(tmp_path / output)]
        command = [sys.executable, "-c", PROGRAM, "run", *paths, *options, mortal]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL)

    return start


def test_a_killed_run_goes_on(tmp_path: Path, extract: Callable[..., subprocess.Popen[bytes]]) -> None:
    assert extract("clean.jsonl").wait() == 0
    for mortal in ("00.txt", "20.txt", "39.txt"):
        assert extract("facts.jsonl", "--resume", mortal=mortal).wait() == -9
    assert (tmp_path / "facts.jsonl.journal").exists()
    (tmp_path / "news/03.txt").write_text("It cost $3 or $300.")  # touched, not changed
    assert extract("facts.jsonl", "--resume").wait() == 0
    assert (tmp_path / "facts.jsonl").read_bytes() == (tmp_path / "clean.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean.jsonl", "facts.jsonl", "news"]


def test_a_kill_at_any_moment(tmp_path: Path, extract: Callable[..., subprocess.Popen[bytes]]) -> None:
    extract("clean.jsonl").wait()
    for seconds in (0.5, 1.0):
        process = extract("facts.jsonl", "--resume")
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert extract("facts.jsonl", "--resume").wait() == 0
    assert (tmp_path / "facts.jsonl").read_bytes() == (tmp_path / "clean.jsonl").read_bytes()
