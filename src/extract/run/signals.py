"""SIGINT and SIGTERM: a run stops after it has written what is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STOPS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The process was asked to stop by the signal `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def raised() -> Iterator[None]:
    """Within the block, SIGINT and SIGTERM raise `Stopped`."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise Stopped(number)

    with _handled(stop):
        yield


@contextmanager
def held_back() -> Iterator[None]:
    """Delay SIGINT and SIGTERM to the end of the block, so that nothing is half written."""
    came: list[int] = []
    with _handled(lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)


@contextmanager
def ignored() -> Iterator[None]:
    """Processes that are started within the block ignore SIGINT and SIGTERM.

    They inherit the mask that blocks these signals; this process receives a blocked signal after the block.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        with _handled(signal.SIG_IGN):
            yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _handled(handler: signal._HANDLER) -> Iterator[None]:
    """Set the handler of both signals within the block; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in STOPS}
    try:
        yield
    finally:
        for number, handled in before.items():
            signal.signal(number, handled)
