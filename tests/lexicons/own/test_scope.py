"""Nothing is global: what one pipeline's words compile to reaches no other."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from typing import Any

from spacy.language import Language

import extract
from extract.lexicons.scope import Lexicons, active, cached, remembered, using
from extract.pipeline import lexicons_of

PLAIN = (dict, frozenset, list, set, str, tuple)


def caches() -> Iterator[tuple[str, Any]]:
    """The functions without arguments whose result is kept for the whole process."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("extract.rules", "extract.lexicons")):
            for function in vars(module).values():
                if isinstance(function, functools._lru_cache_wrapper) and not signature(function).parameters:
                    yield f"{name}.{function.__name__}", function


def test_what_is_kept_for_all_does_not_depend_on_the_rules(mine: Language) -> None:
    checked = 0
    for name, function in caches():
        with using(lexicons_of(mine)):
            own = function.__wrapped__()
        with using(None):
            shipped = function.__wrapped__()
        if type(shipped) in PLAIN:
            assert own == shipped, name
            checked += 1
    assert checked > 10


def test_results_are_kept_for_each_lexicons() -> None:
    calls: list[str | None] = []

    @cached
    def twice(number: int) -> int:
        found = active()
        calls.append(found.digest if found else None)
        return 2 * number

    @remembered(8)
    def thrice(number: int) -> int:
        calls.append("thrice")
        return 3 * number

    one, other = (
        Lexicons.of('[{"verbs": {"increase": ["a"]}}]'),
        Lexicons.of('[{"verbs": {"increase": ["b"]}}]'),
    )
    for lexicons in (one, None, other, one, None):
        with using(lexicons):
            assert (twice(2), twice(number=2), thrice(2)) == (4, 4, 6)
    assert calls.count("thrice") == 3
    assert calls.count(None) == calls.count(one.digest) == calls.count(other.digest) == 2


def test_what_one_compiled_is_freed_with_it() -> None:
    lexicons = Lexicons.of('[{"verbs": {"increase": ["freed"]}}]')
    assert Lexicons.of(lexicons.text) is lexicons
    before = id(lexicons)
    del lexicons
    assert before  # the table of known ones holds it no longer
    from extract.lexicons import scope

    assert '[{"verbs": {"increase": ["freed"]}}]' not in scope._KNOWN


def test_threads_have_their_own(mine: Language, nlp: Language) -> None:
    text = "Exports vroomed 5% to 7 zubroks."

    def rules(pipeline: Language) -> set[str]:
        return {fact.rule for fact in extract.facts(pipeline, text)}

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(rules, [mine, nlp] * 4))
    assert found[::2] == [rules(mine)] * 4
    assert found[1::2] == [rules(nlp)] * 4
    assert found[0] != found[1]


def test_a_name_of_the_user_stays_with_the_pipeline(nlp: Language) -> None:
    own = extract.load(rules={"organisations": {"names": ["France"]}})
    text = "They met in France and in Germany."
    for pipeline, entity_id in ((own, "org:france"), (nlp, "country:FR"), (own, "org:france")):
        (first, _) = extract.facts(pipeline, text)
        assert first.entity_id == entity_id  # type: ignore[attr-defined]


def test_texts_whose_plain_form_is_another_one(mine: Language) -> None:
    text = "Exports vroomed\u00a05% to 7\u00a0zubroks."
    assert "growth.verb_size" in {fact.rule for fact in mine(text)._.facts}
