"""What holds of the facts of any text, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema
from spacy.language import Language

from extract.articles import Article
from extract.pipeline import facts
from extract.records import Fact, Money, row
from extract.writers import jsonl
from extract.writers.columnar import fitted
from extract.writers.schema import schema


@cache
def _validator(kind: str) -> Any:
    return jsonschema.Draft202012Validator(schema(kind))


def check(nlp: Language, text: str) -> Sequence[Fact]:
    """The facts of a text.

    Raises:
        AssertionError: an offset is wrong, an id is there twice, or a value is one that no output could hold.
    """
    found = facts(nlp, Article(id="a", text=text))
    assert len({fact.fact_id for fact in found}) == len(found)
    for fact in found:
        source = fact.source
        assert text[fact.start : fact.end] == fact.text
        assert 0 <= source.sentence_start <= fact.start < fact.end <= source.sentence_end <= len(text)
        for name, value in row(fact).items():
            if isinstance(value, Decimal):
                assert value.is_finite(), (name, value)
                assert fitted(value) is not None or abs(value) < 1, (fact.text, name, value)
        if isinstance(fact, Money):
            assert abs(fact.amount) < 10**21
        error = next(_validator(fact.kind).iter_errors(json.loads(jsonl.line(fact))), None)
        assert error is None, (fact.text, error)
    return found
