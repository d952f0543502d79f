"""`extract` in a fork of this process, which has loaded it: a start of its own costs more than a second."""

from __future__ import annotations

import logging
import os
import re
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterable
from dataclasses import dataclass

from extract import cli, pipeline, record_builders, run
from tests import samples

_STREAMS = ("stdin", "stdout", "stderr")
_REDIRECTION = re.compile(r"(?P<number>\d?)(?P<sign><|>>|>)(?:&(?P<close>-)|\s*(?P<path>\S+))")
_FLAGS = {
    "<": os.O_RDONLY,
    ">": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    ">>": os.O_WRONLY | os.O_CREAT | os.O_APPEND,
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it; the status is negative for a signal."""

    returncode: int
    stdout: str
    stderr: str


def extract(line: str, *, read: int | None = None) -> Done:
    """`extract` with the rule of `samples.dollars`.

    Args:
        line: Arguments and redirections as a shell has them, such as `run a.txt > /dev/full 2>&-`.
        read: Its standard output is a pipe, of which so many bytes are read before it is closed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reading, writing = os.pipe() if read else (None, None)
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing or out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            for found in _REDIRECTION.finditer(line):
                _redirect(**found.groupdict())
            for place in filter(None, (reading, writing)):
                os.close(place)
            _become(shlex.split(_REDIRECTION.sub("", line)))
        if read and reading and writing:
            os.close(writing)
            os.read(reading, read)
            os.close(reading)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return Done(status, out.read().decode(), err.read().decode())


def _redirect(number: str, sign: str, close: str | None, path: str | None) -> None:
    place = int(number or sign != "<")
    if close:
        os.close(place)
    elif path:
        opened = os.open(path, _FLAGS[sign])
        if opened != place:
            os.dup2(opened, place)
            os.close(opened)


def _become(arguments: Iterable[str]) -> None:
    """Run `extract` in this process, with the streams that Python makes as it starts, and end it."""
    status = 99
    for place, (name, mode) in enumerate(zip(_STREAMS, "rww", strict=True)):
        setattr(sys, name, _stream(place, mode))
    logging.root.handlers.clear()  # those of pytest
    run.pipeline_loader = lambda **_: samples.load_dollars
    record_builders.RECORD_BUILDERS = (samples.dollars,)
    pipeline.check = lambda nlp: None
    try:
        cli.main(list(arguments), prog_name="extract")
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:  # noqa: BLE001 (the fork must not go on as pytest)
        traceback.print_exc()
    os._exit(status)


def _stream(place: int, mode: str) -> object:
    try:
        return os.fdopen(place, mode, errors="backslashreplace", buffering=1, closefd=False)
    except OSError:  # it is closed
        return None
