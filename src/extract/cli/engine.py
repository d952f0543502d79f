"""`extract run --engine`: the same run on the workers of a cluster, into a folder of Parquet by parts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import OptionError

if TYPE_CHECKING:
    from extract.engines.manifest import Manifest
    from extract.engines.parts import Job
    from extract.lexicons.own.files import Own
    from extract.readers import Entry, Options
    from extract.run import Summary
    from extract.run.places import Inputs
    from extract.run.provenance import Provenance
    from extract.writers import Layout


ISOLATED = True  # a process beside each worker's, so that an article that kills it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributed:
    """Where a run on a cluster is done and written.

    Attributes:
        output: The folder, or its address.
        address: The cluster's.
        workers: Parts that are done at once.
        timeout: Seconds that an article may take.
        part_size: Articles of a part.
        resume: Go on with an earlier run.
        overwrite: Use a folder that holds something else.
        failures: The file of what failed.
    """

    output: str
    address: str | None
    workers: int | None
    timeout: float | None
    part_size: int | None
    resume: bool
    overwrite: bool
    failures: str

    @classmethod
    def of(
        cls, output: str | None, format: str | None, *, failures: str | None, **others: Any
    ) -> Distributed:
        """What the command line says, with the usual file of failures where it names none.

        Raises:
            OptionError: no folder is named, or another format than Parquet.
        """
        if output is None or format not in (None, "parquet") or _is_file(output.rstrip("/")):
            told = "--engine writes a folder of Parquet files by parts; name a folder with -o"
            raise OptionError(f"{output}: {told}" if output else told)
        output = output.rstrip("/")
        return cls(output=output, failures=failures or _failures_of(output), **others)


def run_on_ray(
    found: Sequence[Entry],
    to: Distributed,
    *,
    options: Options,
    layout: Layout,
    provenance: Mapping[str, Any],
    currency: str | None,
    own: Own | None,
) -> Summary:
    """Extract the facts of what is found on a cluster of Ray, showing progress and a summary on stderr.

    Args:
        found: The files to read.
        to: Where.
        options: How they are read.
        layout: What is written.
        provenance: What the facts depend on beside the articles; it has the options of the pipeline.
        currency: The one that money is converted to.
        own: A user's own rules.

    Raises:
        ExtractError: nobody answers at the address, the folder cannot be written or resumed, or the work
            cannot be done on any worker.
    """
    from extract.engines.driver import PART
    from extract.engines.extraction import Extraction
    from extract.engines.manifest import Manifest
    from extract.engines.parts import Job
    from extract.run.provenance import provenance_of
    from extract.terminal import print_summary

    inputs = _inputs(found, to, layout, provenance["metadata"])
    size = to.part_size or PART
    known = provenance_of({**provenance, **_layout_provenance(layout), "part_size": size})
    extraction = Extraction(
        model=provenance["model"],
        fiscal_start=provenance["fiscal_start"],
        convert_to=currency,
        rules=own.lexicons.text if own else None,
        timeout=to.timeout,
        isolated=ISOLATED,
    )
    job = Job(extraction=extraction, layout=layout, package=str(known["package"]))
    manifest = Manifest(to.output, known, resume=to.resume, overwrite=to.overwrite)
    summary = _run(job, inputs, manifest, to, options=options, size=size)
    print_summary(summary, kinds=layout.kinds, unread=inputs.unread, failures=to.failures, resumable=True)
    return summary


def _run(
    job: Job, inputs: Inputs, manifest: Manifest, to: Distributed, *, options: Options, size: int
) -> Summary:
    from extract import readers
    from extract.engines.driver import run_parts
    from extract.engines.ray import RayCluster
    from extract.run.failures import Failures
    from extract.run.signals import raised
    from extract.terminal import progress

    items = readers.pages(inputs.files, options)
    with (
        RayCluster(job, address=to.address, workers=to.workers) as cluster,
        manifest,
        Failures(to.failures) as failures,
        progress(readers.count(inputs.files)) as tell,
        raised(),
    ):
        return run_parts(
            cluster, items, manifest, layout=job.layout, size=size, logs=[failures], progress=tell
        )


def _inputs(found: Sequence[Entry], to: Distributed, layout: Layout, metadata: str | None) -> Inputs:
    """What is read, kept apart from what is written.

    Raises:
        OptionError: a file that is read would be written too, or one that something else wrote replaced.
    """
    from extract.run import places

    written = places.written(to.failures, format="jsonl", layout=layout, failures=None, journal=None)
    if not to.overwrite and not to.resume:
        places.check_replaced(written, layout)
    return _outside(places.inputs(found, written, metadata), to.output)


def _is_file(name: str) -> bool:
    """Whether a name is that of a file of a known format, such as `facts.jsonl`."""
    from extract.writers import format_of

    if not Path(name).suffix or Path(name).is_dir():
        return False
    try:
        format_of(name)
    except OptionError:  # a dot in the name of a folder
        return False
    return True


def _failures_of(output: str) -> str:
    """The file of the failures of a run: beside a folder of this machine, else in the current folder."""
    from extract.readers.remote import local
    from extract.run.failures import path_beside

    return path_beside(local(output) or output.rpartition("/")[2])


def _outside(inputs: Inputs, output: str) -> Inputs:
    """What is read without what an earlier run to the same folder wrote.

    Raises:
        OptionError: a file that is read lies in the folder, but is none of those.
    """
    from extract import readers
    from extract.engines.manifest import is_part
    from extract.run.places import Inputs

    place = readers.local(output)
    if place is None or not Path(place).is_dir():
        return inputs
    root, kept = Path(os.path.realpath(place)), Inputs()
    for entry in [*inputs.files, *inputs.unread]:
        path = entry.path if isinstance(entry, readers.File) else entry
        own = readers.local(path) if isinstance(path, str) else None
        real = Path(os.path.realpath(own)) if own is not None else None
        if real is None or not real.is_relative_to(root):
            (kept.unread if isinstance(entry, str) else kept.files).append(entry)  # type: ignore[arg-type]
        elif not is_part(root, real):
            raise OptionError(f"{path}: lies in the folder of the output; write to another one with -o")
    return kept


def _layout_provenance(layout: Layout) -> Provenance:
    """What the files of all parts have in common, for a run that is resumed."""
    return {
        "kinds": ",".join(layout.kinds),
        "keep": ",".join(layout.keep),
        "numbers": layout.numbers,
        "text": int(layout.text),
    }
