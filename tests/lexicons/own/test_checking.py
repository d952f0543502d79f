"""`extract rules check`, `list` and `new`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.checking import check, unmarked
from extract.cli import main
from extract.lexicons.patterns import KINDS
from extract.listing import patterns
from tests.lexicons.own.conftest import RULES
from tests.test_rules_doc import TABLES

BAD = """
[verbs]
increase = ["rise", "vroom"]
decrease = ["vroom"]
remove = ["mushrom"]

[currencies.ZBK]
names = ["zubrok(s)"]
examples = ["It cost [5 zubrok].", "It cost [5 pounds]."]
counterexamples = ["It cost 7 zubroks."]

[patterns.growth]
remove = ["growth.verb_sise"]

[patterns.growth.first]
match = 'cue:[vrooms] by size:{size}'
direction = "increase"
examples = ["Trade vrooms by [5%]."]

[patterns.growth.second]
match = 'cue:[vrooms] by size:{percent}'
direction = "increase"
examples = ["Trade vrooms by [5%]."]

[patterns.growth.broken]
match = 'cue:[vrooms] by size:{percnt}'
examples = ["Trade vrooms by [5%]."]
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_rules_of_these_tests() -> None:
    checked = check([RULES])
    assert not checked.failed, checked.findings
    assert (checked.patterns, checked.examples > 9) == (5, True)


def test_findings(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD)
    result = run("rules", "check", str(path))
    *found, last = [line.removeprefix(f"{path}:") for line in result.stdout.splitlines()]
    assert found == [
        "3:13: warning: 'rise' is listed already without this file",
        "4:13: warning: 'vroom' is under increase too; the last one counts",
        "5:11: warning: 'mushrom' is in no list of verbs; do you mean 'mushroom'?",
        "9:36: error: ZBK does not find `5 pounds`: money.amount_word finds `5 pounds`",
        "10:20: error: ZBK finds `7 zubroks` in a counterexample",
        "13:11: warning: 'growth.verb_sise' is in no list of patterns; do you mean 'verb_size'?",
        "23:13: error: mine.second does not find `5%`: mine.first comes first and finds `5%`; "
        "it shadows this one",
    ]
    assert last.startswith("26:31: error: growth_kinds.toml has no kind or group 'percnt'; it has ")
    assert result.exit_code == 1
    assert "3 patterns" not in result.stdout
    assert "4 errors, 4 warnings" in result.stderr


def test_articles_in_which_a_pattern_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It cost 5 greenbacks.")
    result = run("rules", "check", str(RULES), "--articles", str(tmp_path / "a.txt"))
    assert "mine.per_mille finds nothing in 1 articles" in result.stdout
    assert "mine.greenbacks finds nothing" not in result.stdout


@pytest.mark.parametrize("text", ["[verbs]\nincraese = []\n[nuons]\n", "[verbs", "\x00"])
def test_what_is_no_file_of_rules(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    result = run("rules", "check", str(path))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1 + ("nuons" in text)
    where = rf"{re.escape(str(path))}:\d+:\d+: error: "
    assert all(re.match(where, line) for line in result.stdout.splitlines())


def test_where_a_pattern_stops(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    match = r"cue:[printed] at to:{level} \\,? [after] from:{level}"
    path.write_text(
        f'[patterns.growth.x]\nmatch = "{match}"\ndirection = "compare"\n'
        'examples = ["Inflation printed at [3.1%] behind 2.9%."]\n'
    )
    (finding,) = check([path]).findings
    assert finding.text == (
        "mine.x does not find `3.1%`: `printed at 3.1%` is matched, "
        "stops before `behind` (word): expects `[after]`"
    )


def test_the_template_passes(tmp_path: Path) -> None:
    path = str(tmp_path / "mine.toml")
    assert run("rules", "new", "-o", path).exit_code == 0
    checked = check([path])
    assert (checked.findings, checked.examples > 5) == ([], True)
    assert run("rules", "new", "-o", path).exit_code == 2


def test_a_template_of_one_kind() -> None:
    assert "[units" in run("rules", "new", "units").stdout
    assert "do you mean 'patterns.growth'?" in run("rules", "new", "growth").stderr


def test_list() -> None:
    lines = run("rules", "list", "growth", "--rules", str(RULES), "--json").stdout.splitlines()
    first = json.loads(lines[0])
    assert (first["rule"], first["examples"]) == (
        "mine.printed_at",
        ["Inflation printed at [3.1%] following 2.9% in May."],
    )
    assert "growth.verb_size" in run("rules", "list").stdout


def test_the_list_has_every_rule_of_the_page() -> None:
    for name, kind in KINDS.items():
        listed = [(pattern.rule, pattern.examples[0]) for pattern in patterns(name)]
        assert listed == TABLES[kind.room]


def test_marks() -> None:
    assert unmarked("[A] b [c].") == ("A b c.", [(0, 1), (4, 5)])


def test_codes_of_currencies_that_do_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    pattern = "match = 'credits {number}'\nexamples = [\"It cost [credits 5].\"]\n"
    path.write_text(
        f'[patterns.money.one]\ncurrency = "XQQ"\n{pattern}'
        f'[patterns.money.two]\ncurrency = "BTC"\n{pattern.replace("credits", "coins")}'
        f'[patterns.money.three]\ncurrency = "ZBK"\n{pattern.replace("credits", "zubs")}'
        '[currencies.ZBK]\nnames = ["zubrok(s)"]\nexamples = ["It cost [5 zubrok]."]\n'
    )
    checked = check([path])
    assert checked.failed
    assert [(one.line, one.text) for one in checked.findings] == [
        (2, "'XQQ' is not the code of a known currency; define it in [currencies.XQQ]")
    ]
