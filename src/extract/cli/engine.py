"""`extract run --engine`: the same run on the workers of a cluster, to a folder of Parquet files in parts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import OptionError

if TYPE_CHECKING:
    from extract.cli.plan import Plan
    from extract.engines.manifest import Manifest
    from extract.engines.parts import Job
    from extract.run import Summary
    from extract.run.paths import Inputs
    from extract.run.provenance import Provenance
    from extract.writers import Layout


ISOLATED = True  # extract in a child process of each worker, so that an article that kills it is identified


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Where a run on a cluster writes: the folder or its address, and the file of failures."""

    output: str
    failures: str

    @classmethod
    def from_plan(cls, plan: Plan) -> _Target:
        """The target of a plan, with the default file of failures if none is named.

        Raises:
            OptionError: no folder is named, or another format than Parquet.
        """
        output, options = plan.path, plan.options
        if output is None or options.format not in (None, "parquet") or _is_file(output.rstrip("/")):
            reason = "--engine writes a folder of Parquet files; name a folder with -o"
            raise OptionError(f"{output}: {reason}" if output else reason)
        output = output.rstrip("/")
        return cls(output=output, failures=options.failures or _default_failures(output))


def run_on_ray(plan: Plan) -> Summary:
    """Extract the facts of the articles of a plan on a Ray cluster, with progress and a summary on stderr.

    Raises:
        ExtractError: the cluster does not answer, the folder cannot be written or resumed, or no worker can
            do the work.
    """
    from extract.engines.driver import PART
    from extract.engines.extraction import Extraction
    from extract.engines.manifest import Manifest
    from extract.engines.parts import Job
    from extract.run.provenance import provenance_of
    from extract.terminal import print_summary

    options, target = plan.options, _Target.from_plan(plan)
    inputs = _inputs(plan, target)
    size = options.part_size or PART
    provenance = provenance_of({**plan.provenance, **_layout_provenance(plan.layout), "part_size": size})
    extraction = Extraction(
        model=options.model,
        fiscal_start=options.fiscal_start,
        convert_to=plan.currency,
        rules=plan.own.lexicons.text if plan.own else None,
        timeout=options.timeout,
        isolated=ISOLATED,
    )
    job = Job(extraction=extraction, layout=plan.layout, package=str(provenance["package"]))
    manifest = Manifest(target.output, provenance, resume=options.resume, overwrite=options.overwrite)
    summary = _run(job, inputs, manifest, plan, failures=target.failures, size=size)
    print_summary(
        summary, kinds=plan.layout.kinds, unread=inputs.unread, failures=target.failures, resumable=True
    )
    return summary


def _run(job: Job, inputs: Inputs, manifest: Manifest, plan: Plan, *, failures: str, size: int) -> Summary:
    from extract import readers
    from extract.engines.driver import run_parts
    from extract.engines.ray import RayCluster
    from extract.run.failures import Failures
    from extract.run.signals import raised
    from extract.terminal import progress

    items = readers.pages(inputs.files, plan.read_options)
    with (
        RayCluster(job, address=plan.options.address, workers=plan.options.workers) as cluster,
        manifest,
        Failures(failures) as log,
        progress(readers.count(inputs.files)) as update,
        raised(),
    ):
        return run_parts(cluster, items, manifest, layout=job.layout, size=size, logs=[log], progress=update)


def _inputs(plan: Plan, target: _Target) -> Inputs:
    """The files to read, without those that the run writes.

    Raises:
        OptionError: a file is both read and written, or extract did not write a file that would be replaced.
    """
    from extract.run import paths

    outputs = paths.output_files(
        target.failures, format="jsonl", layout=plan.layout, failures=None, journal=None
    )
    if not plan.options.overwrite and not plan.options.resume:
        paths.check_replaceable(outputs, plan.layout)
    inputs = paths.select_inputs(plan.found, outputs, plan.options.reader["metadata"])
    return _without_parts(inputs, target.output)


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


def _default_failures(output: str) -> str:
    """The file of failures: beside a folder of this machine, otherwise in the working folder."""
    from extract.readers.remote import local
    from extract.run.failures import path_beside

    return path_beside(local(output) or output.rpartition("/")[2])


def _without_parts(inputs: Inputs, output: str) -> Inputs:
    """The inputs without the files that an earlier run wrote to the same folder.

    Raises:
        OptionError: another file in that folder would be read.
    """
    from extract import readers
    from extract.engines.manifest import is_part
    from extract.run.paths import Inputs

    folder = readers.local(output)
    if folder is None or not Path(folder).is_dir():
        return inputs
    root = Path(os.path.realpath(folder))

    def is_input(path: str | None) -> bool:
        local = readers.local(path) if path is not None else None
        real = Path(os.path.realpath(local)) if local is not None else None
        if real is None or not real.is_relative_to(root):
            return True
        if not is_part(root, real):
            raise OptionError(f"{path}: is in the output folder; write to another folder with -o")
        return False

    return Inputs(
        files=[file for file in inputs.files if is_input(getattr(file, "path", None))],
        unread=[path for path in inputs.unread if is_input(path)],
    )


def _layout_provenance(layout: Layout) -> Provenance:
    """The options of the layout, which all parts of a resumed run must share."""
    return {
        "kinds": ",".join(layout.kinds),
        "keep": ",".join(layout.keep),
        "numbers": layout.numbers,
        "text": int(layout.text),
    }
