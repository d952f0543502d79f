from __future__ import annotations

import io
from collections import Counter

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from rich.console import Console

from extract import terminal
from extract.articles import Article
from extract.errors import ArticleError
from extract.run import Summary
from extract.terminal import highlighted, print_article, print_summary, progress
from tests.samples import FACTS, TEXT

SUFFIXES = ("pdf", "doc", "xls", "ppt", "odt", "rtf")


def test_overlapping_facts_have_both_styles() -> None:
    shown = highlighted(TEXT, FACTS)
    assert shown.plain == TEXT
    assert [(span.start, span.end) for span in shown.spans] == [(fact.start, fact.end) for fact in FACTS]
    assert {str(span.style) for span in shown.spans} == set(terminal.STYLES.values())


def test_what_would_move_the_offsets_or_the_cursor_is_a_space() -> None:
    assert highlighted("a\r\nb\x1b[31mc\x07\x9b\td", ()).plain == "a \nb [31mc  \td"
    assert highlighted("a\u202eb\u2066c\u2028d\u2014e", ()).plain == "a b c d\u2014e"


def test_an_article_and_its_facts(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    print_article(Article(id="a/müller.txt", text=TEXT, title="Sales"), FACTS)
    shown = capsys.readouterr().out
    file_regression.check("\n".join(line.rstrip() for line in shown.splitlines()))


def test_a_summary_names_every_failure_and_its_remedy(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    failures = [
        ArticleError("[red]odd[/red].txt", "is empty", "fill it"),
        ArticleError("x" * 150, "is bad", "mend it"),
    ]
    counts = Counter({"money": 1234, "growth": 5})
    print_summary(
        Summary(articles=10, words=5000, facts=counts, failures=failures, seconds=0.5, stopped_by=2),
        kinds=["money", "growth"],
        unread=[f"[red]{n}.{suffix}" for n in range(3) for suffix in SUFFIXES],
    )
    captured = capsys.readouterr()
    assert not captured.out
    file_regression.check("\n".join(line.rstrip() for line in captured.err.splitlines()))


def test_progress_is_quiet_in_a_pipe() -> None:
    with progress(10) as update:
        assert update is None


@pytest.mark.parametrize("total", [10, None])
def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, total: int | None) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(terminal, "console", lambda *, stderr: screen)
    with progress(total) as update:
        assert update is not None
        update(Summary(articles=3, facts=Counter(money=4)))
    assert isinstance(screen.file, io.StringIO)
    assert "articles, 4 facts" in screen.file.getvalue()


def test_a_run_that_was_stopped_at_once_has_written_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(Summary(stopped_by=2), resumable=True)
    assert "interrupted before the first article was done; nothing was written\n" in capsys.readouterr().err
    print_summary(Summary(stopped_by=2, articles=1), resumable=True)
    assert "the facts of 1 article were written; continue with --resume\n" in capsys.readouterr().err
