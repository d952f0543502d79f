"""Extraction in a process: the pipeline is loaded once, in this process or in a child process."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from threading import Lock

from extract.articles import Article
from extract.errors import OptionError
from extract.run.outcomes import Item, Outcome, Results, outcomes, pipeline_loader
from extract.run.workers import Isolated

_LOCK = Lock()  # engines may call from several threads; a pipeline processes one batch at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The options of an extraction; picklable, for other processes that load the pipeline.

    Attributes:
        model: As in `extract.load`.
        fiscal_start: As in `extract.load`.
        convert_to: As in `extract.load`.
        rules: A user's rules as text, as other machines may not have the file.
        timeout: Time limit for an article, in seconds; None: no limit.
        isolated: Extract in a child process, so that only the article fails that kills its process or takes
            too long.
    """

    model: str | None = None
    fiscal_start: int | None = None
    convert_to: str | None = None
    rules: str | None = None
    timeout: float | None = None
    isolated: bool = False

    def __post_init__(self) -> None:
        """Reject a time limit without `isolated`: only another process can be killed."""
        if self.timeout is not None and not self.isolated:
            raise OptionError("timeout: requires a separate process; add isolated=True")
        if self.timeout is not None and self.timeout <= 0:
            raise OptionError(f"timeout: {self.timeout:g} is not positive; give a number of seconds")

    def work(self, batches: Iterable[list[Item]]) -> Results:
        """The outcomes of batches, in order. The pipeline is cached in this process for these options.

        Raises:
            ExtractError: the pipeline cannot be loaded.
        """
        for batch in batches:
            with _LOCK:
                extracted = _extractor(self, os.getpid())  # a fork does not share the pipeline of its parent
                done = extracted(batch)
            yield done

    def warm_up(self) -> None:
        """Load the pipeline. Errors as for `work`."""
        list(self.work([[Article(id="", text="Sales rose 5% to $3 million.")]]))


@cache
def _extractor(how: Extraction, process: int) -> Callable[[list[Item]], list[Outcome]]:
    load = pipeline_loader(
        model=how.model, fiscal_start=how.fiscal_start, convert_to=how.convert_to, rules=how.rules
    )
    if how.isolated:
        isolated = Isolated(load, timeout=how.timeout)
        atexit.register(isolated.close)  # it ignores the signals that end its parent
        return isolated
    nlp = load()
    return lambda batch: list(outcomes(nlp, batch))
