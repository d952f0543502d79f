"""Which function reads the matches of which patterns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from extract.rules.dates import absolute, clock, durations, places, quarters, relative, years
from extract.rules.dates.context import Context, Meaning
from extract.rules.dates.extent import Part

Handler = Callable[[Part, Context, str | None], Meaning | None]

_READERS: tuple[tuple[Handler, str], ...] = (
    (
        absolute.day,
        "iso month_day day_month hyphened_day dotted_day glued_day stamp stamp_of_day spelled_day wire_day "
        "ordinal_month month_ordinal day_list",
    ),
    (places.day_of_month, "day_of_list weekday_day nth_of_month"),
    (places.nth_of, "nth_weekday nth_unit"),
    (years.era, "era"),
    (years.new_year, "new_year"),
    (places.weekday_the_nth, "weekday_the_nth"),
    (absolute.numeric, "numeric"),
    (absolute.day_range, "day_range day_range_month"),
    (absolute.free_form, "free_form"),
    (
        absolute.month,
        "month_year relative_month month month_and month_name month_attribute month_slash slash_month "
        "listed_month month_possessive month_figures",
    ),
    (absolute.month_range, "month_range"),
    (years.year, "year year_alone the_year year_words year_attribute year_of_event named_year"),
    (years.year_range, "year_range"),
    (years.fiscal_year, "fiscal_year"),
    (years.decade, "decade decade_words"),
    (years.century, "century"),
    (places.holiday, "holiday relative_holiday"),
    (quarters.quarter, "quarter quarter_of_list quarter_code half_code half"),
    (quarters.month_quarter, "month_quarter"),
    (quarters.season, "season relative_season the_season"),
    (relative.relative_unit, "relative_unit"),
    (relative.year_period, "year_period"),
    (relative.same_time, "same_time"),
    (relative.year_ago, "year_ago"),
    (relative.edge_unit, "edge_unit mid_year"),
    (relative.the_unit, "the_unit"),
    (relative.ordinal_unit, "ordinal_unit"),
    (relative.week_number, "week_number"),
    (relative.ago, "ago beside bare_ago the_unit_before"),
    (relative.reference, "references vague_span"),
    (clock.weekday, "weekday relative_weekday weekday_week"),
    (clock.days, "days"),
    (clock.night, "nights"),
    (clock.day_part, "the_day_part relative_part noon noon_of"),
    (clock.clock, "clock clock_of_range clock_24 clock_colon clock_plain oclock"),
    (durations.span, "span half_span part_span"),
    (durations.measured, "duration one_day"),
    (durations.bare, "unit_long one_or_two double bare_plural plural_beside"),
    (durations.repeated, "every times_a_unit per_unit a_unit frequency frequency_attribute weekdays"),
)
HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {f"dates.{name}": handler for handler, names in _READERS for name in names.split()}
)
