from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.errors import ArticleError
from extract.readers import File, Ids, Options, Unread, find, read


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles and other files, as the working directory."""
    monkeypatch.chdir(tmp_path)
    names = (
        "b.txt a.md sub/c.html sub/a.md sub/deep/d.jsonl E.TXT notes.pdf .hidden.txt .git/x.txt other/b.txt"
    )
    for name in names.split():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("text")
    Path("empty").mkdir()
    return tmp_path


def ids(*paths: str, by: Ids = "path") -> list[str]:
    """The ids of the files, and what is told of the others; not the files that no reader reads."""
    found = [item for item in find(paths, ids=by) if not isinstance(item, Unread)]
    return [item.id if isinstance(item, File) else str(item) for item in found]


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out() -> None:
    assert ids(".") == ["E.TXT", "a.md", "b.txt", "other/b.txt", "sub/a.md", "sub/c.html", "sub/deep/d.jsonl"]
    assert ids("sub/") == ["sub/a.md", "sub/c.html", "sub/deep/d.jsonl"]


def test_an_id_is_the_path_as_given_whatever_else_is_given(folder: Path) -> None:
    assert ids("sub") == ids("./sub/") == ids("sub", "other", "a.md")[:3]
    assert ids("sub/c.html", str(folder / "b.txt")) == ["sub/c.html", str(folder / "b.txt")]
    assert ids("sub/*.md", "b.txt", "other/b.txt") == ["sub/a.md", "b.txt", "other/b.txt"]


def test_an_id_may_be_the_name_within_the_folder(folder: Path) -> None:
    assert ids("sub", by="name") == ["a.md", "c.html", "deep/d.jsonl"]
    assert ids("sub/c.html", str(folder / "b.txt"), "other", by="name") == ["c.html", "b.txt", "b.txt"]


def test_files_that_no_reader_reads() -> None:
    Path("sub/report.DOCX").touch()
    Path("sub/README").touch()
    unread = ["notes.pdf", "sub/README", "sub/report.DOCX"]
    assert [item.path for item in find(["."]) if isinstance(item, Unread)] == unread
    assert [item.path for item in find(["*", "sub/*"]) if isinstance(item, Unread)] == unread
    assert not any(isinstance(item, Unread) for item in find(["notes.pdf"]))  # asked for: an error


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert ids("b.txt", "./b.txt", str(folder / "b.txt"), "*.txt", "-", "-") == ["b.txt", "stdin"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("sub/*", ["sub/a.md", "sub/c.html"]),
        ("**/*.md", ["a.md", "sub/a.md"]),
        ("[ab].*", ["a.md", "b.txt"]),
    ],
)
def test_globs(pattern: str, expected: list[str]) -> None:
    assert ids(pattern) == expected


def test_an_absolute_glob(folder: Path) -> None:
    assert ids(f"{folder}/sub/*.html") == [f"{folder}/sub/c.html"]


def test_a_name_that_looks_like_a_glob() -> None:
    Path("[1].txt").write_text("text")
    assert ids("[1].txt") == ["[1].txt"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.txt", "missing.txt: cannot be read"),
        ("missing", "missing: does not exist; check the path"),
        (
            "notes.pdf",
            "notes.pdf: no reader for files that end in '.pdf'; known are .txt .md .html .htm .jsonl",
        ),
        ("empty", "empty: contains no articles; known suffixes are .txt"),
        ("*.rtf", "*.rtf: matches no articles; known suffixes are .txt"),
        ("../../../etc/nothing", "../../../etc/nothing: does not exist; check the path"),
        ("", "'': is not a path; name a file"),
        ("a\0.txt", r"'a\x00.txt': is not a path"),
    ],
)
def test_what_cannot_be_found_is_told_in_its_place(path: str, message: str) -> None:
    before, found, after = find(["b.txt", path, "a.md"])
    assert isinstance(before, File)
    assert isinstance(after, File)
    if isinstance(found, File):
        with pytest.raises(ArticleError) as caught:
            found.read(100)
        found = caught.value
    assert str(found).startswith(message)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_unreadable() -> None:
    Path("b.txt").chmod(0)
    (file,) = find(["b.txt"])
    assert isinstance(file, File)
    with pytest.raises(ArticleError, match="permission denied"):
        file.read(100)


def test_a_name_that_is_not_unicode_still_makes_an_id() -> None:
    Path("odd").mkdir()
    Path("odd", os.fsdecode(b"\xff.txt")).write_text("text")
    assert ids("odd") == ["odd/\ufffd.txt"]


def test_loops_of_links_end() -> None:
    Path("sub/loop").symlink_to("..")
    Path("self.txt").symlink_to("self.txt")
    assert "sub/a.md" in ids("sub")
    (item,) = (item for item in read(find(["."]), Options()) if "self.txt" in str(item))
    assert str(item) == "self.txt: cannot be read (too many levels of symbolic links); check the path"


def test_links_to_a_file_that_is_read_anyway_are_named(caplog: pytest.LogCaptureFixture) -> None:
    Path("link.txt").symlink_to("b.txt")
    assert ids("b.txt", "link.txt") == ["b.txt"]
    assert caplog.messages == ["link.txt: skipped, the same file as b.txt"]
    Path("again.txt").symlink_to("b.txt")
    assert ids("b.txt", "./b.txt", "again.txt", "link.txt") == ["b.txt"]
    assert caplog.messages[1:] == ["again.txt: skipped, the same file as b.txt, and 1 more such link"]
