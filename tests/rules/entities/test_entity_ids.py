"""Ids that hold across articles: what each name of a text means, by the cases in `entity_ids.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract import lexicons
from extract.rules.entities import normal, places
from extract.rules.entities.gazetteer import key
from extract.rules.entities.ids import Mention, country_of, is_of_state
from extract.rules.entities.resolve import resolve

_FILE = tomllib.loads(Path(__file__).with_name("entity_ids.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = _FILE["case"]
_NAME = re.compile(r"\[([A-Z_]+) ([^\]]+)\]")


def mentions(marked: str) -> list[Mention]:
    """The names marked in a text, such as `[GPE Sofia]`."""
    found, end = [], 0
    for match in _NAME.finditer(marked):
        gap = marked[end : match.start()] if end else ""
        before = marked[max(0, match.start() - 1) : match.start()]
        of_state = is_of_state(marked, match.start(), match.end())
        found.append(Mention(match[2], match[1], gap if len(gap) < 4 else "", before, of_state))
        end = match.end()
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_ids(case: dict[str, Any]) -> None:
    names = mentions(case["text"])
    links = resolve(names)
    assert links == case["ids"]
    assert not any(re.search(r"\s", link) for link in links)
    if "countries" in case:
        found = [country_of(link, [name.text]) or "-" for link, name in zip(links, names, strict=True)]
        assert found == case["countries"]


@pytest.mark.parametrize(("name", "form"), list(_FILE["organisations"].items()))
def test_the_normal_form_of_an_organisation(name: str, form: str) -> None:
    assert normal.organisation(name) == form


@pytest.mark.parametrize(("name", "form"), list(_FILE["names"].items()))
def test_the_normal_form_of_a_name(name: str, form: str) -> None:
    assert normal.slug(name) == form


def test_each_alias_is_of_one_organisation() -> None:
    table = lexicons.load("organisations")
    ones = {normal.organisation(one) for one in [*table["aliases"], *table["acronyms"].values()]}
    for one, others in table["aliases"].items():
        assert {normal.organisation(other) for other in others} == {normal.organisation(one)}
    assert all(normal.organisation(one) == one for one in ones if len(one) > 6)


def test_each_place_of_the_list_is_a_place() -> None:
    ids: dict[str, str] = {}
    for name in lexicons.table("place_ids"):
        for place in places.bearers(name):
            assert len(place.country) == 2
            assert ids.setdefault(place.code, place.country) == place.country


def test_every_code_of_our_own_tables_is_one_of_the_list() -> None:
    for table in ("former", "shared"):
        assert all(key(name) for name in lexicons.load("countries")[table])
    for code, names in lexicons.load("subdivisions")["names"].items():
        for name in names:
            assert code in {place.code for place in places.bearers(key(name))}, name
