"""The server process."""

from __future__ import annotations

import logging
import math
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from extract.errors import OptionError
from extract.serve.limits import Limits
from extract.serve.logs import configure
from extract.serve.pool import Pool

logger = logging.getLogger(__name__)

_CLOSING = 5  # seconds to finish accepted requests, besides the time for their articles


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve requests until the process is told to stop, then finish the accepted ones.

    Args:
        app: The application, from `make_app`.
        host: The address to listen on.
        port: The port; 0 for any free port.

    Raises:
        OptionError: the address or port cannot be used.
        ExtractError: the workers failed to start.
    """
    limits: Limits = app.state.limits
    pool: Pool = app.state.pool
    longest = limits.timeout * limits.at_once / pool.workers
    bound_socket = _bound(host, port)
    configure()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=math.ceil(longest) + _CLOSING,
    )
    server = _Server(config, pool)
    with bound_socket:
        shown, bound, *_ = bound_socket.getsockname()
        logger.info("starting at http://%s:%d", f"[{shown}]" if ":" in shown else shown, bound)
        try:
            server.run(sockets=[bound_socket])
        except SystemExit:  # the application failed to start
            if app.state.failure is None:
                raise
            raise app.state.failure from None


class _Server(uvicorn.Server):
    """A uvicorn server that logs when it is ready, and ends streams of articles when it stops."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then listen: until then connections are refused."""
        await super().startup(sockets)
        if self.started:
            logger.info("ready, with %d workers", self._pool.workers)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; immediately at the second signal."""
        logger.info("stopping")
        self._pool.stopping = True
        super().handle_exit(sig, frame)


def _bound(host: str, port: int) -> socket.socket:
    """A socket bound to the first address of the host name."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        reason = f"{host}:{port}: cannot listen ({(error.strerror or str(error)).lower()})"
        raise OptionError(f"{reason}; choose another --host or --port") from error
    return bound
