"""Ctrl-C and the request to terminate: a run stops, with all that is done written."""

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
    """Signals to stop raise `Stopped` within the block."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise Stopped(number)

    with _handled(stop):
        yield


@contextmanager
def held_back() -> Iterator[None]:
    """Signals to stop act when the block is done, so that nothing is written by half."""
    came: list[int] = []
    with _handled(lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)


@contextmanager
def ignored() -> Iterator[None]:
    """Signals to stop mean nothing to the processes that are started within the block.

    They inherit that these signals wait; of one that comes meanwhile this process hears after the block.
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
    """Only the main thread can say what signals do; others leave it as it is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in STOPS}
    try:
        yield
    finally:
        for number, handled in before.items():
            signal.signal(number, handled)
