"""Ray (https://ray.io): facts of a dataset, and the cluster for a run. Requires the extra `ray`."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Sequence
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

from extract.engines import arrow
from extract.engines.extraction import Extraction
from extract.engines.parts import Job, PartResult, WorkerDied, extract_part
from extract.errors import ExtractError, OptionError, first_line, shortened
from extract.run.outcomes import Item

BATCH = 256  # articles per batch of a dataset
TRIES = 3  # for a part whose worker died
_AHEAD = 2  # parts in progress per core, so that no core waits for the next
_PATIENCE = 10  # seconds for an address to answer
_PORT = re.compile(r"(?:ray://)?(?P<host>[^/:]+|\[[^/\]]+\]):(?P<port>\d{1,5})/?")


def facts(dataset: Any, *, workers: int | None = None, batch_size: int = BATCH, **options: Any) -> Any:
    """The facts of a dataset of articles, as a dataset with the columns of `arrow.schema`.

    The work is done by actors, which keep their pipeline. If an actor dies, its batch is repeated; an article
    that kills its process is a row of the kind `failure`.

    Args:
        dataset: A `ray.data.Dataset` with the columns of the batch of `arrow.facts`.
        workers: Number of actors, one core each; by default up to one fewer than the cores of the cluster.
            A core must remain for reading the dataset, or Ray waits forever.
        batch_size: Articles per batch.
        options: As for `arrow.facts`; `isolated` is true by default.

    Raises:
        OptionError: an option cannot be used, or Ray is not installed.
    """
    ray = _ray()
    if batch_size < 1 or (workers is not None and workers < 1):
        raise OptionError("workers and batch_size must be at least 1")
    arrow.schema(**{name: options[name] for name in ("kinds", "keep", "numbers") if name in options})
    size = {"size": workers} if workers else {"min_size": 1, "max_size": _cores(ray)}
    return dataset.map_batches(
        Extractor,
        fn_constructor_kwargs={"isolated": True, **options, "rules": arrow.text_of(options.get("rules"))},
        batch_format="pyarrow",
        batch_size=batch_size,
        zero_copy_batch=True,
        compute=ray.data.ActorPoolStrategy(**size),
        num_cpus=1,
    )


def _cores(ray: Any) -> int:
    if not ray.is_initialized():
        ray.init()
    return max(1, int(ray.cluster_resources().get("CPU", 1)) - 1)


class Extractor:
    """An actor: `arrow.facts` with options."""

    def __init__(self, **options: Any) -> None:
        """Load the pipeline."""
        self._options = options
        names = [field.name for field in fields(Extraction)]
        Extraction(**{name: options[name] for name in names if name in options}).warm_up()

    def __call__(self, batch: Any) -> Any:
        """The facts of a batch, as a `pyarrow.Table`."""
        return arrow.facts(batch, **self._options)


class RayCluster:
    """A Ray cluster for the parts of a run. This package must be installed on each machine."""

    def __init__(self, job: Job, *, address: str | None = None, workers: int | None = None) -> None:
        """Set the options; `__enter__` connects.

        Args:
            job: What the workers need.
            address: The address of the cluster, such as `10.0.0.1:6379`, `ray://10.0.0.1:10001` or `auto`; by
                default that of the variable RAY_ADDRESS, otherwise Ray is started on this machine for the
                run.
            workers: Number of parts processed at a time; by default one per core.

        Raises:
            OptionError: Ray is not installed.
        """
        self._ray, self._job = _ray(), job
        self._address = address or os.environ.get("RAY_ADDRESS") or "local"
        self._workers = workers

    def __enter__(self) -> Self:
        """Connect. OptionError if the address does not answer."""
        _check_address(self._address)
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a cluster started here sends no statistics
        options: dict[str, Any] = {"num_cpus": self._workers} if self._address == "local" else {}
        try:
            self._ray.init(
                address=self._address,
                log_to_driver=False,
                logging_level="ERROR",
                configure_logging=False,
                **({"include_dashboard": False} if self._address == "local" else {}),
                **options,
            )
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            raise _unreachable(self._address, first_line(error)) from error
        self._reference = self._ray.put(self._job)
        self._task = self._ray.remote(num_cpus=1, max_retries=TRIES - 1)(extract_part)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.shutdown()

    def width(self) -> int:
        """The number of parts that may be in progress: enough for all cores that the cluster has now."""
        return self._workers or _AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, items: list[Item], /) -> object:
        """Start the extraction of articles."""
        return self._task.remote(self._reference, items)

    def next(self, tickets: Sequence[object], /) -> object:
        """Wait for one of the tickets to be done."""
        (ready, *_), _ = self._ray.wait(list(tickets), num_returns=1)
        return ready

    def result(self, ticket: object, /) -> PartResult:
        """The result of a ticket.

        Raises:
            WorkerDied: its worker died, at every try.
            ExtractError: no worker can do the work.
        """
        from ray import exceptions

        try:
            done: PartResult = self._ray.get(ticket)
        except exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, ExtractError):
                raise cause from None
            raise ExtractError(f"a Ray worker failed ({_cause(cause or error)})") from error
        except (
            exceptions.WorkerCrashedError,
            exceptions.NodeDiedError,
            exceptions.OutOfMemoryError,
            exceptions.ObjectLostError,
            exceptions.LocalRayletDiedError,
        ) as error:
            raise WorkerDied(type(error).__name__) from error
        except exceptions.RayError as error:
            raise ExtractError(f"Ray failed ({_cause(error)}); continue with --resume") from error
        return done


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise OptionError(
            f"needs Ray ({first_line(error)}); pip install 'ray[data]>=2.40' 'pyarrow>=15' 'fsspec[http]'"
        ) from error
    return ray


def _check_address(address: str) -> None:
    """Reject an address that does not answer, as Ray would try for minutes.

    Raises:
        OptionError: it does not answer, or is not an address.
    """
    if address in ("local", "auto"):
        return
    found = _PORT.fullmatch(address)
    if found is None:
        raise OptionError(f"--address {address}: is not an address; write it as 10.0.0.1:6379, or auto")
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _unreachable(address, getattr(error, "strerror", None) or str(error)) from error


def _unreachable(address: str, reason: str) -> OptionError:
    remedy = "start one with `ray start --head`, or omit --address"
    return OptionError(f"--address {address}: Ray does not answer ({shortened(reason)}); {remedy}")


def _cause(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [""]
    return shortened(f"{type(error).__name__}: {lines[-1]}")
