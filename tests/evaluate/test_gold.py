from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate import check, load_gold
from extract.records import KINDS, Fact, row

TEXT = """\
Dana Okafor said on Monday that Bulgaria's sales of tea rose 12.5% to $3 million in 2024, or US$3 a head.
Okafor, a Bulgarian, said 2.5% and 5% were lost; Okafor left. Tea
Room Ltd sold 13,000 cups and 3 teapots.
"""
ARTICLE = Article(id="tea.txt", text=TEXT)

ENTITY = '[[entity]]\ntext = "Bulgaria"\nlabel = "GPE"\n'
DATE = '[[date]]\ntext = "2024"\ntype = "DATE"\nvalue = "2024"\n'
MONEY = '[[money]]\ntext = "$3 million"\namount = 3000000\ncurrency = "USD"\n'
QUANTITY = '[[quantity]]\ntext = "13,000 cups"\namount = 13000\nunit = "cup"\n'
GROWTH = (
    '[[growth]]\ntext = "12.5%"\nmetric = "sales of tea"\ndirection = "increase"\n'
    'change_value = "12.5"\nchange_unit = "percent"\nstatus = "actual"\n'
)


OKAFOR = '[[entity]]\ntext = "Okafor"\nnth = 2\nlabel = "PERSON"\nname = "Dana Okafor"\n'


def load(folder: Path, content: str) -> list[Fact]:
    (folder / "tea.toml").write_text(content, encoding="utf-8")
    return list(load_gold(folder, [ARTICLE]))


def one(folder: Path, content: str) -> dict[str, Any]:
    (fact,) = load(folder, content)
    assert TEXT[fact.start : fact.end] == fact.text
    assert fact.rule == "gold"
    return row(fact)


def test_entity(tmp_path: Path) -> None:
    fact = one(tmp_path, ENTITY + 'country = "BG"\n')
    assert (fact["label"], fact["name"], fact["country"]) == ("GPE", "Bulgaria", "BG")
    assert fact["doc_id"] == "tea.txt"


def test_mentions_of_one_name_share_an_id(tmp_path: Path) -> None:
    facts = load(
        tmp_path,
        '[[entity]]\ntext = "Dana Okafor"\nlabel = "PERSON"\n'
        '[[entity]]\ntext = "Okafor"\nnth = [2, 3]\nlabel = "PERSON"\nname = "Dana Okafor"\n' + ENTITY,
    )
    assert [fact.start for fact in facts] == [0, TEXT.index("Okafor,"), TEXT.index("Okafor left"), 32]
    ids = [row(fact)["entity_id"] for fact in facts]
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_a_span_may_hold_a_line_break(tmp_path: Path) -> None:
    assert one(tmp_path, '[[entity]]\ntext = "Tea\\nRoom Ltd"\nlabel = "ORG"\n')["text"] == "Tea\nRoom Ltd"


def test_date(tmp_path: Path) -> None:
    fact = one(tmp_path, DATE + 'mod = "END"\ndate_start = "2024-01-01"\ndate_end = 2024-12-31\n')
    assert (fact["timex_type"], fact["value"], fact["mod"]) == ("DATE", "2024", "END")
    assert (fact["date_start"], fact["date_end"]) == (date(2024, 1, 1), date(2024, 12, 31))


TIMEX_VALUES = """
2024 2024-06-09 2024-Q2 2024-H1 2024-W23 2024-W23-WE 2024-SU 202 19 FY2024 BC0300 XXXX-06-09 XXXX-WXX-1
2024-06-09T15:30 2024-06-09TMO 2024-06-09T09:00Z TNI P3Y P1Y6M PT3H P1DT2H PXM P2Q PRESENT_REF
"""


@pytest.mark.parametrize("value", TIMEX_VALUES.split())
def test_timex_values(tmp_path: Path, value: str) -> None:
    assert one(tmp_path, DATE.replace('value = "2024"', f'value = "{value}"'))["value"] == value


@pytest.mark.parametrize(("written", "amount"), [("3", "3"), ("0.1", "0.1"), ('"0.10"', "0.1"), ("-2", "-2")])
def test_amounts_are_exact(tmp_path: Path, written: str, amount: str) -> None:
    assert one(tmp_path, MONEY.replace("3000000", written))["amount"] == Decimal(amount)


def test_money(tmp_path: Path) -> None:
    fact = one(tmp_path, MONEY + 'amount_max = 4000000\nmodifier = "approx"\nper = "year"\n')
    assert (fact["amount_max"], fact["modifier"], fact["per"]) == (Decimal(4000000), "approx", "year")


def test_growth(tmp_path: Path) -> None:
    fact = one(tmp_path, GROWTH + 'to_value = 3000000\nto_unit = "USD"\nperiod = "2024"\n')
    assert (fact["change_value"], fact["to_value"]) == (Decimal("12.5"), Decimal(3000000))
    assert TEXT[fact["metric_start"] : fact["metric_end"]] == fact["metric"] == "sales of tea"


def test_a_metric_names_its_occurrence(tmp_path: Path) -> None:
    fact = one(tmp_path, GROWTH.replace("sales of tea", "Okafor") + "metric_nth = 3\n")
    assert fact["metric_start"] == TEXT.index("Okafor left")


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("Bulgaria", "Bulgaria's"),
        ("US$3", "US$3 a head"),
        ("5%", "5% were"),
        ("2.5%", "2.5% and"),
        ("3", "3 teapots"),
    ],
)
def test_occurrences_are_whole_words_and_numbers(tmp_path: Path, quote: str, place: str) -> None:
    nth = 3 if quote == "3" else 1  # after $3 and US$3
    fact = one(tmp_path, QUANTITY.replace("13,000 cups", quote) + f"nth = {nth}\n")
    assert fact["start"] == TEXT.index(place)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[[entity]\n", "is not valid TOML"),
        ("[entity]\n", "entity is not a list of tables; write [[entity]]"),
        ("entity = 3\n", "entity is not a list of tables; write [[entity]]"),
        (ENTITY.replace("entity", "entities"), "unknown kind 'entities'"),
        (ENTITY + "colour = 3\n", "unknown keys: colour"),
        (ENTITY + "metric_nth = 3\n", "unknown keys: metric_nth"),
        (ENTITY + 'entity_id = "x"\n', "unknown keys: entity_id"),
        (ENTITY.replace('"Bulgaria"', '"Belgium"'), "occurs 0 times as whole words, not 1"),
        (ENTITY.replace('"Bulgaria"', '"Bulg"'), "as a part of a word"),
        (ENTITY + "nth = 2\n", "occurs 1 times as whole words, not 2"),
        (ENTITY + "nth = 0\n", "nth is 0"),
        (ENTITY + "nth = []\n", "nth is []"),
        (ENTITY + 'nth = "1"\n', "nth is '1'"),
        (ENTITY + "nth = true\n", "nth is True"),
        (ENTITY + "nth = [1, 1]\n", "twice"),
        (ENTITY + ENTITY, "twice"),
        (ENTITY + '[[entity]]\ntext = "Bulgaria\'s sales"\nlabel = "ORG"\n', "overlaps"),
        (ENTITY.replace("GPE", "CITY"), "label is 'CITY', not one of PERSON"),
        (ENTITY.replace('label = "GPE"\n', ""), "lacks label"),
        ('[[entity]]\nlabel = "GPE"\n', "lacks text"),
        (ENTITY.replace("Bulgaria", ""), "text is ''"),
        (ENTITY.replace('"Bulgaria"', "3"), "text is 3"),
        (ENTITY + 'name = "Republic of Bulgaria"\n', "is not in the article"),
        (ENTITY + 'country = "Bulgaria"\n', "country is 'Bulgaria'"),
        (DATE.replace('"DATE"', '"YEAR"'), "type is 'YEAR', not one of DATE"),
        (DATE.replace('type = "DATE"\n', ""), "lacks type"),
        (DATE.replace('value = "2024"', 'value = "next year"'), "not a TIMEX3 value"),
        (DATE.replace('value = "2024"', "value = 2024"), "value is 2024"),
        (DATE + 'mod = "EARLY"\n', "not a TIMEX3 mod"),
        (DATE + 'date_start = "2024-01-01"\n', "date_start and date_end go together"),
        (DATE + 'date_start = "2024-13-01"\ndate_end = "2024-12-31"\n', "not an ISO date"),
        (DATE + 'date_start = "2024-12-31"\ndate_end = "2024-01-01"\n', "upper end of a range"),
        (MONEY.replace("3000000", '"3 million"'), "amount is '3 million'"),
        (MONEY.replace("3000000", "true"), "amount is True"),
        (MONEY.replace("3000000", "nan"), "not a number"),
        (MONEY + "amount_max = 1\n", "upper end of a range"),
        (MONEY.replace("USD", "$"), "currency is '$'"),
        (MONEY.replace("USD", "usd"), "currency is 'usd'"),
        (MONEY.replace('currency = "USD"\n', ""), "lacks currency"),
        (MONEY + 'modifier = "about"\n', "modifier is 'about'"),
        (QUANTITY.replace('unit = "cup"\n', ""), "lacks unit"),
        (QUANTITY + 'per = " day"\n', "spaces around it"),
        (GROWTH.replace("actual", "real"), "status is 'real'"),
        (GROWTH.replace("increase", "up"), "direction is 'up'"),
        (GROWTH.replace('metric = "sales of tea"\n', ""), "lacks metric"),
        (GROWTH.replace("sales of tea", "sales of coffee"), 'the metric "sales of coffee" occurs 0 times'),
        (GROWTH + "metric_nth = [1, 2]\n", "metric_nth is [1, 2]"),
        (GROWTH + 'period = "2023"\n', 'the period "2023" occurs 0 times'),
        (GROWTH + "baseline_nth = 2\n", "baseline_nth requires a baseline; add it"),
        (GROWTH.replace('change_value = "12.5"\n', ""), "change_unit requires a change_value; add it"),
        (GROWTH + 'to_unit = "USD"\n', "to_unit requires a to_value; add it"),
        (GROWTH + 'subject = "Belgium"\n', 'the subject "Belgium" is not in the article'),
        (
            ENTITY + GROWTH + 'speaker = "Dana Okafor"\n',
            'the speaker "Dana Okafor" is not an [[entity]] of the file',
        ),
        (ENTITY + GROWTH + 'subject = "Bulgarian"\n', 'correct it; did you mean "Bulgaria"?'),
        (GROWTH + 'subjct = "Bulgaria"\n', 'unknown keys: subjct; did you mean "subject"?'),
        (GROWTH + 'subject_id = "gpe:bulgaria"\n', "unknown keys: subject_id"),
        (GROWTH + 'subject_country = "Bulgaria"\n', "subject_country is 'Bulgaria', not an ISO 3166-1 code"),
        (GROWTH + 'subject_source = "guess"\n', "subject_source is 'guess', not one of stated article"),
        (GROWTH + 'metric_id = "Tea sales"\n', "metric_id is 'Tea sales', not an id such as retail_sales"),
        (GROWTH + 'period_value = "last year"\n', "not a TIMEX3 value"),
        (MONEY + 'restates = "$4"\n', 'the restates "$4" occurs 0 times'),
        (MONEY + "restates_nth = 1\n", "restates_nth requires a restates; add it"),
        (GROWTH.replace('"percent"', '"bps"'), "change_unit is 'bps'; write 'basis_point'"),
        (GROWTH.replace('"percent"', '"%"'), "change_unit is '%'; write 'percent'"),
        (QUANTITY.replace('"cup"', '"3"'), "unit is '3', not percent, an ISO 4217 code, or the noun"),
        (
            ENTITY.replace('"Bulgaria"', '"bulgaria"'),
            'occurs 0 times as whole words, not 1; did you mean "Bulgaria"?',
        ),
        (ENTITY.replace('"Bulgaria"', '"Tea Room Ltd"'), 'did you mean "Tea\\nRoom Ltd"?'),
        (ENTITY.replace('"Bulgaria"', '"Dana Okafur"'), 'did you mean "Dana Okafor"?'),
        ("draft = true\n" + ENTITY, "is a draft; read it against the article"),
        ("drafts = true\n" + ENTITY, "unknown kind 'drafts'; did you mean \"draft\"?"),
        ('covers = "money"\n', "covers is 'money', not a list"),
        ("covers = 3\n", "covers is 3, not a list"),
        ('covers = ["monney"]\n', "covers has 'monney', which is not a kind; did you mean \"money\"?"),
        (
            'omits = ["money.pre"]\n',
            "omits has 'money.pre', which is not a key of money; did you mean \"per\"?",
        ),
        ('covers = ["money"]\n' + ENTITY, "has entries of entity, which `covers` does not name"),
        ('covers = ["money", "growth.subject"]\n', "covers has a field of growth, but not growth; add it"),
        (
            GROWTH.replace('change_value = "12.5"\nchange_unit = "percent"\n', ""),
            "states neither a change nor a level",
        ),
    ],
)
def test_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(GoldError) as error:
        load(tmp_path, content)
    assert reason in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'tea.toml'}:")


def test_every_problem_is_told_with_its_entry(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(ENTITY + ENTITY.replace("GPE", "CITY") + MONEY.replace("USD", "$"))
    (tmp_path / "milk.toml").write_text("")
    problems = check(
        tmp_path, [ARTICLE, Article(id="bread.txt", text="Bread."), Article(id="x/tea.md", text="")]
    )
    assert [problem.removeprefix(str(tmp_path) + "/").split(" is ")[0] for problem in problems] == [
        "milk.toml: no article has this stem",
        "tea.toml: two articles have this stem, the second",
        'tea.toml:4: entity 2 ("Bulgaria"): label',
        'tea.toml:7: money 1 ("$3 million"): currency',
    ]


def test_nothing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(ENTITY + DATE + MONEY + QUANTITY + GROWTH)
    assert check(tmp_path, [ARTICLE]) == []
    assert [fact.kind for fact in load_gold(tmp_path, [ARTICLE])] == list(KINDS)


@pytest.mark.parametrize(
    ("content", "field", "value"),
    [
        (GROWTH + 'subject = "Bulgaria"\n', "subject", "Bulgaria"),
        (ENTITY + GROWTH + 'subject = "Bulgaria"\n', "subject", "Bulgaria"),
        (GROWTH + 'speaker = "Dana Okafor"\n', "speaker", "Dana Okafor"),
        (OKAFOR + GROWTH + 'speaker = "Okafor"\n', "speaker", "Dana Okafor"),
        (GROWTH + 'partner = "Tea Room Ltd"\n', "partner", "Tea Room Ltd"),
        (GROWTH + 'period = "2024"\nperiod_value = "2024-01/2024-06"\n', "period_value", "2024-01/2024-06"),
        (DATE + GROWTH + 'period = "2024"\n', "period_value", "2024"),
        (DATE + GROWTH + 'baseline = "2024"\nbaseline_value = "2024-Q1"\n', "baseline_value", "2024-Q1"),
        (GROWTH + 'period = "2024"\n', "period_value", None),
        (GROWTH + 'check = "inconsistent"\n', "check", "inconsistent"),
        (GROWTH + "to_value = 3\n", "to_value", Decimal(3)),
        ('[[entity]]\ntext = "Okafor"\nlabel = "PERSON"\nrole = "Bulgarian"\n', "role", "Bulgarian"),
        (QUANTITY + 'modifier = "approx"\n', "modifier", "approx"),
    ],
)
def test_further_keys(tmp_path: Path, content: str, field: str, value: Any) -> None:
    assert row(load(tmp_path, content)[-1])[field] == value


@pytest.mark.parametrize(
    ("change", "percent", "points"),
    [
        ({"change_value": '"12.5"', "change_unit": '"percent"'}, "-12.5", None),
        ({"change_value": '"0.5"', "change_unit": '"factor"'}, "-50", None),
        ({"change_value": 25, "change_unit": '"basis_point"'}, None, "-0.25"),
        ({"change_value": 3, "change_unit": '"percentage_point"'}, None, "-3"),
        ({"from_value": 3, "from_unit": '"USD"', "to_value": 2, "to_unit": '"USD"'}, "-33.33", None),
        ({"from_value": 3, "from_unit": '"percent"', "to_value": 2, "to_unit": '"percent"'}, None, "-1"),
        ({"from_value": 3, "from_unit": '"USD"', "to_value": 2, "to_unit": '"EUR"'}, None, None),
        ({"from_value": 3, "to_value": 2}, None, None),
        ({"direction": '"unchanged"', "to_value": 2, "to_unit": '"percent"'}, "0", "0"),
    ],
)
def test_what_follows_from_sizes_and_levels(
    tmp_path: Path, change: dict[str, object], percent: str | None, points: str | None
) -> None:
    entry = {"text": '"12.5%"', "metric": '"sales"', "direction": '"decrease"', "status": '"actual"'} | change
    fact = one(tmp_path, "[[growth]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items()))
    expected = [None if text is None else Decimal(text) for text in (percent, points)]
    assert [fact["percent_change"], fact["point_change"]] == expected


AHEAD = 'metric_id = "tea_sales"\nmetric_qualifier = "of tea"\nsubject_country = "BG"\n'
AHEAD += 'subject_source = "stated"\npartner_country = "RO"\n'


def test_keys_are_accepted_before_the_records_have_them(tmp_path: Path) -> None:
    restated = MONEY.replace("$3 million", "US$3").replace("3000000", "3")
    restated += 'role = "price"\nrestates = "$3 million"\nrestates_nth = 1\n'
    facts = load(tmp_path, MONEY + restated + GROWTH + AHEAD)
    assert [fact.kind for fact in facts] == ["money", "money", "growth"]
    for fact in facts:
        for name in ("metric_id", "restates"):
            assert getattr(fact, name, None) in (None, "tea_sales", f"money:{facts[0].start}-{facts[0].end}")


def test_an_article_without_gold_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(MONEY)
    gold = load_gold(tmp_path, [ARTICLE, Article(id="bread.txt", text="Bread.")])
    assert gold.without == ("bread.txt",)
    assert [fact.kind for fact in gold] == ["money"]
    (tmp_path / "tea.toml").unlink()
    with pytest.raises(GoldError, match=r"no gold of any of these articles; name its files .* tea\.toml"):
        load_gold(tmp_path, [ARTICLE])


def test_an_article_may_hold_no_facts(tmp_path: Path) -> None:
    assert load(tmp_path, "") == []


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(ENTITY, encoding="utf-8-sig")
    assert len(load_gold(tmp_path, [ARTICLE]).facts) == 1


def test_an_overlong_value_is_refused_at_once(tmp_path: Path) -> None:
    from extract.evaluate.values import string

    with pytest.raises(GoldError, match="not a TIMEX3 value"):
        string("value", "P" + "X" * 5_000 + "!")
    assert string("value", "PXM") == "PXM"
