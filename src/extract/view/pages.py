"""Renders templates as pages: one file each, with inline style and scripts; nothing else may run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extract.view.texts import shown


def render(template: str, *, scripts: Sequence[str] = (), forms: bool = False, **values: Any) -> str:
    """A page from a template, which extends `base.html` and is given `values`, each of them escaped.

    Args:
        template: Its name in `templates/`.
        scripts: Names of files in `static/`, which run in this order. Nothing else does: the page's
            Content-Security-Policy names their digests, and forbids every request.
        forms: Whether its forms may be submitted to its own server.
        values: What the template refers to.

    Returns:
        The page. Control characters and those that change the direction of text are shown as symbols.
    """
    style = asset("style.css")
    code = [asset(name) for name in scripts]
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action '{'self' if forms else 'none'}'; img-src data:; "
        f"style-src {_digest(style)}; script-src {' '.join(map(_digest, code)) or repr('none')}"
    )
    page = _environment().get_template(template)
    return page.render(style=Markup(style), scripts=[Markup(one) for one in code], policy=policy, **values)


@cache
def asset(name: str) -> str:
    """The text of a file in `static/`."""
    return files("extract.view").joinpath("static", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The digest of an inline style or script for the policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("extract.view"),
        autoescape=True,
        finalize=lambda value: "" if value is None else shown(value) if isinstance(value, str) else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["percent"] = lambda share: f"{100 * share:.1f}"
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":")}  # in the order of the columns
    return made
