"""The failures of a run as JSON Lines with the fields `where`, `reason` and `remedy`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.errors import ArticleError
from extract.run.outcomes import Outcome
from extract.writers.output import opened, written


class Failures:
    """Writes failures to a file. A run without failures leaves no file."""

    def __init__(self, path: str) -> None:
        """Open the file; OptionError if it cannot be written."""
        self._path, self._empty = Path(path), True
        self._stream = opened(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # everything is flushed; an error here repeats that of `write`
            self._stream.close()
        if self._empty and self._path.is_file():  # not a device
            self._path.unlink(missing_ok=True)

    def write(self, outcomes: Sequence[Outcome], /) -> None:
        """Write the failures among outcomes, and flush them.

        Raises:
            OptionError: the file cannot be written.
        """
        failed = [outcome for outcome in outcomes if isinstance(outcome, ArticleError)]
        lines = "".join(json.dumps(_row(error), ensure_ascii=False) + "\n" for error in failed)
        self._empty = self._empty and not lines
        with written(str(self._path)):
            self._stream.write(lines.encode(errors="replace"))
            self._stream.flush()


def path_beside(output: str) -> str:
    """The file of the failures of a run: `facts.jsonl.failures.jsonl` for `facts.jsonl`."""
    return f"{output.rstrip('/')}.failures.jsonl"


def _row(error: ArticleError) -> dict[str, str]:
    return {"where": error.where, "reason": error.reason, "remedy": error.remedy}
