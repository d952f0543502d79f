"""How a run is made: what its facts depend on beside the articles. A resumed run is held to it."""

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
    """The options on which facts depend, with the version and state of the program and of another `model`."""
    package, model = digest(Path(extract.__file__).parent), options.get("model")
    return {**options, "version": extract.__version__, "package": package, "model": _named(model)}


def check_resumed(
    output: str | Path, before: Mapping[str, Any], now: Provenance, *, resume: bool, kind: str
) -> None:
    """Refuse to lose an unfinished run, and to mix the facts of runs that were made in different ways.

    Args:
        output: Where the unfinished run is noted.
        before: How that one is made.
        now: How this one is made.
        resume: It is to be gone on with.
        kind: What may be deleted to start anew: `file` or `folder`.

    Raises:
        OptionError: it is not to be gone on with, or was made in another way.
    """
    if not resume:
        raise OptionError(
            f"{output}: is of a run that has not finished; go on with it by --resume, "
            f"or delete the {kind} to start anew"
        )
    differing = sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
    if differing:
        told = ", ".join(f"{key} {before.get(key)!r}, now {now.get(key)!r}" for key in differing)
        raise OptionError(
            f"{output}: the run to resume was made in another way ({told}); "
            f"make it the same, or delete the {kind} to start anew"
        )


def digest(folder: Path) -> str:
    """12 hexadecimal digits that tell the files below a folder from any others; compiled code is left out."""
    state = blake2b(digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        content = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def _named(model: str | int | None) -> str | None:
    """A model's name with the digest of its files, where they are found."""
    if not isinstance(model, str):
        return None
    folder = Path(model) if Path(model).is_dir() else _package(model)
    return f"{model} {digest(folder)}" if folder else model


def _package(name: str) -> Path | None:
    spec = find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else None
