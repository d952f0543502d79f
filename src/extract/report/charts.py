"""Charts as SVG in the colours of a page: Vega-Lite, drawn by vl-convert, which fetches nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import OptionError
from extract.report.base import EXTRA

_INK = "#010203"  # a colour that no chart has: it becomes that of the page's text
_WIDTH, _HEIGHT, _STEP = 560, 180, 20  # pixels
_DIRECTIONS = {"increase": "#2f8f4e", "unchanged": "#8a8f98", "decrease": "#c0453c"}
_BAR = "#3f6fd1"
_UNITS = {"day": "utcyearmonthdate", "month": "utcyearmonth", "year": "utcyear"}
_COUNTS = {"tickMinStep": 1, "format": ",d"}
_TEXTS = {"labelColor": _INK, "titleColor": _INK}
_CONFIG = {
    "aria": False,  # the page tells what a chart shows
    "view": {"stroke": None},
    "legend": _TEXTS,
    "header": _TEXTS,
    "title": {"color": _INK},
    "axis": {
        **_TEXTS,
        **dict.fromkeys(("domainColor", "tickColor", "gridColor"), _INK),
        "gridOpacity": 0.12,
        "domainOpacity": 0.4,
        "tickOpacity": 0.4,
        "titleFontWeight": "normal",
    },
}

Points = Sequence[Mapping[str, Any]]

# What Vega says of groups to screen readers, though told not to; the figure around has a name, and a table.
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def bars(points: Points, *, label: str, value: str, part: str | None = None) -> str:
    """Horizontal bars, in the order given.

    Args:
        points: Each with a label and a value; of each part where bars have parts.
        label: The name of the label.
        value: The name of the value.
        part: The name of what divides a bar: directions of claims.
    """
    encoding: dict[str, Any] = {
        "y": {"field": label, "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 220}},
        "x": {"field": value, "type": "quantitative", "axis": _COUNTS},
    }
    if part:
        scale = {"domain": list(_DIRECTIONS), "range": list(_DIRECTIONS.values())}
        legend = {"orient": "top"}
        encoding["color"] = {
            "field": part,
            "type": "nominal",
            "scale": scale,
            "title": None,
            "legend": legend,
        }
    return drawn({"height": {"step": _STEP}, "mark": _mark(), "encoding": encoding}, points)


def times(points: Points, *, time: str, value: str, unit: str) -> str:
    """Bars over time, of days, months or years, each given by its first day, such as `2024-06-01`."""
    encoding = {
        "x": {"field": time, "type": "temporal", "timeUnit": _UNITS[unit], "title": None},
        "y": {"field": value, "type": "quantitative", "axis": _COUNTS},
    }
    return drawn({"height": _HEIGHT, "mark": _mark(), "encoding": encoding}, points)


def drawn(chart: Mapping[str, Any], points: Points) -> str:
    """A chart of Vega-Lite of these points, as SVG."""
    return svg({"width": _WIDTH, "data": {"values": list(points)}, **chart})


def svg(chart: Mapping[str, Any]) -> str:
    """A whole chart of Vega-Lite as SVG.

    Raises:
        OptionError: vl-convert is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise OptionError(f"a report needs {error.name}; {EXTRA}") from error
    whole = {**chart, "background": "transparent", "config": _CONFIG}
    made: str = vl_convert.vegalite_to_svg(json.dumps(whole))
    return _ROLES.sub("", made.replace(_INK, "currentColor"))


def _mark() -> dict[str, str]:
    return {"type": "bar", "color": _BAR}
