"""The facts of texts over HTTP: a page for people, an API for programs.

>>> limits = Limits()
>>> app = make_app(Pool(pipeline_loader(), workers=2, timeout=limits.timeout), limits)  # an ASGI application
>>> serve(app, host="127.0.0.1", port=8000)

Needs the extra `serve`. The process that answers requests does without spaCy: `pool` has worker processes,
and `jobs` is what they do.
"""

from extract.serve.app import make_app
from extract.serve.limits import Limits
from extract.serve.pool import Pool
from extract.serve.server import serve

__all__ = ["Limits", "Pool", "make_app", "serve"]
