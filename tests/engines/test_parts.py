"""A run by parts, on a cluster that is this process: order, tries, resuming, the folder."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
import spacy

from extract import record_builders
from extract.articles import Article, Page
from extract.engines.driver import run_parts
from extract.engines.extraction import Extraction
from extract.engines.manifest import Manifest
from extract.engines.parts import Job, PartResult, WorkerDied, digest, extract_part
from extract.errors import ArticleError, OptionError
from extract.run import Item, Summary, in_process
from extract.run.outcomes import Outcome, Results
from extract.run.provenance import Provenance, provenance_of
from extract.writers import Layout
from tests.samples import dollars

MADE: Provenance = {"version": "1", "package": "p", "part_size": 4}
MONEY = Layout(kinds=("money",))


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(record_builders, "RECORD_BUILDERS", (dollars,))


class Dollars(Extraction):
    """Knows dollars only, in this process."""

    def work(self, batches: Iterable[list[Item]]) -> Results:
        """The outcomes of batches."""
        return in_process(spacy.blank("en"))(batches)


@dataclass(slots=True)
class Local:
    """A cluster whose workers die of any part with KILL in it; what is submitted last is done first."""

    job: Job
    submitted: list[int] = field(default_factory=list)
    _waiting: dict[int, list[Item]] = field(default_factory=dict)

    def width(self) -> int:
        return 3

    def submit(self, items: list[Item], /) -> object:
        self.submitted.append(len(items))
        self._waiting[len(self.submitted)] = items
        return len(self.submitted)

    def next(self, tickets: Sequence[object], /) -> object:
        return max(tickets)  # type: ignore[type-var]

    def result(self, ticket: object, /) -> PartResult:
        items = self._waiting.pop(ticket)  # type: ignore[call-overload]
        if any(isinstance(item, Article) and "KILL" in item.text for item in items):
            raise WorkerDied("WorkerCrashedError")
        return extract_part(self.job, items)


@dataclass(slots=True)
class Told:
    """A log that remembers."""

    ids: list[str] = field(default_factory=list)

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        self.ids += [outcome.where for outcome in outcomes if isinstance(outcome, ArticleError)]


def job(layout: Layout = MONEY) -> Job:
    package = str(provenance_of({})["package"])
    return Job(extraction=Dollars(), layout=layout, package=package)


def items(texts: str) -> list[Item]:
    return [Article(id=str(n), text=text) for n, text in enumerate(texts.split())]


def run(
    given: list[Item], output: str = "out", *, cluster: Local | None = None, size: int = 4, **options: Any
) -> Summary:
    made = options.pop("made", MADE)
    with Manifest(output, made, **options) as manifest:
        return run_parts(cluster or Local(job()), given, manifest, layout=MONEY, size=size)


def amounts(output: str = "out") -> list[tuple[str, int]]:
    rows = pyarrow.parquet.read_table(f"{output}/money").to_pylist()
    return [(row["doc_id"], int(row["amount"])) for row in rows]


def test_the_parts_together_are_the_run() -> None:
    given = [*items("$0 $1 BUG $3 $4 $5 BUG $7 $8"), ArticleError("b.txt", "is empty", "fill it")]
    told = Told()
    with Manifest("out", MADE) as manifest:
        summary = run_parts(Local(job()), given, manifest, layout=MONEY, size=4, logs=[told])
    assert amounts() == [(str(n), n) for n in (0, 1, 3, 4, 5, 7, 8)]
    assert sorted(path.name for path in Path("out/money").iterdir()) == [
        f"part-{n:05}.parquet" for n in range(3)
    ]
    assert pyarrow.parquet.read_table("out/articles")["doc_id"].to_pylist() == list("0134578")
    assert (summary.articles, summary.facts["money"], summary.words) == (7, 7, 7)
    assert [failure.where for failure in summary.failures] == told.ids == ["2", "6", "b.txt"]
    note = json.loads(Path("out/_manifest/run.json").read_text())
    assert note["complete"]
    assert (note["parts"], note["articles"], note["failures"]) == (3, 7, 3)


def test_an_article_that_kills_its_worker_is_found_and_the_rest_goes_on() -> None:
    cluster = Local(job())
    summary = run(items("$0 $1 $2 KILL $4 $5 $6 KILL KILL"), cluster=cluster, size=6)
    assert amounts() == [(str(n), n) for n in (0, 1, 2, 4, 5, 6)]
    assert [str(failure) for failure in summary.failures] == [
        f"{n}: its worker died at each try (WorkerCrashedError); "
        "split the article, or give workers more memory"
        for n in (3, 7, 8)
    ]
    assert max(cluster.submitted) == 6
    assert len(cluster.submitted) <= 2 + 3 * 2 * 3


def test_a_run_without_articles() -> None:
    assert run([]).articles == 0
    assert json.loads(Path("out/_manifest/run.json").read_text())["parts"] == 0


def test_a_killed_run_goes_on_part_by_part() -> None:
    given = items(" ".join(f"${n}" for n in range(22)) + " BUG")
    assert run(given, "clean").articles == 22
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(given, 3))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with pytest.raises(OptionError, match="out: belongs to an unfinished run; continue it with --resume"):
        run(given)
    with pytest.raises(OptionError, match=r"had other options or another program \(part_size 4, now 5\)"):
        run(given, resume=True, made={**MADE, "part_size": 5})
    cluster = Local(job())
    summary = run(given, cluster=cluster, resume=True)
    assert sum(cluster.submitted) == 23 - 3 * 4
    assert amounts() == amounts("clean")
    assert (summary.articles, [failure.where for failure in summary.failures]) == (22, ["22"])
    again = Local(job())
    assert run(given, cluster=again, resume=True).facts["money"] == 22
    assert again.submitted == []


def _killed(given: list[Item], parts: int) -> None:
    class Killed(Manifest):
        def write(self, number: int, digest: str, done: PartResult) -> None:
            nonlocal parts
            super().write(number, digest, done)
            parts -= 1
            if not parts:
                os.kill(os.getpid(), signal.SIGKILL)

    with Killed("out", MADE) as manifest:
        run_parts(Local(job()), given, manifest, layout=MONEY, size=4)


def test_what_is_damaged_or_changed_is_done_again() -> None:
    given = items(" ".join(f"${n}" for n in range(16)))
    run(given)
    Path("out/_manifest/part-00001.json").write_text('{"run": "x", "dig')
    Path("out/money/part-00002.parquet").unlink()
    given[13] = Article(id="13", text="$99")
    cluster = Local(job())
    run(given, cluster=cluster, resume=True)
    assert cluster.submitted == [4, 4, 4]
    assert amounts() == [(str(n), 99 if n == 13 else n) for n in range(16)]


def test_a_complete_run_is_replaced_whole() -> None:
    run(items("$1 $2 $3 $4 $5"))
    run(items("$6"), made={**MADE, "version": "2"})
    assert amounts() == [("0", 6)]
    assert len(list(Path("out/articles").iterdir())) == len(list(Path("out/_manifest").glob("part*"))) == 1
    run(items("$1 $2 $3 $4 $5"), resume=True, made={**MADE, "version": "2"})
    run(items("$1 $2"), resume=True, made={**MADE, "version": "2"})
    assert amounts() == [("0", 1), ("1", 2)]


def test_folders_of_others() -> None:
    Path("out/money").mkdir(parents=True)
    Path("out/money/part-00007.parquet").write_text("mine")
    with pytest.raises(OptionError, match="out: contains files that extract did not write"):
        run(items("$1"))
    run(items("$1"), overwrite=True)
    assert amounts() == [("0", 1)]
    Path("file").write_text("mine")
    with pytest.raises(OptionError, match="file: is a file; name a folder"):
        run(items("$1"), "file")


def test_one_run_at_a_time() -> None:
    with Manifest("out", MADE), pytest.raises(OptionError, match="another run is writing this output"):
        run(items("$1"), resume=True)


def test_a_folder_elsewhere() -> None:
    import fsspec

    given = items("$1 $2 $3 $4 $5 BUG")
    run(given, "memory://bucket/facts")
    cluster = Local(job())
    run(given, "memory://bucket/facts", cluster=cluster, resume=True)
    assert cluster.submitted == []
    system = fsspec.filesystem("memory")
    assert [name.rpartition("/")[2] for name in system.ls("/bucket/facts/money", detail=False)] == [
        "part-00000.parquet",
        "part-00001.parquet",
    ]
    rows = [
        row
        for path in system.glob("/bucket/facts/money/*.parquet")
        for row in pyarrow.parquet.read_table(system.open(path)).to_pylist()
    ]
    assert [int(row["amount"]) for row in rows] == [1, 2, 3, 4, 5]
    with pytest.raises(OptionError, match="is not a folder or address"):
        Manifest("nosuch://bucket/facts", MADE)


def test_no_room_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OptionError, match=r"out: cannot be written \(no space left on device\); make room"):
        run(items("$1"))


def test_an_interrupted_run_is_told_and_keeps_its_parts() -> None:
    def given() -> Iterator[Item]:
        yield from items(" ".join(f"${n}" for n in range(16)))
        raise KeyboardInterrupt

    with Manifest("out", MADE) as manifest:
        summary = run_parts(Local(job()), given(), manifest, layout=MONEY, size=4)
    assert summary.stopped_by == signal.SIGINT
    assert not json.loads(Path("out/_manifest/run.json").read_text())["complete"]
    assert len(list(Path("out/_manifest").glob("part-*"))) == 1


def test_a_worker_with_another_program() -> None:
    other = Job(extraction=Dollars(), layout=MONEY, package="0123456789ab")
    with pytest.raises(OptionError, match="a worker has another version of extract: version"):
        run(items("$1"), cluster=Local(other))


def _draw(data: bytes) -> Article:
    return Article(id="page", text=data.decode())


def test_the_digest_tells_any_change() -> None:
    article = Article(id="a", text="t")
    page = Page(id="p", data=b"d", draw=_draw)
    told = [
        digest(given)
        for given in (
            [],
            [article],
            [Article(id="a", text="u")],
            [Article(id="a", text="t", kept=(("section", "s"),))],
            [article, article],
            [page],
            [Page(id="p", data=b"e", draw=_draw)],
            [Page(id="p", data=b"d", draw=test_the_digest_tells_any_change)],  # type: ignore[arg-type]
            [ArticleError("a", "is empty", "fill it")],
        )
    ]
    assert len(set(told)) == len(told)
    assert digest([article, page]) == digest([Article(id="a", text="t"), Page(id="p", data=b"d", draw=_draw)])
