"""The scale of an amount is never lost: whatever form it is written in, the same amount is read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.rules.money.match import amounts

# What follows digits at once or after a space, a hyphen or nothing.
SCALES = {
    **dict.fromkeys((" thousand", "-thousand", "k", "K"), 10**3),
    **dict.fromkeys(
        (" million", "-million", "million", "m", "mn", " mn", "mln", " mln", "M", " Million"), 10**6
    ),
    **dict.fromkeys((" billion", "-billion", "billion", "bn", " bn", "bln", "b", "B", " BILLION"), 10**9),
    **dict.fromkeys((" trillion", "-trillion", "tn", " tn", "trn", " trn"), 10**12),
    **dict.fromkeys((" lakh", "-lakh", " lakhs"), 10**5),
    **dict.fromkeys((" crore", "-crore", " crores", " cr"), 10**7),
    " lakh crore": 10**12,
    " thousand crore": 10**10,
    "": 1,
}
SIGNS = ("$", "US$", "HK$", "A$", "R$", "€", "£", "¥", "₹", "Rs ", "Rs.", "RM", "Tk ", "USD ", "EUR", "US$ ")
CAUTIOUS = ("R", "N", "P", "K", "KD", "LE", "DM", "S/", "TL")  # money where a scale says so
NAMES = (
    "euros",
    "dollars",
    "yen",
    "rupees",
    "Hong Kong dollars",
    "naira",
    "baht",
    "pounds sterling",
    "CFA francs",
)
PLACES = (
    "It paid {} on Monday.",
    "{}",
    "The loss ({}) grew.",
    "He said: “{}”.",
    "Sales of {}, or so, and more.",
    "SALES OF {} IN MAY",
    "a {}-plus deal",
    "worth {}; a record",
    "It cost {}—a lot.",
    "It got {}\nMore news",
)
SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "ninety": 90}

values = st.integers(1, 99_999).map(lambda n: Decimal(n) / 100) | st.integers(1, 9_999).map(Decimal)
scales = st.sampled_from(sorted(SCALES))


def read_back(text: str) -> list[Decimal]:
    return [amount.low for amount in amounts(text)]


def written(value: Decimal, *, comma: bool = False) -> str:
    """`1,234.5`, or `1234,5` with a comma for the point."""
    return f"{value.normalize():f}".replace(".", ",") if comma else f"{value.normalize():,f}"


@given(value=values, scale=scales, sign=st.sampled_from(SIGNS), place=st.sampled_from(PLACES))
@example(value=Decimal("1.2"), scale="bn", sign="HK$", place="a {}-plus deal")
def test_a_sign_before_it(value: Decimal, scale: str, sign: str, place: str) -> None:
    text = place.format(f"{sign}{written(value)}{scale}")
    assert read_back(text) == [value * SCALES[scale]], text


@given(
    value=values,
    scale=scales.filter(lambda scale: len(scale) > 1),
    sign=st.sampled_from(CAUTIOUS),
    place=st.sampled_from(PLACES),
)
def test_letters_before_it(value: Decimal, scale: str, sign: str, place: str) -> None:
    text = place.format(f"{sign}{written(value)}{scale}")
    assert read_back(text) == [value * SCALES[scale]], text


@given(value=values, scale=scales, name=st.sampled_from(NAMES), place=st.sampled_from(PLACES))
def test_a_name_after_it(value: Decimal, scale: str, name: str, place: str) -> None:
    text = place.replace("-plus", "").format(f"{written(value)}{scale} {name}")
    assert read_back(text) == [value * SCALES[scale]], text


@given(value=st.integers(1, 9_99).map(lambda n: Decimal(n) / 10), scale=scales.filter(bool))
def test_a_decimal_comma(value: Decimal, scale: str) -> None:
    text = f"a deal of €{written(value, comma=True)}{scale} in all"
    assert read_back(text) == [value * SCALES[scale]], text


@given(
    low=st.integers(1, 400),
    more=st.integers(1, 400),
    scale=scales.filter(lambda scale: scale not in ("", " thousand crore")),
    form=st.sampled_from(
        [
            "${}-{}",
            "${} to ${}",
            "${} to {}",
            "${}–${}",
            "between ${} and ${}",
            "€{} – {}",
            "between €{} and {}",
        ]
    ),
)
def test_the_ends_of_a_range_share_it(low: int, more: int, scale: str, form: str) -> None:
    text = f"It costs {form.format(low, f'{low + more}{scale}')} in all."
    (amount,) = amounts(text)
    assert [amount.low, amount.high] == [Decimal(low) * SCALES[scale], Decimal(low + more) * SCALES[scale]], (
        text
    )


@given(
    low=st.integers(1, 400),
    more=st.integers(1, 400),
    scale=scales.filter(lambda scale: scale not in ("", " thousand crore")),
    name=st.sampled_from(NAMES),
    form=st.sampled_from(["{} to {}", "{}-{}", "between {} and {}", "{} or {}"]),
)
def test_the_ends_of_a_range_with_a_name_share_it(
    low: int, more: int, scale: str, name: str, form: str
) -> None:
    text = f"It costs {form.format(low, f'{low + more}{scale}')} {name} in all."
    (amount,) = amounts(text)
    assert [amount.low, amount.high] == [Decimal(low) * SCALES[scale], Decimal(low + more) * SCALES[scale]], (
        text
    )


@given(
    low=values,
    more=st.integers(1, 400),
    first=scales.filter(bool),
    second=scales.filter(bool),
    sign=st.sampled_from(["$", "€", "RM"]),
)
def test_amounts_beside_each_other_keep_their_own(
    low: Decimal, more: int, first: str, second: str, sign: str
) -> None:
    text = f"It fell from {sign}{written(low)}{first} to {sign}{more}{second} in May."
    assert read_back(text) == [low * SCALES[first], more * SCALES[second]], text


@given(
    number=st.integers(0, len(SMALL) - 1),
    ten=st.sampled_from([None, *TENS]),
    half=st.sampled_from(["", " and a half", "-and-a-half"]),
    scale=st.sampled_from(["million", "billion", "trillion", "thousand", "lakh", "crore"]),
    name=st.sampled_from(NAMES),
)
def test_words(number: int, ten: str | None, half: str, scale: str, name: str) -> None:
    word, value = SMALL[number], number + 2
    if ten and value < 10:
        word, value = f"{ten}-{word}", TENS[ten] + value
    text = f"They paid {word}{half} {scale} {name} for it."
    assert read_back(text) == [(value + Decimal("0.5") * bool(half)) * SCALES[f" {scale}"]], text


@pytest.mark.parametrize(
    "text",
    [
        "$1.5bio",
        "US$3xyz",
        "€2mm²",
        "tens of millions of dollars",
        "a couple of million dollars",
        "$30s",
        "a seven-figure sum",
    ],
)
def test_no_amount_rather_than_a_wrong_one(text: str) -> None:
    assert read_back(f"It cost {text} in all.") == []
