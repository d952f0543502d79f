"""What one `extract run` does: its options, checked and resolved before any article is read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.options import read_options, user_rules

if TYPE_CHECKING:
    from extract.lexicons.own.files import Own
    from extract.readers import Entry, Options
    from extract.run.provenance import Provenance
    from extract.writers import Layout
    from extract.writers.tables import Numbers

_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
_OPEN_FILES = ("/dev/fd/", "/dev/std", "/proc/")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of `extract run`, under the names of its parameters; `reader` has those of the readers."""

    paths: tuple[str, ...]
    output: str | None
    format: str | None
    kinds: tuple[str, ...]
    numbers: Numbers
    convert_to: str | None
    keep: tuple[str, ...]
    no_text: bool
    workers: int | None
    timeout: float | None
    resume: bool
    overwrite: bool
    failures: str | None
    engine: str | None
    address: str | None
    part_size: int | None
    min_confidence: float | None
    model: str | None
    fiscal_start: int | None
    rules: tuple[str, ...]
    no_rules: bool
    reader: Mapping[str, Any]

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> RunOptions:
        """The options from the parameters of the command, which click passes together."""
        own = {field.name for field in fields(cls)} - {"reader"}
        reader = {name: value for name, value in parameters.items() if name not in own}
        return cls(**{name: parameters[name] for name in own}, reader=reader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A run that is ready to start.

    Attributes:
        options: The options of the command.
        target: The file, folder or address to write to; None is standard output.
        path: The target, if it is a file or folder that remains; None for standard output and devices.
        read_options: How files are read.
        layout: The kinds, columns and numbers of the output.
        found: The files to read, and an error for each path without any.
        currency: The currency that money is converted to.
        own: The user's own rules.
        provenance: The options on which the facts depend; a resumed run must have the same.
    """

    options: RunOptions
    target: str | None
    path: str | None
    read_options: Options
    layout: Layout
    found: Sequence[Entry]
    currency: str | None
    own: Own | None
    provenance: Provenance


def make_plan(options: RunOptions) -> Plan:
    """Check the options of a run, and find its files.

    Raises:
        OptionError: an option cannot be used.
        RulesError: the user's rules cannot be used.
    """
    from extract import readers

    target = None if options.output in _STDOUT else options.output
    read = read_options(keep=options.keep, **options.reader)
    layout = _layout(options)
    found = readers.find(options.paths, format=read.format, ids=read.ids)
    currency, converted = _conversion(options.convert_to)
    own = user_rules(options.rules, none=options.no_rules)
    provenance: dict[str, str | int | None] = {
        "model": options.model,
        "fiscal_start": options.fiscal_start,
        "rules": own.lexicons.digest if own else None,
        **({} if options.min_confidence is None else {"min_confidence": str(options.min_confidence)}),
        **converted,
        **{name: value for name, value in options.reader.items() if name != "max_bytes"},
    }
    return Plan(
        options=options,
        target=target,
        path=target if target and not _is_device(target) else None,
        read_options=read,
        layout=layout,
        found=found,
        currency=currency,
        own=own,
        provenance=provenance,
    )


def _is_device(output: str) -> bool:
    """Whether an output, such as /dev/null or an open file, keeps nothing that a later run could resume."""
    if os.path.abspath(output).startswith(_OPEN_FILES):  # noqa: PTH100 (as it is named, not where it leads)
        return True
    return Path(output).exists() and not (Path(output).is_file() or Path(output).is_dir())


def _layout(options: RunOptions) -> Layout:
    """The layout of the output; its kinds are in their usual order, and all where none is named."""
    from extract.records import KINDS
    from extract.writers import Layout

    kinds = tuple(kind for kind in KINDS if kind in options.kinds) or tuple(KINDS)
    keep = tuple(dict.fromkeys(options.keep))
    return Layout(kinds=kinds, keep=keep, numbers=options.numbers, text=not options.no_text)


def _conversion(code: str | None) -> tuple[str | None, Provenance]:
    """The currency to convert to, and the provenance: the currency and the last day of the rates.

    Raises:
        OptionError: there are no rates of the currency.
    """
    if code is None:
        return None, {"convert_to": None}
    from extract.rates import known_currency, reference

    currency = known_currency(code)
    return currency, {"convert_to": f"{currency}, rates until {reference().until}"}
