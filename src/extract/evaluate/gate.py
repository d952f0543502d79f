"""The quality gate: no score may fall below its floor, and floors are valid for one state of the gold.

`floors.json` contains the minimum F1 in per cent of each row of each kind, and the digest of the gold files
and articles on which it was measured.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

from extract.articles import Article
from extract.errors import GateError
from extract.evaluate.scores import Figures

_SLACK = 0.5  # percentage points by which a new floor is below the score
_REMEDY = "run `extract evaluate --update-floors`"


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors and the digest of the gold on which they were measured.

    Attributes:
        digest: The digest of the gold files and articles, see `digest`.
        floors: The lowest F1 allowed, in per cent, by kind and row.
    """

    digest: str
    floors: Mapping[tuple[str, str], float]


def digest(folder: Path, articles: Iterable[Article]) -> str:
    """SHA-256 of the gold files of a folder and the ids, dates and texts of the articles, in hexadecimal."""
    state = hashlib.sha256()
    parts = [(path.name, path.read_bytes()) for path in folder.glob("*.toml")]
    parts += [(f"{article.id} {article.published}", article.text.encode()) for article in articles]
    for name, content in sorted(parts):
        state.update(f"{name} {len(content)}\n".encode())
        state.update(content)
    return state.hexdigest()


def load_floors(path: Path) -> Floors:
    """Read a file of floors; if it is missing, there are no floors, and the digest is empty.

    Raises:
        GateError: the file is not a valid file of floors.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        floors = {(kind, row): float(f1) for kind, rows in data["floors"].items() for row, f1 in rows.items()}
        return Floors(str(data["digest"]), floors)
    except FileNotFoundError:
        return Floors("", {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GateError(f"{path}: holds no floors ({error}); remove it and {_REMEDY}") from error


def save_floors(path: Path, floors: Floors) -> None:
    """Write a file of floors."""
    nested: dict[str, dict[str, float]] = {}
    for (kind, row), f1 in floors.floors.items():
        nested.setdefault(kind, {})[row] = f1
    data = {"digest": floors.digest, "floors": nested}
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def check_floors(figures: Figures, floors: Floors, digest: str) -> None:
    """Check that no score is below its floor.

    Raises:
        GateError: the floors were measured on another state of the gold, a row has no floor, or scores are
            below their floors; the message names all rows concerned.
    """
    if floors.digest != digest:
        raise GateError(f"the gold or its articles changed since the floors were set; {_REMEDY}")
    reached = _reached(figures)
    if uncovered := reached.keys() - floors.floors.keys():
        raise GateError(f"no floor for {_names(uncovered)}; {_REMEDY}")
    fallen = [
        f"{kind} {row}: F1 {reached.get((kind, row), 0):.1f} is below its floor {lowest:.1f}"
        for (kind, row), lowest in floors.floors.items()
        if reached.get((kind, row), 0) < lowest
    ]
    if fallen:
        raise GateError("\n".join([*fallen, f"mend it, or {_REMEDY} --allow-lower and say why"]))


def raise_floors(figures: Figures, floors: Floors, digest: str, *, allow_lower: bool = False) -> Floors:
    """New floors, half a point below the scores; a higher floor that is still reached does not change.

    Args:
        figures: The new scores.
        floors: The current floors.
        digest: The digest of the gold on which the scores were measured.
        allow_lower: Lower or drop the floors that the scores do not reach.

    Raises:
        GateError: a floor would be lowered without `allow_lower`.
    """
    reached = _reached(figures)
    lower = {key for key, lowest in floors.floors.items() if reached.get(key, 0) < lowest}
    if lower and not allow_lower:
        raise GateError(
            f"floors would have to be lowered: {_names(lower)}; if that is meant, add --allow-lower"
        )
    new = {}
    for key, f1 in reached.items():
        candidate = max(0.0, floor(10 * (f1 - _SLACK)) / 10)
        new[key] = candidate if key in lower else max(candidate, floors.floors.get(key, 0.0))
    return Floors(digest, new)


def _reached(figures: Figures) -> dict[tuple[str, str], float]:
    return {(score.kind, score.row): 100 * score.f1 for score in figures.scores}


def _names(keys: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{kind} {row}" for kind, row in sorted(keys))
