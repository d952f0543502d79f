"""Charts as SVG in the colours of the page: Vega-Lite, rendered by vl-convert without network access."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import OptionError
from extract.report.base import EXTRA

_INK = "#010203"  # a placeholder colour, which is replaced by the text colour of the page
_WIDTH, _HEIGHT, _STEP = 560, 180, 20  # pixels
_DIRECTIONS = {"increase": "#2f8f4e", "unchanged": "#8a8f98", "decrease": "#c0453c"}
_BAR = "#3f6fd1"
_UNITS = {"day": "utcyearmonthdate", "month": "utcyearmonth", "year": "utcyear"}
_COUNTS = {"tickMinStep": 1, "format": ",d"}
_TEXTS = {"labelColor": _INK, "titleColor": _INK}
_CONFIG = {
    "aria": False,  # the page describes the chart
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

# ARIA attributes, which Vega adds to groups in spite of `aria: False`; the page has a label and a table.
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def bars(points: Points, *, label: str, value: str, part: str | None = None) -> str:
    """Horizontal bars, in the given order.

    Args:
        points: One per bar, or one per bar and part for stacked bars.
        label: The key of the label in each point.
        value: The key of the value.
        part: The key of the part of stacked bars, which is a direction of claims; None: plain bars.
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
    """Bars over time, one per day, month or year (`unit`), given by its first day: `2024-06-01`."""
    encoding = {
        "x": {"field": time, "type": "temporal", "timeUnit": _UNITS[unit], "title": None},
        "y": {"field": value, "type": "quantitative", "axis": _COUNTS},
    }
    return drawn({"height": _HEIGHT, "mark": _mark(), "encoding": encoding}, points)


def drawn(chart: Mapping[str, Any], points: Points) -> str:
    """A Vega-Lite chart of points, rendered as SVG at the default width."""
    return svg({"width": _WIDTH, "data": {"values": list(points)}, **chart})


def svg(chart: Mapping[str, Any]) -> str:
    """Render a complete Vega-Lite chart as SVG.

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
