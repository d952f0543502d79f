"""The provenance of a run: the options and program state on which its facts depend.

A run can only be resumed with the same provenance.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import extract
from extract.errors import OptionError

Provenance = Mapping[str, str | int | None]


def provenance_of(options: Provenance) -> dict[str, str | int | None]:
    """The options, with the version and digest of the program and of the spaCy pipeline `model`."""
    package, model = digest(Path(extract.__file__).parent), options.get("model")
    return {**options, "version": extract.__version__, "package": package, "model": _named(model)}


def check_resumed(
    output: str | Path, before: Mapping[str, Any], now: Provenance, *, resume: bool, kind: str
) -> None:
    """Refuse to overwrite an unfinished run, or to resume it with another provenance.

    Args:
        output: The journal or folder of the unfinished run.
        before: Its provenance.
        now: The provenance of this run.
        resume: Whether this run is to resume it.
        kind: What to delete to start over: `file` or `folder`.

    Raises:
        OptionError: `resume` is false, or the provenance differs.
    """
    if not resume:
        raise OptionError(
            f"{output}: belongs to an unfinished run; continue it with --resume, "
            f"or delete the {kind} to start over"
        )
    differing = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
    if differing:
        changes = ", ".join(f"{key} {before.get(key)!r}, now {now.get(key)!r}" for key in differing)
        raise OptionError(
            f"{output}: the run to resume had other options or another program ({changes}); "
            f"use the same ones, or delete the {kind} to start over"
        )


def digest(folder: Path) -> str:
    """A digest of the files below a folder, without compiled code: 12 hexadecimal digits."""
    state = blake2b(digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        content = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def _named(model: str | int | None) -> str | None:
    """The name of a model with the digest of its files, if they are found."""
    if not isinstance(model, str):
        return None
    folder = Path(model) if Path(model).is_dir() else _package(model)
    return f"{model} {digest(folder)}" if folder else model


def _package(name: str) -> Path | None:
    spec = find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else None
