"""A run on Ray over articles that kill: `python -m tests.engines.deadly ADDRESS "$1 DIE KILL"`."""

from __future__ import annotations

import sys

from extract.articles import Article
from extract.engines.driver import run_parts
from extract.engines.manifest import Manifest
from extract.engines.parts import Job
from extract.engines.ray import RayCluster
from extract.run.failures import Failures
from extract.run.provenance import provenance_of
from extract.writers import Layout
from tests.engines.news import Deadly


def main(address: str, texts: str) -> None:
    """Write the parts to `out` and the failures to `failures.jsonl`."""
    made = provenance_of({})
    layout = Layout(kinds=("money",))
    job = Job(extraction=Deadly(timeout=15, isolated=True), layout=layout, package=str(made["package"]))
    items = [Article(id=str(n), text=text) for n, text in enumerate(texts.split())]
    with (
        RayCluster(job, address=address) as cluster,
        Manifest("out", made) as manifest,
        Failures("failures.jsonl") as failed,
    ):
        run_parts(cluster, items, manifest, layout=layout, size=4, logs=[failed])


if __name__ == "__main__":
    main(*sys.argv[1:])
