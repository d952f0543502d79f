"""Extraction over HTTP: a web page and an API.

>>> limits = Limits()
>>> app = make_app(Pool(pipeline_loader(), workers=2, timeout=limits.timeout), limits)  # an ASGI application
>>> serve(app, host="127.0.0.1", port=8000)

Requires the extra `serve`. The server process does not import spaCy: `pool` manages worker processes, which
run `jobs`.
"""

from extract.serve.app import make_app
from extract.serve.limits import Limits
from extract.serve.pool import Pool
from extract.serve.server import serve

__all__ = ["Limits", "Pool", "make_app", "serve"]
