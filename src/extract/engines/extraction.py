"""How a process extracts facts: the pipeline is loaded once in it, or in a process of its own beside it."""

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

_LOCK = Lock()  # engines may call from many threads, and a pipeline takes one batch at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The options of an extraction. It can be sent to other processes, which load the pipeline by it.

    Attributes:
        model: As in `extract.load`.
        fiscal_start: As in `extract.load`.
        convert_to: As in `extract.load`.
        rules: A user's own rules, as the text of their lexicons, for a machine may lack the file.
        timeout: Seconds that an article may take; None: any.
        isolated: Extract in a process beside the one that asks, so that an article that kills its process or
            takes too long is known by its id, and costs nothing else.
    """

    model: str | None = None
    fiscal_start: int | None = None
    convert_to: str | None = None
    rules: str | None = None
    timeout: float | None = None
    isolated: bool = False

    def __post_init__(self) -> None:
        """Refuse a time limit that nobody could enforce: only another process can be ended."""
        if self.timeout is not None and not self.isolated:
            raise OptionError("timeout: requires a separate process; add isolated=True")
        if self.timeout is not None and self.timeout <= 0:
            raise OptionError(f"timeout: {self.timeout:g} is not positive; give a number of seconds")

    def work(self, batches: Iterable[list[Item]]) -> Results:
        """The outcomes of batches, in order, by the pipeline that this process has for these options.

        Raises:
            ExtractError: the pipeline cannot be loaded.
        """
        for batch in batches:
            with _LOCK:
                extracted = _extractor(self, os.getpid())  # a fork shares no pipeline with its parent
                done = extracted(batch)
            yield done

    def warm_up(self) -> None:
        """Load the pipeline of this process. The errors are those of `work`."""
        list(self.work([[Article(id="", text="Sales rose 5% to $3 million.")]]))


@cache
def _extractor(how: Extraction, process: int) -> Callable[[list[Item]], list[Outcome]]:
    load = pipeline_loader(
        model=how.model, fiscal_start=how.fiscal_start, convert_to=how.convert_to, rules=how.rules
    )
    if how.isolated:
        isolated = Isolated(load, timeout=how.timeout)
        atexit.register(isolated.close)  # it ignores the signal by which its parent would end it
        return isolated
    nlp = load()
    return lambda batch: list(outcomes(nlp, batch))
