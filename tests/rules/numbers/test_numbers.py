"""Numbers in text: every way of writing one reads back exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.rules import numbers
from extract.rules.numbers import Number, find, in_range, is_cut, read, spread

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
GROUPS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

values = st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False, allow_infinity=False)
whole = st.integers(min_value=0, max_value=10**15 - 1)


def spelled(value: int, joint: str) -> str:
    """An integer in English words; `joint` follows the hundreds: ` and ` or a space."""
    for size, name in GROUPS:
        if value >= size:
            rest = value % size
            more = f"{joint if rest < 100 and size == 1000 else ' '}{spelled(rest, joint)}" if rest else ""
            return f"{spelled(value // size, joint)} {name}{more}"
    if value >= 100:
        more = f"{joint}{spelled(value % 100, joint)}" if value % 100 else ""
        return f"{SMALL[value // 100]} hundred{more}"
    if value >= 20:
        return TENS[value // 10] + (f"-{SMALL[value % 10]}" if value % 10 else "")
    return SMALL[value]


def indian(value: int) -> str:
    """An integer with the commas of lakhs and crores: 1,23,45,678."""
    head, tail = str(value)[:-3], str(value)[-3:]
    pairs = [head[max(0, i - 2) : i] for i in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), tail])


def only(text: str) -> Number:
    (number,) = find(text)
    return number


@given(values)
def test_separators_read_back(value: Decimal) -> None:
    assert only(f"{value:,}").value == value
    assert only(f"{value:f}").value == value


@given(values.filter(lambda value: value >= 1000), st.sampled_from("\u00a0\u2009\u202f"))
def test_thousands_apart_by_a_space_that_does_not_break_read_back(value: Decimal, space: str) -> None:
    assert only(f"{value:,}".replace(",", space)).value == value


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_indian_separators_read_back(value: int) -> None:
    assert only(indian(value)).value == value


@given(whole, st.sampled_from([" ", " and "]))
def test_words_read_back(value: int, joint: str) -> None:
    number = only(spelled(value, joint))
    assert number.value == value
    assert number.form == "words"


@given(
    values, st.sampled_from([(6, "million"), (6, "m"), (9, "bn"), (9, "billion"), (12, "trillion"), (3, "k")])
)
def test_a_scale_is_never_lost(value: Decimal, scale: tuple[int, str]) -> None:
    power, name = scale
    for gap in ("",) if len(name) == 1 else ("", " ", "-"):
        number = only(f"{value:,}{gap}{name}")
        assert number.value == value * 10**power
        assert number.plain == value
        assert number.scale == name


@given(st.text(alphabet="0123456789.,-/ \u00a0½mbn$%kandhlf", max_size=60))
def test_numbers_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for number in find(text):
        assert end <= number.start < number.end <= len(text)
        assert number.start < number.plain_end <= number.end
        end = number.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2½", "2.5"),
        ("½", "0.5"),
        ("2 1/2", "2.5"),
        ("16 1/4 million", "16250000"),
        ("3/4", "0.75"),
        ("one and a half million", "1500000"),
        ("two and a quarter", "2.25"),
        ("1.5 and a half", None),
        ("half a million", "500000"),
        ("half a dozen", "6"),
        ("a quarter of a billion", "250000000"),
        ("two dozen", "24"),
        ("a hundred", "100"),
        ("one hundred and twenty-five thousand", "125000"),
        ("twelve hundred", "1200"),
        ("five hundred thousand million", "500000000000"),
        ("3 lakh crore", "3000000000000"),
        ("12 hundred", "1200"),
        ("1.234.567", "1234567"),
        ("3,5", "3.5"),
        (".5", "0.5"),
        ("1.99×10^30", "1.99E+30"),
        ("6 × 10−3", "0.006"),
        ("10 000", "10000"),
        ("1'250'000", "1250000"),
        ("2’500.50", "2500.50"),
        ("12.500,00", "12500"),
        ("1.234.567,8", "1234567.8"),
        ("12,34,567.50", "1234567.50"),
        ("2 and 1/2", "2.5"),
        ("three-quarters of a billion", "750000000"),
        ("a quarter of a million", "250000"),
        ("three quarters billion", "750000000"),
        ("two and three quarters million", "2750000"),
        ("a million and a half", "1500000"),
        ("two point five million", "2500000"),
        ("3 crore 50 lakh", "35000000"),
        ("1 million 250 thousand", "1250000"),
        ("1 234 567", "1234567"),
    ],
)
def test_values(text: str, value: str | None) -> None:
    number = read(text)
    assert (number.value if number else None) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3.4",
        "1,2,3,4",
        "1,0000",
        "12.5.2019",
        "1" * 40,
        "a",
        "an",
        "and",
        "",
    ],
)
def test_no_numbers(text: str) -> None:
    assert find(text) == ()


def test_two_numbers_side_by_side_stay_apart() -> None:
    assert [int(n.value) for n in find("on page 12 150 people")] == [12, 150]
    assert [int(n.value) for n in find("in 2020 300 people")] == [2020, 300]
    assert [int(n.value) for n in find("twenty twenty-one")] != [41]


@pytest.mark.parametrize(
    ("text", "form"),
    [("9th", "ordinal"), ("first", "ordinal"), ("two-thirds", "fraction"), ("a fifth", "fraction")],
)
def test_forms(text: str, form: str) -> None:
    assert only(text).form == form


def test_letters_glued_to_digits_are_told() -> None:
    assert only("A320").glued
    assert not only("the 320").glued
    assert only("5m").letter_scale
    assert only("5m").plain == 5


@pytest.mark.parametrize(
    ("text", "sign"),
    [("-5", -1), ("(−5", -1), ("minus 5", -1), ("+5", 1), ("a-5", 0), ("3-5", 0), ("-$5", -1)],
)
def test_signs(text: str, sign: int) -> None:
    assert find(text)[-1].sign == sign


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-5", True),
        ("3 to 5", True),
        ("between 3 and 5", True),
        ("3 and 5", False),
        ("5 to 3", False),
        ("3, 5", False),
    ],
)
def test_ranges(text: str, expected: bool) -> None:
    assert in_range(text, *find(text)) is expected


def test_the_first_end_of_a_range_takes_the_scale_of_the_second() -> None:
    assert spread(*find("3-5m")) == (Decimal(3_000_000), Decimal(5_000_000))
    assert spread(*find("500 to 1 million")) == (Decimal(500), Decimal(1_000_000))


def test_long_runs_are_read_in_linear_time() -> None:
    for piece in ("1,", "1 000 ", "one hundred ", "1/", "½", "and a half ", "1."):
        assert isinstance(numbers.find(piece * 20_000), tuple)


@pytest.mark.parametrize(
    ("text", "values"),
    [("1.8055/65", ["1.8055", "1.8065"]), ("3.75/80", ["3.75", "3.80"]), ("1.5/100", ["1.5", "100"])],
)
def test_the_second_price_of_a_quote_takes_its_first_digits_from_the_first(
    text: str, values: list[str]
) -> None:
    assert [number.value for number in find(text)] == [Decimal(value) for value in values]


def test_plain_spaces_part_digits_where_the_text_or_a_mark_of_money_shows_it() -> None:
    assert [int(n.value) for n in find("at 12 500 of 34 000 farms")] == [12500, 34000]
    assert [int(n.value) for n in find("at 12 500 of 34,000 farms")] == [12, 500, 34000]
    assert only("EUR 12 500").value == 12500
    assert only("N$200 000, he said").value == 200_000


def test_a_point_is_a_place_or_a_time_where_no_measure_follows() -> None:
    assert [int(n.value) for n in find("at one point two men left")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("[5] kg", False),
        ("[5],500 kg", True),
        ("[5]'500", True),
        ("[5]½", True),
        ("[5] million", True),
        ("1.[5] kg", True),
        ("1/[5] kg", True),
        ("12 [150] people", True),
        ("2020 [300] people", False),
        ("12, [150] people", False),
    ],
)
def test_numbers_that_are_not_whole_are_told(text: str, cut: bool) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert is_cut(text.replace("[", "").replace("]", ""), start, end) is cut
