"""Where pages go: a file that holds one already or is new, or standard output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extract.cli.streams import require_output
from extract.errors import OptionError

_MARK = b'<meta name="generator" content="extract">'
_HEAD = 200  # bytes in which the mark is


def check_page(output: str, inputs: Iterable[str] = ()) -> None:
    """Make sure that a page may be written to a path; `-` is standard output.

    Args:
        output: The path.
        inputs: Files that are read for the page.

    Raises:
        OptionError: It is a folder, holds something else than a page of ours, or is one of the inputs.
    """
    if output == "-":
        require_output()
        return
    path = Path(output)
    if path.is_dir():
        raise OptionError(f"{output}: is a folder; name a file in it, such as {path / 'page.html'}")
    if not path.parent.is_dir():
        raise OptionError(f"{output}: there is no folder {path.parent}; make it first")
    if not path.is_file():
        return
    if any(Path(name).exists() and path.samefile(name) for name in inputs):
        raise OptionError(f"{output}: is what is read; name another file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head and _MARK not in head:
        raise OptionError(f"{output}: holds something else than a page of extract; name a new file")


def write_page(output: str, page: str) -> None:
    """Write a page to a path, or to standard output.

    Raises:
        OptionError: It cannot be written.
    """
    from extract.writers.output import Stream

    stream = Stream(None if output == "-" else output)
    stream.put(page.encode("utf-8"))
    stream.close()
