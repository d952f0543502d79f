"""The interface for all engines: from an Arrow batch of articles to an Arrow table of facts. Needs pyarrow.

>>> facts(pyarrow.table({"id": ["a"], "text": ["Sales rose 5%."]}), kinds=("growth",))

The table has the columns of all kinds (docs/records.md); `kind` is the kind of a row. An article that has no
text or fails is a row of the kind `failure`, with `doc_id`, `reason` and `remedy`. Columns of words are plain
strings, which every engine supports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from extract.engines.articles import articles, options_of
from extract.engines.extraction import Extraction
from extract.errors import ArticleError, OptionError
from extract.lexicons.own import config
from extract.lexicons.own.config import Rules
from extract.records import KINDS
from extract.run.outcomes import batches
from extract.writers.columnar import Columnar
from extract.writers.tables import OF_ARTICLES, Column, Layout, Numbers, of_kind, records, table_of_facts

FAILURE = "failure"  # the kind of the row of an article that failed

_OF_FAILURES = (
    Column(name="reason", type=str, optional=True, meaning="Why the article failed."),
    Column(name="remedy", type=str, optional=True, meaning="What to do about it."),
)
_SAME: Mapping[str, str] = MappingProxyType({})


def facts(
    batch: Any,
    *,
    kinds: Sequence[str] = (),
    keep: Sequence[str] = (),
    numbers: Numbers = "exact",
    columns: Mapping[str, str] = _SAME,
    model: str | None = None,
    fiscal_start: int | None = None,
    convert_to: str | None = None,
    rules: Rules = None,
    timeout: float | None = None,
    isolated: bool = False,
) -> Any:
    """The facts of a batch of articles, in the order of the articles.

    The function depends only on its arguments, can be pickled (with options by `functools.partial`), and
    loads the pipeline at the first call in a process.

    Args:
        batch: A `pyarrow.Table` or `RecordBatch`, or an object that Arrow can convert: a pandas or Polars
            data frame, a DuckDB relation. Columns: `id` and `text`, and optionally `title`, `date`, `source`,
            `url` and `author`. Others are ignored.
        kinds: The kinds of facts; all by default.
        keep: Columns of the batch to copy to each fact.
        numbers: `exact` decimals, or `float`.
        columns: The names of columns that differ from the names of fields: `{"text": "body", "id": "url"}`.
        model: As in `extract.load`.
        fiscal_start: As in `extract.load`.
        convert_to: As in `extract.load`.
        rules: As in `extract.load`.
        timeout: Time limit for an article, in seconds; requires `isolated`.
        isolated: Extract in a child process, so that an article that kills its process fails alone.

    Returns:
        A `pyarrow.Table` with the columns of `schema(kinds=kinds, keep=keep, numbers=numbers)`.

    Raises:
        OptionError: an option cannot be used, a column is missing or has a wrong type, or pyarrow is missing.
        RulesError: `rules` cannot be used; the message names file, line and column.
        ModelError: `model` cannot be loaded.
    """
    layout = _layout(kinds, keep=keep, numbers=numbers)
    how = Extraction(
        model=model,
        fiscal_start=fiscal_start,
        convert_to=convert_to,
        rules=text_of(rules),
        timeout=timeout,
        isolated=isolated,
    )
    own = tuple(name for name in layout.keep if name not in OF_ARTICLES)  # these are always read
    columnar, names = _columnar(layout), [column.name for column in _columns(layout)]
    rows: list[tuple[Any, ...]] = []
    for outcomes in how.work(batches(articles(_table(batch), options_of(columns, own)))):
        for outcome in outcomes:
            records_of = (
                [_failure(outcome)] if isinstance(outcome, ArticleError) else records([outcome], layout)
            )
            rows += [tuple(map(row.get, names)) for row in records_of]
    import pyarrow

    return pyarrow.Table.from_batches([columnar.batch(rows)])


def schema(*, kinds: Sequence[str] = (), keep: Sequence[str] = (), numbers: Numbers = "exact") -> Any:
    """The `pyarrow.Schema` of the table that `facts` returns with these options.

    Raises:
        OptionError: an option cannot be used, or pyarrow is missing.
    """
    return _columnar(_layout(kinds, keep=keep, numbers=numbers)).schema


def text_of(rules: Rules) -> str | None:
    """A user's rules as text, which `facts` accepts on machines that do not have the file.

    Raises:
        RulesError: they cannot be used; names file, line and column.
    """
    lexicons = config.of(rules)
    return lexicons.text if lexicons else None


def columns_of(
    *, kinds: Sequence[str] = (), keep: Sequence[str] = (), numbers: Numbers = "exact"
) -> tuple[Column, ...]:
    """The columns of `schema`, for engines with their own types. Errors as for `schema`."""
    return _columns(_layout(kinds, keep=keep, numbers=numbers))


def split(table: Any) -> dict[str, Any]:
    """Split a table of `facts` into one table per kind, with the columns of the kind, and one of failures.

    Args:
        table: A `pyarrow.Table` with the columns of `schema`.
    """
    import pyarrow.compute

    own = {kind: [column.name for column in of_kind(cls)] for kind, cls in KINDS.items()}
    own[FAILURE] = ["doc_id", "kind", *(column.name for column in _OF_FAILURES)]
    known = {name for names in own.values() for name in names}
    kept = [name for name in table.column_names if name not in known]
    return {
        kind: table.filter(pyarrow.compute.field("kind") == kind).select(names + kept)
        for kind, names in own.items()
        if set(names) <= set(table.column_names)
    }


def _layout(kinds: Sequence[str], *, keep: Sequence[str], numbers: Numbers) -> Layout:
    """The layout of the table, its kinds in their usual order.

    Raises:
        OptionError: an option cannot be used.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise OptionError(f"kinds: unknown kind {unknown[0]!r}; known are {', '.join(KINDS)}")
    if numbers not in ("exact", "float"):
        raise OptionError(f"numbers: {numbers!r} is not known; give 'exact' or 'float'")
    own = {column.name for column in _OF_FAILURES}
    if taken := [name for name in keep if name.lower() in own]:
        raise OptionError(f"keep: a column of the output is named {taken[0]!r}; rename the column to keep")
    wanted = tuple(kind for kind in KINDS if kind in kinds) or tuple(KINDS)
    return Layout(kinds=wanted, keep=tuple(dict.fromkeys(keep)), numbers=numbers)


def _columns(layout: Layout) -> tuple[Column, ...]:
    """The columns of facts and failures: all but `kind` may be null, and words are plain strings."""
    made = (*table_of_facts(layout), *_OF_FAILURES)
    return tuple(replace(column, words=(), optional=column.name != "kind") for column in made)


@cache
def _columnar(layout: Layout) -> Columnar:
    return Columnar(_columns(layout), needed_by="extract.engines")


def _failure(error: ArticleError) -> dict[str, str]:
    return {"doc_id": error.where, "kind": FAILURE, "reason": error.reason, "remedy": error.remedy}


def _table(batch: Any) -> Any:
    """The batch as an Arrow table.

    Raises:
        OptionError: it cannot be converted.
    """
    import pyarrow

    if isinstance(batch, pyarrow.Table):
        return batch
    if isinstance(batch, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([batch])
    if hasattr(batch, "__arrow_c_stream__") or hasattr(batch, "__arrow_c_array__"):
        return pyarrow.table(batch)
    remedy = "give a pyarrow.Table, or a pandas or Polars data frame"
    raise OptionError(f"a batch must be an Arrow table, not {type(batch).__name__}; {remedy}")
