"""Money beyond the cases: the component, currencies, and whose dollar it is."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.articles import Article
from extract.lexicons.patterns import entries
from extract.records import Entity, Fact, Source
from extract.rules import money
from extract.rules.money.currencies import code_on, codes, currency_of_country, unit_of_words
from extract.rules.money.evidence import Evidence
from extract.rules.money.home import country_of_address, country_of_city, dateline, jurisdictions
from extract.rules.money.match import amounts
from extract.rules.money.resolve import resolve_currency
from extract.rules.quantities.match import quantities

CASES = Path(__file__).parents[2] / "cases"


def place(country: str, start: int) -> Entity:
    source = Source.of("X" * 100, (start, start + 1), (0, 9), doc_id="a", rule="test")
    return Entity(source=source, label="GPE", name="X", entity_id=country, country=country)


def read(
    nlp: Language, text: str, known: tuple[Fact, ...] = (), source: str | None = None
) -> list[str | None]:
    doc = nlp(text)
    return [
        fact.currency for fact in money.build_records(doc, Article(id="a", text=text, source=source), known)
    ]


@pytest.fixture(scope="module")
def plain() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_money")
    return nlp


def test_every_named_pattern_is_hit_by_a_case() -> None:
    hit = {
        fact["rule"]
        for path in CASES.glob("money*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for fact in case.get("facts", [])
        if "rule" in fact
    }
    assert {entry.rule for entry in entries("money")} == hit


def test_the_component_works_in_any_pipeline(plain: Language) -> None:
    doc = plain("The mill cost $1.2 million.")
    assert [(span.text, span.label_, span.id_) for span in doc.spans["money"]] == [
        ("$1.2 million", "MONEY", "money.symbol_amount")
    ]


def test_matching_writes_nothing(plain: Language) -> None:
    doc = plain.make_doc("The mill cost $1.2 million.")
    assert money.MoneyComponent().match(doc)
    assert not doc.spans


def test_spans_survive_serialisation(plain: Language) -> None:
    text = "The mill cost $1.2 million."
    doc = Doc(plain.vocab).from_bytes(plain(text).to_bytes())
    (fact,) = money.build_records(doc, Article(id="a", text=text), ())
    assert (fact.amount, fact.currency) == (Decimal(1_200_000), "USD")


def test_a_document_without_the_component_has_no_money(plain: Language) -> None:
    doc = plain.make_doc("The mill cost $1.2 million.")
    assert list(money.build_records(doc, Article(id="a", text=doc.text), ())) == []


def test_a_bare_dollar_is_american_unless_the_article_is_plainly_elsewhere(plain: Language) -> None:
    text = "It cost $5."
    assert read(plain, text) == ["USD"]
    assert read(plain, text, (place("AU", 0), place("AU", 1))) == ["USD"]
    assert read(plain, text, tuple(place("AU", i) for i in range(3))) == ["AUD"]
    assert read(plain, text, (*(place("AU", i) for i in range(3)), *(place("US", i) for i in range(3)))) == [
        "USD"
    ]


def test_us_dollars_told_apart_make_bare_ones_the_country_s_own(plain: Language) -> None:
    assert read(plain, "It cost $5, or US$3.", (place("NZ", 0), place("NZ", 1))) == ["NZD", "USD"]


def test_converted_dollars_are_american(plain: Language) -> None:
    known = tuple(place("HK", i) for i in range(5))
    assert read(plain, "It cost HK$78 ($10) then.", known) == ["HKD", "USD"]


def test_the_address_of_the_source_counts(plain: Language) -> None:
    assert read(plain, "It cost $5.", source="https://news.example.co.nz/a") == ["NZD"]
    assert read(plain, "It cost $5.", source="https://news.example.com/a") == ["USD"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("COLOMBO, June 9 (News) - Fares rose.", "COLOMBO"),
        ("Fares rise\nCOLOMBO, 9 June 2024 - Fares rose.", "COLOMBO"),
        ("Paris (AFP) - Fares rose.", "Paris"),
        ("PORT LOUIS - Fares rose.", "PORT LOUIS"),
        ("LONDON, Ontario, June 9 - Fares rose.", "LONDON, Ontario"),
        ("Fares rose in Colombo on June 9 - again.", None),
        ("The minister - a liberal - spoke.", None),
    ],
)
def test_datelines(text: str, place: str | None) -> None:
    found = dateline(text)
    assert (text[found.start : found.end] if found else None) == place


def test_countries_of_cities_and_addresses() -> None:
    assert country_of_city("COLOMBO") == "LK"
    assert country_of_city("Atlantis") is None
    assert country_of_address("https://news.example.co.nz/a", "") == "NZ"
    assert country_of_address(None, "https://www.example.com.au/a/b.html\n\nFares rose.") == "AU"
    assert country_of_address(None, "Fares rose, see https://www.example.com.au/a") is None


def test_what_is_introduced_a_bare_dollar_repeats() -> None:
    told = Evidence(amounts=[(0, "USD"), (9, "dollar")])
    assert resolve_currency("dollar", told, at=9) == ("USD", "beside")
    at_home = Evidence(
        amounts=[(0, "USD"), (5, "CAD"), (9, "dollar")], mentions=[(i, "CA") for i in range(3)]
    )
    assert resolve_currency("dollar", at_home, at=9) == ("CAD", "country")
    apart = Evidence(amounts=[(0, "dollar"), (9, "USD")], mentions=[(1, "NZ"), (2, "NZ")])
    assert resolve_currency("dollar", apart, at=0) == ("NZD", "country")


def test_an_agency_of_the_world_means_the_us_dollar() -> None:
    evidence = Evidence(mentions=[(i, "AU") for i in range(4)], dateline="AU", international=True)
    assert resolve_currency("dollar", evidence, at=9) == ("USD", "default")


def test_money_that_is_gone_is_that_of_its_country() -> None:
    assert resolve_currency("franc", Evidence(mentions=[(0, "FR")]), at=9) == ("FRF", "country")
    assert resolve_currency("franc", Evidence(), at=9) == ("CHF", "default")


def test_names_mean_the_money_of_the_day() -> None:
    assert code_on("PLN", date(1987, 3, 1)) == "PLZ"
    assert code_on("PLN", date(2024, 3, 1)) == "PLN"
    assert code_on("EUR", date(1987, 3, 1)) == "EUR"
    assert code_on("TRY", None) == "TRY"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The High Court at Perth sat.", {"AU"}),
        ("Perth's police came.", {"AU"}),
        ("A court in Perth.", {"AU"}),
        ("The Supreme Court of New South Wales sat.", {"AU"}),
        ("Police left for Perth.", set()),
        ("A tennis player of Perth.", set()),
    ],
)
def test_places_of_courts_and_police(text: str, countries: set[str]) -> None:
    assert jurisdictions(text, {"Perth": "AU", "New South Wales": "AU"}, "institutions") == countries


def test_the_country_named_last_in_the_line_wins_for_pesos() -> None:
    evidence = Evidence(mentions=[(0, "MX"), (10, "CL"), (40, "MX")], lines=[0, 30])
    assert resolve_currency("peso", evidence, at=20) == ("CLP", "country")
    assert resolve_currency("peso", evidence, at=50) == ("MXN", "country")


def test_a_currency_named_in_full_settles_its_noun() -> None:
    assert resolve_currency("rupee", Evidence(explicit=Counter({"LKR": 1})), at=0) == ("LKR", "beside")


def test_what_nothing_settles_stays_open() -> None:
    assert resolve_currency("dinar", Evidence(), at=0) == (None, None)
    assert resolve_currency("peso", Evidence(), at=0) == ("MXN", "default")


def test_currencies_of_countries_change_with_time() -> None:
    assert currency_of_country("DE", "mark", on=date(1989, 1, 1)) == "DEM"
    assert currency_of_country("DE", "mark") is None
    assert currency_of_country("SN", "franc") == "XOF"
    assert currency_of_country("SE", "krone") == "SEK"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("australian dollars", ("AUD", 1)),
        ("u.s. cents", ("USD", 100)),
        ("norwegian kroner", ("NOK", 1)),
        ("south african rand", ("ZAR", 1)),
        ("pence", ("GBP", 100)),
        ("dollars", ("dollar", 1)),
        ("percent", None),
        ("h.k. dlrs", ("HKD", 1)),
        ("taiwan dlrs", ("TWD", 1)),
        ("french francs", ("FRF", 1)),
        ("satoshis", ("BTC", 100_000_000)),
        ("atlantis dollars", None),
    ],
)
def test_names(name: str, unit: tuple[str, int] | None) -> None:
    assert unit_of_words(name) == unit


def test_only_real_codes() -> None:
    assert {"USD", "EUR", "DEM"} <= codes()
    assert not {"XXX", "XTS", "XAU", "ABC"} & codes()


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    st.sampled_from([("", 1), (" thousand", 10**3), ("m", 10**6), (" million", 10**6), ("bn", 10**9)]),
    st.sampled_from(["$", "US$", "£", "€", "EUR ", "Rs "]),
)
def test_no_scale_is_lost(value: Decimal, scale: tuple[str, int], sign: str) -> None:
    text = f"It cost {sign}{value:,}{scale[0]} then."
    (amount,) = amounts(text)
    assert amount.low == value * scale[1]
    assert text[amount.start : amount.end] == f"{sign}{value:,}{scale[0]}"


@given(st.text(alphabet="$£€ 0123456789.,-–()USDmbnkto pencillwRand", max_size=80))
def test_amounts_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for amount in amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        assert amount.high is None or amount.high > amount.low
        end = amount.end


_PIECES = [
    "5",
    "12",
    "250",
    "1.5",
    "'",
    "’",
    ",",
    ".",
    "/",
    " ",
    "½",
    "million",
    "lakh",
    "k",
    "bn",
    "two",
    "half",
    "of a",
]
_BESIDE = re.compile(r"[\d½]|[.,'’/]\d|\s?(?:million|lakh|bn)\b")


@given(st.lists(st.sampled_from([*_PIECES, "$", "euros", "kg", "€"]), max_size=12).map("".join))
def test_what_stands_beside_a_span_is_no_part_of_its_number(text: str) -> None:
    found = [(a.start, a.end) for a in amounts(text)] + [(q.start, q.end) for q in quantities(text)]
    for start, end in found:
        assert not _BESIDE.match(text, end)
        assert not re.search(r"[\d½][.,'’/]?$", text[max(0, start - 2) : start])


@pytest.mark.parametrize(
    "text", ["€1'25", "€1.25,00", "€12.500,000", "1'25'000 euros", "1,23.456,7 euros", "$1/7"]
)
def test_nothing_is_found_where_a_number_is_not_understood(text: str) -> None:
    assert amounts(f"It cost {text} then.") == ()


def test_long_texts_are_read_in_linear_time() -> None:
    for piece in ("$1 ", "$1-", "$1 to ", "5 pounds ", "R1 ", "US ", "cents a ", "between $1 and "):
        assert isinstance(amounts(piece * 4_000), tuple)
