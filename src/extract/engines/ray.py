"""Ray (https://ray.io): the facts of a dataset, and the workers of a run on a cluster. The extra `ray`."""

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
from extract.engines.parts import Done, Job, Lost, extracted
from extract.errors import ExtractError, OptionError, first_line, shortened
from extract.run.outcomes import Item

BATCH = 256  # articles of a batch of a dataset
TRIES = 3  # of a part whose worker has died
_AHEAD = 2  # parts under way for each core, so that none waits for the next
_PATIENCE = 10  # seconds in which an address has to answer
_PORT = re.compile(r"(?:ray://)?(?P<host>[^/:]+|\[[^/\]]+\]):(?P<port>\d{1,5})/?")


def facts(dataset: Any, *, workers: int | None = None, batch_size: int = BATCH, **options: Any) -> Any:
    """The facts of a dataset of articles, as a dataset with the columns of `arrow.schema`.

    Actors do it, each with a pipeline of its own, which stays. A batch whose actor dies is done again; an
    article that kills its process is a row of the kind `failure`.

    Args:
        dataset: A `ray.data.Dataset` with the columns that `arrow.facts` takes.
        workers: How many actors, each of which takes a core; by default as many as there is work for, on all
            cores of the cluster but one. Some core has to be left to what reads the dataset, or Ray waits
            forever.
        batch_size: Articles per batch.
        options: Those of `arrow.facts`; `isolated` is true by default.

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
    """What an actor does: `arrow.facts` with options."""

    def __init__(self, **options: Any) -> None:
        """Load the pipeline."""
        self._options = options
        names = [field.name for field in fields(Extraction)]
        Extraction(**{name: options[name] for name in names if name in options}).warm_up()

    def __call__(self, batch: Any) -> Any:
        """The facts of a batch, as a `pyarrow.Table`."""
        return arrow.facts(batch, **self._options)


class RayCluster:
    """Workers of Ray for the parts of a run. The package must be installed on each machine."""

    def __init__(self, job: Job, *, address: str | None = None, workers: int | None = None) -> None:
        """Connect to nothing yet.

        Args:
            job: What the workers have to know.
            address: The cluster's, such as `10.0.0.1:6379`, `ray://10.0.0.1:10001` or `auto`; by default that
                of the variable RAY_ADDRESS, else a Ray on this machine that lives as long as the run.
            workers: How many parts are done at once; by default one for each core.

        Raises:
            OptionError: Ray is not installed.
        """
        self._ray, self._job = _ray(), job
        self._address = address or os.environ.get("RAY_ADDRESS") or "local"
        self._workers = workers

    def __enter__(self) -> Self:
        """Connect. OptionError where nobody answers at the address."""
        _check_address(self._address)
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # one that we start tells nobody of it
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
        self._task = self._ray.remote(num_cpus=1, max_retries=TRIES - 1)(extracted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.shutdown()

    def width(self) -> int:
        """How many parts may be under way: enough for all cores, also when there are more of them by now."""
        return self._workers or _AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, items: list[Item], /) -> object:
        """Begin with some articles."""
        return self._task.remote(self._reference, items)

    def next(self, tickets: Sequence[object], /) -> object:
        """One of the tickets that is done."""
        (ready, *_), _ = self._ray.wait(list(tickets), num_returns=1)
        return ready

    def result(self, ticket: object, /) -> Done:
        """What a ticket came to.

        Raises:
            Lost: its worker has died, at each try.
            ExtractError: the work cannot be done, on any worker.
        """
        from ray import exceptions

        try:
            done: Done = self._ray.get(ticket)
        except exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, ExtractError):
                raise cause from None
            raise ExtractError(f"a worker of Ray failed ({_cause(cause or error)})") from error
        except (
            exceptions.WorkerCrashedError,
            exceptions.NodeDiedError,
            exceptions.OutOfMemoryError,
            exceptions.ObjectLostError,
            exceptions.LocalRayletDiedError,
        ) as error:
            raise Lost(type(error).__name__) from error
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
    """Refuse an address where nobody listens; Ray would try for minutes.

    Raises:
        OptionError: it is one, or no address.
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
    return OptionError(f"--address {address}: no Ray answers there ({shortened(reason)}); {remedy}")


def _cause(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [""]
    return shortened(f"{type(error).__name__}: {lines[-1]}")
