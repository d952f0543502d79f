"""An item's neighbours."""

from __future__ import annotations

from extract.rules.growth.words import Item

_NOTHING = Item(".", 0, 0, "")


def before(items: list[Item], i: int) -> Item:
    """The item before item `i`, or a full stop."""
    return items[i - 1] if i else _NOTHING


def after(items: list[Item], i: int) -> Item:
    """The item after item `i`, or a full stop."""
    return items[i + 1] if i + 1 < len(items) else _NOTHING
